// The fields of a question, by its type: each is asked for the answer, cleared, closed, and compares answers.

import { element } from "../run/dom.js";
import { plain, printed } from "./judge.js";

/**
 * @param {HTMLFieldSetElement} fieldset  with the type and the answer in its attributes
 * @param {() => void} done  called when a reader presses Enter
 */
export function fieldsOf(fieldset, done) {
    const make = { choice: choiceOf, short: shortOf, tracing: tracingOf }[fieldset.dataset.type];
    return make(fieldset, done);
}

function choiceOf(fieldset, done) {
    const right = Number(fieldset.dataset.right);
    const radios = [...fieldset.querySelectorAll(".quiz-options > li")].map((place, value) => {
        const radio = radioOf(`choice-${fieldset.id}`, value, done);
        const text = element("span", { className: "quiz-option" }, ...inside(place));
        place.replaceChildren(element("label", {}, radio, text));
        return radio;
    });
    return {
        focus: () => radios[0].focus(),
        clear: () => open(radios),
        close(isRight) {
            const chosen = radios.find(({ checked }) => checked);
            if (!isRight) chosen.closest("li").classList.add("is-wrong");
            radios[right].closest("li").classList.add("is-right");
            close(radios);
        },
        lacking: () => "Choose an answer first.",
        judge() {
            const chosen = radios.find(({ checked }) => checked);
            if (!chosen) return null;
            return { isRight: Number(chosen.value) === right, answer: chosen.value, verdict: "Not that one." };
        },
        isSame: (one, other) => one === other,
    };
}

function shortOf(fieldset, done) {
    const accepted = JSON.parse(fieldset.dataset.accepted);
    const field = element("input", { type: "text", className: "quiz-short", autocomplete: "off", spellcheck: false });
    onEnter(field, done);
    fieldset.append(element("label", { className: "quiz-field" }, "Your answer ", field));
    return {
        focus: () => field.focus(),
        clear: () => open([field]),
        close: () => close([field]),
        lacking: () => "Write an answer first.",
        judge() {
            if (field.value.trim() === "") return null;
            const isRight = accepted.some((answer) => plain(answer) === plain(field.value));
            return { isRight, answer: field.value, verdict: "That is not it." };
        },
        isSame: (one, other) => plain(one) === plain(other),
    };
}

function tracingOf(fieldset, done) {
    const { prints, failsAt } = fieldset.dataset;
    const lines = fieldset.querySelector("pre > code").textContent.trimEnd().split("\n");
    const name = `compiles-${fieldset.id}`;
    const [yes, no] = ["yes", "no"].map((value) => radioOf(name, value, done));
    const output = element("textarea", { rows: 3, spellcheck: false });
    const line = element("select", {}, element("option", { value: "", textContent: "Choose a line" }),
        ...lines.map((code, at) => element("option", { value: at + 1, textContent: `${at + 1}: ${code.trim()}` })));
    onEnter(line, done);
    const printing = element("label", { className: "quiz-field" }, "It prints ", output);
    const failing = element("label", { className: "quiz-field" }, "The error is in line ", line);
    const show = () => {
        printing.hidden = !yes.checked;
        failing.hidden = !no.checked;
    };
    for (const radio of [yes, no]) radio.addEventListener("change", show);
    show();
    fieldset.append(
        element("div", { className: "quiz-compiles" },
            element("label", {}, yes, element("span", { textContent: "It compiles" })),
            element("label", {}, no, element("span", { textContent: "It does not compile" }))),
        printing, failing);
    const all = [yes, no, output, line];
    return {
        focus: () => yes.focus(),
        clear() {
            open(all);
            show();
        },
        close: () => close(all),
        lacking: () => (yes.checked || no.checked ? "Say what it prints, or in which line the error is." : "Choose first whether it compiles."),
        judge() {
            if (no.checked) {
                if (prints !== undefined) return { isRight: false, answer: "", verdict: "It compiles." };
                if (line.value === "") return null;
                return { isRight: line.value === failsAt, answer: line.value, verdict: "The error is in another line." };
            }
            if (!yes.checked) return null;
            if (prints === undefined) return { isRight: false, answer: "", verdict: "It does not compile." };
            if (output.value.trim() === "" && prints !== "") return null;
            const isRight = printed(output.value) === printed(prints);
            return { isRight, answer: output.value, verdict: "It prints something else." };
        },
        isSame: (one, other) => printed(one) === printed(other),
    };
}

function radioOf(name, value, done) {
    const radio = element("input", { type: "radio", name, value });
    onEnter(radio, done);
    return radio;
}

function onEnter(field, done) {
    field.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.isComposing) return;
        event.preventDefault();
        done();
    });
}

/** What stands in a place; of a single paragraph what stands in that. */
function inside(place) {
    const only = place.children.length === 1 && place.firstElementChild.matches("p") ? place.firstElementChild : place;
    return [...only.childNodes];
}

function close(fields) {
    for (const field of fields) field.disabled = true;
}

function open(fields) {
    for (const field of fields) {
        field.disabled = false;
        if (field.type === "radio") field.checked = false;
        else field.value = "";
        field.closest("li")?.classList.remove("is-right", "is-wrong");
    }
}
