// Keeps the windows of one talk in step: the deck, the speaker's view, and whatever other deck is open.
//
// Each tells what changes in it, and each that is asked tells how things stand. A window that is new asks; one that was
// opened at an address of its own tells first. So either can be reloaded, and nobody is the master of whom the talk would
// depend. If all are closed, there is still the address. A browser without channels shows each window for itself.

/** Windows of the same talk share this; those of another copy of the book, at another address, do not. */
const NAME = `workbook.talk.v1 ${new URL("../../talk/", import.meta.url).pathname}`;

/**
 * Whether somebody came to an address that names a slide, and not by a reload, the back button, or another window of the
 * talk. It is looked at first of all, because the address is soon kept up to date.
 */
const isOpenedAnew = performance.getEntriesByType("navigation")[0]?.type === "navigate" && !globalThis.opener
    && location.hash.startsWith("#/");

/**
 * @typedef {object} News
 * @property {"state" | "hello" | "bye" | "act" | "scene" | "point"} kind
 * @property {"deck" | "speaker"} role  whose it is
 * @property {string} [from]            who says hello
 * @property {string} [to]              to whom this is the answer
 * @property {number} [cut]
 * @property {string} [id]
 * @property {number} [step]
 * @property {boolean} [blank]          left out by who does not know
 * @property {boolean} [isFirst]        whether a window that was opened says where: nobody has moved yet
 * @property {string} [act]
 * @property {object} [scene]           what is seen of a run
 * @property {{x: number, y: number} | null} [at]  what is pointed at
 */

export class Link {
    /** @type {(act: string) => void} is told of what another window wants to be done */
    onAct = () => {};
    /** @type {(news: News, isAnswer: boolean) => boolean} is told of a deck with another cut; whether it is taken over */
    onCut = () => false;
    /** @type {(isOpen: boolean) => void} is told whether there is a deck */
    onDeck = () => {};

    /** @type {() => void} is told of a window that is new */
    onHello = () => {};
    /** @type {(scene: object) => void} is told what is seen of a run in a deck */
    onScene = () => {};
    /** @type {(at: {x: number, y: number} | null) => void} is told what the speaker points at */
    onPoint = () => {};

    #name = `${Date.now()} ${Math.random()}`;
    /** Until somebody has answered; what this window brings about itself is newer than any answer. */
    #isAsking = true;

    /**
     * @param {"deck" | "speaker"} role
     * @param {import("./state.js").State} state
     * @param {number} cut
     */
    constructor(role, state, cut) {
        this.role = role;
        this.state = state;
        this.cut = cut;
        /** @type {BroadcastChannel | null} before the start, and in a browser that has none */
        this.channel = null;
        state.listen((_, cause) => {
            if (cause !== "key" && cause !== "address") return;
            this.#isAsking = false;
            this.#tell();
        });
    }

    /** Asks how things stand; who has come on purpose says where first. */
    start() {
        this.onDeck(false);
        if (!globalThis.BroadcastChannel) return;
        this.channel = new BroadcastChannel(NAME);
        this.channel.addEventListener("message", ({ data }) => this.#hear(data));
        if (isOpenedAnew) this.#tell({ blank: undefined, isFirst: true });
        this.#ask();
        addEventListener("pagehide", () => this.#say({ kind: "bye" }));
        // The back button may bring a page as it was left.
        addEventListener("pageshow", ({ persisted }) => {
            this.#isAsking ||= persisted;
            if (persisted) this.#ask();
        });
    }

    /** Asks the decks to do something. */
    act(act) {
        this.#say({ kind: "act", act });
    }

    /** Tells what is seen of a run here. */
    see(scene) {
        this.#say({ kind: "scene", scene });
    }

    /** Tells the decks what is pointed at. */
    point(at) {
        this.#say({ kind: "point", at });
    }

    /** Who is there, and how things stand. */
    #ask() {
        this.#say({ kind: "hello", from: this.#name });
    }

    /** @param {Partial<News>} [more] */
    #tell(more = {}) {
        const { step, blank } = this.state.place;
        this.#say({ kind: "state", cut: this.cut, id: this.state.slide.id, step, blank, ...more });
    }

    #say(news) {
        this.channel?.postMessage({ role: this.role, ...news });
    }

    /** @param {News} news */
    #hear(news) {
        if (news.role === "deck") this.onDeck(news.kind !== "bye");
        switch (news.kind) {
            case "hello":
                this.#tell({ to: news.from });
                this.onHello();
                break;
            case "scene": this.onScene(news.scene); break;
            case "point": this.onPoint(news.at); break;
            case "bye": if (news.role === "deck") this.#ask(); break;
            case "act": this.onAct(news.act); break;
            case "state": this.#follow(news); break;
        }
    }

    #follow(news) {
        const isAnswer = news.to !== undefined;
        if (isAnswer && (news.to !== this.#name || !this.#isAsking)) return;
        const isOther = news.cut !== this.cut;
        if (isOther && news.role === "deck" && this.onCut(news, isAnswer)) return;
        // Where another cut stands is no answer: its slides may not be here.
        if (isOther && isAnswer) return;
        this.#isAsking = false;
        // Who has come on purpose stays there.
        if (isAnswer && isOpenedAnew) this.state.move({ blank: news.blank }, "answer");
        else this.state.goTo(news.id, news.step, news.blank, isAnswer || news.isFirst ? "answer" : "link");
    }
}
