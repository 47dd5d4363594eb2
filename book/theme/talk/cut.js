// A talk of 20, 45 or 90 minutes: the slides of one cut, `?cut=45`.

/** @typedef {import("./slides.js").Slide} Slide */

/**
 * The cut that an address asks for; the longest if it asks for none.
 * @param {string} search  `?cut=45`
 * @param {number[]} cuts  those that there are
 */
export function cutOf(search, cuts) {
    const asked = Number(new URLSearchParams(search).get("cut"));
    return cuts.includes(asked) ? asked : cuts.at(-1);
}

/**
 * The slides of a cut, numbered. The others are taken out of the page, so that they are neither printed nor seen from
 * above. Of a cut that nobody has made yet there are all.
 * @param {Slide[]} all
 * @param {number} cut
 */
export function takeCut(all, cut) {
    const inCut = all.filter(({ cuts }) => cuts.includes(cut));
    const slides = inCut.length > 0 ? inCut : all;
    for (const slide of all) if (!slides.includes(slide)) slide.element.remove();
    slides.forEach(({ element }, at) => {
        element.dataset.number = at + 1;
    });
    return slides;
}

/**
 * Where a cut goes on for somebody who asks for a slide: there, or, if another cut has it, at the next one that is left.
 * @param {Slide[]} all
 * @param {Slide[]} slides  those of the cut
 * @returns {(id: string) => Slide | undefined}
 */
export function finderOf(all, slides) {
    return (id) => {
        const at = all.findIndex((slide) => slide.id === id);
        if (at < 0) return undefined;
        return all.slice(at).find((slide) => slides.includes(slide)) ?? slides.at(-1);
    };
}

/**
 * Makes links to other pages of the talk lead to this cut, if it was asked for.
 * @param {Iterable<HTMLAnchorElement>} links
 */
export function keepCut(links) {
    const cut = new URLSearchParams(location.search).get("cut");
    for (const link of cut ? links : []) {
        const address = new URL(link.href);
        address.searchParams.set("cut", cut);
        link.href = address.href;
    }
}

/**
 * Loads the page anew with another cut. Not as an address that somebody has come to: where the talk is stays what it was.
 * @param {number} cut
 * @param {string} hash  the slide
 */
export function takeOver(cut, hash = location.hash) {
    history.replaceState(null, "", `?cut=${cut}${hash}`);
    location.reload();
}
