// The recorded transport: runs that were kept, with their real timing.

import { parsed } from "./events.js";

/** They lie beside the theme, wherever the book is. */
const FOLDER = new URL("../../results/runs/", import.meta.url);

/** What was loaded stays: it must be there when the server no longer is. */
const loaded = new Map();

/**
 * A recording's events. The first says who ran what, where and when.
 * @param {string} program
 * @param {string} point  which of its runs
 * @returns {Promise<import("./events.js").RunEvent[]>}
 */
export function recording(program, point) {
    const address = new URL(`${program}/${point}.jsonl`, FOLDER).href;
    if (!loaded.has(address)) {
        const loading = load(address);
        loading.catch(() => loaded.delete(address));
        loaded.set(address, loading);
    }
    return loaded.get(address);
}

async function load(address) {
    const response = await fetch(address).catch(() => null);
    if (!response?.ok) throw new Error("the recording of this run cannot be loaded");
    const lines = (await response.text()).split("\n");
    return lines.map(parsed).filter((event) => event !== null);
}

/**
 * Replays a recording.
 * @param {import("./events.js").RunEvent[]} events
 * @param {number} from_ms  what was before is told at once
 * @param {AbortSignal} signal  ends it
 */
export async function* replay(events, from_ms, signal) {
    const began = performance.now() - from_ms;
    for (const event of events) {
        await until(began + event.t_ms, signal);
        yield event;
    }
}

/** Waits until the clock shows a time, or for no longer than until the signal. */
async function until(at, signal) {
    signal.throwIfAborted();
    const wait = at - performance.now();
    if (wait <= 0) return;
    await new Promise((resolve) => {
        const timer = setTimeout(resolve, wait);
        signal.addEventListener("abort", resolve, { once: true });
        signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
    });
    signal.throwIfAborted();
}
