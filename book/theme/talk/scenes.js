// The runs of the slides as they are seen, in the deck, and in the speaker's window what the deck tells of them.

import { Scene } from "./scene.js";
import { viewOf } from "./scene-view.js";

/** So often the speaker's window is told. */
const TELL_MS = 250;

/**
 * Shows the runs of the deck. Before its panels are made.
 * @param {(news: {id: string, view: object, chosen: string}) => void} tell  is told what is seen, not too often
 * @returns {() => void} tells it once more
 */
export function showScenes(tell) {
    let last = null;
    let timer = null;
    const tellSoon = (news) => {
        const isEnd = last?.id === news.id && last.view.isBusy !== news.view.isBusy;
        last = news;
        if (isEnd) tell(last);
        timer ??= setTimeout(() => {
            timer = null;
            tell(last);
        }, TELL_MS);
    };
    for (const section of document.querySelectorAll("main section.run")) {
        const { id } = section.closest(".slide");
        const scene = new Scene(section);
        let view = null;
        let chosen = "";
        section.addEventListener("run-seen", ({ detail }) => {
            view = viewOf(detail);
            scene.show(view);
            tellSoon({ id, view, chosen });
        });
        section.addEventListener("run-chosen", ({ detail }) => {
            chosen = detail;
            scene.choose(chosen);
            if (view) tellSoon({ id, view, chosen });
        });
    }
    return () => last && tell(last);
}

/** What the deck has told, shown in the speaker's window. */
export class Echo {
    #scenes = new Map();
    #busy = new Set();

    /** @param {{id: string, view: object, chosen: string}} news */
    show({ id, view, chosen }) {
        if (!this.#scenes.has(id)) {
            const section = document.getElementById(id)?.querySelector("section.run");
            if (!section) return;
            this.#scenes.set(id, new Scene(section));
        }
        const scene = this.#scenes.get(id);
        scene.show(view);
        scene.choose(chosen);
        if (view.isBusy) this.#busy.add(id);
        else this.#busy.delete(id);
    }

    /** Whether the program of a slide runs, in a deck. */
    isBusy(id) {
        return this.#busy.has(id);
    }

    /** There is no deck any more. */
    forget() {
        this.#busy.clear();
    }
}
