// The recorded transport: a run that was kept, with its real timing.

import { eventsOf } from "./events.js";

/**
 * Replays a recording.
 * @param {string} address of the recording
 * @param {number} from_ms what was before is told at once
 * @param {AbortSignal} signal ends it
 */
export async function* replay(address, from_ms, signal) {
    const response = await fetch(address, { signal });
    if (!response.ok) throw new Error(`there is no recording ${address}`);
    const began = performance.now() - from_ms;
    for await (const event of eventsOf(response.body)) {
        await until(began + event.t_ms, signal);
        yield event;
    }
}

/** Waits until the clock shows a time, or for no longer than until the signal. */
function until(at, signal) {
    const wait = at - performance.now();
    if (wait <= 0) return signal.throwIfAborted();
    return new Promise((resolve, reject) => {
        const timer = setTimeout(resolve, wait);
        signal.addEventListener("abort", () => {
            clearTimeout(timer);
            reject(signal.reason);
        }, { once: true });
    });
}
