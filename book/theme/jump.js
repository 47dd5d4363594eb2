// A link into a page leads to its place, also when what stands above it has grown since the browser went there.

/** Whether the reader has gone elsewhere meanwhile. */
let isTaken = false;
for (const act of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    addEventListener(act, () => { isTaken = true; }, { once: true, passive: true });
}

/** Goes there once more. */
export function jumpAgain() {
    if (!isTaken) document.querySelector(":target")?.scrollIntoView({ behavior: "instant" });
}
