// A play in the page: the parties, what they share, a button for each thing that can happen next, and what has come of it.
// The places of all that, and the buttons of the bar, come with the page.

import { button, element, say } from "../run/dom.js";
import { Forward } from "./forward.js";
import { Game } from "./game.js";
import { fragment, leadsTo, named, stayAt } from "./link.js";
import { loadWhenSeen } from "./load.js";
import { columns, stand } from "./parties.js";
import { bringIntoSight } from "./sight.js";
import { ending, INVITATION, SHOW, standing } from "./words.js";

export class Board {
    /** @param {HTMLElement} section  the place for it, with the play's name in `data-play` */
    constructor(section) {
        this.section = section;
        this.id = section.id;
        const load = loadWhenSeen(section, (play) => this.#build(play));
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
        const parts = ["task", "versions", "repair", "promises", "parties", "turn", "shared", "question", "next", "told"];
        for (const name of parts) this[name] = place(name);
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
            this.shortest.textContent = isGoing ? "Stop" : SHOW;
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
        this.isShown = false;
        this.game = new Game(this.play[version]);
        for (const key of way) if (!this.game.take(key)) break;
        const { name, task } = this.play.versions[version];
        for (const choice of this.versions.children) {
            choice.setAttribute("aria-pressed", String(choice.dataset.version === version));
        }
        this.task.textContent = task;
        this.repair.hidden = version === "broken";
        this.repair.textContent = this.play.repair;
        this.columns = columns(this.game.graph);
        this.parties.replaceChildren(...this.columns.map(({ place }) => place));
        this.#show(isOther ? `${name}${way.length ? "" : ", from the start"}. ` : "");
    }

    #take(key) {
        this.forward.stop();
        const hadFocus = this.next.contains(document.activeElement);
        if (!this.game.take(key)) return;
        this.isShown = false;
        this.#show("");
        this.#bringIntoSight();
        if (hadFocus) this.#focusNext();
    }

    /** The line at which the last step has left its party. */
    #bringIntoSight() {
        // A slide is in sight as it is.
        if (this.section.closest(".slide")) return;
        const { lines, state } = this.columns[this.game.last.party];
        bringIntoSight(lines.find((line) => line.matches(".is-next")) ?? state, this.turn);
    }

    /** The step that was taken has no button any more: the focus goes to what is most likely pressed next. */
    #focusNext() {
        const next = this.next.querySelector("button") ?? this.restart;
        next.focus({ preventScroll: true });
    }

    #do(act, said) {
        this.forward.stop();
        this.isShown = false;
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

    /** Plays the rest of the shortest way, or stops. From an end, and from where none leads on, it begins at the start. */
    #showShortest() {
        if (this.forward.isGoing) {
            this.forward.stop();
            say(this.told, `Stopped. ${this.game.last.told}`);
            return;
        }
        if (this.version === "repaired") {
            say(this.told, "No way breaks it: all of them were tried when this page was made.");
            return;
        }
        if (this.game.isOver || !this.game.shortest()) this.game.restart();
        this.isShown = true;
        this.forward.start();
    }

    /** The next step of the shortest way; whether there is one more. */
    #stepForward() {
        const [key] = this.game.shortest();
        this.#keepFocus(() => {
            this.game.take(key);
            this.#show("");
            this.#bringIntoSight();
        });
        const { isOver } = this.game;
        if (isOver && document.activeElement === this.shortest) this.#focusNext();
        return !isOver;
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
            if (!this.game.choices.some((choice) => choice.key === Number(key))) return false;
            const hadFocus = this.section.contains(document.activeElement);
            this.#take(Number(key));
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
        const { last } = game;
        this.columns.forEach((column, party) => stand(column, game.position.at[party], party === last?.party));
        this.promises.replaceChildren(...game.promises.map(({ says, isBroken }) =>
            promise(says, isBroken, standing(game, this.version, isBroken))));
        this.shared.replaceChildren(...game.values.map(({ name, value, isNew }) => element("div",
            { className: isNew ? "is-new" : "" },
            element("dt", { textContent: name }), element("dd", { textContent: value }))));
        this.next.replaceChildren(...game.choices.map((choice) => this.#choice(choice)));
        if (game.isBad) this.next.append(this.#cure());
        this.back.disabled = this.restart.disabled = !last;
        this.link.href = `#${fragment(this.id, this.version, game.way)}`;
        this.question.textContent = game.isOver ? `The end. ${this.play.counted[this.version]}` : "What happens next?";
        const isGood = game.isOver && !game.isBad;
        this.section.classList.toggle("is-bad", game.isBad);
        this.section.classList.toggle("is-luck", isGood && this.version === "broken");
        this.section.classList.toggle("is-safe", isGood && this.version === "repaired");
        // Two steps may do the same, and what is told in the same words is not read aloud again: so each has its number.
        const told = last
            ? `Step ${game.way.length}. ${last.told} ${ending(game, this.version, this.isShown)}`
            : INVITATION;
        say(this.told, (said + told).trim());
    }

    #choice({ key, party, does }) {
        const made = button("play-choice", "", () => this.#take(key));
        made.dataset.key = key;
        made.append(element("kbd", { textContent: String(key) }), ` ${party} `, element("b", { textContent: does }));
        return made;
    }

    /** What to do after the bad end. */
    #cure() {
        return button("play-cure", `Now try it with ${this.play.cure}`,
            () => this.#keepFocus(() => this.#choose("repaired")));
    }
}

function promise(says, isBroken, stands) {
    return element("li", { className: isBroken ? "is-broken" : "" },
        `Promised: ${says} `, element("b", { className: "play-stands", textContent: stands }));
}
