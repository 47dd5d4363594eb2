//! The request in a line, and the route in a request.

use memchr::{memchr, memchr2, memrchr};

use super::answer;
use super::blanks::{skip_blanks, split_word, starts_with_blank};

/// The request without its quotes, and what follows it; nothing if there is none that is closed.
///
/// It is the first quoted field behind the date. A quoted field in front of that is a user's name, unless the
/// date is missing, as it is in front of a field that a status and a size follow.
pub(super) fn split(rest: &[u8]) -> Option<(&[u8], &[u8])> {
    let open = memchr(b'"', rest)?;
    // Nearly always the first quote of the line has the date in front of it.
    if rest[..open].ends_with(b"] ") {
        split_closed(&rest[open + 1..])
    } else {
        split_any(rest)
    }
}

/// As [`split`], field by field. A quoted field begins behind a blank, so a quote inside a user's name begins none.
fn split_any(mut rest: &[u8]) -> Option<(&[u8], &[u8])> {
    let (mut is_dated, mut first) = (false, None);
    loop {
        let field = skip_blanks(rest);
        if field.is_empty() {
            // Without a date and an answer, the first one is told to lack the answer.
            return first.filter(|_| !is_dated);
        }
        if starts_with_blank(rest) && field[0] == b'"' {
            let (request, behind) = split_closed(&field[1..])?;
            if is_dated || answer::parse(behind).is_ok() {
                return Some((request, behind));
            }
            first = first.or(Some((request, behind)));
            rest = behind;
        } else {
            let (word, behind) = split_word(field);
            is_dated |= word.ends_with(b"]");
            rest = behind;
        }
    }
}

/// What is before the closing quote and what is behind it: it is the first that no backslash escapes.
fn split_closed(field: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut from = 0;
    loop {
        let at = from + memchr2(b'"', b'\\', field.get(from..)?)?;
        if field[at] == b'"' {
            return Some((&field[..at], &field[at + 1..]));
        }
        from = at + 2; // the backslash and whatever it escapes
    }
}

/// The path that a request asks for: `METHOD target [version]`, or `-` for anything else.
pub(super) fn route(request: &[u8]) -> &[u8] {
    target(request).map_or(b"-", path)
}

/// All that stands between the method and the version, spaces included.
fn target(request: &[u8]) -> Option<&[u8]> {
    let request = trim_spaces(request);
    let target = trim_spaces(without_version(&request[method_len(request)?..]));
    (!target.is_empty()).then_some(target)
}

/// The length of the method, a token of letters, digits and hyphens that a space follows.
fn method_len(request: &[u8]) -> Option<usize> {
    // Methods are short: a loop is done before a search has begun. Nearly all are letters.
    let mut bytes = request.iter();
    let mut len = bytes.position(|byte| !byte.is_ascii_alphabetic())?;
    if request[len] != b' ' {
        let is_of_token = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
        len = request.iter().position(|byte| !is_of_token(byte))?;
    }
    (len > 0 && request[len] == b' ').then_some(len)
}

/// The text without a last word that begins with `HTTP/`; it begins with a space.
fn without_version(text: &[u8]) -> &[u8] {
    match text {
        // Nearly all of them.
        [
            rest @ ..,
            b' ',
            b'H',
            b'T',
            b'T',
            b'P',
            b'/',
            b'0'..=b'9',
            b'.',
            b'0'..=b'9',
        ] => rest,
        _ => {
            let last = memrchr(b' ', text).map_or(0, |space| space + 1);
            if text[last..].starts_with(b"HTTP/") {
                &text[..last]
            } else {
                text
            }
        }
    }
}

fn trim_spaces(mut text: &[u8]) -> &[u8] {
    while let [b' ', rest @ ..] | [rest @ .., b' '] = text {
        text = rest;
    }
    text
}

/// The path of a target, without query string and fragment, neither decoded nor case-folded.
fn path(target: &[u8]) -> &[u8] {
    let end = memchr2(b'?', b'#', target).unwrap_or(target.len());
    match without_authority(&target[..end]) {
        b"" => b"/",
        path => path,
    }
}

/// `http://host/a` is `/a`; a target that is not in absolute form is itself.
fn without_authority(target: &[u8]) -> &[u8] {
    if target.first() == Some(&b'/') {
        return target; // nearly all of them
    }
    let Some(colon) = memchr(b':', target) else {
        return target;
    };
    let scheme = &target[..colon];
    let is_scheme = scheme.first().is_some_and(u8::is_ascii_alphabetic)
        && scheme
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte));
    match target[colon..].strip_prefix(b"://") {
        Some(rest) if is_scheme => &rest[memchr(b'/', rest).unwrap_or(rest.len())..],
        _ => target,
    }
}
