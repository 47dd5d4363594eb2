// A twin is one piece of code in Rust and in Go. In the page both stand one under the other; here they
// become tabs. What a reader chooses holds for all twins of the book, and is remembered.

const KEY = "workbook.twin.v1";
const CHOICES = new Map([["rust", "Rust"], ["go", "Go"], ["both", "Both"]]);
const FIRST = "rust";

/** Gives every twin of the page its tabs, and shows what was chosen last. */
export function makeTabsOfTwins() {
    const twins = [...document.querySelectorAll("main .twin")];
    if (twins.length === 0) return;
    twins.forEach(addTabs);
    const show = (choice) => twins.forEach((twin) => showIn(twin, choice));
    const choose = (tab) => {
        keepInPlace(tab, () => show(tab.dataset.choice));
        remember(tab.dataset.choice);
    };
    show(remembered());
    for (const twin of twins) {
        twin.addEventListener("click", ({ target }) => {
            const tab = target.closest("[role=tab]");
            if (tab) choose(tab);
        });
    }
    moveByKeys(choose);
    // Another window of the book has chosen.
    window.addEventListener("storage", ({ key }) => {
        if (key === KEY) show(remembered());
    });
}

function addTabs(twin, number) {
    const list = document.createElement("div");
    list.className = "twin-tabs";
    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", "Language");
    const sides = [...twin.querySelectorAll(".twin-side")];
    for (const side of sides) side.id = `twin-${number}-${side.dataset.language}`;
    for (const [choice, label] of CHOICES) list.append(tab(choice, label, sides));
    twin.prepend(list);
    twin.classList.add("has-tabs");
}

function tab(choice, label, sides) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.dataset.choice = choice;
    button.dataset.label = label;
    button.setAttribute("role", "tab");
    button.setAttribute("aria-controls", shown(sides, choice).map(({ id }) => id).join(" "));
    return button;
}

function shown(sides, choice) {
    return sides.filter(({ dataset }) => choice === "both" || dataset.language === choice);
}

function showIn(twin, choice) {
    for (const button of twin.querySelectorAll("[role=tab]")) {
        const chosen = button.dataset.choice === choice;
        button.setAttribute("aria-selected", String(chosen));
        // One stop of the tab key for the list; the arrow keys move within it.
        button.tabIndex = chosen ? 0 : -1;
    }
    const sides = [...twin.querySelectorAll(".twin-side")];
    const visible = shown(sides, choice);
    for (const side of sides) {
        side.hidden = !visible.includes(side);
        side.setAttribute("role", "tabpanel");
        side.setAttribute("aria-label", CHOICES.get(side.dataset.language));
    }
    twin.classList.toggle("shows-both", choice === "both");
}

/**
 * The keys of a list of tabs: ← → Home End, while the focus is in it. The window hears them first,
 * because nothing below it hears ← and → (keyboard.js).
 */
function moveByKeys(choose) {
    window.addEventListener("keydown", (event) => {
        const tab = event.target.closest?.(".twin [role=tab]");
        if (!tab || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
        const tabs = [...tab.parentElement.children];
        const at = tabs.indexOf(tab);
        const last = tabs.length - 1;
        const to = { ArrowLeft: at === 0 ? last : at - 1, ArrowRight: at === last ? 0 : at + 1, Home: 0, End: last };
        if (!(event.key in to)) return;
        event.preventDefault();
        const next = tabs[to[event.key]];
        next.focus({ preventScroll: true });
        choose(next);
    }, { capture: true });
}

/** Twins above the one that is used change their heights too; it shall not jump away. */
function keepInPlace(element, change) {
    const before = element.getBoundingClientRect().top;
    change();
    const moved = element.getBoundingClientRect().top - before;
    window.scrollBy({ top: moved, behavior: "instant" });
}

// A browser may refuse to store anything: then the choice holds for this page.
function remembered() {
    try {
        const choice = localStorage.getItem(KEY);
        return CHOICES.has(choice) ? choice : FIRST;
    } catch {
        return FIRST;
    }
}

function remember(choice) {
    try {
        localStorage.setItem(KEY, choice);
    } catch {
        // Nothing is lost but the memory.
    }
}
