// A run from its first event to its last, by whichever transport can.

import { Refused, canRun, runLive } from "./live.js";
import { recording, replay } from "./recorded.js";

/**
 * Runs live where that is possible. When it fails, the recording goes on from the moment that the live run had come to.
 * @param {{program: string, preset: string, params: Record<string, number>}} request
 * @param {string} point  the name of the nearest recording
 * @param {AbortSignal} signal  ends it
 * @returns {AsyncGenerator<import("./events.js").RunEvent>}
 */
export async function* play(request, point, signal) {
    let t_ms = 0;
    if (canRun()) {
        // While there is a server.
        recording(request.program, point).catch(() => {});
        try {
            for await (const event of runLive(request, signal)) {
                // It was not stopped from here: the server itself is going away.
                if (event.event === "exit" && event.why === "stopped") break;
                t_ms = Math.max(t_ms, event.t_ms);
                yield event;
                if (event.event === "exit") return;
            }
            throw new Error("the stream has ended before the run");
        } catch (error) {
            signal.throwIfAborted();
            const text = error instanceof Refused ? error.message : "the server does not answer";
            yield { event: "fallback", t_ms, text };
        }
    }
    yield* replay(await recording(request.program, point), t_ms, signal);
}
