// Elements of a drawing.

const NAMESPACE = "http://www.w3.org/2000/svg";

/** An element with attributes and children; a string is text. */
export function svg(name, attributes = {}, ...children) {
    const element = document.createElementNS(NAMESPACE, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
}

/** A line through points, in the coordinates of the drawing. */
export function path(points, attributes) {
    const d = points.map(([x, y], index) => `${index ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`);
    return svg("path", { d: d.join(""), fill: "none", ...attributes });
}
