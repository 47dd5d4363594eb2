// Whether things may move.

/** Whether whoever looks has asked for no movement. */
export function isCalm() {
    return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
