// The live transport: the server of the book runs the program, and tells as it goes.

import { eventsOf } from "./events.js";

/** The server that serves this page can run programs: it says so by a token. */
export function canRun() {
    return token() !== undefined;
}

/** Why the server did not run something: one sentence. */
export class Refused extends Error {}

/**
 * Runs a program.
 * @param {{program: string, preset: string, params: Record<string, number>}} request
 * @param {AbortSignal} signal  ends the run
 */
export function runLive(request, signal) {
    return asked("/api/run", request, signal);
}

/**
 * Measures a program on the reader's machine.
 * @param {string} program
 * @param {AbortSignal} signal  ends the measurement
 */
export function measureLive(program, signal) {
    return asked("/api/measure", { program }, signal);
}

/** Kills a worker of the program that runs; the server chooses which one. What came of it is an event of the run. */
export async function killWorker() {
    await post("/api/kill", {}).catch(() => {});
}

async function* asked(route, request, signal) {
    const response = await post(route, request, signal).catch(() => {
        signal.throwIfAborted();
        throw new Refused("the server does not answer");
    });
    if (!response.ok) throw new Refused((await response.text()).trim());
    yield* eventsOf(response.body);
}

function post(route, request, signal) {
    const headers = { "Content-Type": "application/json", "X-Workbook-Token": token() };
    return fetch(route, { method: "POST", headers, body: JSON.stringify(request), signal });
}

function token() {
    return document.querySelector('meta[name="workbook-token"]')?.content;
}
