// A run panel: choose, run, watch. One component for both transports.
//
// On a page it asks something as long as nothing runs, over the usual run as it was recorded, and says at the end of a run what
// moved. On a slide the speaker does both.

import { Ask } from "./ask.js";
import { Badge } from "./badge.js";
import { draw, heightOf } from "./chart.js";
import { disable, element, say, sentence } from "./dom.js";
import { exactness, hasWorkers, undisturbed } from "./exact.js";
import { Fields } from "./fields.js";
import { finding } from "./finding.js";
import { Ledger } from "./ledger.js";
import { canRun, killWorker } from "./live.js";
import { Measuring } from "./measuring.js";
import { Output } from "./output.js";
import { partsOf, whenSeen } from "./parts.js";
import { play } from "./play.js";
import { recording } from "./recorded.js";
import { RunState } from "./state.js";

/** How often the chart is drawn when movement is not wanted. */
const REDUCED_MOTION_MS = 1000;
/** How long a slider has to rest before its run is replayed. */
const REST_MS = 250;
/** How long the server may need until nothing is left of a run that was stopped: only one can run at a time. */
const KILLED_MS = 700;
/** A replay only has to hear that it was stopped. */
const HEARD_MS = 50;
/** How many printed lines are told of. */
const PRINTED_LAST = 40;

export class Panel {
    /** @param {HTMLElement} section  the place for it, with its menus in `data-menus` */
    constructor(section) {
        this.section = section;
        this.menus = JSON.parse(section.dataset.menus);
        this.live = canRun();
        /** @type {RunState | null} */
        this.run = null;
        /** @type {RunState | null} the one before */
        this.earlier = null;
        /** @type {RunState | null} the usual run as it was recorded, which an idle panel shows */
        this.usual = null;
        /** @type {AbortController | null} ends what is going on; there is none when nothing is */
        this.stopper = null;
        this.fields = new Fields(this.menus, this.live, () => this.#chosen());
        this.badge = new Badge();
        this.ledger = new Ledger();
        this.output = new Output();
        this.measuring = new Measuring();
        this.ask = section.closest(".slide") ? null : new Ask(this.menus.own, (choice) => this.#see(choice));
        this.parts = partsOf(this.menus.own.name, {
            go: () => (this.stopper ? this.stopper.abort() : this.#start()),
            kill: () => killWorker(),
            clear: () => this.#forget(),
            measure: () => this.#measure(),
        });
        this.#build(section);
        this.#idle();
        // On a slide a step chooses.
        section.addEventListener("run-choice", ({ detail }) => this.#startWith(detail));
        whenSeen(section, () => this.#fetchRecordings());
        new ResizeObserver(() => this.#drawSoon()).observe(this.parts.chart);
    }

    #build(section) {
        const { title, bar, status, chart, typed } = this.parts;
        this.parts.measure.hidden = !this.live || !this.menus.own.measured;
        const head = element("div", { className: "run-head" }, title, this.badge.place);
        const asked = this.ask ? [this.ask.place] : [];
        section.append(head, ...asked, this.fields.form, bar, status, this.measuring.place, chart, this.ledger.table, typed,
            ...this.output.places);
        section.classList.add("is-panel");
        this.#reserve();
        if (this.live) this.badge.live();
        else this.badge.recorded();
        this.#hint();
    }

    /** Takes the room of what will be shown, so that nothing below moves when it comes. */
    #reserve() {
        if (!this.ask) return;
        const { room } = this.menus.own;
        this.parts.chart.hidden = !room;
        if (room) this.parts.chart.style.minHeight = `${heightOf(this.parts.chart, room)}px`;
        else this.output.reserve();
    }

    /** What the buttons do, as long as there is nothing else to say. */
    #hint() {
        const choice = this.fields.form.hidden ? "" : "; another choice replays another one";
        say(this.parts.status, this.live ? "It runs on this machine." : `A run that was recorded is replayed${choice}.`);
    }

    async #start() {
        // One that another took the place of before its end is not worth to be compared with.
        if (this.run?.isOver && this.run.exit) this.earlier = this.run;
        // What another machine did is no measure of what this one does; and on a slide nothing is told before its run.
        else if (!this.live && this.ask) this.earlier ??= this.usual;
        const { request, words, choice, point } = this.fields;
        this.run = new RunState(words, choice);
        this.output.clear();
        this.parts.typed.hidden = true;
        if (this.live) this.badge.live();
        say(this.parts.status, this.live ? "Starting." : "Replaying.");
        await this.#busy(async (signal) => {
            for await (const event of play(request, point.name, signal)) {
                this.#hear(event, point);
                this.#drawSoon();
            }
            const found = finding(this.run, this.earlier, this.isReplay);
            return this.note + found + await this.#exactness(point);
        });
    }

    /** What a kill did to the report. */
    async #exactness({ name }) {
        const program = this.fields.menu.name;
        const others = await recording(program, undisturbed(name)).catch(() => []);
        return exactness(this.run, others);
    }

    /** Answers the question. What runs here is compared with what runs here, so the usual one goes first. */
    async #see(choice) {
        if (this.live) {
            await this.#startWith({ program: choice.program, params: {} });
            if (this.run?.exit?.code !== 0) return;
        }
        await this.#startWith(choice);
    }

    /** Runs what was chosen for the reader, after what is going on; the first run of a slide as if there had been none before. */
    async #startWith(choice) {
        if (this.stopper) {
            this.stopper.abort();
            await new Promise((resolve) => setTimeout(resolve, this.live ? KILLED_MS : HEARD_MS));
            // Somebody was faster, or has gone on.
            if (this.stopper || !this.section.checkVisibility()) return;
        }
        if (choice.isFirst) {
            this.run = null;
            this.earlier = null;
        }
        this.fields.choose(choice);
        await this.#start();
    }

    #hear(event, point) {
        this.run.hear(event);
        switch (event.event) {
            case "building":
                say(this.parts.status, "Building it first.");
                this.output.print(event.text);
                break;
            case "fallback":
                this.note = fallback(event.text, point);
                say(this.parts.status, this.note);
                this.run = new RunState(this.run.name, this.run.choice);
                this.output.clear();
                break;
            case "recording":
                this.isReplay = true;
                this.#idle();
                this.badge.recorded(event);
                break;
            case "command":
                this.output.clear();
                this.parts.command.textContent = event.command;
                this.parts.typed.hidden = false;
                break;
            case "start":
                if (!this.isReplay) say(this.parts.status, "Running.");
                break;
            case "output": this.output.print(event.text, event.stream === "err"); break;
            case "kill":
                this.output.print(event.text, !event.done);
                if (event.done) say(this.parts.status, "A worker was killed.");
                break;
            case "end": this.output.sum(event); break;
        }
    }

    #measure() {
        say(this.parts.status, "Measuring on this machine.");
        this.output.clear();
        const print = (text, isError) => this.output.print(text, isError);
        return this.#busy((signal) => this.measuring.run(this.menus.own.name, signal, print));
    }

    /** Does something that can be stopped, and says how it ended. */
    async #busy(act) {
        const stopper = new AbortController();
        this.stopper = stopper;
        this.isReplay = false;
        /** Why a live run is none any more. */
        this.note = "";
        this.parts.status.classList.remove("is-finding");
        this.#idle();
        let said;
        try {
            said = await act(stopper.signal);
            this.parts.status.classList.add("is-finding");
        } catch (error) {
            said = stopper.signal.aborted ? "Stopped." : `${this.note}${sentence(error.message)}`;
        }
        // Another one may have taken its place.
        if (this.stopper !== stopper) return;
        this.stopper = null;
        if (this.run) this.run.isOver = true;
        say(this.parts.status, said);
        this.#draw();
        this.#idle();
    }

    /** A choice on the static site replays that run; on the reader's machine nothing starts by itself. */
    #chosen() {
        if (this.live) {
            this.#idle();
            return;
        }
        clearTimeout(this.resting);
        this.resting = setTimeout(() => {
            this.stopper?.abort();
            this.#start();
        }, REST_MS);
    }

    #forget() {
        this.run = null;
        this.earlier = null;
        this.output.clear();
        this.parts.typed.hidden = true;
        this.parts.chart.hidden = true;
        this.ledger.show(null, null);
        this.parts.status.classList.remove("is-finding");
        this.#reserve();
        this.#drawUsual();
        this.#hint();
        this.#idle();
        this.parts.go.focus();
    }

    /** Says what is recorded; and a run can go on when the server has gone away, even before the first one. */
    async #fetchRecordings() {
        const { words, choice, point } = this.fields;
        const events = await recording(this.menus.own.name, point.name).catch(() => []);
        if (events.length > 0 && !this.run) {
            if (!this.live) this.badge.recorded(events[0]);
            this.usual = new RunState(words, choice);
            for (const event of events) this.usual.hear(event);
            this.usual.isOver = true;
            this.usualText = events.filter(({ event }) => event === "output");
            this.#drawUsual();
        }
        if (!this.live) return;
        for (const { name, points } of [this.menus.own, this.menus.parent].filter(Boolean)) {
            for (const each of points) await recording(name, each).catch(() => {});
        }
    }

    /** The usual run, faint, below the question. */
    #drawUsual() {
        if (!this.ask || !this.usual || this.run) return;
        if (this.menus.own.room) {
            this.parts.chart.classList.add("is-faint");
            draw(this.parts.chart, this.usual, null, this.menus.own.room.crew);
        } else {
            this.output.preview(this.usualText.map(({ text }) => text));
        }
    }

    /** At the next frame; seldom, if movement is not wanted. */
    #drawSoon() {
        if (this.isDrawing) return;
        const isReduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
        const later = isReduced ? (draw) => setTimeout(draw, REDUCED_MOTION_MS) : requestAnimationFrame;
        this.isDrawing = true;
        later(() => {
            this.isDrawing = false;
            this.#draw();
        });
    }

    /** Tells how things stand: on a slide they are drawn in another way. */
    #tell() {
        const { run, earlier, badge, parts, output } = this;
        const detail = {
            run, earlier, isBusy: this.stopper !== null, origin: badge.says, said: parts.status.textContent,
            printed: output.last(PRINTED_LAST),
        };
        this.section.dispatchEvent(new CustomEvent("run-seen", { detail }));
    }

    #draw() {
        this.#tell();
        const { run, earlier } = this;
        if (!run) this.#drawUsual();
        // Until there is something of this one, what was drawn of the last one stays.
        if (!run?.hasChart) return;
        this.ledger.show(run, earlier);
        this.parts.chart.hidden = false;
        this.parts.chart.classList.remove("is-faint");
        draw(this.parts.chart, run, earlier, this.fields.menu.room?.crew);
    }

    #idle() {
        const isBusy = this.stopper !== null;
        this.parts.go.textContent = isBusy ? "Stop" : "Run";
        this.parts.go.classList.toggle("is-stop", isBusy);
        this.fields.disabled = isBusy && this.live;
        this.parts.kill.hidden = !this.live || !hasWorkers(this.fields.menu);
        disable(this.parts.kill, !isBusy || this.isReplay);
        disable(this.parts.clear, isBusy || this.run === null);
        disable(this.parts.measure, isBusy);
        if (this.ask) this.ask.disabled = isBusy;
        this.#tell();
    }
}

/** Why a live run is none any more, and what is shown in its place. */
function fallback(why, { name, isExact }) {
    const nearest = isExact ? "" : `, the nearest: ${name}`;
    return `It cannot go on live: ${why}. This is a recorded run${nearest}. `;
}
