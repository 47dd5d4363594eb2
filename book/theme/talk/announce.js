// Says to screen readers where the talk is. The slides that are not shown are not there for them either, and the page is
// a document like any other: they read the slide with their own keys.

import { revealed } from "./steps.js";

/** @param {import("./state.js").State} state */
export function announce(state) {
    const place = document.querySelector("#announcer");
    state.listen((_, before, cause) => {
        const { at, step, blank } = state.place;
        const isNew = cause === "load" || at !== before.at || before.blank;
        place.textContent = blank ? "The screen is blank." : words(state, isNew, step);
    });
}

function words(state, isNew, step) {
    const { slide, slides, place } = state;
    const steps = slide.steps > 0 ? `, step ${step} of ${slide.steps}` : "";
    if (isNew) return `${slide.title}. Slide ${place.at + 1} of ${slides.length}${steps}.`;
    return `${brought(slide.element, step)} Step ${step} of ${slide.steps}.`.trim();
}

/** What a step has brought: words, a change, or lines of code that are lit now. A program says itself that it runs. */
function brought(slide, step) {
    if (slide.querySelector(`[data-morph="${step}"]`)) return "The new code is shown.";
    return revealed(slide, step) || litLines(slide, step);
}

function litLines(slide, step) {
    const isRead = ({ dataset }) => {
        const at = step - Number(dataset.linesFrom);
        return at >= -1 && at < dataset.lineNumbers.split("|").length - 1;
    };
    const code = [...slide.querySelectorAll("[data-line-numbers]")].find(isRead);
    return code ? [...code.querySelectorAll(".is-lit")].map((line) => line.textContent.trim()).join(" ") : "";
}
