// All slides of the cut at once, small. Each is a link to itself, so Tab and Enter work, and arrows go in rows.

import { element } from "../run/dom.js";

export class Overview {
    /**
     * @param {HTMLElement} deck
     * @param {import("./state.js").State} state
     */
    constructor(deck, state) {
        this.deck = deck;
        this.state = state;
        /** @type {HTMLAnchorElement[]} made when they are needed first */
        this.links = [];
        /** @type {HTMLElement | null} what had the focus before */
        this.opener = null;
    }

    get isOpen() {
        return this.deck.classList.contains("is-overview");
    }

    toggle() {
        if (this.isOpen) this.close();
        else this.#open();
    }

    close() {
        if (!this.isOpen) return;
        this.deck.classList.remove("is-overview");
        this.#show(false);
        document.activeElement?.blur?.();
        // What is on a slide may be out of sight in a moment.
        if (!this.deck.contains(this.opener)) this.opener?.focus({ preventScroll: true });
        scrollTo(0, 0);
    }

    /** Moves the focus by so many slides. */
    move(by) {
        this.links[Math.min(Math.max(this.#at + by, 0), this.links.length - 1)].focus();
    }

    /** Moves it by so many rows, if there are so many. */
    moveRow(by) {
        const tops = this.links.map((link) => Math.round(link.getBoundingClientRect().top));
        const columns = tops.filter((top) => top === tops[0]).length;
        if (this.links[this.#at + by * columns]) this.move(by * columns);
    }

    /** Which slide has the focus; the one that is on if none has. */
    get #at() {
        const at = this.links.indexOf(document.activeElement);
        return at < 0 ? this.state.place.at : at;
    }

    #open() {
        if (this.links.length === 0) this.links = this.state.slides.map((slide, at) => this.#link(slide, at));
        this.opener = document.activeElement;
        this.deck.classList.add("is-overview");
        this.#show(true);
        const now = this.links[this.state.place.at];
        for (const link of this.links) link.removeAttribute("aria-current");
        now.setAttribute("aria-current", "true");
        now.focus();
        now.scrollIntoView({ block: "center" });
    }

    /** What is on a small slide is not to be used, and not to be tabbed to: the slide is one link. */
    #show(isOpen) {
        for (const link of this.links) {
            link.hidden = !isOpen;
            link.parentElement.querySelector(".slide-inside").inert = isOpen;
        }
    }

    #link(slide, at) {
        const link = element("a", { className: "overview-link", href: `#/${slide.id}`, hidden: true });
        link.setAttribute("aria-label", `${at + 1}: ${slide.title}`);
        link.addEventListener("click", (event) => {
            // Who wants it in a window of its own gets it.
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            this.close();
            const { place } = this.state;
            // The slide that is on stays as it is.
            this.state.goTo(slide.id, at === place.at ? place.step : 0, false);
        });
        slide.element.append(link);
        return link;
    }
}
