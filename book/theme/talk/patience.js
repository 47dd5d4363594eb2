// "Next" for an impatient clicker. A step that starts a program shows nothing for a moment, so the key is pressed again; that
// would turn the slide before anybody has seen the run. In the first second after a start it does nothing; later it goes on.

import { startedBy } from "./steps.js";

const PATIENCE_MS = 1000;

/**
 * @param {import("./state.js").State} state
 * @returns {() => void} goes on, if it is not too early
 */
export function patientNext(state) {
    let until = 0;
    state.listen((before, cause) => {
        const { at, step } = state.place;
        const isStart = (cause === "key" || cause === "link") && at === before.at && step === before.step + 1
            && startedBy(state.slide.element, step) !== null;
        until = isStart ? performance.now() + PATIENCE_MS : 0;
    });
    return () => {
        if (performance.now() >= until) state.next();
    };
}
