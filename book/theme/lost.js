// The page for what is not found names the chapters that may have been meant: those whose names are nearest to the
// asked path. Without scripts the page is complete but for them.

const NEAR_MAX = 5;
// Below this, what two names share is chance.
const SIMILARITY_MIN = 0.45;

/** Shows the chapters that are nearest to an asked path, and a search for its words. */
function showNear(section, path) {
    const asked = wordsOf(path);
    const items = nearest(asked, chapters()).map(({ title, href }) => link(title, href));
    if (asked !== "") items.push(link(`Search the book for “${asked}”`, searchFor(asked)));
    if (items.length === 0) return;
    const list = document.createElement("ul");
    list.append(...items);
    section.append(list);
    section.hidden = false;
}

/** The chapters, as the table of contents has them. */
function chapters() {
    const links = document.querySelectorAll("#mdbook-sidebar .chapter-item a[href]");
    return [...links].map((link) => ({ title: link.textContent.trim(), href: link.href }));
}

/** The nearest chapters, the best first: a chapter is as near as its address or its title is. */
function nearest(asked, all) {
    return all
        .map((chapter) => ({
            ...chapter,
            near: Math.max(similarity(asked, wordsOf(chapter.href)), similarity(asked, plain(chapter.title))),
        }))
        .filter(({ near }) => near >= SIMILARITY_MIN)
        .sort((a, b) => b.near - a.near)
        .slice(0, NEAR_MAX);
}

/** What was asked for in words: `/repo/evolution/s01-cash.html` is "s01 cash". */
function wordsOf(path) {
    const name = path.split("/").filter(Boolean).pop() ?? "";
    try {
        return plain(decodeURIComponent(name.replace(/\.\w+$/, "")));
    } catch {
        return plain(name); // a lone percent sign
    }
}

function plain(text) {
    return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** The share of the pairs of letters that two texts have in common (Dice's coefficient), from 0 to 1. */
function similarity(one, other) {
    const [left, right] = [pairs(one), pairs(other)];
    if (left.length + right.length === 0) return 0;
    const rest = [...right];
    const common = left.filter((pair) => {
        const at = rest.indexOf(pair);
        if (at >= 0) rest.splice(at, 1);
        return at >= 0;
    });
    return (2 * common.length) / (left.length + right.length);
}

function pairs(text) {
    const found = [];
    for (const word of text.split(" ")) {
        for (let at = 0; at + 1 < word.length; at += 1) found.push(word.slice(at, at + 2));
    }
    return found;
}

function link(title, href) {
    const item = document.createElement("li");
    const anchor = document.createElement("a");
    anchor.href = href;
    anchor.textContent = title;
    item.append(anchor);
    return item;
}

// mdBook opens its search with what this parameter says. The site's root is where this module is found from.
function searchFor(words) {
    const address = new URL("../index.html", import.meta.url);
    address.searchParams.set("search", words);
    return address.href;
}

/** With a `<base>`, a link to a place in this page would lead to the site's front page. */
function keepOwnAnchors() {
    if (!document.querySelector("base")) return;
    for (const anchor of document.querySelectorAll("a[href^='#']")) {
        anchor.href = location.pathname + location.search + anchor.getAttribute("href");
    }
}

const section = document.querySelector("main section.lost");
if (section) {
    keepOwnAnchors();
    showNear(section, location.pathname);
}
