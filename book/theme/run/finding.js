// What came of a run, in a sentence: what moved, by how much, against what.

import { count, quantity } from "./numbers.js";
import { difference } from "./question.js";

/** By such a factor a run differs from another one. Less is what the same run would do the next time. */
const MOVED = 1.1;
/** A queue is counted with this in it, or one that is empty now and then would be many times as long as one that never is. */
const NEARLY_NONE = 1;

/** @typedef {import("./state.js").RunState} RunState */

/**
 * @param {RunState} run
 * @param {RunState | null} earlier  the run that it is compared with
 * @param {boolean} isReplay
 */
export function finding(run, earlier, isReplay) {
    const { exit } = run;
    if (!exit) return "It has ended.";
    if (exit.why === "failed") return `It could not be run: ${exit.text}.`;
    if (exit.why !== "ended" || exit.code !== 0) return `It ${exit.text}.`;
    const time = `in ${run.seconds.toFixed(2)} s${isReplay ? " when it was recorded" : ""}`;
    const changed = earlier && isComparable(run, earlier) ? difference(run.choice, earlier.choice) : "";
    if (!run.hasChart) {
        return changed
            ? `${capital(changed)}: done ${time}, and not in ${earlier.seconds.toFixed(2)} s.`
            : `It was done ${time}.`;
    }
    const whole = `${count(run.lines)} lines ${time}`;
    return changed
        ? `${capital(changed)}: ${moved(run, earlier)} (${whole}).`
        : `It handled ${quantity(run.lines_per_s)} lines/s: ${whole}.`;
}

/** Two runs of one kind, on one machine. */
function isComparable(run, earlier) {
    return earlier.exit?.code === 0 && run.machine === earlier.machine && run.hasChart === earlier.hasChart;
}

/** What moved the most; the lines a second before anything else. */
function moved(run, earlier) {
    const [now, before] = [run.lines_per_s, earlier.lines_per_s];
    if (isMoved(now, before)) {
        return `${factor(now / before)} × the lines a second, ${quantity(now)} instead of ${quantity(before)}`;
    }
    const others = [...run.stages].flatMap(([name, looks]) => {
        const old = earlier.stages.get(name);
        if (!old) return [];
        // A number of workers that was chosen has not moved; one that a controller chose has.
        const crew = isSteady(looks) && isSteady(old) ? [] : [{
            ratio: mean(looks, "workers") / mean(old, "workers"),
            words: `${name} has ${few(mean(looks, "workers"))} workers on average instead of ${few(mean(old, "workers"))}`,
        }];
        return [...crew, {
            ratio: (mean(looks, "depth") + NEARLY_NONE) / (mean(old, "depth") + NEARLY_NONE),
            words: `${few(mean(looks, "depth"))} wait for ${name} on average instead of ${few(mean(old, "depth"))}`,
        }];
    });
    const size = ({ ratio }) => Math.abs(Math.log(ratio));
    const most = others.toSorted((one, other) => size(other) - size(one))[0];
    const same = `the lines a second stay as they were, ${quantity(now)}`;
    return most && size(most) >= Math.log(MOVED) ? `${same}; ${most.words}` : same;
}

function isSteady(looks) {
    return looks.every(({ workers }) => workers === looks[0].workers);
}

function isMoved(now, before) {
    return now > 0 && before > 0 && Math.abs(Math.log(now / before)) >= Math.log(MOVED);
}

function mean(looks, what) {
    return looks.reduce((sum, look) => sum + look[what], 0) / looks.length;
}

/** `4.9`, `0.21`, `120`. */
function factor(ratio) {
    return new Intl.NumberFormat("en", { maximumSignificantDigits: ratio < 100 ? 2 : 3 }).format(ratio);
}

/** A mean of a small count: `0.4`, `12`. */
function few(value) {
    return new Intl.NumberFormat("en", { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}

function capital(text) {
    return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
