// The plays of a page: the board in each `section.play` comes to life. Without scripts, and on paper, a section has the
// shortest way to the bad end as a table.

import { Board } from "./play/board.js";

/** Makes plays of all places for them. */
export function makePlays() {
    for (const section of document.querySelectorAll("main section.play")) new Board(section);
}
