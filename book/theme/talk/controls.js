// Buttons for whoever has no keyboard, the number of the slide, and how much of the talk is over.

import { disable } from "../run/dom.js";

/**
 * @param {import("./state.js").State} state
 * @param {Record<string, () => void>} acts
 */
export function showControls(state, acts) {
    const bar = document.querySelector(".controls");
    const progress = document.querySelector(".progress");
    const place = bar.querySelector(".controls-place");
    bar.addEventListener("click", ({ target }) => {
        const button = target.closest("[data-act]");
        if (button) acts[button.dataset.act]();
    });
    state.listen(() => {
        const { at, step } = state.place;
        place.textContent = `${at + 1} / ${state.slides.length}`;
        progress.max = Math.max(1, state.slides.length - 1);
        progress.value = at;
        disable(bar.querySelector("[data-act=previous]"), at === 0 && step === 0);
        disable(bar.querySelector("[data-act=next]"), !state.coming && state.left === 0);
    });
    bar.hidden = false;
    progress.hidden = false;
}
