// A difference on a slide is not read as one: the old code is there, and by one step it becomes the new code. Lines that
// stay move to their new places, lines that go fade, lines that come appear. Without movement, and on paper, nothing is
// lost: there the lines have their signs as in the book.

import { prefersReducedMotion } from "./reduced-motion.js";

const MOVE_MS = 450;
const FADE_MS = 250;

/**
 * @param {HTMLElement} figure
 * @param {boolean} isNew     which code is to be shown
 * @param {boolean} isMoving  whether it may move
 */
export function morph(figure, isNew, isMoving) {
    const shows = isNew ? "new" : "old";
    if (figure.dataset.shows === shows) return;
    for (const animation of figure.getAnimations({ subtree: true })) animation.cancel();
    for (const ghost of figure.querySelectorAll(".ghost")) ghost.remove();
    const wasShown = figure.dataset.shows !== undefined;
    const before = wasShown && isMoving && !prefersReducedMotion() ? places(figure) : null;
    figure.dataset.shows = shows;
    if (before) move(figure, before);
}

/** Where the lines are that can be seen: from the top of the figure, as it was laid out and not as it is scaled. */
function places(figure) {
    const lines = [...figure.querySelectorAll(".line")].filter((line) => line.checkVisibility());
    return new Map(lines.map((line) => [line, line.offsetTop]));
}

function move(figure, before) {
    const after = places(figure);
    for (const [line, top] of after) {
        const from = before.get(line);
        if (from === undefined) appear(line);
        else if (from !== top) {
            line.animate(
                [{ transform: `translateY(${from - top}px)` }, { transform: "none" }],
                { duration: MOVE_MS, easing: "ease-in-out" },
            );
        }
    }
    for (const [line, top] of before) {
        if (!after.has(line)) vanish(figure, line, top);
    }
}

function appear(line) {
    line.animate([{ opacity: 0 }, { opacity: 1 }], { duration: FADE_MS, delay: MOVE_MS - FADE_MS, fill: "backwards" });
}

/** The line itself is gone already: a copy fades where it was. */
function vanish(figure, line, top) {
    const ghost = line.cloneNode(true);
    ghost.classList.add("ghost");
    ghost.setAttribute("aria-hidden", "true");
    ghost.style.setProperty("--top", `${top}px`);
    line.parentElement.append(ghost);
    const fading = ghost.animate([{ opacity: 1 }, { opacity: 0 }], { duration: FADE_MS, fill: "forwards" });
    const remove = () => ghost.remove();
    fading.finished.then(remove, remove);
}
