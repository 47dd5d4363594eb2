// The clock as the speaker sees it: the time of the talk and of the day, and the pace.

import { element } from "../run/dom.js";
import { paceOf } from "./pace.js";
import { clockText } from "./slides.js";

/** Being late or early by less than this is being in time. */
const IN_TIME_S = 15;

export class Dial {
    /**
     * @param {HTMLElement} place
     * @param {import("./state.js").State} state
     * @param {import("./clock.js").Clock} clock
     */
    constructor(place, state, clock) {
        this.place = place;
        this.state = state;
        this.clock = clock;
        this.whole = this.#line("clock-whole", "all");
        this.pace = this.#line("clock-pace", "");
        this.slide = this.#line("clock-slide", "slide");
        this.part = this.#line("clock-part", "part");
        this.day = this.#line("clock-day", "");
    }

    show() {
        const pace = paceOf(this.state.slides, this.state.place.at, this.clock);
        set(this.whole, pace.whole, pace.wholePlanned);
        set(this.slide, pace.slide, pace.slidePlanned);
        set(this.part, pace.part, pace.partPlanned);
        this.part.label.textContent = this.state.slide.part || "part";
        this.pace.text.textContent = this.clock.isStarted ? told(pace.behind, this.clock.isPaused) : "not started";
        this.place.dataset.pace = this.clock.isStarted ? kind(pace.behind) : "none";
        this.day.text.textContent = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    }

    /** A line with its label, its text, and how much of the planned time is over. */
    #line(className, name) {
        const label = element("span", { className: "clock-label", textContent: name });
        const text = element("span", { className: "clock-text" });
        const bar = element("progress", { className: "clock-bar", ariaHidden: "true" });
        this.place.append(element("p", { className }, label, text, bar));
        return { label, text, bar };
    }
}

function set({ text, bar }, spent, planned) {
    text.textContent = `${clockText(spent)} of ${clockText(planned)}`;
    bar.max = Math.max(1, planned);
    bar.value = Math.min(spent, bar.max);
    bar.classList.toggle("is-over", spent > planned);
}

function kind(behind) {
    if (Math.abs(behind) < IN_TIME_S) return "in-time";
    return behind > 0 ? "late" : "early";
}

function told(behind, isPaused) {
    const pause = isPaused ? "paused, " : "";
    const by = clockText(Math.abs(behind));
    return { "in-time": `${pause}in time`, late: `${pause}${by} late`, early: `${pause}${by} early` }[kind(behind)];
}
