// The words of a play: how a promise stands, and what is said before the first step and at an end.

/** Before the first step. */
export const INVITATION = "Choose a step with its button, or with the key of its number.";

/** What the shortest way is asked for by. */
export const SHOW = "Show the shortest way to break it";

/** How a promise stands. Of an end nothing is "so far"; and what was kept by luck is not safe. */
export function standing(game, version, isBroken) {
    if (isBroken) return "broken";
    if (!game.isOver) return "holds so far";
    if (game.isBad) return "not broken";
    return version === "broken" ? "kept this time" : "kept";
}

/** What has come of it, if it is over; `isShown` if it was not the reader who chose. */
export function ending(game, version, isShown) {
    if (!game.isOver) return "";
    if (game.isBad) return `${isShown ? "That is how." : "You have done it."} ${game.ending}`;
    if (version === "broken") {
        return "This is an end, and every promise is kept this time. That was luck, not safety: other orders break one. "
            + "Step back, or start over.";
    }
    const kept = game.promises.map(({ says }) => says).join("; ");
    return `This is an end, and every promise is kept: ${kept}.`;
}
