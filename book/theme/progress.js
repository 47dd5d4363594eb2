// What a reader has done: a chapter is read when its end was seen; the contents have a mark at each that was; a page has the
// table of all, and takes it out of the browser and back.

import { markContents } from "./progress/contents.js";
import { pathOf } from "./progress/here.js";
import { takeSolved } from "./progress/solved.js";
import { markStops } from "./progress/stops.js";
import { all, keep, whenKept } from "./progress/store.js";
import { Table } from "./progress/table.js";

/** Notes that this page is read when its end is seen, and shows what is kept. */
export function followProgress() {
    const table = document.querySelector("main section.progress");
    const tables = table ? [new Table(table)] : [];
    const show = () => {
        const everything = all();
        markContents(everything);
        markStops(everything);
        for (const one of tables) one.show(everything);
    };
    show();
    whenKept(show);
    noteWhenRead();
    takeSolved();
}

function noteWhenRead() {
    const here = pathOf(location);
    // The book in one page is no chapter.
    if (!here || here === "print.html" || all().chapters[here]) return;
    const last = [...document.querySelector("main").children].findLast((block) => !block.matches("script"));
    if (!last) return;
    const watch = new IntersectionObserver((entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        watch.disconnect();
        keep("chapters", here, { read: new Date().toISOString().slice(0, 10) });
    });
    watch.observe(last);
}
