// What a program prints, and the first rows of a step's report. Whatever it is, it is text.

import { element } from "./dom.js";
import { count } from "./numbers.js";

/** How many lines are kept: more than anybody scrolls through. */
const LINES_MAX = 2000;
/** How many lines of a recorded run are shown before the first one. */
const PREVIEW_MAX = 12;
/** Rows of the report that are shown. */
const ROWS_MAX = 10;
const COLUMNS = ["holder", "route", "hits", "bytes", "errors"];

export class Output {
    constructor() {
        this.printed = element("pre", { className: "run-printed", tabIndex: 0, hidden: true });
        this.printed.setAttribute("role", "region");
        this.printed.setAttribute("aria-label", "What it prints");
        this.summary = element("summary");
        this.rows = element("tbody");
        const head = COLUMNS.map((textContent) => element("th", { scope: "col", textContent }));
        const table = element("table", {}, element("thead", {}, element("tr", {}, ...head)), this.rows);
        const scroller = element("div", { className: "run-scroller", tabIndex: 0 }, table);
        scroller.setAttribute("role", "region");
        scroller.setAttribute("aria-label", "The report");
        this.report = element("details", { className: "run-report", hidden: true }, this.summary, scroller);
        this.places = [this.printed, this.report];
    }

    /** Takes the room for the first lines of a program that only prints. */
    reserve() {
        this.printed.classList.add("is-faint");
        this.printed.hidden = false;
    }

    /** What was printed in a run that was recorded: its first lines, as far as there is room. */
    preview(lines) {
        this.printed.replaceChildren(...lines.slice(0, PREVIEW_MAX).map((text) => `${text}\n`));
    }

    clear() {
        this.printed.classList.remove("is-faint");
        this.printed.replaceChildren();
        this.printed.hidden = true;
        this.report.hidden = true;
    }

    /** One more line. Most programs print faster than anybody reads: only who has scrolled to the end is kept there. */
    print(text, isError = false) {
        const { printed } = this;
        const isAtEnd = printed.scrollTop + printed.clientHeight >= printed.scrollHeight - 4;
        const isFollowed = printed.scrollTop > 0 && isAtEnd;
        printed.append(element("span", { className: isError ? "is-error" : "", textContent: `${text}\n` }));
        if (printed.childElementCount > LINES_MAX) printed.firstElementChild.remove();
        printed.hidden = false;
        if (isFollowed) printed.scrollTop = printed.scrollHeight;
    }

    /** @param {{rows: object[], rows_total?: number, partial?: boolean}} end  what a step reports */
    sum({ rows, rows_total = rows.length, partial }) {
        const shown = rows.slice(0, ROWS_MAX);
        const first = rows_total > shown.length ? `the first ${shown.length} of ` : "";
        const until = partial ? ", of what was read until it was stopped" : "";
        this.summary.textContent = `The report: ${first}${count(rows_total)} rows${until}`;
        const cell = (value) => element("td", {
            textContent: typeof value === "number" ? count(value) : value,
        });
        this.rows.replaceChildren(
            ...shown.map((row) => element("tr", {}, ...COLUMNS.map((column) => cell(row[column])))));
        this.report.hidden = shown.length === 0;
    }
}
