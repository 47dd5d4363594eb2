// Buttons for whoever has no keyboard, the number of the slide, and how much of the talk is over.

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
        bar.querySelector("[data-act=previous]").disabled = at === 0 && step === 0;
        bar.querySelector("[data-act=next]").disabled = !state.coming && state.left === 0;
    });
    bar.hidden = false;
    progress.hidden = false;
}
