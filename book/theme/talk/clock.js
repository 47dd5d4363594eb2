// The time of a talk: how long it has lasted, and how much of that each slide took. A pause, for a question, does not
// count. All of it follows from when things happened, so a page that was reloaded goes on as if nothing had been.

/**
 * @typedef {object} Saved
 * @property {Record<string, number>} spent  milliseconds by slide
 * @property {string | null} id              the slide that is on
 * @property {string | null} from            the slide at which the clock was started
 * @property {number | null} since           since when its time runs; none before the start and in a pause
 * @property {number} pausedFor              milliseconds of all pauses that are over
 * @property {number | null} pausedSince
 */

export class Clock {
    /**
     * @param {Saved | null} saved
     * @param {() => number} now  milliseconds
     */
    constructor(saved = null, now = () => Date.now()) {
        this.now = now;
        /** @type {Saved} */
        this.saved = saved;
        if (!saved) this.reset();
    }

    /** As if there had been no talk. */
    reset() {
        this.saved = { spent: {}, id: null, from: null, since: null, pausedFor: 0, pausedSince: null };
    }

    get isStarted() {
        return this.saved.since !== null || this.isPaused;
    }

    /** Whether a rehearsal would be lost with it. */
    get isWorthKeeping() {
        return this.seconds >= 60;
    }

    get isPaused() {
        return this.saved.pausedSince !== null;
    }

    /** Seconds since the start, without pauses. */
    get seconds() {
        const { spent, id } = this.saved;
        const ids = new Set([...Object.keys(spent), id]);
        return [...ids].reduce((sum, one) => sum + this.of(one), 0);
    }

    /** Seconds of all pauses. */
    get paused() {
        const { pausedFor, pausedSince } = this.saved;
        return (pausedFor + (pausedSince === null ? 0 : this.now() - pausedSince)) / 1000;
    }

    /** Seconds that were spent on a slide. */
    of(id) {
        const { spent, id: current, since } = this.saved;
        const running = id === current && since !== null ? this.now() - since : 0;
        return ((spent[id] ?? 0) + running) / 1000;
    }

    /** Another slide is on. The first turn starts the clock. */
    turn(id) {
        this.#settle();
        this.saved.from ??= id;
        if (!this.isPaused) this.saved.since = this.now();
        this.saved.id = id;
    }

    /** Stops for a while; or starts, or goes on. */
    pauseOrGoOn(id) {
        if (!this.isStarted) this.turn(id);
        else if (this.isPaused) {
            this.saved.pausedFor += this.now() - this.saved.pausedSince;
            this.saved.pausedSince = null;
            this.saved.since = this.now();
        } else {
            this.#settle();
            this.saved.since = null;
            this.saved.pausedSince = this.now();
        }
    }

    /** What has run until now is the slide's. */
    #settle() {
        const { spent, id, since } = this.saved;
        if (since === null) return;
        spent[id] = (spent[id] ?? 0) + this.now() - since;
        this.saved.since = this.now();
    }
}
