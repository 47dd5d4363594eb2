// What is heard of a run, live or recorded: objects with `event` and `t_ms`, one a line.

/**
 * From a step: start, progress, stage, directory, latency, staleness, end. From the tool: recording (who, where and when),
 * building (a line of cargo's), command, output (a line that was printed), kill (of a worker), measuring, exit (always the last). From
 * play.js: fallback (from here on it is a recording, and why).
 *
 * @typedef {object} RunEvent
 * @property {"start"|"progress"|"stage"|"directory"|"latency"|"staleness"|"end"|"recording"|"building"|"command"|"output"|"kill"|"measuring"|"exit"|"fallback"} event  its kind
 * @property {number} t_ms   milliseconds since the program was started
 */

/**
 * The events in a stream of bytes, as they come. What is not an event is left out.
 * @param {ReadableStream<Uint8Array>} stream
 * @returns {AsyncGenerator<RunEvent>}
 */
export async function* eventsOf(stream) {
    const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    try {
        for (;;) {
            const { done, value } = await reader.read();
            const lines = (rest + (value ?? "")).split("\n");
            rest = done ? "" : lines.pop();
            yield* lines.map(parsed).filter((event) => event !== null);
            if (done) return;
        }
    } finally {
        // Whoever has heard enough ends the stream, and with it the run.
        reader.cancel().catch(() => {});
    }
}

/** @returns {RunEvent | null} */
export function parsed(line) {
    try {
        const event = JSON.parse(line);
        return typeof event?.event === "string" && Number.isFinite(event.t_ms) ? event : null;
    } catch {
        return null;
    }
}
