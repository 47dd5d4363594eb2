// Charts that are drawn: part by part, one a step, where the chapter says so; otherwise at once, when their slide is
// shown. A part is a bar or a line with all that belongs to it (`data-part`); axes and grid are there from the start.

import { isCalm } from "./calm.js";

const PART_MS = 350;
/** All parts of a chart together take no longer to begin. */
const ALL_MS = 900;

/** Shows as many parts of a chart as there are steps for. */
export function showParts(chart, step) {
    const from = Number(chart.dataset.partsFrom);
    for (const part of chart.querySelectorAll("[data-part]")) {
        part.classList.toggle("is-undrawn", step < from + Number(part.dataset.part));
    }
}

/** Draws the charts of a slide that have no steps. */
export function draw(slide) {
    if (isCalm()) return;
    for (const chart of slide.querySelectorAll(".chart:not([data-parts])")) drawAll(chart);
}

function drawAll(chart) {
    const groups = [...chart.querySelectorAll("[data-part]")];
    const last = Math.max(1, ...groups.map(({ dataset }) => Number(dataset.part)));
    for (const group of groups) {
        const delay = (ALL_MS * Number(group.dataset.part)) / last;
        group.animate([{ opacity: 0 }, { opacity: 1 }], { duration: PART_MS, delay, fill: "backwards" });
    }
}
