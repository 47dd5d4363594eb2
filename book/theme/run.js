// The run panels of a page: each `section.run` becomes one. Without scripts, and on paper, a section says what was
// recorded of its program.

import { Panel } from "./run/panel.js";

/** Makes panels of all places for them. */
export function makePanels() {
    for (const section of document.querySelectorAll("main section.run")) new Panel(section);
}
