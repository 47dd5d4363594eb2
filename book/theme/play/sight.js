// What a step has moved is brought into sight: where the window is low, the code of a party may be under the panel that
// stays at the window's edge.

/** Room between what is brought into sight and what covers the rest, in pixels. */
const ROOM = 8;

/**
 * Moves the page as far as it takes to see an element, and not at all if it is seen.
 *
 * @param {Element} element
 * @param {Element} panel  what covers the window's lower part
 */
export function bringIntoSight(element, panel) {
    const bar = document.getElementById("mdbook-menu-bar");
    const top = Math.max(bar?.getBoundingClientRect().bottom ?? 0, 0) + ROOM;
    const bottom = Math.min(panel.getBoundingClientRect().top, innerHeight) - ROOM;
    const place = element.getBoundingClientRect();
    const by = place.bottom > bottom ? place.bottom - bottom : Math.min(place.top - top, 0);
    if (by === 0) return;
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    scrollBy({ top: by, behavior: isCalm ? "instant" : "smooth" });
}
