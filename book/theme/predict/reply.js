// Which reply a bet gets.

/**
 * @param {HTMLElement} section  the prediction, with what it was in its attributes, and its replies
 * @param {number} bet  a number, or of choices which it was
 */
export function replyTo(section, bet) {
    const asked = section.dataset;
    if (asked.type === "choice") return String(bet);
    const truth = Number(asked.truth);
    if (Math.max(bet / truth, truth / bet) <= Number(asked.within)) return "right";
    // On the other side of one there may be a reply of its own: a bet on a gain, and it was a loss.
    const has = (reply) => asked.ratio === "true" && section.querySelector(`[data-reply="${reply}"]`) !== null;
    if (bet > 1 && truth < 1 && has("slower")) return "slower";
    if (bet < 1 && truth > 1 && has("faster")) return "faster";
    return (bet > truth) === (asked.more === "better") ? "hopeful" : "careful";
}

/** Whether a bet was right, in a word or two: what a reader wants to know first. */
export function verdictOn(section, bet, reply) {
    const asked = section.dataset;
    if (asked.type === "choice") return reply === asked.right ? "✓ Right." : "✗ Not so.";
    if (reply === "right") return "✓ About right.";
    return bet > Number(asked.truth) ? "✗ Too high." : "✗ Too low.";
}
