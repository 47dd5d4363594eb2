// Keeps the screen from going dark while somebody talks. A browser gives up the lock whenever the page is hidden, and
// some have none: then nothing happens, and the speaker view says so.

/** @param {(isHeld: boolean) => void} told  is told whenever that changes */
export function keepAwake(told = () => {}) {
    const ask = async () => {
        if (document.visibilityState !== "visible") return;
        try {
            const lock = await navigator.wakeLock.request("screen");
            told(true);
            lock.addEventListener("release", () => told(false));
        } catch {
            told(false);
        }
    };
    document.addEventListener("visibilitychange", ask);
    ask();
}
