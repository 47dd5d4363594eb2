// The runs of the slides as they are seen, in the deck, and in the speaker's window what the deck tells of them.

import { say } from "../run/dom.js";
import { Scene } from "./scene.js";
import { IDLE, viewOf } from "./scene-view.js";

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
            const wasBusy = view?.isBusy ?? false;
            view = viewOf(detail);
            scene.show(view);
            if (view.isBusy !== wasBusy) say(document.querySelector("#announcer"), spoken(view));
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

/** A run for those who listen. */
function spoken({ isBusy, run, origin, said }) {
    if (isBusy) return `It runs. ${origin.word}.`;
    return run ? `It has ended: ${run.number} ${run.unit}, ${run.amount}. ${said}` : "It has ended.";
}

/** What the deck has told, shown in the speaker's window. */
export class Echo {
    #scenes = new Map();
    #busy = new Set();

    /** Until the deck tells of them, its runs have not begun. */
    constructor() {
        for (const section of document.querySelectorAll("main section.run")) {
            const scene = new Scene(section);
            scene.show(IDLE);
            this.#scenes.set(section.closest(".slide").id, scene);
        }
    }

    /** @param {{id: string, view: object, chosen: string}} news */
    show({ id, view, chosen }) {
        const scene = this.#scenes.get(id);
        // Another cut has other slides.
        if (!scene) return;
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
