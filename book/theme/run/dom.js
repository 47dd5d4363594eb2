// Elements of a page.

/** An element with properties and children. Text is text, whatever is in it. */
export function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
}
