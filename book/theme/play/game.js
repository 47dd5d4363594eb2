// A play as it goes on: where it stands, how it came there, and what can be done. It knows nothing of the page.

/**
 * @typedef {object} Graph  all that can happen in one version, as the tool has explored it
 * @property {{name: string, code: string[]}[]} parties
 * @property {string[]} shown       the names of what the parties share
 * @property {string[][]} promises  each with what is told when it is broken
 * @property {string[]} texts
 * @property {object[]} positions   the first is the beginning
 * @property {object} counts
 */

export class Game {
    /** @param {Graph} graph */
    constructor(graph) {
        this.graph = graph;
        /** The choices that were taken, from 0. */
        this.way = [];
        /** The positions that were passed, and the one that it stands at. */
        this.passed = [0];
    }

    get position() {
        return this.graph.positions[this.passed.at(-1)];
    }

    get isOver() {
        return this.position.end !== null;
    }

    /** Whether the reader has what was to be brought about. */
    get isWon() {
        return typeof this.position.end === "object" && this.position.end !== null;
    }

    /** What can happen next: whose step it is, and what it does. */
    get choices() {
        const { texts, parties } = this.graph;
        return this.position.choices.map(({ party, does }) => ({ party: parties[party].name, does: texts[does] }));
    }

    /** The values of what is shown, and whether the last step has changed them. */
    get values() {
        const { texts, shown, positions } = this.graph;
        const before = positions[this.passed.at(-2) ?? this.passed.at(-1)];
        return this.position.values.map((value, at) => ({
            name: shown[at],
            value: texts[value],
            isNew: value !== before.values[at],
        }));
    }

    /** Takes a step; whether there was one of that number, from 0. */
    take(number) {
        const choice = this.position.choices[number];
        if (!choice) return false;
        this.way.push(number);
        this.passed.push(choice.to);
        return true;
    }

    back() {
        if (this.way.length === 0) return;
        this.way.pop();
        this.passed.pop();
    }

    restart() {
        this.way = [];
        this.passed = [0];
    }

    /** What the last step has done. */
    get told() {
        const number = this.way.at(-1);
        if (number === undefined) return "";
        const { positions, texts } = this.graph;
        return texts[positions[this.passed.at(-2)].choices[number].told];
    }

    /** What has come of it, if it is over and won. */
    get ending() {
        return this.isWon ? this.graph.promises[this.position.end.bad][1] : "";
    }

    /** What is promised, and how it stands. A position that breaks one promise breaks no other: a test of the models says so. */
    get promises() {
        const broken = this.isWon ? this.position.end.bad : -1;
        return this.graph.promises.map(([says], number) => {
            const isBroken = number === broken;
            const kept = this.isOver && !this.isWon ? "kept" : "holds so far";
            return { says, isBroken, stands: isBroken ? "broken" : kept };
        });
    }

    /** The choices that lead from here to the nearest bad end; nothing if none does. */
    shortest() {
        const { positions } = this.graph;
        const start = this.passed.at(-1);
        const from = new Map([[start, null]]);
        // What is added while it is walked is walked, too.
        for (const here of from.keys()) {
            const { end, choices } = positions[here];
            if (end !== null && typeof end === "object") return wayTo(from, here);
            choices.forEach(({ to }, number) => {
                if (!from.has(to)) from.set(to, { here, number });
            });
        }
        return null;
    }
}

function wayTo(from, end) {
    const way = [];
    for (let step = from.get(end); step !== null; step = from.get(step.here)) way.unshift(step.number);
    return way;
}
