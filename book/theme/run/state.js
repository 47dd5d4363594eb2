// What is known of a run after so many events: what the chart and the texts of a panel are made of.

/** How many lines of output are kept: more than anybody scrolls through. */
const LINES_MAX = 2000;

/** One run, as far as it has come. */
export class RunState {
    /** @param {string} name what is run, for the legend */
    constructor(name) {
        this.name = name;
        /** Throughput: `{t_s, value}`, in lines a second. */
        this.rate = [];
        /** By stage: `{t_s, depth, capacity, workers, busy}`. */
        this.stages = new Map();
        /** Lines that were printed. */
        this.lines = [];
        this.left_out = 0;
        this.began_ms = 0;
        this.last_ms = 0;
        this.recording = null;
        this.command = null;
        this.end = null;
        this.exit = null;
    }

    /** Takes one more event. */
    hear(event) {
        this.last_ms = Math.max(this.last_ms, event.t_ms);
        const t_s = (event.t_ms - this.began_ms) / 1000;
        switch (event.event) {
            case "recording": this.recording = event; break;
            case "command": this.command = event.command; break;
            case "start": this.began_ms = event.t_ms; break;
            case "progress": this.rate.push({ t_s, value: event.lines_per_s }); break;
            case "stage": this.#stage(event, t_s); break;
            case "output": this.#line(event.text, event.stream === "err"); break;
            case "end": this.end = event; break;
            case "exit": this.exit = event; break;
        }
    }

    /** The seconds that it has lasted, from its first byte of input. */
    get seconds() {
        return Math.max(0, (this.last_ms - this.began_ms) / 1000);
    }

    /** Whether there is something to draw. */
    get hasChart() {
        return this.rate.length > 1;
    }

    #stage({ name, depth, capacity, workers, busy }, t_s) {
        if (!this.stages.has(name)) this.stages.set(name, []);
        this.stages.get(name).push({ t_s, depth, capacity, workers, busy });
    }

    #line(text, is_error) {
        this.lines.push({ text, is_error });
        if (this.lines.length > LINES_MAX) {
            this.lines.shift();
            this.left_out += 1;
        }
    }
}
