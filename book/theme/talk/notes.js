// What is said to the slide that is on, as large as the speaker wants it.

import { read, write } from "./store.js";

const KEY = "workbook.talk.notes.v1";
/** In pixels. */
const SIZES = [16, 18, 20, 22, 25, 28, 32, 37, 42];
const FIRST = 22;

export class Notes {
    /**
     * Takes the notes out of all slides.
     * @param {HTMLElement} place
     * @param {import("./slides.js").Slide[]} slides
     */
    constructor(place, slides) {
        this.place = place;
        this.bySlide = new Map(slides.map(({ id, element }) => {
            const notes = element.querySelector(":scope > .notes");
            notes?.remove();
            return [id, notes];
        }));
        const size = read(KEY);
        this.#resize(SIZES.includes(size) ? size : FIRST);
    }

    show({ id }) {
        const notes = this.bySlide.get(id);
        this.place.replaceChildren(...(notes ? [notes] : []));
        this.place.scrollTop = 0;
    }

    larger() {
        this.#change(1);
    }

    smaller() {
        this.#change(-1);
    }

    #change(by) {
        const at = SIZES.indexOf(this.size) + by;
        this.#resize(SIZES[Math.min(Math.max(at, 0), SIZES.length - 1)]);
        write(KEY, this.size);
    }

    #resize(size) {
        this.size = size;
        this.place.style.setProperty("--notes", `${size}px`);
    }
}
