// The theme menu offers what this book has: light and dark.

const NOT_OURS = ["rust", "coal", "ayu"];

/**
 * mdBook's themes of our palette are `light` and `navy`; the latter is called by what it is. The
 * other entries go last and out of sight (menu.css): mdBook's own script still looks them up.
 */
export function offerLightAndDark() {
    const list = document.querySelector("#mdbook-theme-list");
    list.querySelector("#mdbook-theme-navy").textContent = "Dark";
    for (const name of NOT_OURS) {
        const entry = list.querySelector(`#mdbook-theme-${name}`)?.parentElement;
        if (entry) list.append(entry);
    }
}

/**
 * mdBook's switch of the contents is a label without a role, which no keyboard reaches; its search field has no name
 * but what vanishes when something is typed; and the contents have none.
 */
export function nameControls() {
    const toggle = document.querySelector("#mdbook-sidebar-toggle");
    toggle.setAttribute("role", "button");
    toggle.tabIndex = 0;
    toggle.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        toggle.click();
    });
    document.querySelector("#mdbook-searchbar")?.setAttribute("aria-label", "Search this book");
    // What scrolls is a stop of the tab key in some browsers, and says what it is.
    const contents = document.querySelector("mdbook-sidebar-scrollbox, .sidebar-scrollbox");
    contents?.setAttribute("role", "group");
    contents?.setAttribute("aria-label", "Contents");
}
