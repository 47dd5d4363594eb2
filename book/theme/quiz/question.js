// One question: its fields, the button that judges the answer, and what is said of it.

import { keep, kept } from "../progress/store.js";
import { button, element } from "../run/dom.js";
import { fieldsOf } from "./fields.js";

export class Question {
    /**
     * @param {HTMLFieldSetElement} fieldset
     * @param {(question: Question) => {focus: () => void}} answered  called after an answer; hands back what comes next
     */
    constructor(fieldset, answered) {
        this.id = fieldset.dataset.question;
        this.fieldset = fieldset;
        this.answered = answered;
        this.fields = fieldsOf(fieldset, () => this.#check());
        this.act = button("quiz-check", "Check", () => (this.isOpen ? this.#check() : this.next.focus()));
        this.told = element("div", { className: "quiz-told" });
        this.told.setAttribute("role", "status");
        // What is said of an answer is read before the way to the next question.
        fieldset.append(this.told, element("div", { className: "quiz-bar" }, this.act));
        this.isOpen = true;
        this.isRight = false;
    }

    /** Asks anew. */
    ask() {
        this.isOpen = true;
        this.isRight = false;
        this.fields.clear();
        this.#show("");
        this.told.replaceChildren();
        this.act.textContent = "Check";
    }

    focus() {
        this.fields.focus();
    }

    #check() {
        if (!this.isOpen) return;
        const judged = this.fields.judge();
        if (!judged) {
            this.told.replaceChildren(element("p", { textContent: this.fields.lacking() }));
            return;
        }
        this.isOpen = false;
        this.isRight = judged.isRight;
        this.fields.close(judged.isRight);
        this.#show(judged.isRight ? "is-right" : "is-wrong");
        const before = kept("questions", this.id);
        keep("questions", this.id, { right: judged.isRight, tries: (before?.tries ?? 0) + 1 });
        this.told.replaceChildren(
            element("p", { className: "quiz-verdict", textContent: judged.isRight ? "✓ Right." : `✗ ${judged.verdict}` }),
            ...this.#reason(judged.answer),
            ...(judged.isRight ? [] : this.#right()),
            ...copies(this.fieldset.querySelector(".quiz-context")),
        );
        this.next = this.answered(this);
        this.act.textContent = this.next instanceof Question ? "Next question" : "How it went";
        this.act.focus();
    }

    #show(state) {
        this.fieldset.classList.remove("is-right", "is-wrong");
        if (state) this.fieldset.classList.add(state);
    }

    /** What would have been right: of options the one that is marked now, or else what stands behind the fold. */
    #right() {
        const option = this.fieldset.querySelector(".quiz-options > .is-right .quiz-option");
        if (option) {
            const text = [...option.cloneNode(true).childNodes];
            return [element("p", { className: "quiz-right" }, element("b", { textContent: "The answer: " }), ...text)];
        }
        const told = [...this.fieldset.querySelectorAll(".quiz-answer > .quiz-right, .quiz-answer > .quiz-right + pre")];
        return told.map((part) => {
            const copied = part.cloneNode(true);
            // The buttons of a copy would do nothing.
            copied.querySelector(".buttons")?.remove();
            return copied;
        });
    }

    /** What is wrong with this answer, if that is known. */
    #reason(answer) {
        const reasons = [...this.fieldset.querySelectorAll(".quiz-wrong > li")];
        const reason = reasons.find(({ dataset }) => this.fields.isSame(dataset.answer, answer));
        const copied = copies(reason);
        copied.forEach((part) => part.querySelector?.(".quiz-not")?.remove());
        return copied;
    }
}

function copies(place) {
    return [...(place?.children ?? [])].map((part) => part.cloneNode(true));
}
