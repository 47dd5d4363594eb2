// The book's faces (css/font.css), for what has to know them before it is shown.

/** A slow network shows words in another face rather than none. */
const PATIENCE_MS = 1500;

/** What browsers say of a face that has no range of signs. */
const ALL_SIGNS = "U+0-10FFFF";

/**
 * Waits until the faces have come, or are known not to come. Those of rarer signs are not waited for: they come where one
 * of their signs stands.
 * @param {string} [family]  the one that is needed, or a list of them, as in a style sheet; otherwise all
 */
export function facesLoaded(family) {
    const plain = (name) => name.replaceAll('"', "");
    const faces = [...document.fonts]
        .filter((face) => face.unicodeRange === ALL_SIGNS)
        .filter((face) => !family || (plain(family).includes(plain(face.family)) && face.style === "normal"))
        .map((face) => face.load());
    const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    return Promise.race([Promise.allSettled(faces), patience]);
}
