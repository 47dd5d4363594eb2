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

/// A character: a letter or a digit has a key of its own, and for another it does not matter where it lies.
fn character(key: &str) -> (String, u32, &str) {
    let mut characters = key.chars();
    let (Some(character), None) = (characters.next(), characters.next()) else {
        panic!("the tests have no key {key}");
    };
    let upper = character.to_ascii_uppercase();
    match upper {
        'A'..='Z' => (format!("Key{upper}"), u32::from(upper), key),
        '0'..='9' => (format!("Digit{upper}"), u32::from(upper), key),
        _ => (String::new(), 0, key),
    }
}

/// The event of a key that is let go.
pub fn released(key: &str) -> Value {
    let mut event = pressed(key);
    event["type"] = "keyUp".into();
    event["text"] = "".into();
    event
}
