// What a reader has done, kept in the browser and nowhere else: chapters read, bets, questions answered, exercises, the path.

const KEY = "workbook.progress.v1";

/** What could not be stored is known until the page is left. */
let unstored = null;

/** The kinds of things that are kept, each by the names of its things. */
export const KINDS = ["chapters", "bets", "questions", "exercises", "paths"];

/** All that is kept: for each kind an object. What cannot be read is as if it were not there. */
export function all() {
    if (unstored) return sound(unstored);
    try {
        return sound(JSON.parse(localStorage.getItem(KEY)));
    } catch {
        // Storage may be forbidden, or hold what is not ours.
        return sound(null);
    }
}

/** What is kept of one thing, if anything is. */
export function kept(kind, name) {
    return all()[kind][name];
}

/** Keeps something of a thing, and tells the page of it. */
export function keep(kind, name, value) {
    const everything = all();
    everything[kind][name] = value;
    replace(everything);
}

/** Keeps this instead of all that was kept. */
export function replace(everything) {
    try {
        localStorage.setItem(KEY, JSON.stringify(everything));
    } catch {
        unstored = everything;
    }
    dispatchEvent(new Event("progress"));
}

/** Calls back when anything else is kept than before, also by another window of the book. */
export function whenKept(act) {
    addEventListener("progress", act);
    addEventListener("storage", ({ key }) => {
        if (key === KEY || key === null) act();
    });
}

/** An object with all kinds, of whatever was given. */
export function sound(stored) {
    const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
    const of = (kind) => (isObject(stored) && isObject(stored[kind]) ? stored[kind] : {});
    return Object.fromEntries(KINDS.map((kind) => [kind, of(kind)]));
}
