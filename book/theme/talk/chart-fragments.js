// Charts that are drawn: part by part, or in groups of parts, one a step, where the chapter says so; otherwise at once,
// when their slide is shown. A part is a bar, a row or a line with all that belongs to it (`data-part`); axes, grid and
// legend are there from the start, so that nothing jumps.

import { prefersReducedMotion } from "./reduced-motion.js";
import { numbers } from "./slides.js";

const PART_MS = 350;
/** All parts of a chart together take no longer to begin. */
const ALL_MS = 900;

/** Shows those parts of a chart whose step has come: `data-parts="0,0,1"` has the step of each, 0 for the start. */
export function showParts(chart, step) {
    const steps = numbers(chart.dataset.parts);
    for (const part of chart.querySelectorAll("[data-part]")) {
        part.classList.toggle("is-undrawn", step < steps[Number(part.dataset.part)]);
    }
}

/** Draws the charts of a slide that have no steps. */
export function draw(slide) {
    if (prefersReducedMotion()) return;
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
