//! A line read naively: character by character into fields, and each field by what it says.
//!
//! Each byte is taken for a character of its own (Latin-1), so that no byte is no text.

use super::holders::number;

/// What a hit says.
#[derive(Debug, PartialEq, Eq)]
pub struct Seen {
    /// An address alone, or what stands in its place.
    pub client: String,
    /// The path, as it is printed.
    pub route: String,
    /// Three digits.
    pub status: u32,
    /// The size of the answer.
    pub bytes: u128,
}

/// A part of a line between blanks.
enum Field {
    Word(String),
    Quoted(String),
    /// A word that follows a closing quote without a blank.
    Rest(String),
}

const BLANKS: [char; 2] = [' ', '\t'];

/// What a line says, if it is a hit.
pub fn read(line: &[u8]) -> Option<Seen> {
    let characters: String = line.iter().map(|&byte| char::from(byte)).collect();
    let mut line = characters.as_str();
    while let Some(rest) = line
        .strip_prefix('\0')
        .or_else(|| line.strip_prefix("\u{ef}\u{bb}\u{bf}"))
    {
        line = rest;
    }
    if line.starts_with(BLANKS) || !line.contains(BLANKS) {
        return None;
    }
    let (client, words) = client(line)?;
    let fields = fields(behind(line, words));
    let (request, (status, bytes)) = (0..fields.len())
        .find_map(|at| {
            let Field::Quoted(request) = &fields[at] else {
                return None;
            };
            let answer = answer(&fields[at + 1..]);
            (is_dated(&fields[..at]) || answer.is_some()).then_some((request, answer))
        })
        .and_then(|(request, answer)| Some((request, answer?)))?;
    Some(Seen {
        client,
        route: printed(&route(request)),
        status,
        bytes,
    })
}

/// The client, and how many words it takes: those of a list, and of the virtual host in front of it.
fn client(line: &str) -> Option<(String, usize)> {
    let words: Vec<&str> = words(line, &BLANKS).collect();
    let first_of_list = |word: &str| word.split(',').next().map(str::to_owned);
    let address = |word: &&str| first_of_list(word).and_then(|text| address_alone(&text));
    let mut taken = 1;
    let mut client = address(&words[0]);
    if let (None, Some(second)) = (&client, words.get(1).and_then(address)) {
        client = Some(second);
        taken = 2;
    }
    while client.is_some() && words[taken - 1].ends_with(',') {
        if words.get(taken).and_then(address).is_none() {
            break;
        }
        taken += 1;
    }
    let client = client.or_else(|| first_of_list(words[0]))?;
    (!client.is_empty()).then_some((client, taken))
}

/// `203.0.113.9` of all the ways to write it.
fn address_alone(text: &str) -> Option<String> {
    let is_port = |text: &str| {
        let digits = !text.is_empty() && text.chars().all(|char| char.is_ascii_digit());
        digits && text.trim_start_matches('0').len() <= 5 && text.parse().unwrap_or(0) < 1 << 16
    };
    let text = match text.strip_prefix('[') {
        Some(text) => {
            let (inside, behind) = text.split_once(']')?;
            let port = behind.strip_prefix(':');
            if !inside.contains(':') || !(behind.is_empty() || port.is_some_and(is_port)) {
                return None;
            }
            inside
        }
        None => match text.rsplit_once(':') {
            Some((host, port)) if host.contains('.') && !host.contains(':') && is_port(port) => {
                host
            }
            _ => text,
        },
    };
    let text = match text.split_once('%') {
        Some((v6, _)) if v6.contains(':') => v6,
        Some(_) => return None,
        None => text,
    };
    let is_wrapped = number(text)? >> 32 == 0xffff && text.contains('.');
    match text.rsplit_once(':') {
        Some((_, v4)) if is_wrapped => Some(v4.to_owned()),
        _ => Some(text.to_owned()),
    }
}

fn words<'a>(text: &'a str, blanks: &'a [char]) -> impl Iterator<Item = &'a str> {
    text.split(blanks).filter(|word| !word.is_empty())
}

/// What follows so many words of a line, from the blank on.
fn behind(mut line: &str, words: usize) -> &str {
    for _ in 0..words {
        line = line.trim_start_matches(BLANKS);
        line = &line[line.find(BLANKS).unwrap_or(line.len())..];
    }
    line
}

/// The fields of a text up to the first quote that is never closed.
fn fields(text: &str) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut characters = text.chars().peekable();
    let mut is_behind_blank = false;
    while let Some(first) = characters.next() {
        if BLANKS.contains(&first) {
            is_behind_blank = true;
            continue;
        }
        let mut field = String::new();
        if first == '"' && is_behind_blank {
            loop {
                match characters.next() {
                    None => return fields,
                    Some('"') => break,
                    Some('\\') => {
                        field.push('\\');
                        field.extend(characters.next());
                    }
                    Some(other) => field.push(other),
                }
            }
            fields.push(Field::Quoted(field));
        } else {
            field.push(first);
            while let Some(next) = characters.next_if(|next| !BLANKS.contains(next)) {
                field.push(next);
            }
            fields.push(match is_behind_blank {
                true => Field::Word(field),
                false => Field::Rest(field),
            });
        }
        is_behind_blank = false;
    }
    fields
}

/// Whether a date ends among these fields: `[10/Oct/2000:13:55:36 -0700]` are two of them.
fn is_dated(fields: &[Field]) -> bool {
    fields.iter().any(|field| match field {
        Field::Word(word) | Field::Rest(word) => word.ends_with(']'),
        Field::Quoted(_) => false,
    })
}

/// Status and size, if the fields begin with both.
fn answer(fields: &[Field]) -> Option<(u32, u128)> {
    let [Field::Word(status), Field::Word(size), ..] = fields else {
        return None;
    };
    let are_digits = |word: &str| word.chars().all(|char| char.is_ascii_digit());
    if status.len() != 3 || !are_digits(status) {
        return None;
    }
    let size = match size.as_str() {
        "-" => 0,
        _ if are_digits(size) => size.parse::<u64>().ok()?,
        _ => return None,
    };
    Some((status.parse().ok()?, size.into()))
}

/// The path that a request asks for, or `-`.
fn route(request: &str) -> String {
    let words: Vec<&str> = words(request, &[' ']).collect();
    let is_token = |char: char| char.is_ascii_alphanumeric() || char == '-';
    let has_method = words.first().is_some_and(|word| word.chars().all(is_token));
    let has_version = words.last().is_some_and(|word| word.starts_with("HTTP/"));
    let targets = words.len().saturating_sub(1 + usize::from(has_version));
    if !has_method || targets == 0 {
        return "-".into();
    }
    // The words' own spaces: from the first of them to the end of the last.
    let from = request.trim_start_matches(' ');
    let from = from[words[0].len()..].trim_matches(' ');
    let target = match has_version {
        true => from[..from.len() - words[words.len() - 1].len()].trim_end_matches(' '),
        false => from,
    };
    let target = target.split(['?', '#']).next().unwrap_or_default();
    let path = match target.split_once("://") {
        Some((scheme, rest)) if is_scheme(scheme) => rest.find('/').map_or("", |at| &rest[at..]),
        _ => target,
    };
    if path.is_empty() {
        "/".into()
    } else {
        path.into()
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|char: char| char.is_ascii_alphabetic())
        && text
            .chars()
            .all(|char| char.is_ascii_alphanumeric() || "+-.".contains(char))
}

/// The bytes that these characters were, as UTF-8 as far as they are.
fn printed(text: &str) -> String {
    let bytes: Vec<u8> = text.chars().map(|char| char as u8).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oracle::real_lines;

    #[test]
    fn real_lines_say_what_they_are_known_to_say() {
        for real in real_lines() {
            let said = read(&real.line).map(|seen| (seen.client, seen.route));
            let says = real
                .says
                .map(|(client, route)| (client.to_owned(), route.to_owned()));
            assert_eq!(said, says, "{}: {}", real.what, real.line.escape_ascii());
        }
    }
}
