// The program's benchmark, on the reader's machine: how far it has come.

import { element } from "./dom.js";
import { measureLive } from "./live.js";

export class Measuring {
    constructor() {
        this.bar = element("progress", { max: 1 });
        this.bar.setAttribute("aria-label", "How much is measured");
        this.what = element("span");
        this.place = element("div", { className: "run-measuring", hidden: true }, this.bar, this.what);
    }

    /**
     * Measures, and tells in a sentence how that went.
     * @param {string} program
     * @param {AbortSignal} signal  ends it
     * @param {(text: string, isError: boolean) => void} print  takes what is printed
     */
    async run(program, signal, print) {
        this.bar.removeAttribute("value");
        this.what.textContent = "building the benchmark";
        this.place.hidden = false;
        try {
            for await (const event of measureLive(program, signal)) {
                if (event.event === "measuring") this.#show(event);
                if (event.event === "output") print(event.text, event.stream === "err");
                if (event.event === "exit") return sentence(event);
            }
            return "It could not be measured: the server has gone away.";
        } finally {
            this.place.hidden = true;
        }
    }

    #show({ done, total, what }) {
        if (total > 0) this.bar.value = done / total;
        this.what.textContent = total > 0 ? `${done} of ${total}: ${what}` : what;
    }
}

function sentence({ code, text }) {
    return code === 0
        ? "It is measured: in a moment the page shows your numbers beside the book's."
        : `It could not be measured: ${text}.`;
}
