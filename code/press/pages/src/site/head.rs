//! What a page says about itself to those who link to it: its description, and the tags from which social sites and
//! messengers draw their previews (Open Graph, and Twitter's).
//!
//! Previews show no relative addresses, so the picture and the page's canonical address are there only if the
//! site's address is known.

use std::fmt::Write as _;
use std::path::Path;

use regex::Regex;

use super::Address;

/// The picture for previews, drawn from `theme/preview.svg` beside it.
pub const PICTURE: &str = "theme/preview.png";

/// Its width and height, which the services ask for.
const PICTURE_SIZE: (u32, u32) = (1200, 630);

/// Services cut what is longer.
const DESCRIPTION_CHARS_MAX: usize = 200;

/// The site, as those know it who link to it.
pub struct Place<'p> {
    /// Where it is.
    pub address: &'p Address,
    /// Whether it has the picture.
    pub has_picture: bool,
}

/// A page with its own description and its tags; `same_as` is the page whose copy it is.
///
/// A page that mdBook has not written is left as it is.
pub fn described(page: &str, same_as: &Path, place: Option<&Place<'_>>) -> String {
    let description =
        Regex::new(r#"<meta name="description" content="([^"]*)">"#).expect("a valid pattern");
    let Some(found) = description.captures(page) else {
        return page.to_owned();
    };
    let text = lede(page).unwrap_or_else(|| found[1].to_owned());
    let tags = tags(page, &text, same_as, place);
    page.replacen(&found[0], &tags, 1)
}

fn tags(page: &str, description: &str, same_as: &Path, place: Option<&Place<'_>>) -> String {
    let title = between(page, "<title>", "</title>");
    // The talk has no menu.
    let book = between(page, r#"<h1 class="menu-title">"#, "</h1>")
        .or_else(|| Some(title?.rsplit_once(" - ")?.1))
        .unwrap_or_default();
    let title = title.unwrap_or(book);
    // "Cache - The Book": previews name the book on a line of its own.
    let title = title.strip_suffix(&format!(" - {book}")).unwrap_or(title);
    let (book, title) = (quoted(book), quoted(title));
    let mut tags = format!(
        r#"<meta name="description" content="{description}">
        <meta property="og:type" content="article">
        <meta property="og:site_name" content="{book}">
        <meta property="og:title" content="{title}">
        <meta property="og:description" content="{description}">"#
    );
    let mut add = |tag: String| write!(tags, "\n        {tag}").expect("a string takes everything");
    if let Some(place) = place {
        let own = place.address.of(same_as);
        add(format!(r#"<meta property="og:url" content="{own}">"#));
        add(format!(r#"<link rel="canonical" href="{own}">"#));
    }
    let Some(place) = place.filter(|place| place.has_picture) else {
        add(r#"<meta name="twitter:card" content="summary">"#.to_owned());
        return tags;
    };
    let (width, height) = PICTURE_SIZE;
    let picture = place.address.of(Path::new(PICTURE));
    add(r#"<meta name="twitter:card" content="summary_large_image">"#.to_owned());
    add(format!(r#"<meta property="og:image" content="{picture}">"#));
    add(format!(
        r#"<meta property="og:image:width" content="{width}">"#
    ));
    add(format!(
        r#"<meta property="og:image:height" content="{height}">"#
    ));
    add(format!(
        r#"<meta property="og:image:alt" content="{book}: two nodes and a channel">"#
    ));
    tags
}

/// The sentences of the chapter's first paragraph that fit, as an attribute can hold them.
fn lede(page: &str) -> Option<String> {
    let html = between(page, r#"<p class="lede">"#, "</p>")?;
    // The evidence of a claim is no part of the sentence.
    let marks =
        Regex::new(r#"<span class="claim .*?</span></span>|<[^>]*>"#).expect("a valid pattern");
    let text = marks.replace_all(html, "");
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    (!text.is_empty()).then(|| quoted(&shortened(&text)))
}

/// As many whole sentences as fit, or as many words if the first does not.
fn shortened(text: &str) -> String {
    let Some((limit, _)) = text.char_indices().nth(DESCRIPTION_CHARS_MAX) else {
        return text.to_owned();
    };
    let fits = &text[..limit];
    if let Some((sentences, _)) = fits.rsplit_once(". ") {
        return format!("{sentences}.");
    }
    let words = fits.rsplit_once(' ').map_or(fits, |(words, _)| words);
    format!("{}…", words.trim_end_matches([',', ';', ':']))
}

fn quoted(text: &str) -> String {
    text.replace('"', "&quot;")
}

fn between<'p>(page: &'p str, start: &str, end: &str) -> Option<&'p str> {
    let from = page.find(start)? + start.len();
    let length = page[from..].find(end)?;
    Some(&page[from..from + length])
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<title>Cache - The &amp; Book</title><meta name=\"description\" content=\"all\">\
<h1 class=\"menu-title\">The &amp; Book</h1><p class=\"lede\">Ask <em>once</em>,\nsays \"she\".</p>";

    #[test]
    fn a_page_is_described_by_its_own_first_paragraph() {
        let page = described(PAGE, Path::new("a/b.html"), None);
        for tag in [
            r#"<meta name="description" content="Ask once, says &quot;she&quot;.">"#,
            r#"<meta property="og:description" content="Ask once, says &quot;she&quot;.">"#,
            r#"<meta property="og:title" content="Cache">"#,
            r#"<meta property="og:site_name" content="The &amp; Book">"#,
            r#"<meta name="twitter:card" content="summary">"#,
        ] {
            assert!(page.contains(tag), "{tag} in {page}");
        }
        assert!(!page.contains("canonical") && !page.contains("og:image"));
        let other = described(&PAGE.replace("lede", "x"), Path::new("b.html"), None);
        assert!(other.contains(r#"og:description" content="all">"#));
        // The talk has no menu: its title names the book.
        let talk = described(&PAGE.replace("menu-title", "x"), Path::new("b.html"), None);
        assert!(talk.contains(r#"og:site_name" content="The &amp; Book">"#));
        assert_eq!(described("<p>x</p>", Path::new("b.html"), None), "<p>x</p>");
    }

    #[test]
    fn with_an_address_there_is_a_picture_and_a_canonical_link() {
        let place = Place {
            address: &"https://x/r/".parse().unwrap(),
            has_picture: true,
        };
        let page = described(PAGE, Path::new("a/b.html"), Some(&place));
        for tag in [
            r#"<link rel="canonical" href="https://x/r/a/b.html">"#,
            r#"<meta property="og:image" content="https://x/r/theme/preview.png">"#,
            r#"<meta name="twitter:card" content="summary_large_image">"#,
        ] {
            assert!(page.contains(tag), "{tag} in {page}");
        }
    }

    #[test]
    fn whole_sentences_are_kept_as_far_as_they_fit() {
        let word = "word ".repeat(30);
        let two = format!("{word}end. {word}end.");
        assert_eq!(shortened(&two), format!("{word}end."));
        let endless = "word, ".repeat(60);
        assert!(shortened(&endless).ends_with("word…"));
        assert!(shortened(&endless).chars().count() <= DESCRIPTION_CHARS_MAX);
        assert_eq!(shortened("Short."), "Short.");
    }

    #[test]
    fn the_evidence_of_a_claim_is_left_out() {
        let page = r#"<p class="lede">Twice<span class="claim claim-holds"><button>✓</button><span popover>long</span></span>.</p>"#;
        assert_eq!(lede(page).as_deref(), Some("Twice."));
    }
}
