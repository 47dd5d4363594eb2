// Programs on slides: the panels of the book's pages. A slide adds two things. A key or a step starts one; and the
// recording that it falls back to is loaded before the talk gets there, for the network may be gone by then.

import { nearest } from "../run/slider.js";

/** Makes panels of all places for them, if there is one. */
export async function makeRuns() {
    const sections = [...document.querySelectorAll("main section.run")];
    if (sections.length === 0) return;
    const [{ makePanels }, { recording }] = await Promise.all([import("../run.js"), import("../run/recorded.js")]);
    makePanels();
    for (const section of sections) {
        const { name, presets, parameters } = JSON.parse(section.dataset.menus).own;
        const values = parameters.map((one) => `${one.name}=${nearest(one.recorded, one.default)}`);
        await recording(name, [presets[0].name, ...values].join(",")).catch(() => {});
    }
}

/** Starts a panel's program, if it is not running. */
export function start(panel) {
    const go = panel?.querySelector(".run-go");
    if (go && !isRunning(go)) go.click();
}

/** Ends the programs of a slide that is left: only one can run at a time, and the next slide may have one. */
export function stopAll(slide) {
    for (const go of slide.querySelectorAll(".run-go")) {
        if (isRunning(go)) go.click();
    }
}

/** Starts the program of a slide, or stops it. */
export function startOrStop(slide) {
    slide.querySelector(".run-go")?.click();
}

function isRunning(go) {
    return go.classList.contains("is-stop");
}
