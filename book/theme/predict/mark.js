// A bet on a chart: a dashed line at its place on the measured axis, with its name. The drawing tells of its axis in its
// attributes, in its own units.

import { svg } from "../run/dom.js";

/** Room above the drawing for the name of a line that stands upright. */
const ROOM = 22;

/**
 * @param {HTMLElement} chart  the figure; all of its drawings get the line
 * @param {number} value
 * @param {string} unit  of the value: on an axis of another unit it has no place
 * @param {string} name
 */
export function draw(chart, value, unit, name) {
    for (const drawing of chart.querySelectorAll("svg[data-axis]")) {
        if (drawing.dataset.unit !== unit || drawing.querySelector(".bet-line")) continue;
        const { at, beyond } = place(drawing.dataset, value);
        if (drawing.dataset.axis === "x") upright(drawing, at, named(name, beyond, "← ", " →"));
        else across(drawing, at, named(name, beyond, "↓ ", " ↑"));
        const told = drawing.getAttribute("aria-label");
        if (told) drawing.setAttribute("aria-label", `${told} A dashed line marks ${name}.`);
    }
}

/** Where a value is on an axis, and whether it is beyond one of its ends. */
function place({ log, low, high, from, to }, value) {
    const [least, most, start, end] = [low, high, from, to].map(Number);
    const share = log === "true"
        ? Math.log(value / least) / Math.log(most / least)
        : (value - least) / (most - least);
    const within = Math.min(Math.max(share, 0), 1);
    return { at: start + (end - start) * within, beyond: Math.sign(share - within) };
}

function named(name, beyond, below, above) {
    if (beyond < 0) return below + name;
    return beyond > 0 ? name + above : name;
}

function upright(drawing, x, name) {
    const box = drawing.viewBox.baseVal;
    const bottom = Number(drawing.dataset.across.split(" ")[1]);
    drawing.setAttribute("viewBox", `${box.x} ${box.y - ROOM} ${box.width} ${box.height + ROOM}`);
    const third = Math.floor((3 * (x - box.x)) / box.width);
    const anchor = ["start", "middle", "end"][Math.min(third, 2)];
    drawing.append(line([x, -4], [x, bottom]), text(x, -10, anchor, name));
}

function across(drawing, y, name) {
    const [left, right] = drawing.dataset.across.split(" ").map(Number);
    drawing.append(line([left, y], [right, y]), text(right - 8, y - 7, "end", name));
}

function line([x1, y1], [x2, y2]) {
    return svg("line", { class: "bet-line", x1, y1, x2, y2 });
}

function text(x, y, anchor, name) {
    return svg("text", { class: "bet-name", x, y, "text-anchor": anchor, "font-size": 14 }, name);
}
