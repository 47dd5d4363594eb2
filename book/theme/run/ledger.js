// The runs of a chart in numbers: this one, and the one that it is compared with. It is the chart's legend, too.

import { element, say } from "./dom.js";
import { count, quantity, seconds } from "./numbers.js";

const HEAD = ["run", "lines/s", "lines", "time"];

export class Ledger {
    constructor() {
        const cells = HEAD.map((textContent) => element("th", { scope: "col", textContent }));
        this.body = element("tbody");
        this.table = element("table", { className: "run-ledger", hidden: true },
            element("thead", {}, element("tr", {}, ...cells)), this.body);
        this.rows = new Map(["now", "before"].map((name) => [name, this.#row(name)]));
    }

    /**
     * @param {import("./state.js").RunState | null} run
     * @param {import("./state.js").RunState | null} earlier
     */
    show(run, earlier) {
        this.table.hidden = !run?.hasChart;
        this.#fill("now", run);
        this.#fill("before", earlier);
    }

    #row(name) {
        const key = element("span", { className: `run-key ${name}` });
        const what = element("span");
        const cells = HEAD.slice(1).map(() => element("td"));
        const row = element("tr", {}, element("th", { scope: "row" }, key, what), ...cells);
        return { row, what, cells };
    }

    #fill(name, run) {
        const { row, what, cells } = this.rows.get(name);
        if (!run?.hasChart) return row.remove();
        say(what, `${name}: ${run.name}`);
        [quantity(run.lines_per_s), count(run.lines), seconds(run.seconds)]
            .forEach((text, number) => say(cells[number], text));
        if (!row.isConnected || row.parentElement !== this.body) this.body.append(row);
    }
}
