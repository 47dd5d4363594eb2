// What a slide shows of a run: plain values, which can be sent to the speaker's window.

import { count, quantity, seconds } from "../run/numbers.js";

/** More points than these are not told apart on a slide. */
const POINTS_MAX = 240;
/** What a run of several processes prints of them. */
const OF_WORKERS = /^(?:a worker was killed|worker \d+.* is (?:lost|at work))/;

/**
 * @typedef {object} Run
 * @property {string} name
 * @property {string} number   lines a second, in large letters
 * @property {string} unit     `lines a second`, perhaps in millions
 * @property {string} amount   `4,000 lines in 2.5 s`
 * @property {number} seconds
 * @property {{t_s: number, value: number}[]} rate
 * @property {{name: string, busy: number, most: number, workers: {t_s: number, value: number}[]}[]} stages
 * @property {number[]} kills  when workers were killed, in seconds
 *
 * @typedef {object} View
 * @property {boolean} isBusy
 * @property {{word: string, source: string}} origin
 * @property {string} said
 * @property {string[]} printed
 * @property {Run | null} run
 * @property {Run | null} earlier
 */

/** @type {View} before anything has run */
export const IDLE = { isBusy: false, origin: { word: "", source: "" }, said: "", printed: [], run: null, earlier: null };

/**
 * @param {object} seen  what a panel tells: `run-seen`
 * @returns {View}
 */
export function viewOf({ run, earlier, isBusy, origin, said, printed }) {
    const word = origin.word === "LIVE" ? "LIVE" : "REPLAY";
    return {
        isBusy,
        origin: { word, source: origin.source },
        said: saidOf(said),
        printed: printed.filter((line) => OF_WORKERS.test(line)).map(short),
        run: runOf(run),
        earlier: runOf(earlier),
    };
}

/** Only what is not seen: why it cannot go on live, and what became of a report whose worker was killed. */
function saidOf(said) {
    const exact = said.indexOf("A worker was killed, and");
    if (exact >= 0) return said.slice(exact);
    return /cannot|could not|ended with|failed/i.test(said) ? said : "";
}

function short(line) {
    return line.replace(/ \(process \d+\)/, "").replace(" of lookup", "").replace(/it ended early, with signal: 9 \((\w+)\)/, "$1");
}

function runOf(run) {
    if (!run?.hasChart) return null;
    const isMillions = run.lines_per_s >= 1e6;
    return {
        name: run.name,
        number: isMillions ? quantity(run.lines_per_s).replace(" million", "") : quantity(run.lines_per_s),
        unit: isMillions ? "million lines a second" : "lines a second",
        amount: `${count(run.lines)} lines in ${seconds(run.seconds)}`,
        seconds: run.seconds,
        rate: thinned(run.rate),
        stages: [...run.stages].map(([name, looks]) => ({
            name,
            busy: looks.at(-1).busy,
            most: Math.max(...looks.map(({ workers }) => workers)),
            workers: thinned(looks.map(({ t_s, workers }) => ({ t_s, value: workers }))),
        })),
        kills: run.kills.filter(({ done }) => done).map(({ t_s }) => t_s),
    };
}

function thinned(points) {
    const every = Math.ceil(points.length / POINTS_MAX);
    return points.filter((_, at) => at % every === 0 || at === points.length - 1);
}
