//! `{{#cards}}`: the cards of all chapters on one page.
//!
//! A card is a table between `<div class="card">` and `</div>` at a chapter's end: what is worth to be remembered of it.

use std::path::Path;
use std::sync::LazyLock;

use directives::{Directive, Place, Rendered};
use project::{Chapter, Part, chapters};
use regex::{Captures, Regex};

use crate::shelf::Shelf;

/// All cards, part by part, in the order of their chapters.
pub struct Cards;

/// A card in the text of its chapter, with what is around it.
static CARD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?ms)^<div class="card">\n(.*?)^</div>$"#).expect("a valid pattern")
});

/// A link to a chapter, or within the same one.
static LINK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\]\(([^():#\s]+\.md)?(#[^()\s]*)?\)").expect("a valid pattern"));

/// The card of a chapter, without the marks around it, and the byte where it begins; none if there is none.
pub fn of(markdown: &str) -> Option<(usize, &str)> {
    let found = CARD.captures(markdown)?;
    let inside = found.get(1)?;
    Some((found.get(0)?.start(), inside.as_str().trim()))
}

impl Directive<Shelf> for Cards {
    fn name(&self) -> &'static str {
        "cards"
    }

    fn render(
        &self,
        argument: &str,
        sources: &Shelf,
        place: &Place<'_>,
    ) -> Result<Rendered, String> {
        if !argument.is_empty() {
            return Err(format!("`cards` takes nothing, and not `{argument}`"));
        }
        let project = &sources.project;
        let chapters = chapters::chapters(project).map_err(|error| format!("{error:#}"))?;
        let mut text = String::new();
        for part in Part::OF_THE_BOOK {
            let of_the_part = chapters
                .iter()
                .filter(|chapter| chapter.part() == Some(part));
            let cards: Vec<String> = of_the_part
                .filter_map(|chapter| {
                    let markdown = std::fs::read_to_string(project.book().join(&chapter.path));
                    let markdown = markdown.ok()?;
                    Some(card(of(&markdown)?.1, chapter, &place.to_root()))
                })
                .collect();
            if !cards.is_empty() {
                text += &format!("## {}\n\n{}\n\n", title(part), cards.join("\n\n"));
            }
        }
        if text.is_empty() {
            return Err("no chapter has a card yet".to_owned());
        }
        Ok(Rendered::markdown(text.trim_end().to_owned()))
    }
}

/// What a part is called above its cards.
fn title(part: Part) -> &'static str {
    match part {
        Part::Mapping => "The mapping",
        Part::Evolution => "The evolution",
        Part::Network => "Back to the network",
        Part::Fork => "Forks",
    }
}

/// A card as another page shows it: links lead to where they led, and one to the chapter is below it.
fn card(inside: &str, chapter: &Chapter, to_root: &str) -> String {
    let folder = chapter.path.parent().unwrap_or(Path::new(""));
    let rebased = LINK.replace_all(inside, |found: &Captures| {
        let group = |number| found.get(number).map_or("", |one| one.as_str());
        let (file, anchor) = (group(1), group(2));
        let path = match file {
            "" => chapter.path.clone(),
            file => chapters::normal(&folder.join(file)),
        };
        format!("]({to_root}{}{anchor})", path.display())
    });
    format!(
        "<div class=\"card\">\n\n{rebased}\n\n[{title}]({to_root}{path})\n\n</div>",
        title = chapter.title,
        path = chapter.path.display(),
    )
}

#[cfg(test)]
mod tests {
    use directives::testing::rendered;
    use project::testing::sample;

    use super::*;

    fn cards(chapter: &str) -> Result<String, String> {
        let (_folder, project) = sample();
        let file = project.book().join("evolution/s01-cache.md");
        std::fs::write(file, chapter).expect("written");
        rendered(&Cards, "", &crate::shelf::load(&project))
    }

    const CARD: &str = "# Cache\n\n<div class=\"card\">\n\n| Cache | ask *once* |\n|---|---|\n\
        | Rate | {{#given 5 ms}}, see [there](../start/idea.md#a), [here](#b) and [out](https://x.org/y.md) |\n\n</div>\n\nEnd.\n";

    #[test]
    fn a_card_keeps_its_links_on_another_page() {
        assert_eq!(
            cards(CARD).expect("a card"),
            "## The evolution\n\n<div class=\"card\">\n\n| Cache | ask *once* |\n|---|---|\n\
             | Rate | {{#given 5 ms}}, see [there](../start/idea.md#a), [here](../evolution/s01-cache.md#b) \
             and [out](https://x.org/y.md) |\n\n[Cache](../evolution/s01-cache.md)\n\n</div>"
        );
    }

    #[test]
    fn where_there_is_no_card_that_is_said() {
        let said = cards("# Cache\n\n```html\n    <div class=\"card\">\n```\n").unwrap_err();
        assert_eq!(said, "no chapter has a card yet");
    }
}
