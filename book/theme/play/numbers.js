// What was counted when a version was explored, in a sentence.

const grouped = (number) => number.toLocaleString("en");

/** Schedules, states, bad ends. */
export function counted({ schedules, bad_schedules, states, shortest }) {
    const all = `There are ${grouped(schedules)} schedules, through ${grouped(states)} states`;
    if (bad_schedules === 0) return `${all}; none leads to a bad end.`;
    const bad = bad_schedules === 1 ? "one of them leads" : `${grouped(bad_schedules)} of them lead`;
    return `${all}; ${bad} to a bad end. The shortest takes ${shortest} steps.`;
}
