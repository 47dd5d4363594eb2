// Something over the time of a run, for the last row: few labels, large letters, one line.

import { path, svg } from "../run/dom.js";
import { short } from "../run/numbers.js";

/** In pixels of a slide. */
export const WIDTH = 600;
const LEFT = 104;
const TOP = 44;
const FOOT = 40;

/**
 * @typedef {object} Line
 * @property {{t_s: number, value: number}[]} points
 * @property {"now" | "before"} name
 * @property {boolean} [isStepped]  stays until it changes
 */

/**
 * @param {string} title
 * @param {Line[]} lines
 * @param {{height: number, span_s: number, kills?: number[]}} frame
 */
export function chart(title, lines, { height, span_s, kills = [] }) {
    const foot = height - FOOT;
    const top = roundUp(Math.max(1, ...lines.flatMap(({ points }) => points.map(({ value }) => value))));
    const x = (t_s) => LEFT + (WIDTH - LEFT - 8) * Math.min(1, t_s / span_s);
    const y = (value) => foot - (foot - TOP) * (value / top);
    const drawing = svg("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": title });
    drawing.append(svg("text", { x: 0, y: 22, class: "strong" }, title));
    for (const part of [0, 0.5, 1]) {
        drawing.append(path([[LEFT, y(top * part)], [WIDTH - 8, y(top * part)]], { class: "grid" }));
    }
    for (const part of [0, 1]) {
        drawing.append(svg("text", { x: LEFT - 12, y: y(top * part) + 8, class: "end" }, short(top * part)));
    }
    drawing.append(svg("text", { x: LEFT, y: height - 6 }, "0"),
        svg("text", { x: WIDTH - 8, y: height - 6, class: "end" }, `${+span_s.toFixed(2)} s`));
    for (const at of kills) {
        drawing.append(path([[x(at), TOP - 8], [x(at), foot]], { class: "scene-kill" }),
            svg("text", { x: x(at) + 8, y: TOP + 12, class: "kill" }, "killed"));
    }
    for (const { points, name, isStepped } of lines) {
        const places = points.flatMap(({ t_s, value }, at) =>
            isStepped && at > 0 ? [[x(t_s), y(points[at - 1].value)], [x(t_s), y(value)]] : [[x(t_s), y(value)]]);
        if (places.length > 0) drawing.append(path(places, { class: `run-line ${name}` }));
    }
    return drawing;
}

/** The next number upward that is 1, 2 or 5 with zeros. */
function roundUp(value) {
    const power = 10 ** Math.floor(Math.log10(value));
    return [1, 2, 5, 10].map((factor) => factor * power).find((round) => round >= value * (1 - 1e-9));
}

/** A span that is longer by a step and not by a bit, so that the drawing stands still in between. */
export function roundSpan(seconds) {
    const step = seconds <= 1 ? 0.25 : seconds <= 6 ? 1 : seconds <= 20 ? 5 : 10;
    return Math.max(0.25, Math.ceil(seconds / step - 1e-9) * step);
}
