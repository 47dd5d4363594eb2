// The address of a position: `#play-lost-update/broken/1212`, the keys that lead to it.

/** What comes behind the `#` for a play at a position. */
export function fragment(id, version, way) {
    return `${id}/${version}/${way.join("")}`;
}

/** The version and the keys that the page's address names for that play; nothing if it names none. */
export function named(id) {
    const [name, version, keys = ""] = decodeURIComponent(location.hash.slice(1)).split("/");
    if (name !== id || !["broken", "repaired"].includes(version) || !/^[1-9]*$/.test(keys)) return null;
    return { version, way: [...keys].map(Number) };
}

/** Whether the page's address is that of the play, or of a position of it. */
export function leadsTo(id) {
    return decodeURIComponent(location.hash.slice(1)).split("/")[0] === id;
}

/** What a reader moves the page with. */
const MOVES = ["wheel", "touchstart", "pointerdown", "keydown"];

/** Goes to an element and stays there while what is above it comes (faces, diagrams), unless the reader moves on. */
export function stayAt(section) {
    const main = section.closest("main");
    const page = document.documentElement;
    const watch = new ResizeObserver(() => section.scrollIntoView({ behavior: "instant" }));
    // A browser that keeps its place by itself would move the page once more.
    page.style.overflowAnchor = "none";
    const end = () => {
        watch.disconnect();
        page.style.overflowAnchor = "";
        for (const move of MOVES) removeEventListener(move, end);
    };
    for (const move of MOVES) addEventListener(move, end, { passive: true });
    watch.observe(main);
}
