// Keys for everything. A clicker is a keyboard with PageUp, PageDown and a full stop.
//
// What is typed belongs to whatever is typed into, and what a focused button does with a key stays the button's. A clicker
// always turns, whatever has the focus; and what was only pointed at keeps no keys.

/**
 * Each act with its keys, as the browser calls them, and what is said of it in the help; nothing of those that are next or
 * previous by another name, unless all slides are seen.
 * @type {{act: string, keys: string[], shown?: string, says?: string}[]}
 */
export const DECK_KEYS = [
    { act: "next", keys: ["ArrowRight", " ", "PageDown", "n"], shown: "→ ↓ Space, Page Down", says: "next: a step, or a slide" },
    { act: "previous", keys: ["ArrowLeft", "Shift+ ", "PageUp", "p"], shown: "← ↑ Page Up", says: "previous" },
    { act: "down", keys: ["ArrowDown"] },
    { act: "up", keys: ["ArrowUp"] },
    { act: "skip", keys: ["Shift+ArrowRight"], shown: "Shift →", says: "the next slide, whatever is left of this one" },
    { act: "return", keys: ["Shift+ArrowLeft"], shown: "Shift ←", says: "the slide before" },
    { act: "first", keys: ["Home"], shown: "Home", says: "the first slide" },
    { act: "last", keys: ["End"], shown: "End", says: "the last slide" },
    { act: "overview", keys: ["Escape", "o"], shown: "Esc, O", says: "all slides; arrows and Enter choose one" },
    { act: "blank", keys: ["b", "."], shown: "B, full stop", says: "a blank screen; the same key ends it" },
    { act: "run", keys: ["r"], shown: "R", says: "starts and stops the program of this slide" },
    { act: "kill", keys: ["k"], shown: "K", says: "kills a worker of that program, if it has some" },
    { act: "workers", keys: ["w"], shown: "W", says: "another number of workers for the next run" },
    { act: "fullscreen", keys: ["f"], shown: "F", says: "the whole screen" },
    { act: "speaker", keys: ["s"], shown: "S", says: "the speaker view, in a window of its own" },
    { act: "scheme", keys: ["t"], shown: "T", says: "light or dark" },
    { act: "help", keys: ["?"], shown: "?", says: "these keys" },
];

/** Those of the speaker view. */
export const SPEAKER_KEYS = [
    { act: "next", keys: ["ArrowRight", "ArrowDown", "PageDown", " ", "n"], shown: "→ ↓ Space, Page Down", says: "next: a step, or a slide" },
    { act: "previous", keys: ["ArrowLeft", "ArrowUp", "PageUp", "Shift+ ", "p"], shown: "← ↑ Page Up", says: "previous" },
    ...DECK_KEYS.filter(({ act }) => ["skip", "return", "first", "last", "blank", "run", "kill", "workers", "fullscreen", "scheme"].includes(act)),
    { act: "pause", keys: ["q"], shown: "Q", says: "pause the clock (a question), and go on" },
    { act: "larger", keys: ["+", "="], shown: "+", says: "larger notes" },
    { act: "smaller", keys: ["-"], shown: "−", says: "smaller notes" },
    { act: "export", keys: ["e"], shown: "E", says: "export the times of this rehearsal" },
    { act: "help", keys: ["?"], shown: "?", says: "these keys" },
];

/**
 * Calls an act for each of its keys.
 * @param {typeof DECK_KEYS} table
 * @param {Record<string, () => void>} acts
 * @param {(act: string) => boolean} repeats  whether the act goes on as long as somebody leans on its key
 */
export function listenToKeys(table, acts, repeats) {
    const byKey = new Map(table.flatMap(({ act, keys }) => keys.map((key) => [key, act])));
    giveKeysBack();
    addEventListener("keydown", (event) => {
        const act = byKey.get(nameOf(event));
        if (leaveField(event) || !act || isForOthers(event)) return;
        event.preventDefault();
        // Who leans on a key does not want to be at the end of the talk.
        if (!event.repeat || repeats(act)) acts[act]();
    });
}

/** Shift is a part of the name where it makes no other character. */
function nameOf({ key, shiftKey }) {
    if (key.length > 1 || key === " ") return shiftKey ? `Shift+${key}` : key;
    return key.toLowerCase();
}

/** The keys of a clicker, and those that move a slider or scroll; neither is typed into. */
const CLICKER = new Set(["PageUp", "PageDown"]);
const MOVERS = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"]);
/** Notes are not wider than their place. */
const NOTES_MOVERS = new Set(["ArrowUp", "ArrowDown", "Home", "End"]);

function isForOthers({ target, key, altKey, ctrlKey, metaKey, defaultPrevented, isComposing }) {
    if (altKey || ctrlKey || metaKey || defaultPrevented || isComposing) return true;
    if (document.querySelector("dialog[open]")) return true;
    if (!(target instanceof Element) || CLICKER.has(key)) return false;
    if (target.matches("input[type=range]")) return MOVERS.has(key);
    if (target.matches("input[type=checkbox], input[type=radio]")) return key === " " || key.startsWith("Arrow");
    if (target.closest("input, select, textarea, [contenteditable]:not([contenteditable=false])")) return true;
    // What a program has printed is scrolled where it has the focus, and so are long notes.
    if (MOVERS.has(key) && target.closest(".run-printed, .run-scroller")) return true;
    if (NOTES_MOVERS.has(key) && target.closest(".speaker-notes")) return true;
    return key === " " && target.closest("button, summary") !== null;
}

/** What has done all that it can do when it was pointed at. */
const POINTED_AT = "button, summary, input[type=range], .run-printed, .run-scroller, .speaker-notes";

/** What was used with a mouse or a finger gives the keys back: the next Space is the talk's again. */
function giveKeysBack() {
    let isPointed = false;
    const leave = (selector) => {
        const active = document.activeElement;
        if (active?.matches(selector) && !active.closest("dialog")) active.blur();
    };
    addEventListener("pointerdown", () => (isPointed = true));
    addEventListener("keydown", () => (isPointed = false), true);
    addEventListener("pointerup", () => leave(POINTED_AT));
    // The list of a menu is no part of the page: only what was chosen from it is told.
    addEventListener("change", () => {
        if (isPointed) leave("select");
    });
}

/** Escape leaves a field: its keys are the talk's again. */
function leaveField({ target, key }) {
    if (key !== "Escape" || !(target instanceof Element) || !target.matches("input, select, textarea")) return false;
    target.blur();
    return true;
}
