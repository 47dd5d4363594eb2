// The times of a rehearsal as a file: `workbook list --talk --rehearsal FILE` sets them beside the planned ones, which
// stand in the chapters' marks.

import { element } from "../run/dom.js";

/**
 * @param {import("./slides.js").Slide[]} slides
 * @param {number} cut
 * @param {import("./clock.js").Clock} clock
 */
export function timesOf(slides, cut, clock) {
    const tenth = (seconds) => Math.round(seconds * 10) / 10;
    return {
        cut,
        date: new Date().toISOString(),
        real_s: tenth(clock.seconds),
        paused_s: tenth(clock.paused),
        slides: slides.map(({ id, title, part, seconds }) => ({
            id, title, part, planned_s: seconds, real_s: tenth(clock.of(id)),
        })),
    };
}

/** A browser that asks where to keep the file waits for an answer. */
const READ_MS = 60_000;

/** Hands the browser a file to be kept. */
export function exportTimes(times) {
    const blob = new Blob([`${JSON.stringify(times, null, 2)}\n`], { type: "application/json" });
    const href = URL.createObjectURL(blob);
    const download = `talk-${times.cut}-${times.date.slice(0, 16).replace(/[:T]/g, "-")}.json`;
    const link = element("a", { href, download });
    document.body.append(link);
    link.click();
    link.remove();
    // Some browsers have not begun to read it by now.
    setTimeout(() => URL.revokeObjectURL(href), READ_MS);
}
