// Programs on slides: the panels of the book's pages. A slide adds two things. A key or a step starts one, perhaps with
// the parent's program first (`data-earlier="s03-replicas workers=8"`); and the recordings that it falls back to are loaded
// before the talk gets there, for the network may be gone by then.

import { nearest } from "../run/slider.js";

/**
 * @typedef {object} Choice  what a panel is to run; numbers that are not named have their defaults
 * @property {string} program
 * @property {Record<string, number>} params
 */

/** Keys may be pressed before there are panels. */
const panels = Promise.withResolvers();
/** @type {{section: HTMLElement} | null} what was to start before that, and starts then */
let waiting = null;

/** Makes panels of all places for them, if there is one. */
export async function makeRuns() {
    const sections = [...document.querySelectorAll("main section.run")];
    if (sections.length === 0) return;
    try {
        const [{ makePanels }, { recording }] = await Promise.all([import("../run.js"), import("../run/recorded.js")]);
        makePanels();
        panels.resolve();
        await fetchRecordings(sections, recording);
    } finally {
        // Where none could be made, nothing waits for one.
        panels.resolve();
    }
}

async function fetchRecordings(sections, recording) {
    for (const section of sections) {
        for (const choice of [earlierOf(section), ownOf(section)].filter(Boolean)) {
            await recording(choice.program, pointOf(section, choice)).catch(() => {});
        }
    }
}

/**
 * Starts what a step of a slide starts, as if it had not run before: nothing tells what will come.
 * @param {HTMLElement | null} section  none if the step starts nothing
 */
export function start(section, step) {
    waiting = null;
    if (!section) return;
    whenMade(section, (go) => {
        const earlier = earlierOf(section);
        const isFirst = !earlier || Number(section.dataset.earlierRun) === step;
        if (earlier) choose(section, isFirst ? earlier : ownOf(section), isFirst);
        else if (!isRunning(go)) choose(section, ownOf(section), isFirst);
    });
}

/** Does something with the button of a panel, as soon as there is one, unless something else has been wanted until then. */
async function whenMade(section, act) {
    const mine = { section };
    waiting = mine;
    await panels.promise;
    if (waiting !== mine) return;
    waiting = null;
    const go = buttonOf(section);
    if (go) act(go);
}

function choose(section, choice, isFirst = false) {
    section.dispatchEvent(new CustomEvent("run-choice", { detail: { ...choice, isFirst } }));
}

/** Whether the program of a slide runs, or will as soon as it can. */
export function isBusy(slide) {
    return slide.querySelector(".run-go.is-stop") !== null || (waiting !== null && slide.contains(waiting.section));
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
    if (waiting && slide.contains(waiting.section)) waiting = null;
    for (const go of slide.querySelectorAll(".run-go")) {
        if (isRunning(go)) go.click();
    }
}

/** Starts the program of a slide, or stops it. */
export function startOrStop(slide) {
    const section = slide.querySelector("section.run");
    if (!section) return;
    whenMade(section, (go) => {
        if (isRunning(go) || !section.dataset.workers) go.click();
        else choose(section, ownOf(section));
    });
}

/** Kills a worker of the program of a slide, if it is one that runs here and has some. */
export function killOne(slide) {
    slide.querySelector(".run-kill-one:not([hidden])")?.click();
}

function buttonOf(section) {
    return section.querySelector(".run-go");
}

function isRunning(go) {
    return go.classList.contains("is-stop");
}
