// A play in the page: the parties, what they share, a button for each thing that can happen next, and what has come of it.

import { button, element, say } from "../run/dom.js";
import { whenSeen } from "../run/parts.js";
import { Game } from "./game.js";
import { fragment, named } from "./link.js";
import { counted } from "./numbers.js";
import { columns, stand } from "./parties.js";

const VERSIONS = new Map([["broken", "As it is"], ["repaired", "Repaired"]]);

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
                if (answer.ok) this.#build(await answer.json());
            } catch {
                // The table stays.
            }
            this.isLoading = false;
        };
        // A talk may be without a network by the time it comes to the slide.
        if (section.closest(".slide")) load();
        else whenSeen(section, load);
        if (named(this.id)) {
            load();
            section.scrollIntoView();
        }
        addEventListener("hashchange", () => {
            if (named(this.id)) this.play ? this.#follow() : load();
        });
    }

    #build(play) {
        this.play = play;
        this.versions = element("div", { className: "play-versions" });
        this.versions.setAttribute("role", "group");
        this.versions.setAttribute("aria-label", "Version");
        for (const [version, label] of VERSIONS) {
            const choose = button("play-version", label, () => this.#choose(version));
            choose.dataset.version = version;
            this.versions.append(choose);
        }
        this.repair = element("p", { className: "play-repair" });
        this.parties = element("div", { className: "play-parties" });
        this.shared = element("dl", { className: "play-shared" });
        this.question = element("p", { className: "play-question" });
        this.next = element("div", { className: "play-next" });
        this.next.setAttribute("role", "group");
        this.next.setAttribute("aria-label", "What happens next?");
        this.told = element("p", { className: "play-told" });
        this.told.setAttribute("role", "status");
        this.counts = element("p", { className: "play-counts" });
        const turn = element("div", { className: "play-turn" }, this.told, this.question, this.next);
        this.section.append(this.versions, this.repair, this.parties, this.shared, turn, this.#bar(), this.counts);
        this.section.classList.add("is-playing");
        this.section.addEventListener("keydown", (event) => this.#key(event));
        // On a slide the room chooses, wherever the focus is.
        this.section.addEventListener("play-key", ({ detail }) => this.#pressed(detail));
        if (!this.#follow()) this.#choose("broken");
    }

    #bar() {
        this.back = button("play-back", "Step back", () => this.#do(() => this.game.back(), "Back. "));
        this.restart = button("play-restart", "Start over", () => this.#do(() => this.game.restart(), "From the start. "));
        this.shortest = button("play-shortest", "Show the shortest way", () => this.#showShortest());
        this.link = element("a", { className: "play-link", textContent: "Link to this position" });
        return element("div", { className: "play-bar" }, this.back, this.restart, this.shortest, this.link);
    }

    /** Goes to the position that the address names, if it names one of this play. */
    #follow() {
        const wanted = named(this.id);
        if (!wanted) return false;
        this.#choose(wanted.version, wanted.way);
        return true;
    }

    #choose(version, way = []) {
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
        this.#show(version === "broken" ? "" : "The repaired version, from the start. ");
    }

    #take(number) {
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
        const hadFocus = this.section.contains(document.activeElement);
        act();
        this.#show(said);
        const now = document.activeElement;
        if (hadFocus && (now.disabled || !this.section.contains(now))) this.#focusNext();
    }

    /** Takes the rest of the shortest way at once; step back goes through it. */
    #showShortest() {
        const way = this.game.shortest();
        if (way) {
            const steps = way.length === 1 ? "1 step" : `${way.length} steps`;
            this.#do(() => way.forEach((number) => this.game.take(number)), `${steps}. Step back to see each. `);
            return;
        }
        say(this.told, this.version === "repaired"
            ? "No way leads to a bad end: every one was tried when this page was made."
            : "From here no way leads to the bad end any more. Step back, or start over.");
    }

    #key(event) {
        if (event.altKey || event.ctrlKey || event.metaKey) return;
        if (this.#pressed(event.key)) event.preventDefault();
    }

    #pressed(key) {
        const known = { Backspace: this.back, 0: this.restart };
        if (/^[1-9]$/.test(key)) {
            if (Number(key) > this.game.choices.length) return false;
            const hadFocus = this.section.contains(document.activeElement);
            this.#take(Number(key) - 1);
            if (hadFocus) this.#focusNext();
            return true;
        }
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
        this.shared.replaceChildren(...game.values.map(({ name, value, isNew }) => element("div",
            { className: isNew ? "is-new" : "" },
            element("dt", { textContent: name }), element("dd", { textContent: value }))));
        this.next.replaceChildren(...game.choices.map(({ party, does }, number) => this.#choice(party, does, number)));
        this.back.disabled = this.restart.disabled = game.way.length === 0;
        this.shortest.disabled = game.isOver;
        this.link.href = `#${fragment(this.id, this.version, game.way)}`;
        this.question.textContent = game.isOver ? "" : "What happens next?";
        this.section.classList.toggle("is-won", game.isWon);
        this.section.classList.toggle("is-lost", game.isOver && !game.isWon);
        this.counts.hidden = !game.isOver && this.version === "broken";
        this.counts.textContent = counted(game.graph.counts);
        // Two steps may do the same, and what is told in the same words is not read aloud again: so each has its number.
        const step = game.way.length ? `Step ${game.way.length}: ` : "";
        const told = `${said}${step}${game.told}${this.#ending()}`;
        say(this.told, told || `Choose with a button, or with the ${keysOf(game.choices.length)}.`);
    }

    #choice(party, does, number) {
        const made = button("play-choice", "", () => this.#take(number));
        made.append(element("kbd", { textContent: String(number + 1) }), ` ${party} `, element("b", { textContent: does }));
        return made;
    }

    /** What has come of it. */
    #ending() {
        if (!this.game.isOver) return "";
        if (this.game.isWon) return ` You have done it: ${this.game.ending} Now try the repaired version.`;
        const again = this.version === "broken" ? " Step back, or start over." : "";
        return ` This is an end, and nothing is wrong: every promise is kept.${again}`;
    }
}

/** How the keys of so many choices are called. */
function keysOf(choices) {
    if (choices === 1) return "key 1";
    return choices === 2 ? "keys 1 and 2" : `keys 1 to ${choices}`;
}
