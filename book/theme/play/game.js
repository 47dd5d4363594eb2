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
        /** The keys of the steps that were taken. */
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

    /** Whether a promise is broken, which was to be brought about. */
    get isBad() {
        return isBad(this.position);
    }

    /** What can happen next: the key that takes it, whose step it is, and what it does. */
    get choices() {
        const { texts, parties } = this.graph;
        return this.position.choices.map(({ key, party, does }) => ({ key, party: parties[party].name, does: texts[does] }));
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

    /** Takes the step of that key; whether there was one. */
    take(key) {
        const choice = choiceOf(this.position, key);
        if (!choice) return false;
        this.way.push(key);
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

    /** The last step: whose it was, and what is told of it; nothing at the beginning. */
    get last() {
        if (this.way.length === 0) return null;
        const { positions, texts } = this.graph;
        const { party, told } = choiceOf(positions[this.passed.at(-2)], this.way.at(-1));
        return { party, told: texts[told] };
    }

    /** What has come of it, if a promise is broken. */
    get ending() {
        return this.isBad ? this.graph.promises[this.position.end.bad][1] : "";
    }

    /** What is promised, and whether it is broken. A position that breaks one promise breaks no other: a test of the models says so. */
    get promises() {
        const broken = this.isBad ? this.position.end.bad : -1;
        return this.graph.promises.map(([says], number) => ({ says, isBroken: number === broken }));
    }

    /** The keys that lead from here to the nearest bad end; nothing if none does. */
    shortest() {
        const { positions } = this.graph;
        const start = this.passed.at(-1);
        const from = new Map([[start, null]]);
        // What is added while it is walked is walked, too.
        for (const here of from.keys()) {
            if (isBad(positions[here])) return wayTo(from, here);
            for (const { key, to } of positions[here].choices) {
                if (!from.has(to)) from.set(to, { here, key });
            }
        }
        return null;
    }
}

function isBad({ end }) {
    return end !== null && typeof end === "object";
}

function choiceOf({ choices }, key) {
    return choices.find((choice) => choice.key === key);
}

function wayTo(from, end) {
    const way = [];
    for (let step = from.get(end); step !== null; step = from.get(step.here)) way.unshift(step.key);
    return way;
}
