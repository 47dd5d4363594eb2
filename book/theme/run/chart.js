// The live chart: throughput over time, and below it each stage with its queue (lanes.js).
//
// The run that is going on has a full line with a full head, the one before it a dashed line with an open head: they
// differ without colour, too.

import { path, svg } from "./dom.js";
import { lanes } from "./lanes.js";
import { quantity, seconds, short } from "./numbers.js";

const TOP = 26;
/** How high the plot is, where the style sheet does not say so (`--run-plot`, in pixels). */
const PLOT = 170;
const LEFT = 62;
const RIGHT = 4;
/** From the foot of the plot to the lanes: the axis of time. */
const AXIS = 34;
/** Half of what a label of that axis needs. */
const HALF_LABEL = 16;
/** What the word at a kill needs. */
const KILL_LABEL = 44;

/** @typedef {import("./state.js").RunState} RunState */

/**
 * Draws runs into an element, in place of what was there.
 * @param {HTMLElement} place
 * @param {RunState} run
 * @param {RunState | null} earlier  the run to compare with
 */
export function draw(place, run, earlier) {
    const width = Math.max(280, place.clientWidth);
    const runs = [earlier, run].filter((one) => one?.hasChart);
    const span_s = roundSpan(Math.max(...runs.map(({ seconds }) => seconds)));
    const plot = Number(getComputedStyle(place).getPropertyValue("--run-plot")) || PLOT;
    const frame = {
        width,
        foot: TOP + plot,
        left: LEFT,
        right: width - RIGHT,
        x: (t_s) => LEFT + (width - LEFT - RIGHT) * Math.min(1, t_s / span_s),
    };
    const below = lanes(run.stages, frame, frame.foot + AXIS);
    const height = frame.foot + AXIS + below.height;
    const drawing = svg("svg", {
        viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": told(runs),
    });
    drawing.append(...throughput(runs, run, frame), ...kills(run, frame), ...time(span_s, frame), ...below.parts);
    place.replaceChildren(drawing);
}

/** The same in words, for who does not see it. */
function told(runs) {
    const one = (run) => `${run.name}: ${quantity(run.lines_per_s)} lines a second in ${seconds(run.seconds)}`;
    return `Lines a second over time. ${runs.toReversed().map(one).join("; before that ")}.`;
}

function throughput(runs, run, frame) {
    const values = runs.flatMap(({ rate }) => rate.map(({ value }) => value));
    const top = roundUp(Math.max(1, ...values));
    const y = (value) => frame.foot - (frame.foot - TOP) * (value / top);
    const grid = [0, 0.5, 1].flatMap((part) => [
        path([[frame.left, y(top * part)], [frame.right, y(top * part)]], { class: "grid" }),
        svg("text", { x: frame.left - 8, y: y(top * part) + 4, class: "end" }, short(top * part)),
    ]);
    const lines = runs.flatMap((one) => {
        const name = one === run ? "now" : "before";
        const points = one.rate.map(({ t_s, value }) => [frame.x(t_s), y(value)]);
        const [cx, cy] = points.at(-1);
        return [
            path(points, { class: `run-line ${name}` }),
            svg("circle", { cx, cy, r: 4, class: `run-head ${name}` }),
        ];
    });
    return [svg("text", { x: 0, y: 12, class: "strong" }, "lines a second"), ...grid, ...lines];
}

/** The moments at which a worker was killed. */
function kills(run, { x, foot, left, right }) {
    return run.kills.filter(({ done }) => done).flatMap(({ t_s }) => {
        const at = Math.max(left, x(t_s));
        const isLate = right - at < KILL_LABEL;
        return [
            path([[at, TOP - 6], [at, foot]], { class: "run-kill" }),
            svg("text", { x: at + (isLate ? -4 : 4), y: TOP + 4, class: isLate ? "end kill" : "kill" }, "killed"),
        ];
    });
}

function time(span_s, { x, foot, right }) {
    const step = roundUp(span_s / 5);
    const ticks = [];
    for (let t_s = 0; t_s <= span_s + 1e-9; t_s += step) {
        // At the edge a label has no room behind its tick.
        const place = right - x(t_s) < HALF_LABEL ? "end" : "middle";
        ticks.push(svg("text", { x: x(t_s), y: foot + 18, class: place }, `${+t_s.toFixed(2)} s`));
    }
    return ticks;
}

/** The next number upward that is 1, 2 or 5 with zeros. */
function roundUp(value) {
    const power = 10 ** Math.floor(Math.log10(value));
    return [1, 2, 5, 10].map((factor) => factor * power).find((round) => round >= value * (1 - 1e-9));
}

/** A span that is longer by a step and not by a bit, so that the drawing stands still in between. */
function roundSpan(seconds) {
    const step = seconds <= 1 ? 0.25 : seconds <= 6 ? 1 : seconds <= 20 ? 5 : 10;
    return Math.max(0.25, Math.ceil(seconds / step - 1e-9) * step);
}
