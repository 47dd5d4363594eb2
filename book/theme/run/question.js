// What an idle panel asks: what becomes of its run if one thing is another.

import { withUnit } from "./slider.js";

/** @typedef {import("./fields.js").Menu} Menu */
/** @typedef {import("./fields.js").Parameter} Parameter */

/**
 * Of what can be chosen, the change that is worth a bet: more of the first number that has more than one recording, or less of
 * it if the most is usual; or the second input, if there are no numbers.
 * @param {Menu} menu
 * @returns {{preset?: string, params: Record<string, number>, words: string} | null}
 */
export function questionOf({ parameters, presets }) {
    const parameter = parameters.find(({ recorded, default: usual }) => recorded.some((value) => value !== usual));
    if (parameter) {
        const { name, recorded, default: usual } = parameter;
        const most = recorded.at(-1);
        const other = most > usual ? most : recorded[0];
        return { params: { [name]: other }, words: compared(parameter, other, usual) };
    }
    const [usual, other] = presets;
    return other ? { preset: other.name, params: {}, words: `${other.label} instead of ${usual.label}` } : null;
}

/**
 * `64 workers instead of 8`, `distance 2000 µs instead of 500 µs`.
 * @param {Parameter} parameter
 */
export function compared({ label, unit, zero }, now, before) {
    const [value, other] = [now, before].map((each) => withUnit(each, unit, zero));
    if (unit) return `${label} ${value} instead of ${other}`;
    return `${value} ${now === 1 ? one(label) : label} instead of ${other}`;
}

/** `places in a queue`, of which there is one. */
function one(label) {
    return label.replace(/^(?!times\b)(\w+)s\b/, "$1");
}

/**
 * What was chosen otherwise for one run than for another, in words; nothing if nothing was.
 * @param {import("./fields.js").Choice} now
 * @param {import("./fields.js").Choice} before
 */
export function difference(now, before) {
    const words = now.program === before.program ? [] : [`${now.program} instead of ${before.program}`];
    if (now.program === before.program && now.preset.name !== before.preset.name) {
        words.push(`${now.preset.label} instead of ${before.preset.label}`);
    }
    for (const { parameter, value } of now.numbers) {
        const other = before.numbers.find((number) => number.parameter.name === parameter.name);
        if (other && other.value !== value) words.push(compared(parameter, value, other.value));
    }
    return words.join(", ");
}
