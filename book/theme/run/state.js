// What is known of a run after so many events: what the chart and the texts of a panel are made of.

/**
 * @typedef {object} Look  a look at a stage
 * @property {number} t_s
 * @property {number} depth     messages that wait
 * @property {number} capacity  places for them; none if there is no queue
 * @property {number} workers
 * @property {number} busy      the share of the workers' time
 */

/** The last look may be an instant after the one before it: no time to count anything in. */
const APART_MIN_S = 0.04;

/** One run, as far as it has come. */
export class RunState {
    /**
     * @param {string} name  what is run, for the legend
     * @param {import("./fields.js").Choice} choice  the same, to be compared
     */
    constructor(name, choice) {
        this.name = name;
        this.choice = choice;
        /** Where it runs: a recording says on which machine, and nothing is this one. */
        this.machine = null;
        /** Throughput: `{t_s, value}`, in lines a second. */
        this.rate = [];
        /** @type {Map<string, Look[]>} */
        this.stages = new Map();
        this.lines = 0;
        this.began_ms = null;
        this.last_ms = 0;
        /** Workers that were killed, or were to be: `{t_s, done}`. */
        this.kills = [];
        this.end = null;
        this.exit = null;
        /** Whether nothing more will be heard of it. */
        this.isOver = false;
    }

    /** Takes one more event. */
    hear(event) {
        this.last_ms = Math.max(this.last_ms, event.t_ms);
        const t_s = (event.t_ms - (this.began_ms ?? 0)) / 1000;
        switch (event.event) {
            case "recording": this.machine = event.machine.cpu; break;
            case "start": this.began_ms = event.t_ms; break;
            case "progress": this.#progress(event, t_s); break;
            case "stage": this.#stage(event, t_s); break;
            case "kill": this.kills.push({ t_s, done: event.done }); break;
            case "end": this.#end(event); break;
            case "exit": this.exit = event; break;
        }
    }

    /** The seconds that it has lasted, from its first byte of input. */
    get seconds() {
        return this.end?.seconds ?? Math.max(0, (this.last_ms - (this.began_ms ?? 0)) / 1000);
    }

    /** Lines a second from the start until now: at the end it is the result. */
    get lines_per_s() {
        return this.seconds > 0 ? this.lines / this.seconds : 0;
    }

    /** Whether there is something to draw. */
    get hasChart() {
        return this.rate.length > 0;
    }

    #progress({ lines, lines_per_s }, t_s) {
        this.lines = lines;
        const apart_s = t_s - (this.rate.at(-1)?.t_s ?? 0);
        if (apart_s < APART_MIN_S) return;
        // A look tells of the time since the one before it, the first one of the time since the start.
        if (this.rate.length === 0) this.rate.push({ t_s: 0, value: lines_per_s });
        this.rate.push({ t_s, value: lines_per_s });
    }

    #stage({ name, depth, capacity, workers, busy }, t_s) {
        if (!this.stages.has(name)) this.stages.set(name, []);
        this.stages.get(name).push({ t_s, depth, capacity, workers, busy });
    }

    /** A run that ended before anybody looked has a line all the same: what it did in the mean. */
    #end(event) {
        this.end = event;
        this.lines = event.lines;
        if (this.rate.length > 2 || !(event.seconds > 0)) return;
        const value = event.lines / event.seconds;
        this.rate = [{ t_s: 0, value }, { t_s: event.seconds, value }];
    }
}
