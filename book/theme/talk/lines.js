// Code that is read line by line: `data-line-numbers="1-3|5,7"` lights one group of lines after the other.

import { element } from "../run/dom.js";

/** Puts each line of highlighted code into an element of its own; what is around a part of it goes on in the next. */
export function splitLines(code) {
    const lines = [];
    /** Copies, in the line that is being filled, of the elements around the text. */
    let around = [];
    const end = () => around.at(-1) ?? lines.at(-1);
    const begin = () => {
        let place = element("span", { className: "code-line" });
        lines.push(place);
        around = around.map((part) => {
            const copy = part.cloneNode(false);
            place.append(copy);
            place = copy;
            return copy;
        });
    };
    const copy = (node) => {
        for (const child of node.childNodes) {
            if (child instanceof Element) {
                const part = child.cloneNode(false);
                end().append(part);
                around.push(part);
                copy(child);
                around.pop();
            } else {
                child.textContent.split("\n").forEach((text, line) => {
                    if (line > 0) {
                        end().append("\n");
                        begin();
                    }
                    end().append(text);
                });
            }
        }
    };
    begin();
    copy(code);
    // Code ends with the end of a line, behind which there is none.
    if (lines.at(-1).textContent === "") lines.pop();
    code.replaceChildren(...lines);
}

/** The groups of lines: `1-3|5,7` is `[[1, 2, 3], [5, 7]]`. */
export function groupsOf(text) {
    return text.split("|").map((group) => group.split(",").flatMap((range) => {
        const [from, to = from] = range.split("-").map(Number);
        return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
    }));
}

/** Lights the group of a step; the first is lit from the start. */
export function showLines(code, step) {
    const groups = groupsOf(code.dataset.lineNumbers);
    const at = step - Number(code.dataset.linesFrom) + 1;
    const lit = groups[Math.min(Math.max(at, 0), groups.length - 1)];
    code.classList.add("has-groups");
    code.querySelectorAll(".code-line").forEach((line, number) => {
        line.classList.toggle("is-lit", lit.includes(number + 1));
    });
}

/** A bracket along the lines in which something is held: `held=1-5`, or `held=1|4` for two of them. */
export function holdLines(code, text) {
    const lines = [...code.querySelectorAll(".code-line")];
    code.classList.add("has-brackets");
    for (const group of groupsOf(text)) {
        for (const number of group) lines[number - 1]?.classList.add("is-held");
        lines[group[0] - 1]?.classList.add("is-first");
        lines[group[0] - 1]?.prepend(element("span", { className: "held-word", textContent: "lock held" }));
        lines[group.at(-1) - 1]?.classList.add("is-last");
    }
}
