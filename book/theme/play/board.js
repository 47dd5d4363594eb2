// A play in the page: the parties, what they share, a button for each thing that can happen next, and what has come of it.
// The places of all that, and the buttons of the bar, come with the page.

import { button, element, say } from "../run/dom.js";
import { whenSeen } from "../run/parts.js";
import { Forward } from "./forward.js";
import { Game } from "./game.js";
import { fragment, leadsTo, named, stayAt } from "./link.js";
import { columns, stand } from "./parties.js";

export class Board {
    /** @param {HTMLElement} section  the place for it, with the play's name in `data-play` */
    constructor(section) {
        this.section = section;
        this.name = section.dataset.play;
        this.id = section.id;
        const address = new URL(`../../plays/${this.name}.json`, import.meta.url);
        const load = async () => {
            if (this.play || this.isLoading) return;
            this.isLoading = true;
            try {
                const answer = await fetch(address);
                if (!answer.ok) throw new Error(`${address} is not there`);
                this.#build(await answer.json());
            } catch {
                // There is something to read instead.
                section.classList.add("is-table");
            }
            this.isLoading = false;
        };
        // A talk may be without a network by the time it comes to the slide.
        if (section.closest(".slide")) load();
        else whenSeen(section, load);
        if (leadsTo(this.id)) {
            load();
            stayAt(section);
        }
        addEventListener("hashchange", () => {
            if (!named(this.id)) return;
            // The link in the play leads to where the reader is.
            if (!section.contains(document.activeElement)) section.scrollIntoView();
            if (this.play) this.#follow();
            else load();
        });
    }

    #build(play) {
        this.play = play;
        const place = (name) => this.section.querySelector(`.play-${name}`);
        for (const name of ["versions", "repair", "promises", "parties", "shared", "question", "next", "told", "counts"]) {
            this[name] = place(name);
        }
        for (const choice of this.versions.children) {
            choice.addEventListener("click", () => this.#choose(choice.dataset.version));
        }
        const act = (name, does) => {
            this[name] = place(name);
            this[name].addEventListener("click", does);
        };
        act("back", () => this.#do(() => this.game.back(), "Back. "));
        act("restart", () => this.#do(() => this.game.restart(), "From the start. "));
        act("shortest", () => this.#showShortest());
        this.link = place("link");
        this.forward = new Forward(() => this.#stepForward(), (isGoing) => {
            this.shortest.textContent = isGoing ? "Stop" : "Play the shortest way";
        });
        this.section.classList.add("is-playing");
        this.section.addEventListener("keydown", (event) => this.#key(event));
        // On a slide the room chooses, wherever the focus is.
        this.section.addEventListener("play-key", ({ detail }) => this.#pressed(detail));
        if (!this.#follow()) this.#choose("broken");
    }

    /** Goes to the position that the address names, if it names one of this play. */
    #follow() {
        const wanted = named(this.id);
        if (!wanted) return false;
        this.#choose(wanted.version, wanted.way);
        return true;
    }

    #choose(version, way = []) {
        this.forward.stop();
        const isOther = this.version !== undefined && (this.version !== version || way.length === 0);
        this.version = version;
        this.game = new Game(this.play[version]);
        for (const number of way) if (!this.game.take(number)) break;
        for (const choice of this.versions.children) {
            choice.setAttribute("aria-pressed", String(choice.dataset.version === version));
        }
        this.repair.hidden = version === "broken";
        this.repair.textContent = this.play.repair;
        this.columns = columns(this.game.graph);
        this.parties.replaceChildren(...this.columns.map(({ place }) => place));
        this.#show(isOther ? `The ${version} version${way.length ? "" : ", from the start"}. ` : "");
    }

    #take(number) {
        this.forward.stop();
        const hadFocus = this.next.contains(document.activeElement);
        if (!this.game.take(number)) return;
        this.#show("");
        if (hadFocus) this.#focusNext();
    }

    /** The step that was taken has no button any more: the focus goes to what is most likely pressed next. */
    #focusNext() {
        const next = this.next.querySelector("button") ?? this.restart;
        next.focus({ preventScroll: true });
    }

    #do(act, said) {
        this.forward.stop();
        this.#keepFocus(() => {
            act();
            this.#show(said);
        });
    }

    /** The focus stays in the play, also if what has it is gone after the act. */
    #keepFocus(act) {
        const hadFocus = this.section.contains(document.activeElement);
        act();
        const now = document.activeElement;
        if (hadFocus && (now.disabled || !this.section.contains(now))) this.#focusNext();
    }

    /** Plays the rest of the shortest way, or stops. */
    #showShortest() {
        if (this.forward.isGoing) {
            this.forward.stop();
            say(this.told, `Stopped. ${this.game.told}`);
            return;
        }
        if (this.game.shortest()) {
            this.forward.start();
            return;
        }
        say(this.told, this.version === "repaired"
            ? "No way leads to a bad end: every one was tried when this page was made."
            : "From here no way leads to the bad end any more. Step back, or start over.");
    }

    /** The next step of the shortest way; whether there is one more. */
    #stepForward() {
        const [number] = this.game.shortest();
        this.#keepFocus(() => {
            this.game.take(number);
            this.#show("");
        });
        return !this.game.isOver;
    }

    #key(event) {
        if (event.altKey || event.ctrlKey || event.metaKey) return;
        if (this.#pressed(event.key)) event.preventDefault();
    }

    #pressed(key) {
        if (key === "Escape" && this.forward.isGoing) {
            this.#showShortest();
            return true;
        }
        if (/^[1-9]$/.test(key)) {
            if (Number(key) > this.game.choices.length) return false;
            const hadFocus = this.section.contains(document.activeElement);
            this.#take(Number(key) - 1);
            if (hadFocus) this.#focusNext();
            return true;
        }
        const known = { Backspace: this.back, 0: this.restart };
        if (!(key in known) || known[key].disabled) return false;
        known[key].click();
        return true;
    }

    #show(said) {
        const { game } = this;
        const last = game.way.length
            ? game.graph.positions[game.passed.at(-2)].choices[game.way.at(-1)].party
            : null;
        this.columns.forEach((column, party) => stand(column, game.position.at[party], party === last));
        this.promises.replaceChildren(...game.promises.map(promise));
        this.shared.replaceChildren(...game.values.map(({ name, value, isNew }) => element("div",
            { className: isNew ? "is-new" : "" },
            element("dt", { textContent: name }), element("dd", { textContent: value }))));
        this.next.replaceChildren(...game.choices.map(({ party, does }, number) => this.#choice(party, does, number)));
        if (game.isWon) this.next.append(this.#cure());
        this.back.disabled = this.restart.disabled = game.way.length === 0;
        this.shortest.disabled = game.isOver;
        this.link.href = `#${fragment(this.id, this.version, game.way)}`;
        this.question.textContent = game.isOver ? "The end." : "What happens next?";
        this.section.classList.toggle("is-won", game.isWon);
        this.section.classList.toggle("is-lost", game.isOver && !game.isWon);
        // Its place is kept, so that the end moves nothing.
        this.counts.classList.toggle("is-unseen", !game.isOver && this.version === "broken");
        this.counts.textContent = this.play.counted[this.version];
        // Two steps may do the same, and what is told in the same words is not read aloud again: so each has its number.
        const step = `Step ${game.way.length}: `;
        const told = game.way.length
            ? `${step}${game.told}${this.#ending()}`
            : `Choose with a button, or with the ${keysOf(game.choices.length)}.`;
        say(this.told, said + told);
    }

    #choice(party, does, number) {
        const made = button("play-choice", "", () => this.#take(number));
        made.append(element("kbd", { textContent: String(number + 1) }), ` ${party} `, element("b", { textContent: does }));
        return made;
    }

    /** What to do after the bad end. */
    #cure() {
        return button("play-cure", `Now try it with ${this.play.cure}`,
            () => this.#keepFocus(() => this.#choose("repaired")));
    }

    /** What has come of it. */
    #ending() {
        const { game } = this;
        if (!game.isOver) return "";
        if (game.isWon) return ` You have done it: ${game.ending}`;
        const kept = game.promises.map(({ says }) => says).join("; ");
        const again = this.version === "broken" ? " Step back, or start over." : "";
        return ` This is an end, and every promise is kept: ${kept}.${again}`;
    }
}

function promise({ says, stands, isBroken }) {
    return element("li", { className: isBroken ? "is-broken" : "" },
        `Promised: ${says} `, element("b", { className: "play-stands", textContent: stands }));
}

/** How the keys of so many choices are called. */
function keysOf(choices) {
    if (choices === 1) return "key 1";
    return choices === 2 ? "keys 1 and 2" : `keys 1 to ${choices}`;
}
