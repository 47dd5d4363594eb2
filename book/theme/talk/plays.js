// Plays on slides: the room chooses the next step. The numbers are on the buttons, and are pressed wherever the focus is.

/** What belongs to whatever is typed into. */
const TYPED_INTO = "input, select, textarea";

/**
 * Makes plays of all places for them, if there is one, and gives the slide's play its keys.
 * @param {() => Element} slideNow
 */
export async function makePlaysOf(slideNow) {
    if (!document.querySelector("main section.play")) return;
    const { makePlays } = await import("../play.js");
    makePlays();
    addEventListener("keydown", (event) => {
        const { key, target, altKey, ctrlKey, metaKey } = event;
        const play = slideNow().querySelector("section.play.is-playing");
        if (!play || !/^[0-9]$/.test(key) || altKey || ctrlKey || metaKey) return;
        // Inside the play its own keys do the same.
        if (play.contains(target) || target.closest?.(TYPED_INTO)) return;
        play.dispatchEvent(new CustomEvent("play-key", { detail: key }));
    });
}
