// What counts as the same answer.

/** A word or two: case, blanks, punctuation and an article in front do not matter. */
export function plain(text) {
    const lower = text.normalize("NFKC").toLowerCase().trim().replace(/^(an?|the)\s+/, "");
    return lower.replace(/[^\p{L}\p{N}]/gu, "") || lower;
}

/** What a program prints: blanks at the ends of lines and empty lines at the end do not matter. */
export function printed(text) {
    const lines = text.split("\n").map((line) => line.trim().replace(/\s+/g, " "));
    return lines.join("\n").trim();
}
