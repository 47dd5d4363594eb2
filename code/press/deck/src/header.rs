//! What an opening mark says of its slide: `90s cut=20,45,90 id=the-map part="Part I: the mapping"`.

use project::suggest;

use crate::cuts::{CUTS, no_cut};

/// The longest that one slide may take. Whoever stays longer has two slides.
const SECONDS_MAX: u32 = 600;
/// What may be said besides the time.
const KEYS: [&str; 4] = ["cut", "id", "part", "last"];

/// The ids of elements of the talk's pages, which are no names of slides.
pub const RESERVED: [&str; 5] = ["deck", "announcer", "help-title", "now-title", "next-title"];

/// What an opening mark says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// How long the slide is planned to take.
    pub seconds: u32,
    /// The cuts that it is in, in minutes, ascending.
    pub cuts: Vec<u32>,
    /// Its name in addresses; without one it is called by its heading.
    pub id: Option<String>,
    /// The part of the talk that begins with it.
    pub part: Option<String>,
    /// Whether it comes behind all others, wherever in the book it stands.
    pub is_last: bool,
}

/// Reads what stands behind `slide:`.
///
/// # Errors
///
/// If something is missing or not understood: one sentence for the writer.
pub fn parse(text: &str) -> Result<Header, String> {
    let mut words = words(text)?.into_iter();
    let time = words.next().unwrap_or_default();
    let mut header = Header {
        seconds: seconds(&time)?,
        cuts: Vec::new(),
        id: None,
        part: None,
        is_last: false,
    };
    let mut said = Vec::new();
    for word in words {
        let (key, value) = word.split_once('=').unwrap_or((word.as_str(), ""));
        if said.iter().any(|said| said == key) {
            return Err(format!("`{key}` is said twice"));
        }
        said.push(key.to_owned());
        match key {
            "cut" => header.cuts = cuts(value)?,
            "id" => header.id = Some(id(value)?),
            "part" if !value.is_empty() => header.part = Some(value.to_owned()),
            "part" => return Err("`part=` takes the part's title in quotes".to_owned()),
            "last" if word == "last" => header.is_last = true,
            "last" => return Err("`last` stands alone".to_owned()),
            _ => {
                let hint = suggest::hint(key, KEYS);
                return Err(format!("a slide has no `{key}`{hint}"));
            }
        }
    }
    if header.cuts.is_empty() {
        return Err("the slide is in no cut: `cut=20,45,90`, or some of them".to_owned());
    }
    Ok(header)
}

/// The words of a mark; quotes hold several together, and are left out.
fn words(text: &str) -> Result<Vec<String>, String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => words.push(String::new()),
            c => words.last_mut().expect("there is one").push(c),
        }
    }
    if quoted {
        return Err("a quote of the slide's mark is not closed".to_owned());
    }
    words.retain(|word| !word.is_empty());
    Ok(words)
}

fn seconds(word: &str) -> Result<u32, String> {
    let number = word.strip_suffix('s');
    let number: Option<u32> = number.and_then(|number| number.parse().ok());
    match number {
        Some(seconds @ 1..=SECONDS_MAX) => Ok(seconds),
        Some(_) => Err(format!("a slide takes 1s to {SECONDS_MAX}s, not {word}")),
        None => Err(format!(
            "a slide's mark begins with its time, `90s`, not with `{word}`"
        )),
    }
}

fn cuts(value: &str) -> Result<Vec<u32>, String> {
    let cut = |text: &str| {
        let cut = text.trim().parse().ok().filter(|cut| CUTS.contains(cut));
        cut.ok_or_else(|| no_cut(&format!("`{text}`")))
    };
    let mut cuts = value.split(',').map(cut).collect::<Result<Vec<u32>, _>>()?;
    cuts.sort_unstable();
    cuts.dedup();
    Ok(cuts)
}

/// An id stands in addresses, behind `#/`.
fn id(value: &str) -> Result<String, String> {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_id = value.starts_with(|c: char| c.is_ascii_lowercase()) && value.chars().all(is_plain);
    if RESERVED.contains(&value) {
        return Err(format!(
            "the talk's pages have an element with the id `{value}`: name the slide otherwise"
        ));
    }
    is_id.then(|| value.to_owned()).ok_or_else(|| {
        format!("an id is made of lower-case letters, digits and hyphens, unlike `{value}`")
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn all_that_may_be_said_is_understood() {
        let header = parse("90s cut=45,20 id=the-map part=\"Part I: the mapping\"").unwrap();
        let expected = Header {
            seconds: 90,
            cuts: vec![20, 45],
            id: Some("the-map".into()),
            part: Some("Part I: the mapping".into()),
            is_last: false,
        };
        assert_eq!(header, expected);
        let short = parse("  5s   cut=90 ").unwrap();
        assert_eq!((short.seconds, short.cuts), (5, vec![90]));
        assert_eq!((short.id, short.part), (None, None));
        assert!(parse("5s cut=90 last").unwrap().is_last);
    }

    #[test]
    fn the_ids_of_the_pages_are_not_given_to_slides() {
        let pages = [
            include_str!("../../../../book/theme/talk/deck.hbs"),
            include_str!("../../../../book/theme/talk/speaker.hbs"),
        ];
        let ids: BTreeSet<&str> = pages
            .iter()
            .flat_map(|page| page.split(" id=\"").skip(1))
            .filter_map(|rest| rest.split('"').next())
            .collect();
        assert_eq!(ids, BTreeSet::from(RESERVED));
    }

    #[test]
    fn mistakes_are_said_in_one_sentence() {
        for (text, message) in [
            ("", "begins with its time"),
            ("90 cut=20", "begins with its time, `90s`, not with `90`"),
            ("cut=20 90s", "not with `cut=20`"),
            ("0s cut=20", "a slide takes 1s to 600s, not 0s"),
            ("601s cut=20", "a slide takes 1s to 600s"),
            ("90s", "the slide is in no cut"),
            ("90s cut=", "there is no cut of `` minutes"),
            (
                "90s cut=20,30",
                "there is no cut of `30` minutes: there are 20, 45 and 90",
            ),
            ("90s cuts=20", "a slide has no `cuts`; did you mean `cut`?"),
            (
                "90s cut=20 id=The-Map",
                "an id is made of lower-case letters",
            ),
            ("90s cut=20 id=", "an id is made of"),
            ("90s cut=20 id=a id=b", "`id` is said twice"),
            ("90s cut=20 cut=90", "`cut` is said twice"),
            (
                "90s cut=20 id=deck",
                "the talk's pages have an element with the id `deck`: name the slide otherwise",
            ),
            (
                "90s cut=20 part=\"One",
                "a quote of the slide's mark is not closed",
            ),
            ("90s cut=20 part=", "`part=` takes the part's title"),
        ] {
            let said = parse(text).unwrap_err();
            assert!(said.contains(message), "{text:?}: {said}");
        }
    }
}
