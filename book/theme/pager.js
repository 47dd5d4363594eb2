// The links to the neighbouring chapters say where they lead. The template knows only their
// addresses; the contents know their names.

/** Adds the chapter's title to the links at the foot of the page. */
export function nameNeighbours() {
    const chapters = [...document.querySelectorAll("#mdbook-sidebar .chapter-item a[href]")];
    for (const link of document.querySelectorAll(".mobile-nav-chapters")) {
        const chapter = chapters.find(({ href }) => href === link.href);
        if (!chapter) continue;
        const title = document.createElement("span");
        title.className = "pager-title";
        title.textContent = chapter.textContent.trim();
        link.append(title);
        const direction = link.classList.contains("next") ? "Next" : "Previous";
        link.setAttribute("aria-label", `${direction} chapter: ${title.textContent}`);
        link.removeAttribute("title");
    }
}
