// A field for a number: a slider over what is recorded, and for a live run a box for what is in between.

import { element } from "./dom.js";

/**
 * @param {import("./fields.js").Parameter} parameter
 * @param {number} value  what it begins with
 * @param {boolean} live  whether any number may be chosen
 * @param {(value: number) => void} chosen
 */
export function numberField({ label, unit, zero, min, max, recorded }, value, live, chosen) {
    const slider = element("input", { type: "range", min: 0, max: recorded.length - 1, step: 1 });
    const box = element("input", { type: "number", min, max, step: 1 });
    box.setAttribute("aria-label", `${label}: any number from ${min} to ${max}`);
    const marks = recorded.map((each) => element("span", { textContent: zero && each === 0 ? zero : each }));
    const readout = element("span", { className: "run-value" });
    const show = () => {
        slider.value = recorded.indexOf(nearest(recorded, value));
        slider.setAttribute("aria-valuetext", withUnit(value, unit, zero));
        marks.forEach((mark, at) => mark.classList.toggle("is-chosen", recorded[at] === value));
        readout.textContent = live ? unit : withUnit(value, unit, zero);
        if (document.activeElement !== box) box.value = value;
    };
    const choose = (next) => {
        value = next;
        show();
        chosen(value);
    };
    slider.addEventListener("input", () => choose(recorded[slider.value]));
    box.addEventListener("input", () => {
        if (box.value !== "" && box.checkValidity()) choose(box.valueAsNumber);
    });
    box.addEventListener("blur", show);
    show();
    const scale = element("span", { className: "run-marks", ariaHidden: "true" }, ...marks);
    const field = element("span", { className: "run-slider" }, slider, scale);
    return labelled(label, slider, field, live ? [box, readout] : [readout]);
}

let labels = 0;

/** A field below its label, and what stands at the label's other end. */
export function labelled(text, control, field = control, more = []) {
    labels += 1;
    control.id = `run-field-${labels}`;
    return element("div", { className: "run-field" },
        element("div", { className: "run-label" },
            element("label", { htmlFor: control.id, textContent: text }),
            element("span", { className: "run-now" }, ...more)),
        field);
}

/** `500 µs`; zero may have a word of its own. */
export function withUnit(value, unit, zero) {
    if (zero && value === 0) return zero;
    return unit ? `${value} ${unit}` : `${value}`;
}

/** Of these values the one that is nearest by factors, as all of our numbers go by factors. */
export function nearest(values, wanted) {
    const apart = (value) => Math.abs(Math.log((value + 1) / (wanted + 1)));
    return values.reduce((best, value) => (apart(value) < apart(best) ? value : best));
}
