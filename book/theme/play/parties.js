// The parties of a play, side by side: their code with the line that comes next, or what they are without code.

import { element } from "../run/dom.js";

/** The column of each party. */
export function columns(graph) {
    return graph.parties.map(({ name, code, may }) => {
        const state = element("p", { className: "play-state" });
        const lines = code.map((text) => element("li", {}, line(text)));
        const list = element("ol", { className: "play-code" }, ...lines);
        // A list without bullets is none to some screen readers.
        list.setAttribute("role", "list");
        list.setAttribute("aria-label", `Code of ${name}`);
        const title = element("p", { className: "play-party-name", textContent: name });
        const what = code.length ? list : element("p", { className: "play-may", textContent: may });
        return { place: element("div", { className: "play-party" }, title, what, state), lines, state };
    });
}

/** A line whose rest, where it is too long, stands behind its beginning; it is broken in front of a call, or behind `::`, if it can be. */
function line(text) {
    const calls = (text.trim() || " ").split(/(?<=[\w)])(?=\.[a-z])|(?<=::)/);
    const made = element("code", {}, ...calls.flatMap((call, at) => (at ? [element("wbr"), call] : [call])));
    made.style.setProperty("--indent", text.length - text.trimStart().length);
    return made;
}

/** Shows where a party stands: `{line}`, `{waits}`, `free` or `done`. */
export function stand({ place, lines, state }, at, isLast) {
    const line = at.line ?? at.waits;
    const isWaiting = at.waits !== undefined;
    lines.forEach((item, number) => {
        const isNext = number === line;
        item.classList.toggle("is-next", isNext);
        if (isNext) item.setAttribute("aria-current", "step");
        else item.removeAttribute("aria-current");
    });
    place.classList.toggle("is-waiting", isWaiting);
    place.classList.toggle("is-last", isLast);
    state.textContent = stateOf(at, isWaiting);
}

function stateOf(at, isWaiting) {
    if (at === "done") return "done";
    if (at === "free") return "";
    return isWaiting ? "waits" : "can go on";
}
