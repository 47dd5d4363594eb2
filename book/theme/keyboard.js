// The keyboard first: a way past the contents, and arrow keys that do what they do everywhere.

/** The first stop of the tab key leads to the text. */
export function addSkipLink() {
    const main = document.querySelector("main");
    main.id ||= "text";
    main.tabIndex = -1;
    const link = document.createElement("a");
    link.className = "skip-link";
    link.href = `#${main.id}`;
    link.textContent = "Skip to the text";
    document.body.prepend(link);
}

/**
 * mdBook turns the page at ← and →, also for a reader who scrolls a long line of code with them.
 * Here they scroll; only the talk turns its slides by arrows. The window hears keys before the
 * document, where mdBook listens. The theme menu's ↑ and ↓ stay.
 */
export function keepArrowKeys() {
    const turning = new Set(["ArrowLeft", "ArrowRight"]);
    window.addEventListener("keydown", (event) => {
        if (turning.has(event.key)) event.stopPropagation();
    }, { capture: true });
    for (const link of document.querySelectorAll("[aria-keyshortcuts=Left], [aria-keyshortcuts=Right]")) {
        link.removeAttribute("aria-keyshortcuts");
    }
}

/** Escape closes the evidence of a claim in every browser, wherever the focus is. */
export function closeEvidenceByEscape() {
    window.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        document.querySelector(".claim-evidence:popover-open")?.hidePopover();
    }, { capture: true });
}
