// Keeps the windows of one talk in step: the deck, the speaker's view, and whatever other deck is open.
//
// Each tells what changes in it, and each that is asked tells how things stand. A window that was reloaded asks; one that
// was opened at an address of its own tells. So either can be reloaded, and nobody is the master of whom the talk would
// depend. If all are closed, there is still the address.

/** Windows of the same talk share this; those of another copy of the book, at another address, do not. */
const NAME = `workbook.talk.v1 ${new URL("../../talk/", import.meta.url).pathname}`;

/**
 * Whether somebody came to an address that names a slide, and not by a reload or the back button. It is looked at first
 * of all, because the address is soon kept up to date.
 */
const isOpenedAnew = performance.getEntriesByType("navigation")[0]?.type === "navigate" && location.hash.startsWith("#/");

/**
 * @typedef {object} News
 * @property {"state" | "hello" | "act"} kind
 * @property {"deck" | "speaker"} role  whose it is
 * @property {number} [cut]
 * @property {string} [id]
 * @property {number} [step]
 * @property {boolean} [blank]
 * @property {string} [act]
 */

export class Link {
    /** @type {(act: string) => void} is told of what another window wants to be done */
    onAct = () => {};
    /** @type {(cut: number) => void} is told of the cut of a deck, when that is another one */
    onCut = () => {};

    /**
     * @param {"deck" | "speaker"} role
     * @param {import("./state.js").State} state
     * @param {number} cut
     */
    constructor(role, state, cut) {
        this.role = role;
        this.state = state;
        this.cut = cut;
        this.channel = new BroadcastChannel(NAME);
        this.channel.addEventListener("message", ({ data }) => this.#hear(data));
        state.listen((_, __, cause) => {
            if (cause === "key" || cause === "address") this.#tell();
        });
    }

    /** Asks how things stand, or says so. */
    start() {
        if (isOpenedAnew) this.#tell();
        else this.channel.postMessage({ kind: "hello", role: this.role });
    }

    /** Asks the decks to do something. */
    act(act) {
        this.channel.postMessage({ kind: "act", role: this.role, act });
    }

    #tell() {
        const { step, blank } = this.state.place;
        const { id } = this.state.slide;
        this.channel.postMessage({ kind: "state", role: this.role, cut: this.cut, id, step, blank });
    }

    /** @param {News} news */
    #hear(news) {
        switch (news.kind) {
            case "hello": this.#tell(); break;
            case "act": this.onAct(news.act); break;
            case "state":
                if (news.role === "deck" && news.cut !== this.cut) this.onCut(news.cut);
                else this.state.goTo(news.id, news.step, news.blank, "link");
                break;
        }
    }
}
