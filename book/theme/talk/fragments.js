// Shows a slide as it is after so many of its steps. Nothing remembers what was shown before: any step can be shown at
// any time, forwards, backwards and after a reload.

import { showParts } from "./chart-fragments.js";
import { showLines } from "./lines.js";
import { morph } from "./morph.js";

/**
 * @param {HTMLElement} slide
 * @param {number} step
 * @param {boolean} isMoving  whether what changes may move
 */
export function showSteps(slide, step, isMoving) {
    for (const fragment of slide.querySelectorAll(".fragment")) {
        const at = Number(fragment.dataset.step);
        // What was there before, and is come back to, does not come again.
        const comes = isMoving && at === step && !fragment.classList.contains("is-shown");
        fragment.classList.toggle("is-shown", at <= step);
        fragment.classList.toggle("is-newest", comes);
    }
    for (const code of slide.querySelectorAll("[data-line-numbers]")) showLines(code, step);
    for (const diff of slide.querySelectorAll("[data-morph]")) {
        morph(diff, step >= Number(diff.dataset.morph), isMoving);
    }
    for (const chart of slide.querySelectorAll("[data-parts]")) showParts(chart, step);
}

/** The panel that is started by a step: with its own program, or with the one that it runs first. */
export function startedBy(slide, step) {
    return slide.querySelector(`.run:is([data-run="${step}"], [data-earlier-run="${step}"])`);
}
