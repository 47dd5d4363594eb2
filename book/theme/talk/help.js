// What each key does, in a dialogue.

import { element } from "../run/dom.js";

/**
 * Fills the page's dialogue from a table of keys.
 * @param {typeof import("./keys.js").DECK_KEYS} table
 * @returns {() => void} opens it
 */
export function helpOf(table) {
    const dialog = document.querySelector("dialog.help");
    const rows = table.filter(({ shown }) => shown).map(({ shown, says }) => element("tr", {},
        element("th", { scope: "row", textContent: shown }), element("td", { textContent: says })));
    dialog.querySelector("tbody").replaceChildren(...rows);
    return () => dialog.showModal();
}
