// What a program has printed, and its report.

import { element } from "./dom.js";
import { quantity, seconds } from "./numbers.js";

/** What was printed, as text. */
export function printed(run) {
    const lines = run.lines.map(({ text, is_error }) =>
        element("span", { className: is_error ? "run-line-err" : "", textContent: `${text}\n` }));
    if (run.left_out > 0) lines.unshift(`… ${run.left_out} lines before\n`);
    return element("pre", { className: "run-printed", tabIndex: 0 }, ...lines);
}

/** The first rows of the report of a step. */
export function report({ end }) {
    const rate = quantity(end.lines / end.seconds);
    const partial = end.partial ? " (what was read until it was stopped)" : "";
    const caption = `${quantity(end.lines)} lines in ${seconds(end.seconds)}, ${rate} lines a second${partial}`;
    const head = ["holder", "route", "hits", "bytes", "errors"];
    const row = (name, cells) => element("tr", {}, ...cells.map((cell) => element(name, { textContent: cell })));
    const rows = end.rows.slice(0, 10).map((each) => row("td", head.map((key) => each[key])));
    return element("div", { className: "run-report" },
        element("table", {},
            element("caption", { textContent: caption }),
            element("thead", {}, row("th", head)),
            element("tbody", {}, ...rows)));
}
