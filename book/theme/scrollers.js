// What scrolls sideways can be reached and scrolled with the keyboard, and says what it is. What
// fits stays out of the tab order.

const NAMES = [
    [".table-wrapper", "Table"],
    [".chart-data table", "The numbers of the chart"],
    [".diff pre > code", "Changed code"],
    ["pre > code", "Code"],
    ["pre.mermaid", "Diagram"],
];

/** Watches every block that may be wider than the page. */
export function makeScrollersReachable() {
    const observer = new ResizeObserver((entries) => {
        for (const { target } of entries) mark(target);
    });
    for (const [selector] of NAMES) {
        for (const block of document.querySelectorAll(`main ${selector}`)) observer.observe(block);
    }
}

function mark(block) {
    if (block.scrollWidth > block.clientWidth + 1) {
        block.tabIndex = 0;
        block.setAttribute("role", "region");
        block.setAttribute("aria-label", NAMES.find(([selector]) => block.matches(selector))[1]);
    } else if (block.tabIndex === 0 && block.getAttribute("role") === "region") {
        for (const name of ["tabindex", "role", "aria-label"]) block.removeAttribute(name);
    }
}
