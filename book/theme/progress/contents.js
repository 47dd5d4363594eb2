// The mark of a chapter that was read, in the contents.

import { element } from "../run/dom.js";
import { pathOf } from "./here.js";

/** Sets the marks anew. */
export function markContents({ chapters }) {
    for (const link of document.querySelectorAll("#mdbook-sidebar .chapter-item a[href]")) {
        if (link.matches(".chapter-fold-toggle, .header-item a")) continue;
        const isRead = pathOf(link) in chapters;
        const mark = link.querySelector(".read-mark");
        if (isRead && !mark) link.append(readMark());
        if (!isRead) mark?.remove();
    }
}

/** A tick, which is read aloud as a word. */
export function readMark() {
    const tick = element("span", { className: "read-mark", title: "read" }, "✓");
    tick.setAttribute("role", "img");
    tick.setAttribute("aria-label", "read");
    return tick;
}
