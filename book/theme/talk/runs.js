// Programs on slides: the panels of the book's pages. A slide adds two things. A key or a step starts one, perhaps with
// the parent's program first (`data-earlier="s03-replicas workers=8"`); and the recordings that it falls back to are loaded
// before the talk gets there, for the network may be gone by then.

import { nearest } from "../run/slider.js";

/**
 * @typedef {object} Choice  what a panel is to run; numbers that are not named have their defaults
 * @property {string} program
 * @property {Record<string, number>} params
 */

/** Makes panels of all places for them, if there is one. */
export async function makeRuns() {
    const sections = [...document.querySelectorAll("main section.run")];
    if (sections.length === 0) return;
    const [{ makePanels }, { recording }] = await Promise.all([import("../run.js"), import("../run/recorded.js")]);
    makePanels();
    for (const section of sections) {
        for (const choice of [earlierOf(section), ownOf(section)].filter(Boolean)) {
            await recording(choice.program, pointOf(section, choice)).catch(() => {});
        }
    }
}

/** Starts what a step of a slide starts. */
export function start(panel, step) {
    const go = panel?.querySelector(".run-go");
    if (!go) return;
    const earlier = earlierOf(panel);
    if (earlier) choose(panel, Number(panel.dataset.earlierRun) === step ? earlier : ownOf(panel));
    else if (!isRunning(go)) choose(panel, ownOf(panel));
}

function choose(panel, choice) {
    panel.dispatchEvent(new CustomEvent("run-choice", { detail: choice }));
}

/** Whether the program of a slide runs. */
export function isBusy(slide) {
    return slide.querySelector(".run-go.is-stop") !== null;
}

/** Another number of workers for the next run of a slide: the room decides. Of those that are recorded, one after the other. */
export function chooseWorkers(slide) {
    const panel = slide.querySelector("section.run");
    const numbers = panel && numbersOf(panel);
    if (!numbers || isBusy(slide)) return;
    const { recorded, label } = numbers;
    const now = recorded.indexOf(ownOf(panel).params.workers ?? numbers.default);
    const workers = recorded[(now + 1) % recorded.length];
    panel.dataset.workers = workers;
    panel.dispatchEvent(new CustomEvent("run-chosen", { detail: `next: ${workers} ${workers === 1 ? label.replace("workers", "worker") : label}` }));
}

/** What may be chosen of the workers of a panel's own program. */
function numbersOf({ dataset }) {
    const { parameters } = JSON.parse(dataset.menus).own;
    return parameters.find(({ name, recorded }) => name === "workers" && recorded.length > 1);
}

/** @returns {Choice | null} what a panel runs before its own program */
function earlierOf({ dataset }) {
    if (!dataset.earlier) return null;
    const [program, ...params] = dataset.earlier.split(/\s+/);
    const numbers = params.map((one) => one.split("=")).map(([name, value]) => [name, Number(value)]);
    return { program, params: Object.fromEntries(numbers) };
}

/** @returns {Choice} a panel's own program, with the workers that were chosen */
function ownOf({ dataset }) {
    const params = dataset.workers ? { workers: Number(dataset.workers) } : {};
    return { program: JSON.parse(dataset.menus).own.name, params };
}

/** The name of the recording that is nearest to a choice. */
function pointOf({ dataset }, { program, params }) {
    const { own, parent } = JSON.parse(dataset.menus);
    const { presets, parameters } = [own, parent].find((menu) => menu?.name === program);
    const values = parameters.map((one) => `${one.name}=${nearest(one.recorded, params[one.name] ?? one.default)}`);
    return [presets[0].name, ...values].join(",");
}

/** Ends the programs of a slide that is left: only one can run at a time, and the next slide may have one. */
export function stopAll(slide) {
    for (const go of slide.querySelectorAll(".run-go")) {
        if (isRunning(go)) go.click();
    }
}

/** Starts the program of a slide, or stops it. */
export function startOrStop(slide) {
    const go = slide.querySelector(".run-go");
    const panel = slide.querySelector("section.run");
    if (!go) return;
    if (isRunning(go) || !panel.dataset.workers) go.click();
    else choose(panel, ownOf(panel));
}

/** Kills a worker of the program of a slide, if it is one that runs here and has some. */
export function killOne(slide) {
    slide.querySelector(".run-kill-one:not([hidden])")?.click();
}

function isRunning(go) {
    return go.classList.contains("is-stop");
}
