//! How much room a text takes. The reader's font is not known when a chart is drawn.

/// About how wide a text is, rather too wide.
pub fn width_of(text: &str, size: f64) -> i32 {
    let ems: f64 = text
        .chars()
        .map(|c| match c {
            'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | ' ' | '\u{a0}' | '/' => 0.32,
            'm' | 'w' | 'M' | 'W' | '%' => 0.9,
            'A'..='Z' => 0.68,
            _ => 0.58,
        })
        .sum();
    (ems * size).ceil() as i32
}

/// A text in rows that are no wider than that, as far as its words allow.
pub fn wrapped(text: &str, size: f64, width: i32) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match rows.last_mut() {
            Some(row) if width_of(&format!("{row} {word}"), size) <= width => {
                row.push(' ');
                row.push_str(word);
            }
            _ => rows.push(word.to_owned()),
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: f64 = 12.0;

    #[test]
    fn a_long_text_takes_several_rows() {
        assert_eq!(wrapped("one thread: 5", SIZE, 200), ["one thread: 5"]);
        assert_eq!(wrapped("one thread: 5", SIZE, 60), ["one", "thread: 5"]);
    }
}
