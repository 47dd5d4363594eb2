// Says to screen readers where the talk is. The slides that are not shown are not there for them either, and the page is
// a document like any other: they read the slide with their own keys.

import { say } from "../run/dom.js";
import { numbers } from "./slides.js";

/** Who listens hears so many characters of what is new; all of it can be read on the slide. */
const HEARD_MAX = 300;

/** @param {import("./state.js").State} state */
export function announce(state) {
    const place = document.querySelector("#announcer");
    state.listen((before, cause) => {
        const { at, step, blank } = state.place;
        const isNew = cause === "load" || at !== before.at || before.blank;
        say(place, blank ? "The screen is blank." : words(state, isNew, step));
    });
}

function words(state, isNew, step) {
    const { slide, slides, place } = state;
    const steps = slide.steps > 0 ? `, step ${step} of ${slide.steps}` : "";
    if (isNew) return `${slide.title}. Slide ${place.at + 1} of ${slides.length}${steps}.`;
    return `${brought(slide.element, step)} Step ${step} of ${slide.steps}.`.trim();
}

/**
 * What a step has brought: words, a change, parts of a chart, or lines of code that are lit now. A program says itself that
 * it runs.
 */
function brought(slide, step) {
    if (slide.querySelector(`[data-morph="${step}"]`)) return "The new code is shown.";
    const text = revealed(slide, step) || drawnParts(slide, step) || litLines(slide, step);
    return text.replace(/\s+/g, " ").slice(0, HEARD_MAX).trim();
}

/** A block that waited for its step; of a drawing it is what the drawing is called. */
function revealed(slide, step) {
    const fragment = slide.querySelector(`.fragment[data-step="${step}"]`)?.cloneNode(true);
    for (const drawing of fragment?.querySelectorAll("svg") ?? []) {
        drawing.replaceWith(drawing.getAttribute("aria-label") ?? drawing.querySelector("title")?.textContent ?? "", " ");
    }
    return fragment?.textContent ?? "";
}

/** The bars, rows or lines of a chart that have come, each with its name and its numbers. */
function drawnParts(slide, step) {
    const partOf = (text) => Number(text.closest("[data-part]").dataset.part);
    const told = [];
    for (const chart of slide.querySelectorAll("[data-parts]")) {
        const steps = numbers(chart.dataset.parts);
        const texts = [...chart.querySelectorAll("[data-part] text")].filter((text) => steps[partOf(text)] === step);
        const parts = Object.values(Object.groupBy(texts, partOf));
        told.push(...parts.map((part) => part.map(({ textContent }) => textContent).join(", ")));
    }
    return told.join("; ");
}

function litLines(slide, step) {
    const isRead = ({ dataset }) => {
        const at = step - Number(dataset.linesFrom);
        return at >= -1 && at < dataset.lineNumbers.split("|").length - 1;
    };
    const code = [...slide.querySelectorAll("[data-line-numbers]")].find(isRead);
    return code ? [...code.querySelectorAll(".is-lit")].map((line) => line.textContent.trim()).join(" ") : "";
}
