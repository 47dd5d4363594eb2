// A finger that moves sideways turns the slides; one that moves otherwise scrolls or zooms as everywhere.

/** How far is a stroke, in pixels, and how much more sideways than up or down. */
const FAR = 40;
const SIDEWAYS = 2;
/** From which scale on; a browser may say a bit more than 1 for nothing. */
const MAGNIFIED = 1.01;

/** What wants a finger's stroke for itself. */
const TAKEN = "input, select, textarea, .run-printed, .run-scroller, .is-overview, dialog";

/** @param {{next: () => void, previous: () => void}} acts */
export function listenToTouch(acts) {
    /** @type {PointerEvent | null} where the only finger came down */
    let down = null;
    addEventListener("pointerdown", (event) => {
        if (event.pointerType !== "touch") return;
        const isTaken = event.target.closest(TAKEN) !== null || document.querySelector("dialog[open]") !== null;
        // Two fingers turn nothing, and what is magnified is moved about by one.
        const isMagnified = visualViewport?.scale > MAGNIFIED;
        down = event.isPrimary && !isTaken && !isMagnified ? event : null;
    });
    const up = (event) => {
        if (event.pointerType !== "touch") return;
        const began = down;
        down = null;
        if (!began || event.type === "pointercancel") return;
        const [x, y] = [event.clientX - began.clientX, event.clientY - began.clientY];
        if (Math.abs(x) < FAR || Math.abs(x) < SIDEWAYS * Math.abs(y)) return;
        if (x < 0) acts.next();
        else acts.previous();
    };
    addEventListener("pointerup", up);
    addEventListener("pointercancel", up);
}
