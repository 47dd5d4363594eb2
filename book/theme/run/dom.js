// Elements of a page and of a drawing. Text is text, whatever is in it.

const SVG = "http://www.w3.org/2000/svg";

/** An element with properties and children. */
export function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
}

/** A button that does something. */
export function button(className, textContent, act) {
    const made = element("button", { type: "button", className, textContent });
    made.addEventListener("click", act);
    return made;
}

/** An element of a drawing with attributes and children. */
export function svg(name, attributes = {}, ...children) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
}

/** A line through points, in the coordinates of the drawing. */
export function path(points, attributes) {
    const d = points.map(([x, y], index) => `${index ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`);
    return svg("path", { d: d.join(""), fill: "none", ...attributes });
}

/** A message as a sentence. */
export function sentence(text) {
    return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

/** Disables a control, or not. One that has the focus gives it up: Firefox would tell nobody of any key. */
export function disable(control, is) {
    if (is && document.activeElement === control) control.blur();
    control.disabled = is;
}

/** Sets a text if it is another one: what is read aloud is not read twice. */
export function say(place, text) {
    if (place.textContent !== text) place.textContent = text;
}
