// What is remembered from one load to the next. A browser may refuse: then nothing is remembered, and all else works.

/** @returns {any} what was written, or null */
export function read(key) {
    try {
        return JSON.parse(localStorage.getItem(key));
    } catch {
        return null;
    }
}

export function write(key, value) {
    try {
        localStorage.setItem(key, JSON.stringify(value));
    } catch {
        // Nothing is lost but the memory.
    }
}
