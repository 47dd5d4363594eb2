// The drawing of a queue: items as boxes that go from the door through the places of the queue to where they are done.

import { element } from "../run/dom.js";

/** From one box to the next, in pixels; the style sheet has their size. */
const CELL = 26;
/** What the name of a lane takes. */
const NAME = 28;

const LANES = [
    { lane: "door", name: "at the door" },
    { lane: "queue", name: "in the queue" },
    { lane: "done", name: "done" },
];

export class Stage {
    constructor() {
        this.place = element("div", { className: "queue-stage" });
        this.place.setAttribute("role", "img");
        this.names = new Map();
        this.items = [];
        new ResizeObserver(() => this.#lay()).observe(this.place);
    }

    /**
     * Makes room for a run.
     * @param {import("./film.js").Recorded} run
     * @param {import("./film.js").Frame[]} frames
     */
    begin({ capacity }, frames) {
        const items = frames.length - 1;
        // A queue that never fills has places that nothing comes to.
        this.most = {
            door: Math.max(1, ...frames.map(({ made, sent }) => made - sent)),
            queue: capacity,
            done: Math.max(1, frames.at(-1).done),
        };
        this.names = new Map(LANES.map(({ lane }) => [lane, element("p", { className: "queue-name" })]));
        this.slots = Array.from({ length: capacity }, () => element("span", { className: "queue-slot" }));
        this.items = Array.from({ length: items }, (_, number) =>
            element("span", { className: "queue-item", textContent: number + 1 }));
        this.place.replaceChildren(...this.names.values(), ...this.slots, ...this.items);
        this.#lay();
    }

    /**
     * Shows a moment of it.
     * @param {import("./film.js").Frame} frame
     * @param {string} words  the same for those who do not see it
     */
    show(frame, words) {
        this.frame = frame;
        this.place.setAttribute("aria-label", words);
        const { made, sent, done } = frame;
        const counts = { door: made - sent, queue: sent - done, done };
        for (const { lane, name } of LANES) {
            const of = lane === "queue" ? ` of ${this.most.queue}` : "";
            this.names.get(lane).textContent = `${name}: ${counts[lane]}${of}`;
        }
        this.items.forEach((item, number) => {
            const { lane, at } = placeOf(number, frame);
            item.className = `queue-item is-${lane}`;
            this.#put(item, lane === "unmade" ? "door" : lane, lane === "unmade" ? counts.door : at);
        });
    }

    /** Finds a height for each lane; all boxes go where they belong at this width. */
    #lay() {
        if (!this.most) return;
        this.across = Math.max(1, Math.floor(this.place.clientWidth / CELL));
        let top = 0;
        this.tops = {};
        for (const { lane } of LANES) {
            this.names.get(lane).style.transform = `translateY(${top}px)`;
            this.tops[lane] = top + NAME;
            top += NAME + CELL * Math.ceil(this.most[lane] / this.across) + 8;
        }
        this.place.style.height = `${top}px`;
        this.slots.forEach((slot, at) => this.#put(slot, "queue", at));
        if (this.frame) this.show(this.frame, this.place.getAttribute("aria-label"));
    }

    #put(box, lane, at) {
        const x = CELL * (at % this.across);
        const y = this.tops[lane] + CELL * Math.floor(at / this.across);
        box.style.transform = `translate(${x}px, ${y}px)`;
    }
}

/** Where an item is, and the how manieth there. */
function placeOf(number, { made, sent, done }) {
    if (number >= made) return { lane: "unmade", at: 0 };
    if (number >= sent) return { lane: "door", at: number - sent };
    if (number >= done) return { lane: "queue", at: number - done };
    return { lane: "done", at: number };
}
