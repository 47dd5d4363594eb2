// The elements of a panel: buttons, status, the place of the chart, the command.

import { button, element } from "./dom.js";

/**
 * @param {string} name  the program
 * @param {{go: () => void, clear: () => void, measure: () => void, kill: () => void}} acts  what the buttons do
 */
export function partsOf(name, acts) {
    const go = button("run-go", "Run", acts.go);
    const kill = button("run-kill-one", "Kill a worker", acts.kill);
    const clear = button("run-clear", "Clear", acts.clear);
    const measure = button("run-measure", "Measure on this machine", acts.measure);
    // What changes often is not read aloud; this is, and changes seldom.
    const status = element("p", { className: "run-status" });
    status.setAttribute("role", "status");
    const command = element("code");
    return {
        go, kill, clear, measure, status, command,
        title: element("span", { className: "run-title" }, "Run ", element("code", { textContent: name })),
        bar: element("div", { className: "run-bar" }, go, kill, clear, measure),
        chart: element("div", { className: "run-chart", hidden: true }),
        typed: element("p", { className: "run-command", hidden: true }, command),
    };
}

/** Calls back once, when an element is about to come into view. */
export function whenSeen(element, act) {
    const watch = new IntersectionObserver((entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        watch.disconnect();
        act();
    }, { rootMargin: "200px" });
    watch.observe(element);
}
