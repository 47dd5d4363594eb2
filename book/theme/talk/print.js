// For paper, or a file: `?print` is a page for each slide of the cut, all steps done; `?print=notes` has what is said
// below each. Any other address can be printed as well, and gives the slides.

/** How long diagrams may take to be drawn. */
const PATIENCE_MS = 20_000;

const asked = new URLSearchParams(location.search).get("print");

/** A page for paper is no part of the talk: it neither leads nor follows. */
export const isForPaper = asked !== null;

/** What is printed in the middle of a movement is printed as it will be. */
export function finishForPaper() {
    addEventListener("beforeprint", () => {
        for (const animation of document.getAnimations()) {
            // What goes round and round has no end to be shown.
            if (animation.effect.getComputedTiming().endTime === Infinity) animation.cancel();
            else animation.finish();
        }
    });
}

/** Prints, if the address asks for it. */
export async function printIfAsked() {
    if (!isForPaper) return;
    // Slides without their notes are better than no paper.
    if (asked === "notes") await addNotes().then(useHandout).catch(console.error);
    document.documentElement.classList.add("is-print");
    await diagramsDrawn();
    window.print();
}

/** The deck has no notes; those of the speaker's page are put below their slides. */
async function addNotes() {
    const address = new URL("speaker/index.html", location.href);
    const response = await fetch(address);
    if (!response.ok) throw new Error("the speaker's page cannot be loaded");
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const notes of page.querySelectorAll(".slide > .notes")) {
        for (const link of notes.querySelectorAll("a[href]")) {
            link.href = new URL(link.getAttribute("href"), address).href;
        }
        document.getElementById(notes.parentElement.id)?.append(document.adoptNode(notes));
    }
    document.documentElement.classList.add("has-notes");
}

/** Upright paper: of two sizes in one sheet of styles Firefox takes the first. */
function useHandout() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("@page { size: A4; margin: 14mm; }");
    document.adoptedStyleSheets.push(sheet);
}

async function diagramsDrawn() {
    const end = performance.now() + PATIENCE_MS;
    while (document.querySelector("pre.mermaid:not([data-processed])") && performance.now() < end) {
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}
