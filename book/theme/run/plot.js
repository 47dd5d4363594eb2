// One plot of a chart: something over the time of a run, on an axis that is the same for all runs.

import { path, svg } from "./dom.js";
import { short } from "./numbers.js";

/** Above a plot: what it shows. */
export const TITLE = 26;

/**
 * @typedef {object} Curve
 * @property {"now" | "before"} name
 * @property {{t_s: number, value: number}[]} looks
 *
 * @typedef {object} Plot
 * @property {string} title
 * @property {Curve[]} curves
 * @property {boolean} isStepped  whether a value holds until the next one
 */

/**
 * Draws a plot; `top` is where its title begins, `height` that of what is below it.
 * @param {Plot} plot
 * @param {import("./lanes.js").Frame} frame
 */
export function drawn({ title, curves, isStepped }, { left, right, x }, top, height) {
    const values = curves.flatMap(({ looks }) => looks.map(({ value }) => value));
    const most = roundUp(Math.max(1, ...values));
    const foot = top + TITLE + height;
    const y = (value) => foot - height * (value / most);
    const grid = [0, 0.5, 1].flatMap((part) => [
        path([[left, y(most * part)], [right, y(most * part)]], { class: "grid" }),
        svg("text", { x: left - 8, y: y(most * part) + 4, class: "end" }, short(most * part)),
    ]);
    const lines = curves.flatMap(({ name, looks }) => {
        const points = isStepped
            ? looks.flatMap(({ t_s, value }, at) => [[x(looks[at - 1]?.t_s ?? 0), y(value)], [x(t_s), y(value)]])
            : looks.map(({ t_s, value }) => [x(t_s), y(value)]);
        const [cx, cy] = points.at(-1);
        return [
            path(points, { class: `run-line ${name}` }),
            svg("circle", { cx, cy, r: 4, class: `run-head ${name}` }),
        ];
    });
    return [svg("text", { x: 0, y: top + 12, class: "strong" }, title), ...grid, ...lines];
}

/** The next number upward that is 1, 2 or 5 with zeros. */
export function roundUp(value) {
    const power = 10 ** Math.floor(Math.log10(value));
    return [1, 2, 5, 10].map((factor) => factor * power).find((round) => round >= value * (1 - 1e-9));
}
