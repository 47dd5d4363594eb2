// What the deck and the speaker's view have in common: the slides of the cut that the address asks for, where the talk is,
// and the link between windows.

import { announce } from "./announce.js";
import { colourCode } from "./code.js";
import { cutOf, finderOf, takeCut } from "./cut.js";
import { Link } from "./link.js";
import { startScheme } from "./scheme.js";
import { numbers, readSlides } from "./slides.js";
import { State, keepAddress, placeOf } from "./state.js";

/**
 * @typedef {object} Talk
 * @property {number[]} cuts  in minutes
 * @property {number} cut     the one that is given
 * @property {State} state
 * @property {Link} link      not yet started
 * @property {() => void} begin  shows the slide that the address asks for, once there is somebody who shows it
 */

/**
 * The talk of a page.
 * @param {"deck" | "speaker"} role
 * @param {HTMLElement} place  has the cuts that there are
 * @returns {Talk}
 */
export function talkOf(role, place) {
    // First of all: a diagram is drawn in the colours of its moment.
    startScheme();
    const cuts = numbers(place.dataset.cuts);
    const cut = cutOf(location.search, cuts);
    const all = readSlides();
    const slides = takeCut(all, cut);
    const state = new State(slides, finderOf(all, slides));
    const link = new Link(role, state, cut);
    const asked = placeOf(location.hash);
    const begin = () => {
        announce(state);
        keepAddress(state);
        document.documentElement.classList.add("is-ready");
        if (!asked || !state.goTo(asked.id, asked.step, false, "load")) state.move({}, "load");
    };
    colourCode();
    return { cuts, cut, state, link, begin };
}
