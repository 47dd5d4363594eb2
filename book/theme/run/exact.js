// Whether a report is exact although a worker was killed: what it says of itself, and the report of a run that was left alone.

import { count } from "./numbers.js";

/** The parameter by which a worker is killed. */
const KILL = /\bkill=\d+/;

/** Whether a program has workers that can be killed. */
export function hasWorkers({ parameters }) {
    return parameters.some(({ name }) => name === "kill");
}

/** The name of the recording in which nothing is killed. */
export function undisturbed(point) {
    return point.replace(KILL, "kill=0");
}

/**
 * What came of a run in which a worker was killed, in words; nothing if none was.
 * @param {import("./state.js").RunState} run
 * @param {import("./events.js").RunEvent[]} others  the events of the run that was left alone
 */
export function exactness({ kills, end }, others) {
    if (!kills.some(({ done }) => done)) return "";
    if (!end) return " A worker was killed, and there is no report: without its answers it would be wrong.";
    const { lines, malformed, hits_total, rows_total, digest } = end;
    const sum = hits_total + malformed === lines
        ? `each of ${count(lines)} lines is counted once`
        : `of ${count(lines)} lines ${count(hits_total + malformed)} are counted`;
    const other = others.find(({ event }) => event === "end");
    if (!other?.digest) return ` A worker was killed: ${sum}.`;
    return digest === other.digest
        ? ` A worker was killed, and the report is exact: ${sum}, and all ${count(rows_total)} rows are those of the run that was left alone.`
        : ` A worker was killed, and the report is wrong: ${sum}, and its rows are not those of the run that was left alone.`;
}
