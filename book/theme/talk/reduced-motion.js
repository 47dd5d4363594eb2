// Whether things may move.

/** Whether the system has been told that movement disturbs. */
export function prefersReducedMotion() {
    return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
