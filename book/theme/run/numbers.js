// Numbers as people read them.

/** Three significant digits, with a word for what is large: `32,900`, `1.05 million`. */
export function quantity(value) {
    if (!Number.isFinite(value)) return "–";
    return value >= 1e6 ? `${significant(value / 1e6)} million` : significant(value);
}

/** The same in little room, for an axis, as on the book's other charts: `20,000`, `100 k`, `2.5 M`. */
export function short(value) {
    if (value >= 1e6) return `${significant(value / 1e6)}\u00a0M`;
    return value >= 1e5 ? `${significant(value / 1e3)}\u00a0k` : significant(value);
}

/** All digits of a count. */
export function count(value) {
    return new Intl.NumberFormat("en").format(value);
}

/** A time in seconds, always with as many digits, so that it does not jump. */
export function seconds(value) {
    return `${value.toFixed(value < 99.95 ? 1 : 0)} s`;
}

function significant(value) {
    return new Intl.NumberFormat("en", { maximumSignificantDigits: 3 }).format(value);
}
