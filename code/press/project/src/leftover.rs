//! What editors leave beside a text: swap files, locks, backups. It is no part of the book.

/// The ends of such names.
const ENDS: [&str; 10] = [
    "~",
    ".bak",
    ".orig",
    ".rej",
    ".swo",
    ".swp",
    ".swx",
    ".tmp",
    "___jb_old___",
    "___jb_tmp___",
];

/// Whether a file or folder of this name is hidden, or a copy that an editor has made for itself.
pub fn is_leftover(name: &str) -> bool {
    // Vim tries with a file 4913 whether it may write; Emacs saves into `#x.md#`.
    let is_emacs = name.len() > 1 && name.starts_with('#') && name.ends_with('#');
    name.starts_with('.')
        || name == "4913"
        || is_emacs
        || ENDS.iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::is_leftover;

    #[test]
    fn leftovers_are_told_from_the_book() {
        for name in [
            ".env",
            ".#idea.md",
            ".idea.md.swp",
            "idea.md.swp",
            "idea.md~",
            "#idea.md#",
            "4913",
            "idea.md.bak",
            "idea.md___jb_tmp___",
            "a.orig",
        ] {
            assert!(is_leftover(name), "{name}");
        }
        for name in [
            "idea.md",
            "#",
            "4913.md",
            "s01-cache.jsonl",
            "a#b.png",
            "über uns.md",
            "swp",
        ] {
            assert!(!is_leftover(name), "{name}");
        }
    }
}
