// All that can happen in a play: fetched once, when its reader comes near, or at once where that is asked for.

import { whenSeen } from "../run/parts.js";

/**
 * @param {HTMLElement} section  the place of the play, with its name in `data-play`
 * @param {(play: object) => void} come  gets what was fetched
 * @returns {() => Promise<void>}  fetches it now, if it has not come yet
 */
export function loadWhenSeen(section, come) {
    const address = new URL(`../../plays/${section.dataset.play}.json`, import.meta.url);
    let isWanted = true;
    const load = async () => {
        if (!isWanted) return;
        isWanted = false;
        try {
            const answer = await fetch(address);
            if (!answer.ok) throw new Error(`${address} is not there`);
            come(await answer.json());
        } catch {
            // There is something to read instead.
            section.classList.add("is-table");
            isWanted = true;
        }
    };
    // A talk may be without a network by the time it comes to the slide.
    if (section.closest(".slide")) load();
    else whenSeen(section, load);
    return load;
}
