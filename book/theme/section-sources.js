// Where the measured numbers of a section are from, for those who use no pointer: a disclosure at the section's end. It is seen
// as soon as it has the focus, and a screen reader finds it where it stands.

import { element } from "./run/dom.js";

const NUMBERS = ".measured[title]";

/** Gives one to each section that has such numbers. */
export function listSources() {
    for (const section of sectionsOf(document.querySelector("main"))) {
        const numbers = section.flatMap((part) => [...part.querySelectorAll(NUMBERS)]);
        if (numbers.length > 0) section.at(-1).after(disclosureOf(numbers));
    }
}

/** What stands between two headings of the second level. */
function sectionsOf(main) {
    const sections = [[]];
    for (const part of main.children) {
        if (part.matches("h2") && sections.at(-1).length > 0) sections.push([]);
        sections.at(-1).push(part);
    }
    return sections;
}

function disclosureOf(numbers) {
    // A number that stands there twice is told once.
    const told = new Map(numbers.map(({ textContent, title }) => [`${textContent} ${title}`, { textContent, title }]));
    const which = told.size === 1 ? "the measured number" : `the ${told.size} measured numbers`;
    const summary = element("summary", { textContent: `Where ${which} of this section came from` });
    const disclosure = element("details", { className: "section-sources" }, summary);
    disclosure.addEventListener("toggle", () => disclosure.append(listOf(told.values())), { once: true });
    return disclosure;
}

function listOf(numbers) {
    const items = [...numbers].map(({ textContent, title }) => element("li", {}, element("strong", { textContent }), ` ${title}`));
    return element("ul", {}, ...items);
}
