//! Fits the HTML of a slide into one page with all the others.
//!
//! A chapter's page links its headings, its ids are its own, and its addresses are relative to its folder. Here there
//! are fifty slides in a page that lies elsewhere: a slide's ids begin with the slide's, its addresses are from the
//! root of the site ([`page`](super::page) puts the way there in front), and its heading has the level of all headings
//! of slides.

use std::path::Path;
use std::sync::LazyLock;

use pages::site;
use regex::{Captures, Regex};

use super::slide::Slide;
use super::tags;

/// What stands in front of an address that is from the root of the site.
pub const ROOT: &str = "root:/";

/// The attributes that name an element by its id.
const ID_ATTRIBUTES: [&str; 7] = [
    "id",
    "for",
    "popovertarget",
    "aria-controls",
    "aria-describedby",
    "aria-labelledby",
    "aria-owns",
];

/// The inside of a slide as the deck has it.
pub fn slide(html: &str, slide: &Slide) -> String {
    own(&level(&unlinked(html)), slide)
}

/// The notes of a slide.
pub fn notes(html: &str, slide: &Slide) -> String {
    own(&unlinked(html), slide)
}

/// Headings that are no links to themselves.
fn unlinked(html: &str) -> String {
    static LINK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?s)<a class="header" href="[^"]*">(.*?)</a>(\s*</h[1-6]>)"#)
            .expect("a valid pattern")
    });
    LINK.replace_all(html, "$1$2").into_owned()
}

/// The first heading is the slide's, of the second level; what comes behind it is below it.
fn level(html: &str) -> String {
    static HEADING: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"<(/?)h[1-6]([ >])").expect("a valid pattern"));
    let mut ended = 0;
    let change = |found: &Captures<'_>| {
        let level = if ended == 0 { 2 } else { 3 };
        ended += usize::from(&found[1] == "/");
        format!("<{}h{level}{}", &found[1], &found[2])
    };
    HEADING.replace_all(html, change).into_owned()
}

/// Ids and addresses that are a slide's own.
fn own(html: &str, slide: &Slide) -> String {
    let page = slide.page();
    let folder = Path::new(&page).parent().unwrap_or(Path::new(""));
    let folder = folder.to_string_lossy();
    tags::with_attributes(html, |name, value| match name {
        "href" | "src" => address(value, &folder, &page),
        _ if ID_ATTRIBUTES.contains(&name) => {
            let ids = value.split(' ').map(|id| format!("{}--{id}", slide.id));
            Some(ids.collect::<Vec<_>>().join(" "))
        }
        _ => None,
    })
}

/// An address from the root, if it is relative. What leads elsewhere in the chapter leads to the chapter's page.
fn address(value: &str, folder: &str, page: &str) -> Option<String> {
    if value.starts_with('#') {
        return Some(format!("{ROOT}{page}{value}"));
    }
    site::is_relative(value).then(|| format!("{ROOT}{}", site::joined(folder, value)))
}

/// HTML whose addresses lead to the root of the site by this way: `../`.
pub fn rooted(html: &str, to_root: &str) -> String {
    tags::with_attributes(html, |name, value| {
        let is_address = name == "href" || name == "src";
        let from_root = value.strip_prefix(ROOT).filter(|_| is_address)?;
        Some(format!("{to_root}{from_root}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one() -> Slide {
        Slide {
            id: "one".into(),
            chapter: "evolution/s01-cache.md".into(),
            ..Slide::default()
        }
    }

    #[test]
    fn headings_have_one_level_and_no_links() {
        let html = "<h3 id=\"a\"><a class=\"header\" href=\"#a\">A <em>b</em></a></h3><h1 id=\"c\"><a class=\"header\" href=\"#c\">C</a></h1>\
            <p><a class=\"citation\" href=\"https://x\">D</a></p>";
        assert_eq!(
            slide(html, &one()),
            "<h2 id=\"one--a\">A <em>b</em></h2><h3 id=\"one--c\">C</h3><p><a class=\"citation\" href=\"https://x\">D</a></p>"
        );
    }

    #[test]
    fn ids_are_the_slides_own() {
        let html = "<button popovertarget=\"c\" aria-labelledby=\"a b\">href=\"x\"</button><span id=\"c\"></span>";
        assert_eq!(
            slide(html, &one()),
            "<button popovertarget=\"one--c\" aria-labelledby=\"one--a one--b\">href=\"x\"</button><span id=\"one--c\"></span>"
        );
    }

    #[test]
    fn addresses_lead_to_where_they_led() {
        for (written, leads) in [
            ("s00-baseline.html", "../evolution/s00-baseline.html"),
            (
                "../appendix/bibliography.html#seda",
                "../appendix/bibliography.html#seda",
            ),
            ("#the-change", "../evolution/s01-cache.html#the-change"),
            ("https://example.org/", "https://example.org/"),
            ("data:image/png;x", "data:image/png;x"),
            (
                "s00-baseline.html#a:b",
                "../evolution/s00-baseline.html#a:b",
            ),
        ] {
            let html = format!("<a href=\"{written}\">href=\"{written}\"</a>");
            let expected = format!("<a href=\"{leads}\">href=\"{written}\"</a>");
            assert_eq!(rooted(&notes(&html, &one()), "../"), expected);
        }
        let at_root = Slide {
            chapter: "idea.md".into(),
            ..one()
        };
        assert_eq!(
            notes("<img src=\"a.svg\">", &at_root),
            format!("<img src=\"{ROOT}a.svg\">")
        );
    }
}
