// The clock of a talk is kept from one load to the next, until nobody has looked at it for a while: that was another talk.

import { Clock } from "./clock.js";
import { read, write } from "./store.js";

/** The clock of this copy of the book. */
const KEY = `workbook.talk.clock.v1 ${new URL("../../talk/", import.meta.url).pathname}`;
/** How long a page may be closed in the middle of a talk, with room for a break. */
const AWAY_MS = 60 * 60 * 1000;

/** @returns {Clock} the one of before, or a new one */
export function keptClock(now = Date.now()) {
    const kept = read(KEY);
    return new Clock(kept && now - kept.seen < AWAY_MS ? kept.clock : null);
}

/** @param {Clock} clock */
export function keepClock(clock) {
    write(KEY, { clock: clock.saved, seen: Date.now() });
}
