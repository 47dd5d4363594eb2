// The stages of a run below its chart, each with what it does now; a queue is a box that fills, over the same time.

import { path, svg } from "./dom.js";

const TEXT = 14;
/** Below a line of text. */
const LEAD = 5;
const BOX = 24;
const GAP = 12;
/** How far apart the columns of numbers end. */
const COLUMN = 78;

/**
 * @typedef {object} Frame  the drawing they are a part of
 * @property {number} left
 * @property {number} right
 * @property {(t_s: number) => number} x
 */

/**
 * Draws the stages from a height downward, and tells how much of it they take.
 * @param {Map<string, import("./state.js").Look[]>} stages
 * @param {Frame} frame
 * @param {number} top
 */
export function lanes(stages, frame, top) {
    let height = 0;
    const parts = [];
    if ([...stages.values()].flat().some(({ capacity }) => capacity > 0)) {
        parts.push(svg("text", { x: 0, y: top + 11 }, "its stages, and what waits for them"));
        height += TEXT + 2 * LEAD;
    }
    for (const [name, looks] of stages) {
        parts.push(...words(name, looks.at(-1), frame, top + height));
        height += TEXT + LEAD;
        if (looks.some(({ capacity }) => capacity > 0)) {
            parts.push(...queue(looks, frame, top + height));
            height += BOX + GAP;
        }
    }
    return { parts, height };
}

/** How much the lanes of so many stages take, so many of them with a queue. */
export function lanesHeight(stages, queues) {
    const head = queues > 0 ? TEXT + 2 * LEAD : 0;
    return head + stages * (TEXT + LEAD) + queues * (BOX + GAP);
}

function words(name, { depth, capacity, workers, busy }, { right }, top) {
    const y = top + 11;
    const columns = [
        `${Math.round(100 * busy)} % busy`,
        `${workers} ${workers === 1 ? "worker" : "workers"}`,
        capacity > 0 ? `${depth} of ${capacity} wait` : "",
    ];
    const numbers = columns.map((text, column) => svg("text", { x: right - column * COLUMN, y, class: "end" }, text));
    return [svg("text", { x: 0, y, class: "strong" }, name), ...numbers];
}

function queue(looks, { left, right, x }, top) {
    const capacity = Math.max(...looks.map(({ capacity }) => capacity));
    const bottom = top + BOX;
    const line = looks.map(({ t_s, depth }) => [x(t_s), bottom - BOX * Math.min(1, depth / capacity)]);
    const area = [[left, bottom], [left, line[0][1]], ...line, [line.at(-1)[0], bottom]];
    return [
        svg("rect", { x: left, y: top, width: right - left, height: BOX, class: "box" }),
        path(area, { class: "queue" }),
    ];
}
