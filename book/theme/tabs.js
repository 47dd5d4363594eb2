// Several charts of one kind in one place: `<div class="chart-tabs">` shows one of them, and the reader chooses which. Without
// scripts, and on paper, they stand below one another.

import { element } from "./run/dom.js";

/** Makes a choice of each group of charts; its names are in `data-names`, with bars between them. */
export function makeChoicesOfCharts() {
    for (const [number, group] of [...document.querySelectorAll("main .chart-tabs")].entries()) {
        const charts = [...group.querySelectorAll(":scope > .chart")];
        const names = group.dataset.names.split("|");
        const show = (chosen) => {
            for (const chart of charts) chart.hidden = chart !== chosen;
        };
        const choices = charts.map((chart, at) => choiceOf(`charts-${number}`, names[at], () => show(chart)));
        const legend = element("legend", { textContent: "Show" });
        group.prepend(element("fieldset", { className: "picture-choice chart-choice" }, legend, ...choices.flat()));
        const choose = () => {
            const linked = charts.findIndex((chart) => `#${chart.id}` === location.hash);
            choices[Math.max(0, linked)][0].checked = true;
            show(charts[Math.max(0, linked)]);
        };
        window.addEventListener("hashchange", choose);
        choose();
    }
}

/** A button that is pressed alone of its group, and its name. */
function choiceOf(group, name, show) {
    const id = `${group}-${name.replaceAll(" ", "-")}`;
    const input = element("input", { type: "radio", name: group, id });
    input.addEventListener("change", show);
    return [input, element("label", { htmlFor: id, textContent: name })];
}
