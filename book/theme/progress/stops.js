// The paths: which one a reader follows, and which of its stops are behind.

import { button } from "../run/dom.js";
import { readMark } from "./contents.js";
import { keep } from "./store.js";

/** Marks the stops of the paths that were read, and shows where the chosen path goes on. */
export function markStops({ chapters, paths }) {
    const { chosen } = paths;
    for (const path of document.querySelectorAll("main section.path")) {
        follow(path, path.dataset.path === chosen?.name);
        for (const stop of path.querySelectorAll("[data-page]")) {
            const mark = stop.querySelector(".read-mark");
            const isRead = stop.dataset.page in chapters;
            if (isRead && !mark) stop.append(readMark());
            if (!isRead) mark?.remove();
        }
    }
    const lines = [...document.querySelectorAll("main .onward li")];
    const isHere = lines.some(({ dataset }) => dataset.path === chosen?.name);
    // Who has left the path sees all that lead on from here.
    for (const line of lines) line.hidden = isHere && line.dataset.path !== chosen.name;
}

function follow(path, isChosen) {
    let choose = path.querySelector(".path-choose");
    if (!choose) {
        choose = button("path-choose", "", () => keep("paths", "chosen", { name: path.dataset.path }));
        path.prepend(choose);
    }
    choose.textContent = isChosen ? "You follow this path" : "Follow this path";
    choose.setAttribute("aria-pressed", String(isChosen));
}
