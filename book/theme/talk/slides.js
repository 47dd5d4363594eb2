// The slides of a page, as their sections say it.

/**
 * @typedef {object} Slide
 * @property {HTMLElement} element
 * @property {string} id
 * @property {string} title
 * @property {number} seconds   how long it is planned to take
 * @property {number[]} cuts    in minutes
 * @property {string} part      the part of the talk that it belongs to
 * @property {number} steps     how many keys reveal all of it
 */

/**
 * All slides of a page in their order.
 * @returns {Slide[]}
 */
export function readSlides() {
    return [...document.querySelectorAll(".deck > .slide")].map((element) => ({
        element,
        id: element.id,
        title: element.getAttribute("aria-label"),
        seconds: Number(element.dataset.seconds),
        cuts: numbers(element.dataset.cuts),
        part: element.dataset.part ?? "",
        steps: Number(element.dataset.steps),
    }));
}

/** `20,45,90` */
export function numbers(text) {
    return text.split(",").map(Number);
}

/** The minutes and seconds of a time: `1:05`, and `−0:05`. */
export function clockText(seconds) {
    const whole = Math.round(Math.abs(seconds));
    const sign = seconds <= -0.5 ? "−" : "";
    return `${sign}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
