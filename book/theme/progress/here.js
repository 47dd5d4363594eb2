// Pages by their paths in the site, however it is reached: `evolution/s01-cache.html`.

const ROOT = new URL("../../", import.meta.url);

/** The path of a page's address in the site; of the front page that of the chapter whose copy it is. Empty elsewhere. */
export function pathOf({ href }) {
    const address = new URL(href, location.href);
    if (!address.href.startsWith(ROOT.href)) return "";
    const path = address.pathname.slice(ROOT.pathname.length);
    if (path === "" || path === "index.html") return first();
    return path.endsWith("/") ? `${path}index.html` : path;
}

function first() {
    const link = document.querySelector("#mdbook-sidebar .chapter-item a[href]");
    const path = link ? new URL(link.href).pathname.slice(ROOT.pathname.length) : "";
    return path === "" ? "index.html" : path;
}
