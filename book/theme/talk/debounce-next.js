// The key for "next", debounced. A step that starts a program shows nothing for a moment, so the key is pressed again; that
// would turn the slide before the audience has seen the run. In the first second after a start it does nothing.

import { startedBy } from "./fragments.js";

const DEBOUNCE_MS = 1000;

/**
 * @param {import("./state.js").State} state
 * @returns {() => void} goes on, if it is not too early
 */
export function debouncedNext(state) {
    let until = 0;
    state.listen((before, cause) => {
        const { at, step } = state.place;
        const isStart = (cause === "key" || cause === "link") && at === before.at && step === before.step + 1
            && startedBy(state.slide.element, step) !== null;
        until = isStart ? performance.now() + DEBOUNCE_MS : 0;
    });
    return () => {
        if (performance.now() >= until) state.next();
    };
}
