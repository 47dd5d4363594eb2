//! What is read in each section of a page: its sentences and its code, without what stands beside them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use anyhow::{Context, Result};
use lol_html::{RewriteStrSettings, element, rewrite_str, text};

use super::elements;

/// What a search does not look into. What is found should be explained where it is found.
const NOT_SEARCHED: &[&str] = &[
    // Their axes and numbers; the title stays.
    ".chart svg",
    ".chart-source",
    ".picture",
    ".mermaid",
    // The mark of a claim, and its evidence.
    ".claim",
    // Both sides of a change, which is explained beside it.
    ".diff",
    // What is folded up: the numbers of charts, hints, answers.
    "details",
    // What is pressed.
    ".run",
    ".queue",
    ".play",
    ".quiz",
    ".predict",
    "button",
    "script",
];

/// The text of each section of a page, by the anchors of its headings in the order of the page. What stands in front of the
/// first heading belongs to it; a page without any has one section, whose anchor is empty.
///
/// # Errors
///
/// If the page cannot be read.
pub fn read<'a>(page: &str, anchors: &[&'a str]) -> Result<BTreeMap<&'a str, String>> {
    let page = elements::without(page, NOT_SEARCHED)?;
    let texts = RefCell::new(vec![String::new(); anchors.len()]);
    let section = Cell::new(0);
    let is_heading = Cell::new(false);
    let handlers = vec![
        element!("main *", |element| {
            let id = element.get_attribute("id").unwrap_or_default();
            let found = anchors.iter().position(|anchor| *anchor == id);
            if let Some(number) = found.filter(|_| element.tag_name().starts_with('h')) {
                section.set(number);
                is_heading.set(true);
            } else if !matches!(
                element.tag_name().as_str(),
                "a" | "code" | "em" | "span" | "strong"
            ) {
                // What mdBook sets in lines of their own is not one word.
                is_heading.set(false);
                texts.borrow_mut()[section.get()].push(' ');
            }
            Ok(())
        }),
        text!("main", |chunk| {
            if !is_heading.get() {
                texts.borrow_mut()[section.get()].push_str(chunk.as_str());
            }
            Ok(())
        }),
    ];
    let settings = RewriteStrSettings {
        element_content_handlers: handlers,
        ..RewriteStrSettings::new()
    };
    rewrite_str(&page, settings).context("a page cannot be read")?;
    let texts = texts.take();
    let plain = texts.iter().map(|text| plain(text));
    Ok(anchors.iter().copied().zip(plain).collect())
}

/// A text without character references, and with one blank where there are more.
fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let text = words.join(" ");
    let references = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    references.iter().fold(text, |text, (reference, letter)| {
        text.replace(reference, letter)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_hold_what_is_read_in_them() {
        let page = "<p>menu</p><main><p>before</p><h1 id=\"a\">A <code>x</code></h1><p>one<em>two</em></p><p>three &amp;lt;</p>\
                    <h4 id=\"deep\">deep</h4><h2 id=\"b\">B</h2><p>four<details><p>folded</p></details></p></main>";
        let read = read(page, &["a", "b"]).unwrap();
        assert_eq!(read["a"], "before onetwo three &lt; deep");
        assert_eq!(read["b"], "four");
    }

    #[test]
    fn a_page_without_headings_is_one_section() {
        assert_eq!(read("<main>x</main>", &[""]).unwrap()[""], "x");
    }
}
