// A run panel: choose, run, watch. One component for two transports.

import { draw } from "./chart.js";
import { element } from "./dom.js";
import { Fields } from "./fields.js";
import { Refused, canRun, measure, runLive } from "./live.js";
import { seconds } from "./numbers.js";
import { printed, report } from "./output.js";
import { replay } from "./recorded.js";
import { RunState } from "./state.js";

/** How often the chart is drawn when movement is not wanted. */
const CALM_MS = 1000;

export class Panel {
    /** @param {HTMLElement} section the place for it, with its menus in `data-menus` */
    constructor(section) {
        this.section = section;
        this.root = section.dataset.root;
        this.live = canRun();
        this.run = null;
        this.earlier = null;
        this.stopper = null;
        this.fields = new Fields(JSON.parse(section.dataset.menus), this.live, () => this.#said(""));
        this.#build();
        this.#buttons();
    }

    #build() {
        const button = (className, textContent, act) => {
            const made = element("button", { type: "button", className, textContent });
            made.addEventListener("click", act);
            return made;
        };
        this.badge = element("span", { className: "run-badge" });
        this.go = button("run-go", "Run", () => (this.stopper ? this.#stop() : this.#start()));
        this.forget = button("run-clear", "Clear", () => this.#clear());
        this.test = button("run-measure", "Measure here", () => this.#measure());
        this.status = element("p", { className: "run-status" });
        this.status.setAttribute("role", "status");
        this.chart = element("div", { className: "run-chart" });
        this.legend = element("p", { className: "run-legend" });
        this.command = element("p", { className: "run-command" });
        this.output = element("div", { className: "run-output" });
        const bar = element("div", { className: "run-bar" }, this.go, this.forget);
        if (this.live) bar.append(this.test);
        bar.append(this.badge);
        this.#mark(this.live);
        this.section.replaceChildren(
            this.fields.form, bar, this.status, this.chart, this.legend, this.command, this.output);
        this.section.classList.add("is-panel");
    }

    async #start() {
        if (this.run?.hasChart) this.earlier = this.run;
        const { request, words, point } = this.fields;
        this.run = new RunState(words);
        this.output.replaceChildren();
        this.stopper = new AbortController();
        this.#buttons();
        try {
            if (this.live) await this.#live(request, point);
            else await this.#recorded(request.program, point, 0);
            this.#ended();
        } catch (error) {
            this.#said(this.stopper.signal.aborted ? "Stopped." : `${error.message}.`);
        } finally {
            this.stopper = null;
            this.#show();
            this.#buttons();
        }
    }

    async #live(request, point) {
        this.#mark(true);
        this.#said("Starting.");
        try {
            for await (const event of runLive(request, this.stopper.signal)) this.#hear(event);
            if (this.run.exit) return;
            throw new Error("the server has gone away");
        } catch (error) {
            if (this.stopper.signal.aborted) throw error;
            const why = error instanceof Refused ? error.message : "the server does not answer";
            // From here on what was recorded: from where the live run had come to.
            const from_ms = this.run.last_ms;
            this.run = new RunState(this.run.name);
            await this.#recorded(request.program, point, from_ms, `It could not go on live (${why}). `);
        }
    }

    async #recorded(program, point, from_ms, because = "") {
        this.#mark(false);
        const nearest = point.exact ? "" : ` The nearest recorded run: ${point.name}.`;
        this.#said(`${because}Replaying.${nearest}`);
        const address = `${this.root}results/runs/${program}/${point.name}.jsonl`;
        for await (const event of replay(address, from_ms, this.stopper.signal)) this.#hear(event);
    }

    #hear(event) {
        this.run.hear(event);
        switch (event.event) {
            case "building": this.#said(`Building: ${event.text}`); break;
            case "recording": this.#mark(false, event); break;
            case "command": this.command.replaceChildren(element("code", { textContent: event.command })); break;
            case "start": this.#said("Running."); break;
            case "exit": return;
        }
        this.#drawSoon();
    }

    #ended() {
        const { exit, end, seconds: took } = this.run;
        if (exit?.why !== "ended") this.#said(exit ? `It ${exit.text}.` : "It has ended.");
        else this.#said(end ? `Done: ${seconds(end.seconds)}.` : `Done after ${seconds(took)}.`);
    }

    #stop() {
        this.stopper.abort();
    }

    #clear() {
        this.run = null;
        this.earlier = null;
        for (const place of [this.chart, this.legend, this.command, this.output]) place.replaceChildren();
        this.#said("");
        this.#buttons();
    }

    async #measure() {
        this.stopper = new AbortController();
        this.#buttons();
        this.#said("Measuring on this machine: the benchmark is being built.");
        try {
            let last = null;
            for await (const event of measure(this.fields.menu.name, this.stopper.signal)) {
                last = event;
                if (event.event !== "measuring") continue;
                const { done, total, what } = event;
                this.#said(`Measuring on this machine: ${total ? `${done} of ${total}, ` : ""}${what}`);
            }
            const well = last?.event === "exit" && last.code === 0;
            this.#said(well
                ? "Measured: the page shows it beside the book's numbers in a moment."
                : `It could not be measured: ${last?.text ?? "the server does not answer"}.`);
        } catch (error) {
            this.#said(this.stopper.signal.aborted ? "Stopped." : `It could not be measured: ${error.message}.`);
        } finally {
            this.stopper = null;
            this.#buttons();
        }
    }

    /** At the next frame; seldom, if movement is not wanted. */
    #drawSoon() {
        if (this.drawing) return;
        const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
        const later = calm ? (draw) => setTimeout(draw, CALM_MS) : requestAnimationFrame;
        this.drawing = true;
        later(() => {
            this.drawing = false;
            this.#show();
        });
    }

    #show() {
        const { run, earlier } = this;
        if (!run) return;
        if (run.hasChart) {
            draw(this.chart, run, earlier);
            this.#explain();
        }
        const parts = [];
        if (run.lines.length > 0) parts.push(printed(run));
        if (run.end) parts.push(report(run));
        this.output.replaceChildren(...parts);
        const text = this.output.querySelector("pre");
        if (text) text.scrollTop = text.scrollHeight;
    }

    /** Which line is which run. */
    #explain() {
        const entry = (className, name) =>
            element("span", { className: `run-key ${className}`, textContent: name });
        const keys = [entry("now", this.run.name)];
        if (this.earlier) keys.push(entry("earlier", this.earlier.name));
        this.legend.replaceChildren(...keys);
    }

    #mark(live, recording = null) {
        this.badge.textContent = live ? "LIVE" : "RECORDED";
        this.badge.classList.toggle("live", live);
        const from = recording && `on ${recording.machine.cpu}, ${recording.date}`;
        this.badge.title = live ? "runs on this machine" : `replays a real run ${from ?? ""}`;
        if (from) this.badge.append(element("span", { className: "run-source", textContent: ` ${from}` }));
    }

    #said(text) {
        if (this.status.textContent !== text) this.status.textContent = text;
    }

    #buttons() {
        const busy = this.stopper !== null;
        this.go.textContent = busy ? "Stop" : "Run";
        this.fields.disabled = busy;
        this.forget.disabled = busy || this.run === null;
        this.test.disabled = busy;
    }
}
