// Where the talk should be, and where it is: for the slide that is on, for its part, and for all of it.

/**
 * @typedef {object} Pace  seconds, all of them
 * @property {number} slide         spent on this slide
 * @property {number} slidePlanned
 * @property {number} part          spent on this part of the talk
 * @property {number} partPlanned
 * @property {number} whole         spent on all
 * @property {number} wholePlanned
 * @property {number} behind        how late the talk is; less than nothing if it is early
 */

/**
 * @param {import("./slides.js").Slide[]} slides  those of the cut
 * @param {number} at  the one that is on
 * @param {import("./clock.js").Clock} clock
 * @returns {Pace}
 */
export function paceOf(slides, at, clock) {
    const now = slides[at];
    const part = slides.filter((slide) => slide.part === now.part);
    const slide = clock.of(now.id);
    // Whoever forgot to start the clock has done so by the first key: what was said before that is not known.
    const from = Math.max(0, slides.findIndex(({ id }) => id === clock.saved.from));
    const before = planned(slides.slice(from, at));
    // A slide may take its time: only what is beyond that makes the talk late.
    const beyond = Math.max(0, slide - now.seconds);
    return {
        slide,
        slidePlanned: now.seconds,
        part: part.reduce((sum, { id }) => sum + clock.of(id), 0),
        partPlanned: planned(part),
        whole: clock.seconds,
        wholePlanned: planned(slides),
        behind: clock.seconds - slide - before + beyond,
    };
}

/** The planned seconds of some slides. */
export function planned(slides) {
    return slides.reduce((sum, { seconds }) => sum + seconds, 0);
}
