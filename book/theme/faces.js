// The book's faces (css/font.css), for what has to know them before it is shown.

/** A slow network shows words in another face rather than none. */
const PATIENCE_MS = 1500;

/**
 * Waits until the faces have come, or are known not to come.
 * @param {string} [family]  the one that is needed, as in a style sheet; otherwise all
 */
export function facesLoaded(family) {
    const faces = family ? [document.fonts.load(`1em ${family}`)] : [...document.fonts].map((face) => face.load());
    const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    return Promise.race([Promise.allSettled(faces), patience]);
}
