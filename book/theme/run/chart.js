// The live chart: throughput over time; below it the workers, where they come and go; and below that each stage with its
// queue (lanes.js).
//
// The run that is going on has a full line with a full head, the one before it a dashed line with an open head: they
// differ without colour, too. Both are on the same axes.

import { path, svg } from "./dom.js";
import { lanes, lanesHeight } from "./lanes.js";
import { quantity, seconds } from "./numbers.js";
import { TITLE, drawn, roundUp } from "./plot.js";

/** How high the plot is, where the style sheet does not say so (`--run-plot`, in pixels). */
const PLOT = 170;
/** The plot of the workers, as a part of that. */
const SECOND = 0.7;
const LEFT = 62;
const RIGHT = 4;
/** From the foot of a plot to the next one. */
const BETWEEN = 18;
/** From the foot of the plots to the lanes: the axis of time. */
const AXIS = 34;
/** Half of what a label of that axis needs. */
const HALF_LABEL = 16;
/** What the word at a kill needs. */
const KILL_LABEL = 44;

/** @typedef {import("./state.js").RunState} RunState */

/**
 * What a run is known to need before there is anything of it.
 * @typedef {object} Room
 * @property {number} stages  how many stages it has
 * @property {number} queues  how many of them have a queue
 * @property {string | null} crew  the stage whose workers come and go
 */

/**
 * Draws runs into an element, in place of what was there.
 * @param {HTMLElement} place
 * @param {RunState} run
 * @param {RunState | null} earlier  the run to compare with
 * @param {string | null} crew  the stage whose workers are drawn, if that is known
 */
export function draw(place, run, earlier, crew = null) {
    const width = Math.max(280, place.clientWidth);
    const runs = [earlier, run].filter((one) => one?.hasChart);
    const span_s = roundSpan(Math.max(...runs.map(({ seconds }) => seconds)));
    const first = plotHeight(place);
    const frame = {
        width,
        left: LEFT,
        right: width - RIGHT,
        x: (t_s) => LEFT + (width - LEFT - RIGHT) * Math.min(1, t_s / span_s),
    };
    const parts = drawn(rates(runs, run), frame, 0, first);
    let foot = TITLE + first;
    const stage = crew ?? changing(runs);
    if (stage) {
        parts.push(...drawn(workers(stage, runs, run), frame, foot + BETWEEN, first * SECOND));
        foot += BETWEEN + TITLE + first * SECOND;
    }
    const below = lanes(run.stages, frame, foot + AXIS);
    const height = foot + AXIS + below.height;
    const drawing = svg("svg", {
        viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": told(runs, stage),
    });
    drawing.append(...parts, ...kills(run, frame, foot), ...time(span_s, frame, foot), ...below.parts);
    place.replaceChildren(drawing);
}

/**
 * How high a drawing will be.
 * @param {HTMLElement} place
 * @param {Room} room
 */
export function heightOf(place, { stages, queues, crew }) {
    const first = plotHeight(place);
    const second = crew ? BETWEEN + TITLE + first * SECOND : 0;
    return TITLE + first + second + AXIS + lanesHeight(stages, queues);
}

function plotHeight(place) {
    return Number(getComputedStyle(place).getPropertyValue("--run-plot")) || PLOT;
}

/** The same in words, for those who do not see it. */
function told(runs, stage) {
    const one = (run) => {
        const most = stage && Math.max(...run.stages.get(stage)?.map(({ workers }) => workers) ?? [0]);
        const crew = stage ? `, with at most ${most} workers of ${stage}` : "";
        return `${run.name}: ${quantity(run.lines_per_s)} lines a second in ${seconds(run.seconds)}${crew}`;
    };
    return `Lines a second over time. ${runs.toReversed().map(one).join("; before that ")}.`;
}

function rates(runs, run) {
    const curves = runs.map((one) => ({ name: nameOf(one, run), looks: one.rate }));
    return { title: "lines a second", curves, isStepped: false };
}

function workers(stage, runs, run) {
    const curves = runs.map((one) => ({
        name: nameOf(one, run),
        looks: (one.stages.get(stage) ?? []).map(({ t_s, workers }) => ({ t_s, value: workers })),
    }));
    return { title: `workers of ${stage}`, curves: curves.filter(({ looks }) => looks.length > 0), isStepped: true };
}

function nameOf(one, run) {
    return one === run ? "now" : "before";
}

/** The stage whose workers come and go, if there is one; of several the one that has the most. */
function changing(runs) {
    const crews = runs.flatMap(({ stages }) => [...stages].map(([name, looks]) => {
        const counts = looks.map(({ workers }) => workers);
        return { name, most: Math.max(...counts), least: Math.min(...counts) };
    }));
    const moving = crews.filter(({ most, least }) => most !== least);
    return moving.toSorted((one, other) => other.most - one.most)[0]?.name ?? null;
}

/** The moments at which a worker was killed. */
function kills(run, { x, left, right }, foot) {
    return run.kills.filter(({ done }) => done).flatMap(({ t_s }) => {
        const at = Math.max(left, x(t_s));
        const isLate = right - at < KILL_LABEL;
        return [
            path([[at, TITLE - 6], [at, foot]], { class: "run-kill" }),
            svg("text", { x: at + (isLate ? -4 : 4), y: TITLE + 4, class: isLate ? "end kill" : "kill" }, "killed"),
        ];
    });
}

function time(span_s, { x, right }, foot) {
    const step = roundUp(span_s / 5);
    const ticks = [];
    for (let t_s = 0; t_s <= span_s + 1e-9; t_s += step) {
        // At the edge a label has no room behind its tick.
        const place = right - x(t_s) < HALF_LABEL ? "end" : "middle";
        ticks.push(svg("text", { x: x(t_s), y: foot + 18, class: place }, `${+t_s.toFixed(2)} s`));
    }
    return ticks;
}

/** A span that is longer by a step and not by a bit, so that the drawing stands still in between. */
function roundSpan(seconds) {
    const step = seconds <= 1 ? 0.25 : seconds <= 6 ? 1 : seconds <= 20 ? 5 : 10;
    return Math.max(0.25, Math.ceil(seconds / step - 1e-9) * step);
}
