// The live chart: throughput over time, and below it what waits in front of each stage.
//
// The run that is going on has a full line, the one before it a dashed one: they differ without colour, too.

import { quantity } from "./numbers.js";
import { path, svg } from "./svg.js";

const TALL = 190;
const LANE = 46;
const LEFT = 64;
const RIGHT = 12;
const TOP = 22;

/**
 * Draws runs into an element, in place of what was there.
 * @param {HTMLElement} place
 * @param {import("./state.js").RunState} run
 * @param {import("./state.js").RunState | null} earlier the run to compare with
 */
export function draw(place, run, earlier) {
    const width = Math.max(280, place.clientWidth);
    const lanes = [...run.stages].filter(([, looks]) => looks.some(({ capacity }) => capacity > 0));
    const height = TALL + lanes.length * LANE + 22;
    const runs = [earlier, run].filter((run) => run?.hasChart);
    const span_s = Math.max(1, ...runs.map(({ seconds }) => seconds));
    const x = (t_s) => LEFT + (width - LEFT - RIGHT) * Math.min(1, t_s / span_s);
    const drawing = svg("svg", {
        viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": told(run, earlier),
    });
    throughput(drawing, runs, run, x, width);
    lanes.forEach(([name, looks], number) => lane(drawing, name, looks, TALL + number * LANE, x, width));
    seconds(drawing, span_s, x, height);
    place.replaceChildren(drawing);
}

/** The same in words, for who does not see it. */
function told(run, earlier) {
    const one = ({ name, end, rate, seconds }) => {
        const now = end ? end.lines / end.seconds : rate.at(-1)?.value ?? 0;
        return `${name}: ${quantity(now)} lines a second after ${seconds.toFixed(1)} seconds`;
    };
    return [run, earlier].filter((run) => run?.hasChart).map(one).join("; before that ") || "nothing yet";
}

function throughput(drawing, runs, run, x, width) {
    const most = Math.max(1, ...runs.flatMap(({ rate }) => rate.map(({ value }) => value)));
    const top = nice(most);
    const y = (value) => TALL - 24 - (TALL - 24 - TOP) * (value / top);
    for (const part of [0, 0.5, 1]) {
        drawing.append(
            path([[LEFT, y(top * part)], [width - RIGHT, y(top * part)]], { class: "grid" }),
            svg("text", { x: LEFT - 8, y: y(top * part) + 4, class: "tick end" }, quantity(top * part)),
        );
    }
    drawing.append(svg("text", { x: LEFT, y: 14, class: "axis" }, "lines a second"));
    for (const one of runs) {
        const points = one.rate.map(({ t_s, value }) => [x(t_s), y(value)]);
        drawing.append(path(points, { class: one === run ? "run-line" : "run-line earlier" }));
        const [last_x, last_y] = points.at(-1);
        if (one === run) drawing.append(svg("circle", { cx: last_x, cy: last_y, r: 3.5, class: "run-head" }));
    }
}

/** How full a stage's queue is, as an area; beside it the numbers of now. */
function lane(drawing, name, looks, top, x, width) {
    const bottom = top + LANE - 14;
    const capacity = Math.max(...looks.map(({ capacity }) => capacity));
    const y = (depth) => bottom - (LANE - 26) * Math.min(1, depth / capacity);
    const line = looks.map(({ t_s, depth }) => [x(t_s), y(depth)]);
    const { depth, workers, busy } = looks.at(-1);
    const crew = `${workers} ${workers === 1 ? "worker" : "workers"}, ${Math.round(100 * busy)} % busy`;
    drawing.append(
        svg("text", { x: LEFT, y: top + 8, class: "axis" }, `${name}: ${depth} of ${capacity} wait; ${crew}`),
        path([[LEFT, bottom], [width - RIGHT, bottom]], { class: "grid" }),
        path([[line[0][0], bottom], ...line, [line.at(-1)[0], bottom]], { class: "queue" }),
    );
}

function seconds(drawing, span_s, x, height) {
    const step = nice(span_s / 4);
    for (let t_s = 0; t_s <= span_s + 1e-9; t_s += step) {
        drawing.append(svg("text", { x: x(t_s), y: height - 4, class: "tick middle" }, `${+t_s.toFixed(2)} s`));
    }
}

/** The next number upward that is 1, 2 or 5 with zeros. */
function nice(value) {
    const power = 10 ** Math.floor(Math.log10(value));
    return [1, 2, 5, 10].map((factor) => factor * power).find((nice) => nice >= value) ?? 10 * power;
}
