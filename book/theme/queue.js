// The queues of a page: each `section.queue` plays what was recorded. Without scripts, and on paper, a section has a table.

import { Scene } from "./queue/scene.js";

/** Makes scenes of all places for them. */
export function makeQueues() {
    for (const section of document.querySelectorAll("main section.queue")) new Scene(section);
}
