// A run as the last row sees it: one number, and what it did over its time. No button, no field: keys do that.

import { element, say } from "../run/dom.js";
import { chart, roundSpan } from "./scene-chart.js";

/** Stages whose share of work is shown. */
const STAGES_MAX = 4;
/** Printed lines that are shown. */
const LINES_MAX = 4;
/** All charts and rows together, in pixels of a slide. */
const HEIGHT = 500;
const ROW = 44;

export class Scene {
    /** @param {HTMLElement} section  the place of the panel */
    constructor(section) {
        this.badge = element("span", { className: "run-badge" });
        this.source = element("span");
        this.number = element("p", { className: "scene-number" });
        this.unit = element("p", { className: "scene-unit" });
        this.amount = element("p", { className: "scene-amount" });
        this.before = element("p", { className: "scene-before" });
        this.chosen = element("p", { className: "scene-chosen" });
        this.said = element("p", { className: "scene-said" });
        this.charts = element("div", { className: "scene-charts" });
        const origin = element("p", { className: "scene-origin" }, this.badge, this.source);
        const facts = element("div", { className: "scene-facts" }, origin, this.number, this.unit, this.amount, this.before,
            this.chosen, this.said);
        section.append(element("div", { className: "scene" }, facts, this.charts));
        section.classList.add("has-scene");
        this.choose("");
    }

    /** What the next run will be, in words. */
    choose(words) {
        say(this.chosen, words);
    }

    /** @param {import("./scene-view.js").View} view */
    show({ run, earlier, isBusy, origin, said, printed }) {
        say(this.badge, origin.word);
        this.badge.classList.toggle("is-live", origin.word === "LIVE");
        say(this.source, origin.source);
        // Until there is a number there is a question.
        say(this.number, run ? run.number : isBusy ? "…" : "?");
        say(this.unit, run ? run.unit : "lines a second");
        say(this.amount, run ? run.amount : "");
        say(this.before, run && earlier ? `before: ${earlier.number} ${earlier.unit}` : "");
        say(this.said, said);
        this.charts.replaceChildren(...(run ? drawn(run, earlier, printed) : [chart("lines a second", [], { height: 280, span_s: 1 })]));
    }
}

function drawn(run, earlier, printed) {
    const span_s = roundSpan(Math.max(run.seconds, earlier?.seconds ?? 0));
    const rate = [earlier && { points: earlier.rate, name: "before" }, { points: run.rate, name: "now" }].filter(Boolean);
    const crew = run.stages.find(({ workers }) => workers.some(({ value }) => value !== workers[0].value));
    if (crew && run.kills.length === 0) {
        const workers = [{ points: crew.workers, name: "now", isStepped: true }];
        const frame = { height: HEIGHT / 2, span_s };
        return [chart("lines a second", rate, frame), chart("workers", workers, frame)];
    }
    const lines = printed.slice(-LINES_MAX).map((text) => element("p", { className: "scene-printed", textContent: text }));
    const rows = lines.length > 0 ? lines : run.stages.slice(0, STAGES_MAX).map(stageRow);
    const height = HEIGHT - ROW * rows.length;
    return [chart("lines a second", rate, { height, span_s, kills: run.kills }), ...rows];
}

/** How busy a stage is now. */
function stageRow({ name, busy, most }) {
    const share = Math.round(100 * busy);
    const bar = element("span", { className: "scene-bar" }, element("span", { className: "scene-share" }));
    bar.style.setProperty("--share", `${share}%`);
    const who = most > 1 ? `${name} × ${most}` : name;
    return element("p", { className: "scene-stage" }, element("span", { textContent: who }), bar,
        element("span", { textContent: `${share} % busy` }));
}
