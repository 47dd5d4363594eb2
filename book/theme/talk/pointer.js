// What the speaker points at, in the speaker's window, is seen on the slide.

import { element } from "../run/dom.js";

/**
 * Tells where in a stage the pointer is.
 * @param {HTMLElement} stage
 * @param {(at: {x: number, y: number} | null) => void} tell  as parts of its width and height; nothing if it has left
 */
export function watchPointer(stage, tell) {
    let at = null;
    let isTold = true;
    const tellSoon = (next) => {
        at = next;
        if (!isTold) return;
        isTold = false;
        requestAnimationFrame(() => {
            isTold = true;
            tell(at);
        });
    };
    stage.addEventListener("pointermove", ({ clientX, clientY }) => {
        const { left, top, width, height } = stage.getBoundingClientRect();
        tellSoon({ x: (clientX - left) / width, y: (clientY - top) / height });
    });
    stage.addEventListener("pointerleave", () => tellSoon(null));
}

/** The spot on the slides. */
export class Spot {
    constructor() {
        this.spot = element("div", { className: "spot", ariaHidden: "true" });
    }

    /**
     * @param {HTMLElement} slide
     * @param {{x: number, y: number} | null} at
     */
    show(slide, at) {
        if (!at) return this.spot.remove();
        if (this.spot.parentElement !== slide) slide.append(this.spot);
        this.spot.style.setProperty("--x", String(at.x));
        this.spot.style.setProperty("--y", String(at.y));
    }
}
