// Plays by itself: one step after another, each long enough to be read, until it is over or stopped.

/** Time for a sentence. */
const STEP_MS = 2_000;

export class Forward {
    /**
     * @param {() => boolean} step  takes a step; whether another one follows
     * @param {(isGoing: boolean) => void} changed  hears when it starts and stops
     */
    constructor(step, changed) {
        this.step = step;
        this.changed = changed;
        this.timer = null;
    }

    get isGoing() {
        return this.timer !== null;
    }

    /** The first step is taken at once. */
    start() {
        this.#next();
        if (this.isGoing) this.changed(true);
    }

    stop() {
        if (!this.isGoing) return;
        clearTimeout(this.timer);
        this.timer = null;
        this.changed(false);
    }

    #next() {
        if (this.step()) this.timer = setTimeout(() => this.#next(), STEP_MS);
        else this.stop();
    }
}
