// Numbers as people read them.

/** Three significant digits, with a word for what is large: `32,900`, `1.05 million`. */
export function quantity(value) {
    if (!Number.isFinite(value)) return "–";
    if (value >= 1e6) return `${significant(value / 1e6)} million`;
    return significant(value);
}

/** A time in seconds. */
export function seconds(value) {
    return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} s`;
}

function significant(value) {
    return new Intl.NumberFormat("en", { maximumSignificantDigits: 3 }).format(value);
}
