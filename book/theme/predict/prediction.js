// One prediction: the field for the bet, what covers the answer, and the reply.

import { keep, kept } from "../progress/store.js";
import { button, element } from "../run/dom.js";
import { Cover } from "./cover.js";
import { fieldOf } from "./field.js";
import { draw } from "./mark.js";
import { replyTo, verdictOn } from "./reply.js";

export class Prediction {
    /** @param {HTMLElement} section */
    constructor(section) {
        this.section = section;
        this.id = section.dataset.predict;
        this.chart = document.getElementById(`chart-${section.dataset.chart}`);
        this.answer = section.querySelector(".predict-answer");
        this.field = fieldOf(section);
        this.told = element("div", { className: "predict-told", tabIndex: -1 });
        this.told.setAttribute("role", "status");
        const place = button("predict-place", "Place the bet", () => this.#place());
        const skip = button("predict-skip", "Show it without a bet", () => this.#skip());
        this.bar = element("div", { className: "predict-bar" }, place, skip);
        this.note = element("p", { className: "predict-note", textContent: "What follows is covered until then." });
        section.insertBefore(element("div", { className: "predict-ask" }, ...this.field.parts, this.bar, this.note), this.answer);
        section.insertBefore(this.told, this.answer);
        section.classList.add("is-live");
        this.cover = new Cover(section, this.chart);
        const before = kept("bets", this.id);
        if (before) this.#show(before);
        else this.cover.lay();
    }

    #place() {
        const bet = this.field.bet();
        if (bet === null) {
            this.told.textContent = "Choose one first.";
            return;
        }
        this.#keepAndShow({ bet });
    }

    #skip() {
        this.#keepAndShow({ skipped: true });
    }

    #keepAndShow(what) {
        keep("bets", this.id, what);
        this.#show(what);
        this.told.focus({ preventScroll: true });
    }

    /** Uncovers the answer, with what is said of the bet. */
    #show({ bet, skipped }) {
        this.cover.lift();
        this.answer.open = true;
        this.section.classList.add("is-shown");
        const written = skipped ? null : this.field.written(bet);
        const truth = this.section.querySelector(".predict-truth");
        if (written === null) {
            this.told.replaceChildren(element("p", { textContent: "Without a bet." }), truth);
            return;
        }
        this.field.show(bet);
        const name = replyTo(this.section, bet);
        const verdict = verdictOn(this.section, bet, name);
        const reply = this.section.querySelector(`[data-reply="${name}"]`);
        const copied = [...(reply?.children ?? [])].map((part) => part.cloneNode(true));
        copied.forEach((part) => part.querySelector(".predict-for")?.remove());
        this.told.replaceChildren(
            element("p", {}, element("b", { className: "predict-verdict", textContent: verdict }), " Your bet: ",
                element("b", { textContent: written }), "."),
            truth,
            ...copied,
        );
        const { type, onAxis, axisUnit } = this.section.dataset;
        if (type === "quantity" && this.chart) {
            draw(this.chart, bet * Number(onAxis), axisUnit, `your bet: ${written}`);
        }
    }
}
