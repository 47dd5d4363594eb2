// The quizzes of a page: each `section.quiz` has its questions, and behind folds its answers. Here the options become
// fields, an answer is judged and explained, and at the end the questions that were missed are asked again.

import { kept } from "./progress/store.js";
import { Question } from "./quiz/question.js";
import { button, element } from "./run/dom.js";

/** Makes all quizzes of the page live. */
export function makeQuizzes() {
    for (const section of document.querySelectorAll("main section.quiz")) new Quiz(section);
}

class Quiz {
    /** @param {HTMLElement} section */
    constructor(section) {
        const fieldsets = [...section.querySelectorAll(".quiz-question")];
        this.questions = fieldsets.map((fieldset) => new Question(fieldset, (question) => this.#answered(question)));
        this.sum = element("p", { className: "quiz-sum", tabIndex: -1, textContent: this.#before() });
        this.sum.setAttribute("role", "status");
        this.again = button("quiz-again", "Ask again what was missed", () => this.#askAgain());
        this.again.hidden = true;
        section.append(element("div", { className: "quiz-end" }, this.sum, this.again));
        section.classList.add("is-live");
    }

    /** How it went when the reader was here before. */
    #before() {
        const results = this.questions.map(({ id }) => kept("questions", id)).filter(Boolean);
        if (results.length === 0) return "";
        const right = results.filter(({ right }) => right).length;
        return `When you were here before, ${right} of ${this.questions.length} were right.`;
    }

    /** Says how it goes, and hands back what the reader goes to from this question. */
    #answered(question) {
        const open = this.questions.filter(({ isOpen }) => isOpen);
        const missed = this.questions.filter(({ isRight }) => !isRight);
        const { length } = this.questions;
        if (open.length > 0) {
            this.sum.textContent = `${length - open.length} of ${length} answered.`;
            // The next one on the page, or else the first that was left out.
            const from = this.questions.indexOf(question);
            return open.find((one) => this.questions.indexOf(one) > from) ?? open[0];
        }
        this.again.hidden = missed.length === 0;
        this.sum.textContent = missed.length === 0
            ? `All ${length} are right.`
            : `${length - missed.length} of ${length} are right.`;
        return missed.length === 0 ? this.sum : this.again;
    }

    #askAgain() {
        const missed = this.questions.filter(({ isRight }) => !isRight);
        missed.forEach((question) => question.ask());
        this.again.hidden = true;
        this.sum.textContent = missed.length === 1 ? "One question again." : `${missed.length} questions again.`;
        missed[0].focus();
    }
}
