// Code in colours, by the highlighter of the book's pages (mdBook's), and its lines where they are needed.

import { holdLines, splitLines } from "./lines.js";

/** Colours all code of the slides. The highlighter keeps the elements that mark the lines of a difference. */
export function colourCode() {
    const highlighter = window.hljs;
    highlighter?.configure({ languages: [] });
    for (const code of document.querySelectorAll(".slide-inside code")) {
        const isBlock = code.parentElement.tagName === "PRE";
        // What has no language is no code to be coloured: a formula, what a program prints.
        if (isBlock && /\blanguage-(?!text)/.test(code.className)) highlighter?.highlightBlock(code);
        code.classList.add("hljs");
        // Beside each other, two languages have no room for long lines: they go on below, further in.
        const isTwin = code.closest(".twin") !== null;
        const held = /\bheld=([\d|-]+)/.exec(code.className)?.[1];
        if (code.dataset.lineNumbers !== undefined || isTwin || held) splitLines(code);
        if (held) holdLines(code, held);
        if (isTwin) code.querySelectorAll(".code-line").forEach(halveIndent);
    }
}

/** Lines that begin half as far in leave more room for letters; of tabs the style sheet does the same. */
function halveIndent(line) {
    const first = document.createTreeWalker(line, NodeFilter.SHOW_TEXT).nextNode();
    if (first) first.data = first.data.replace(/^ +/, (indent) => indent.slice(indent.length / 2));
}
