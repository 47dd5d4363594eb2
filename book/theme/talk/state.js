// Where the talk is: the slide, its step, and whether the screen is blank. The address says it, too: `#/the-map/2`.
//
// The state does nothing but tell: whoever shows it listens. A change has a cause, because what is shown after a key may
// move, and what is shown after a reload may not.

/**
 * @typedef {import("./slides.js").Slide} Slide
 *
 * @typedef {object} Place
 * @property {number} at       the slide, counted from 0 in its cut
 * @property {number} step     how many of its steps have happened
 * @property {boolean} blank   whether nothing is shown
 *
 * @typedef {"load" | "key" | "link" | "address" | "answer"} Cause  an answer is how another window stands already, or where it was opened
 */

export class State {
    #listeners = [];
    /** @type {Place} */
    #place = { at: 0, step: 0, blank: false };

    /**
     * @param {Slide[]} slides  those of the cut, in order
     * @param {(id: string) => Slide | undefined} find  the slide of the cut for an id, also for one of another cut
     */
    constructor(slides, find) {
        this.slides = slides;
        this.find = find;
    }

    /** @returns {Place} */
    get place() {
        return { ...this.#place };
    }

    /** @returns {Slide} */
    get slide() {
        return this.slides[this.#place.at];
    }

    /** @returns {Slide | undefined} the one behind it */
    get coming() {
        return this.slides[this.#place.at + 1];
    }

    /** How many steps are left on this slide. */
    get left() {
        return this.slide.steps - this.#place.step;
    }

    /**
     * Calls this for every change.
     * @param {(before: Place, cause: Cause) => void} heard
     */
    listen(heard) {
        this.#listeners.push(heard);
    }

    /** The next step, or the next slide. */
    next() {
        const { at, step } = this.#place;
        if (this.left > 0) this.move({ step: step + 1 });
        else if (this.coming) this.move({ at: at + 1, step: 0 });
    }

    /** The previous one: a slide that one comes back to is as it was left. */
    previous() {
        const { at, step } = this.#place;
        if (step > 0) this.move({ step: step - 1 });
        else if (at > 0) this.move({ at: at - 1, step: this.slides[at - 1].steps });
    }

    /** Another slide, whatever of this one has not been shown. */
    skip(by) {
        const at = Math.min(Math.max(this.#place.at + by, 0), this.slides.length - 1);
        if (at !== this.#place.at) this.move({ at, step: 0 });
    }

    first() {
        this.move({ at: 0, step: 0 });
    }

    last() {
        this.move({ at: this.slides.length - 1, step: 0 });
    }

    blank() {
        this.move({ blank: !this.#place.blank });
    }

    /**
     * Goes to the slide of that name; for one that is not in this cut, to the beginning of the next that is.
     * @returns {boolean} whether there is such a slide
     */
    goTo(id, step = 0, blank = this.#place.blank, cause = "key") {
        const slide = this.find(id);
        if (!slide) return false;
        this.move({ at: this.slides.indexOf(slide), step: slide.id === id ? step : 0, blank }, cause);
        return true;
    }

    /**
     * Changes what is said, and tells it if that is a change.
     * @param {Partial<Place>} to
     * @param {Cause} cause
     */
    move(to, cause = "key") {
        const before = this.place;
        const after = { ...before, ...to };
        after.step = Math.min(Math.max(after.step, 0), this.slides[after.at].steps);
        // Who moves wants to see it.
        if (cause === "key" && !("blank" in to)) after.blank = false;
        const isSame = Object.keys(after).every((key) => after[key] === before[key]);
        if (isSame && cause !== "load") return;
        this.#place = after;
        for (const heard of this.#listeners) heard(before, cause);
    }
}

/** `#/the-map/2` of a state; without its number, nothing is revealed. */
export function addressOf(state) {
    const { step } = state.place;
    return `#/${encodeURIComponent(state.slide.id)}${step > 0 ? `/${step}` : ""}`;
}

/**
 * The slide and step of an address.
 * @returns {{id: string, step: number} | null}
 */
export function placeOf(hash) {
    const [, id, step] = /^#\/([^/]+)(?:\/(\d+))?$/.exec(hash) ?? [];
    return id ? { id: decoded(id), step: Number(step ?? 0) } : null;
}

/** What somebody has typed may be no address at all. */
function decoded(id) {
    try {
        return decodeURIComponent(id);
    } catch {
        return id;
    }
}

/** Keeps the address up to date, and follows it when somebody changes it; one that leads nowhere is put right. */
export function keepAddress(state) {
    const correct = () => {
        if (location.hash !== addressOf(state)) history.replaceState(null, "", addressOf(state));
    };
    state.listen(correct);
    addEventListener("hashchange", () => {
        const place = placeOf(location.hash);
        if (place) state.goTo(place.id, place.step, false, "address");
        correct();
    });
}
