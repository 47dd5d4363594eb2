// Where a measured number is from: on a click or a tap it stands where the evidence of a claim stands. The pointer alone is told by
// the number's title.

import { element } from "./run/dom.js";

/** Tells it of all numbers of the page. */
export function tellSources() {
    const note = element("span", { className: "claim-evidence number-note", popover: "auto" });
    document.querySelector("main").append(note);
    document.addEventListener("click", ({ target }) => {
        const number = target.closest?.("main .measured[title]");
        if (!number || target.closest("a, summary, label, button")) return;
        // Value and spread, machine, date: a line each.
        const lines = number.title.split("; ").map((textContent) => element("span", { textContent }));
        note.replaceChildren(...lines);
        note.showPopover({ source: number });
    });
}
