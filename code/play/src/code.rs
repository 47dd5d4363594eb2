//! The code of a party: lines of a real file, found by the marks that the chapters include by.

/// The lines between `ANCHOR: name` and its end, without the indentation that all share, and without marks of others.
///
/// # Panics
///
/// If the text has no such piece: the models are tested, and their files are compiled into them.
pub fn piece(text: &str, anchor: &str) -> Vec<String> {
    let is = |line: &str, mark: &str| {
        let comment = line.trim().strip_prefix("// ");
        comment.and_then(|comment| comment.strip_prefix(mark)) == Some(anchor)
    };
    let lines = (text.lines()).skip_while(|line| !is(line, "ANCHOR: "));
    let inside: Vec<&str> = (lines.skip(1))
        .take_while(|line| !is(line, "ANCHOR_END: "))
        .filter(|line| !line.trim().starts_with("// ANCHOR"))
        .collect();
    assert!(!inside.is_empty(), "there is no `ANCHOR: {anchor}`");
    let filled = inside.iter().filter(|line| !line.trim().is_empty());
    let indent = (filled
        .map(|line| line.len() - line.trim_start().len())
        .min())
    .unwrap_or(0);
    (inside.iter())
        .map(|line| line.get(indent..).unwrap_or("").to_owned())
        .collect()
}

/// Which of the lines has this in it.
///
/// # Panics
///
/// If it is not exactly one.
pub fn line_with(code: &[String], part: &str) -> usize {
    let mut found = (0..code.len()).filter(|number| code[*number].contains(part));
    match (found.next(), found.next()) {
        (Some(number), None) => number,
        (None, _) => panic!("no line has `{part}`:\n{}", code.join("\n")),
        (Some(_), Some(_)) => panic!("several lines have `{part}`:\n{}", code.join("\n")),
    }
}
