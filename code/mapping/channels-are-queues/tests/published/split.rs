//! Which tests of a file can be run: those that use nothing which our channel lacks.
//!
//! The files are formatted by rustfmt, so an item ends with a line that has the item's own indentation
//! and closes it. That is enough to take a file apart, and simpler than to parse it. What is kept is kept to the byte.

/// What our channel has not got. Where one of them stands, it is used.
const MISSING: [&str; 2] = ["select_biased!", "Select::"];

/// Why tests are left out that use nothing of that.
const MEETS: &str =
    "lets select meet select at a rendezvous; one that asks in turn never meets another";
const AT_ONCE: &str =
    "wants a select to look at all its channels in one moment; this one looks at each in another";
const LATE: &str =
    "makes the message of a select after the choice; here, as in Go, it is made before";
const FORGETS: &str =
    "expects that items behind one whose drop panics are forgotten; ours are dropped, too";

/// Those tests.
const OTHERS: [(&str, &str, &str); 9] = [
    ("array", "panic_on_drop", FORGETS),
    ("array", "recv_in_send", LATE),
    ("zero", "recv_in_send", LATE),
    ("zero", "fairness", MEETS),
    ("zero", "fairness_duplicates", MEETS),
    ("golang", "chan_test::test_self_select", MEETS),
    ("golang", "chan::main", MEETS),
    ("golang", "chan_test::test_nonblock_select_race", AT_ONCE),
    ("golang", "chan_test::test_nonblock_select_race2", AT_ONCE),
];

/// What is left of a file.
#[derive(Default)]
pub struct Kept {
    /// The file without the tests that cannot be run, nor the functions that only they use.
    pub text: String,
    /// How many tests are in it.
    pub tests: usize,
    /// The tests that are not, with the reason.
    pub left_out: Vec<(String, &'static str)>,
}

/// Leaves out of a file what cannot be run.
pub fn keep(file: &str, text: &str) -> Kept {
    let mut kept = Kept::default();
    keep_items(file, "", text, 0, &mut kept);
    kept
}

/// How many tests are in a text.
pub fn tests(text: &str) -> usize {
    text.lines().filter(|line| line.trim() == "#[test]").count()
}

/// One level of a file: its root, or the inside of a module.
fn keep_items(file: &str, module: &str, text: &str, indent: usize, kept: &mut Kept) {
    let items = items(text, indent);
    let missing = functions_that_use_what_is_missing(&items);
    for item in items {
        if let Some(name) = name_after("mod ", item)
            && item.lines().count() > 1
        {
            let (head, inside, tail) = inside(item);
            kept.text.push_str(head);
            keep_items(file, &format!("{module}{name}::"), inside, indent + 4, kept);
            kept.text.push_str(tail);
            continue;
        }
        let name = name_after("fn ", item);
        let path = format!("{module}{}", name.unwrap_or_default());
        let other = OTHERS
            .iter()
            .find(|other| (other.0, other.1) == (file, &path));
        let why = match (name, other) {
            (Some(_), Some(other)) => Some(other.2),
            (Some(_), None) if uses(item, &missing) => Some("uses select as functions"),
            _ => None,
        };
        match (why, name) {
            (Some(why), _) if tests(item) > 0 => kept.left_out.push((path, why)),
            (Some(_), _) => {} // a function that only such tests can use
            (None, _) => {
                kept.text.push_str(item);
                kept.tests += tests(item);
            }
        }
    }
}

/// The names of helpers that use what is missing, themselves or through another.
fn functions_that_use_what_is_missing<'a>(items: &[&'a str]) -> Vec<&'a str> {
    let helpers = items.iter().filter(|item| tests(item) == 0);
    let helpers: Vec<_> = helpers
        .filter_map(|item| Some((name_after("fn ", item)?, *item)))
        .collect();
    let mut missing: Vec<&str> = Vec::new();
    loop {
        let before = missing.len();
        for (name, item) in &helpers {
            if !missing.contains(name) && uses(item, &missing) {
                missing.push(name);
            }
        }
        if missing.len() == before {
            return missing;
        }
    }
}

/// Whether one of these names, or anything that is missing, stands in an item.
fn uses(item: &str, names: &[&str]) -> bool {
    MISSING.iter().any(|word| has_word(item, word)) || names.iter().any(|name| has_word(item, name))
}

/// Whether a word stands in a text, and not as a part of another one or behind a dot.
fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(start, _)| {
        let before = text[..start].chars().next_back();
        let after = text[start + word.len()..].chars().next();
        let ends = word.ends_with(is_part);
        !(before.is_some_and(|c| is_part(c) || c == '.') || (ends && after.is_some_and(is_part)))
    })
}

/// The items of one level, in order, each with the comments and attributes in front of it.
fn items(text: &str, indent: usize) -> Vec<&str> {
    let (mut items, mut start, mut end) = (Vec::new(), 0, 0);
    for line in text.split_inclusive('\n') {
        end += line.len();
        let is_here = line.len() - line.trim_start().len() == indent;
        let code = line.split("//").next().unwrap_or_default().trim();
        let closes =
            ["}", "};", ");"].contains(&code) || code.ends_with(';') || code.ends_with("{}");
        if is_here && closes {
            items.push(&text[start..end]);
            start = end;
        }
    }
    if start < end {
        items.push(&text[start..]);
    }
    items
}

/// The name that a line of an item gives it, behind this keyword.
fn name_after<'a>(keyword: &str, item: &'a str) -> Option<&'a str> {
    let mut lines = item.lines().map(str::trim);
    let line =
        lines.find(|line| !(line.is_empty() || line.starts_with("//") || line.starts_with('#')))?;
    let line = line.strip_prefix("pub ").unwrap_or(line);
    let rest = line.strip_prefix(keyword)?;
    rest.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .next()
}

/// A module as its first lines, what is in it, and its last line.
fn inside(item: &str) -> (&str, &str, &str) {
    let open = item.find("{\n").map_or(item.len(), |at| at + 2);
    let close = item.trim_end().rfind('\n').map_or(item.len(), |at| at + 1);
    let close = close.max(open);
    (&item[..open], &item[open..close], &item[close..])
}

#[test]
fn what_uses_something_missing_is_left_out_with_its_helpers() {
    let text = "\
use std::thread;

fn helper() {
    select_biased! {}
}

fn caller() {
    helper();
}

#[test]
fn good() {
    // a name within a word: helpers
}

#[test]
fn bad() {
    caller();
}

mod inner {
    use super::*;

    const TRIES: usize = 3; // and a comment

    #[test]
    fn also_bad() {
        Select::new();
    }

    #[test]
    fn also_good() {}
}
";
    let kept = keep("file", text);
    let names: Vec<&str> = kept
        .left_out
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(names, ["bad", "inner::also_bad"]);
    assert_eq!(kept.tests, 2);
    assert!(!kept.text.contains("select_biased!") && !kept.text.contains("fn caller"));
    assert!(kept.text.contains("mod inner {\n    use super::*;\n"));
}
