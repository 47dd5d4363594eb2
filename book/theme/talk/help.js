// What each key does, in a dialogue.

/**
 * Fills the page's dialogue from a table of keys.
 * @param {typeof import("./keys.js").DECK_KEYS} table
 * @returns {() => void} opens it
 */
export function helpOf(table) {
    const dialog = document.querySelector("dialog.help");
    const cell = (name, text) => Object.assign(document.createElement(name), { textContent: text });
    const rows = table.filter(({ shown }) => shown).map(({ shown, says }) => {
        const row = document.createElement("tr");
        const head = cell("th", shown);
        head.scope = "row";
        row.append(head, cell("td", says));
        return row;
    });
    dialog.querySelector("tbody").replaceChildren(...rows);
    return () => dialog.showModal();
}
