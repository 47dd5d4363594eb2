// The clock of a talk, stored: it goes on from one load to the next, unless the page was closed for so long that this must be
// another talk.
// Two speaker's views of one talk have one clock: each takes over what the other has kept.

import { Clock } from "./clock.js";
import { read, write } from "./store.js";

/** The clock of this copy of the book. */
const KEY = `workbook.talk.clock.v1 ${new URL("../../talk/", import.meta.url).pathname}`;
/** How long a page may be closed in the middle of a talk, with room for a break. */
const AWAY_MS = 60 * 60 * 1000;

/** @returns {Clock} the one of before, or a new one */
export function keptClock() {
    return new Clock(kept());
}

/** @param {Clock} clock */
export function keepClock(clock) {
    write(KEY, { clock: clock.saved, seen: Date.now() });
}

/**
 * Keeps when this page was left, and takes over what another page keeps.
 * @param {Clock} clock
 * @param {() => void} changed  is told of that
 */
export function shareClock(clock, changed) {
    const takeOver = () => {
        clock.saved = kept() ?? clock.saved;
        changed();
    };
    addEventListener("pagehide", () => keepClock(clock));
    addEventListener("storage", ({ key }) => {
        if (key === KEY) takeOver();
    });
    // A page that comes back as it was left has not heard of what happened meanwhile.
    addEventListener("pageshow", ({ persisted }) => {
        if (persisted) takeOver();
    });
}

function kept(now = Date.now()) {
    const kept = read(KEY);
    return kept && now - kept.seen < AWAY_MS ? kept.clock : null;
}
