//! The keys of a keyboard, as the browser's debugging protocol wants to be told of them.

use serde_json::{Value, json};

/// The event of a key that is pressed: `Tab`, `Enter`, `ArrowLeft`, or a letter.
pub fn pressed(key: &str) -> Value {
    let (code, number, text) = match key {
        "Backspace" => ("Backspace".into(), 8, ""),
        "Tab" => ("Tab".into(), 9, ""),
        "Enter" => ("Enter".into(), 13, "\r"),
        "Escape" => ("Escape".into(), 27, ""),
        " " => ("Space".into(), 32, " "),
        "PageUp" => ("PageUp".into(), 33, ""),
        "PageDown" => ("PageDown".into(), 34, ""),
        "End" => ("End".into(), 35, ""),
        "Home" => ("Home".into(), 36, ""),
        "ArrowLeft" => ("ArrowLeft".into(), 37, ""),
        "ArrowUp" => ("ArrowUp".into(), 38, ""),
        "ArrowRight" => ("ArrowRight".into(), 39, ""),
        "ArrowDown" => ("ArrowDown".into(), 40, ""),
        "." => ("Period".into(), 190, key),
        "," => ("Comma".into(), 188, key),
        "+" => ("Equal".into(), 187, key),
        "-" => ("Minus".into(), 189, key),
        "?" => ("Slash".into(), 191, key),
        _ => character(key),
    };
    let kind = if text.is_empty() {
        "rawKeyDown"
    } else {
        "keyDown"
    };
    json!({ "type": kind, "key": key, "code": code, "windowsVirtualKeyCode": number, "text": text })
}

/// A letter or a digit.
fn character(key: &str) -> (String, u32, &str) {
    let character = key.chars().next().expect("a key");
    assert!(
        key.len() == 1 && character.is_ascii_alphanumeric(),
        "the tests have no key {key}"
    );
    let upper = character.to_ascii_uppercase();
    let kind = if upper.is_ascii_digit() {
        "Digit"
    } else {
        "Key"
    };
    (format!("{kind}{upper}"), u32::from(upper), key)
}

/// The event of a key that is let go.
pub fn released(key: &str) -> Value {
    let mut event = pressed(key);
    event["type"] = "keyUp".into();
    event["text"] = "".into();
    event
}
