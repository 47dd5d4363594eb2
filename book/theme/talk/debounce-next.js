// The key for "next", with patience. A step that starts a program shows nothing for a moment, so the key is pressed again;
// and as long as the program runs, the next press would end it. So in the first second after a start, and until the run has
// ended, it does nothing. Shift and the arrow leave the slide all the same.

import { startedBy } from "./fragments.js";

const DEBOUNCE_MS = 1000;

/**
 * @param {import("./state.js").State} state
 * @param {(slide: import("./slides.js").Slide) => boolean} isBusy  whether a program of the slide runs
 * @returns {() => void} goes on, if it is not too early
 */
export function debouncedNext(state, isBusy) {
    let until = 0;
    state.listen((before, cause) => {
        const { at, step } = state.place;
        const isStart = (cause === "key" || cause === "link") && at === before.at && step === before.step + 1
            && startedBy(state.slide.element, step) !== null;
        until = isStart ? performance.now() + DEBOUNCE_MS : 0;
    });
    return () => {
        if (performance.now() >= until && !isBusy(state.slide)) state.next();
    };
}
