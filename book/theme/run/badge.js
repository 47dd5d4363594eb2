// Where what is shown comes from: LIVE from this machine, or RECORDED on that machine on that day.

import { element } from "./dom.js";

export class Badge {
    constructor() {
        this.word = element("span", { className: "run-badge" });
        this.source = element("span", { className: "run-source" });
        this.place = element("span", { className: "run-origin" }, this.word, this.source);
    }

    /** What it says. */
    get says() {
        return { word: this.word.textContent, source: this.source.textContent };
    }

    live() {
        this.#show("LIVE", "on this machine");
    }

    /** @param {{machine: {cpu: string}, date: string} | null} recording  its first event, once that is known */
    recorded(recording = null) {
        this.#show("RECORDED", recording ? `${recording.machine.cpu}, ${recording.date}` : "");
    }

    #show(word, source) {
        this.word.textContent = word;
        this.word.classList.toggle("is-live", word === "LIVE");
        this.source.textContent = source;
    }
}
