// The slide that is on, as the audience sees it, and the one that comes next. Each slide is in the page once and is put
// where it is shown. Programs do not run here: their panels are those of the deck.

import { fit } from "./scale.js";
import { showSteps } from "./fragments.js";

export class Preview {
    /** @param {HTMLElement} store  where the slides are that are not shown */
    constructor(store) {
        this.store = store;
        this.now = document.querySelector("[data-stage=now]");
        this.next = document.querySelector("[data-stage=next]");
        for (const stage of [this.now, this.next]) fit(stage);
    }

    /** @param {import("./state.js").State} state */
    show(state) {
        const { slide, coming, place } = state;
        this.#put(this.now, slide.element);
        this.#put(this.next, coming?.element ?? null);
        showSteps(slide.element, place.step, false);
        if (coming) showSteps(coming.element, 0, false);
        this.now.classList.toggle("is-blank", place.blank);
        this.next.classList.toggle("is-end", !coming);
    }

    #put(stage, element) {
        if (stage.firstElementChild === element) return;
        if (stage.firstElementChild) this.store.append(stage.firstElementChild);
        if (element) stage.append(element);
    }
}
