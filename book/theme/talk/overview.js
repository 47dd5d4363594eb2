// All slides of the cut at once, small. Each is a link to itself, so Tab and Enter work, and arrows go in rows.

import { addressOf } from "./state.js";

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
        this.deck.classList.add("is-overview");
        this.#show(true);
        this.links[this.state.place.at].focus();
        this.links[this.state.place.at].scrollIntoView({ block: "center" });
    }

    /** What is on a small slide is not to be used, and not to be tabbed to: the slide is one link. */
    #show(isOpen) {
        for (const link of this.links) {
            link.hidden = !isOpen;
            link.parentElement.querySelector(".slide-inside").inert = isOpen;
        }
    }

    #link(slide, at) {
        const link = document.createElement("a");
        link.className = "overview-link";
        link.href = `#/${slide.id}`;
        link.hidden = true;
        link.setAttribute("aria-label", `${at + 1}: ${slide.title}`);
        link.dataset.number = at + 1;
        link.addEventListener("click", (event) => {
            event.preventDefault();
            this.close();
            this.state.goTo(slide.id, 0, false);
            history.replaceState(null, "", addressOf(this.state));
        });
        slide.element.append(link);
        return link;
    }
}
