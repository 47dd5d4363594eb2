// A queue to be watched: what is chosen, the buttons, the clock. It plays by itself only when it is asked to, and stands still
// between ticks where movement is not wanted.

import { button, disable, element, say } from "../run/dom.js";
import { labelled } from "../run/slider.js";
import { framesOf, told } from "./film.js";
import { Stage } from "./stage.js";

/** How long a tick is shown. */
const TICK_MS = 350;
/** The same where movement is not wanted: long enough to be read. */
const CALM_TICK_MS = 1200;

/** What it begins with: a queue that fills. */
const USUAL = { capacity: 8, serve: 3 };

export class Scene {
    /** @param {HTMLElement} section  the place for it, with the runs in `data-runs` */
    constructor(section) {
        /** @type {import("./film.js").Recorded[]} */
        this.runs = JSON.parse(section.dataset.runs);
        this.stage = new Stage();
        this.capacity = this.#choice("capacity", "places in the queue");
        this.serve = this.#choice("serve", "ticks to serve one");
        this.tick = element("input", { type: "range", min: 0, step: 1, value: 0 });
        this.tick.addEventListener("input", () => {
            this.#pause();
            this.#show(this.tick.valueAsNumber);
        });
        this.go = button("queue-go", "Play", () => (this.timer ? this.#pause() : this.#play()));
        this.back = button("queue-back", "Back", () => this.#step(-1));
        this.on = button("queue-on", "Step", () => this.#step(1));
        // It is read aloud when it stands still, and not at each tick.
        this.status = element("p", { className: "queue-status" });
        this.status.setAttribute("role", "status");
        const fields = element("div", { className: "queue-fields" }, this.capacity.field, this.serve.field);
        const bar = element("div", { className: "queue-bar" }, this.go, this.back, this.on);
        section.append(fields, this.stage.place, labelled("tick", this.tick), bar, this.status);
        section.classList.add("is-live");
        this.#begin();
    }

    /** A field for one of the numbers by which runs differ. */
    #choice(name, label) {
        const values = [...new Set(this.runs.map((run) => run[name]))];
        const select = element("select");
        for (const value of values) select.append(new Option(value, value, false, value === USUAL[name]));
        select.addEventListener("change", () => this.#begin());
        return { select, field: labelled(label, select) };
    }

    /** Goes to the beginning of what was chosen. */
    #begin() {
        this.#stop();
        const chosen = (run) => run.capacity === Number(this.capacity.select.value) && run.serve === Number(this.serve.select.value);
        this.run = this.runs.find(chosen);
        this.frames = framesOf(this.run);
        this.tick.max = this.frames.length - 1;
        this.stage.begin(this.run, this.frames);
        this.#show(0);
        say(this.status, `One item is made in each tick, and one is taken in every ${this.serve.select.value}.`);
    }

    #play() {
        if (this.#isOver()) this.#show(0);
        say(this.status, "");
        this.go.textContent = "Pause";
        const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
        this.timer = setInterval(() => {
            this.#show(this.tick.valueAsNumber + 1);
            if (this.#isOver()) this.#pause();
        }, isCalm ? CALM_TICK_MS : TICK_MS);
    }

    #step(by) {
        this.#stop();
        this.#show(this.tick.valueAsNumber + by);
        this.#tell();
    }

    #pause() {
        this.#stop();
        this.#tell();
    }

    #stop() {
        clearInterval(this.timer);
        this.timer = null;
        this.go.textContent = "Play";
    }

    #isOver() {
        return this.tick.valueAsNumber >= this.frames.length - 1;
    }

    #show(tick) {
        this.tick.value = Math.min(this.frames.length - 1, Math.max(0, tick));
        const now = this.tick.valueAsNumber;
        const words = told(this.frames[now], this.run, now);
        this.tick.setAttribute("aria-valuetext", words);
        this.stage.show(this.frames[now], words);
        disable(this.back, now === 0);
        disable(this.on, this.#isOver());
    }

    #tell() {
        const now = this.tick.valueAsNumber;
        say(this.status, told(this.frames[now], this.run, now));
    }
}
