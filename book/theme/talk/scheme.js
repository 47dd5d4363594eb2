// Light or dark, whatever the projector wants. At first it is what was chosen in the book, or what the system prefers.

import { read, write } from "./store.js";

const KEY = "workbook.talk.scheme.v1";
/** mdBook's own memory, and what it calls our two themes. */
const BOOKS_KEY = "mdbook-theme";
const NAMES = new Map([["light", "light"], ["navy", "dark"]]);

const prefersDark = matchMedia("(prefers-color-scheme: dark)");

/** Takes over what was chosen, and follows the system where nothing was. Paper is light. */
export function startScheme() {
    if (new URLSearchParams(location.search).has("print")) return show("light");
    show(chosen() ?? preferred());
    prefersDark.addEventListener("change", () => show(chosen() ?? preferred()));
}

/** The other one, from now on. */
export function changeScheme() {
    const scheme = document.documentElement.classList.contains("navy") ? "light" : "dark";
    write(KEY, scheme);
    show(scheme);
}

function chosen() {
    const scheme = read(KEY) ?? NAMES.get(ofTheBook());
    return ["light", "dark"].includes(scheme) ? scheme : null;
}

function preferred() {
    return prefersDark.matches ? "dark" : "light";
}

/** Classes, as in the book: the diagrams are drawn again when they change. */
function show(scheme) {
    document.documentElement.classList.toggle("light", scheme === "light");
    document.documentElement.classList.toggle("navy", scheme === "dark");
}

/** mdBook's value may have quotes around it. */
function ofTheBook() {
    try {
        return localStorage.getItem(BOOKS_KEY)?.replaceAll('"', "");
    } catch {
        return undefined;
    }
}
