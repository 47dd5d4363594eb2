// A table of many columns becomes cards on a phone: a card a row, and each cell with the name of its column. The style sheet
// does it; here the cells learn their names, and keep their roles, which browsers take from them with the layout of a table.

/** Fewer columns than these fit a phone. */
const COLUMNS_MIN = 4;

const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TH: "columnheader", TD: "cell" };

/** Prepares the tables of the text. */
export function makeCards() {
    for (const table of document.querySelectorAll("main > .table-wrapper > table")) {
        const names = [...table.querySelectorAll("thead th")].map((cell) => cell.textContent.trim());
        const isPlain = !table.querySelector("[colspan], [rowspan], tbody th");
        if (names.length < COLUMNS_MIN || !isPlain) continue;
        table.classList.add("has-cards");
        for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, th, td")]) {
            part.setAttribute("role", ROLES[part.tagName]);
        }
        for (const row of table.tBodies[0].rows) {
            [...row.cells].forEach((cell, at) => {
                cell.dataset.column = names[at];
                cell.classList.toggle("is-empty", cell.textContent.trim() === "");
            });
        }
    }
}
