//! `{{#talk}}`: how long each part of the talk takes in each cut, as the marks of its slides plan it.

use directives::html::escape;
use directives::{Directive, Place, Rendered};
use project::Project;

use crate::cuts::{CUTS, clock};
use crate::deck::Deck;
use crate::parts;

/// Where the slides are.
pub struct Outline {
    /// The project whose chapters they are cut from.
    pub project: Project,
    /// The names of the directives that go on a slide by themselves.
    pub figures: Vec<&'static str>,
}

/// The parts and their times as a table.
pub struct Talk;

impl Directive<Outline> for Talk {
    fn name(&self) -> &'static str {
        "talk"
    }

    fn render(
        &self,
        argument: &str,
        sources: &Outline,
        _place: &Place<'_>,
    ) -> Result<Rendered, String> {
        if !argument.is_empty() {
            return Err(format!("`talk` takes nothing, and not `{argument}`"));
        }
        // What is wrong with the marks is told where they stand.
        let read = Deck::read(&sources.project, &sources.figures);
        let (deck, _) = read.map_err(|error| format!("{error:#}"))?;
        if deck.slides.is_empty() {
            return Err("the book has no slides".to_owned());
        }
        Ok(Rendered::block(table(&deck)))
    }
}

fn table(deck: &Deck) -> String {
    let cells = |texts: [String; CUTS.len()]| {
        let cells = texts.map(|text| format!(r#"<td class="number">{text}</td>"#));
        cells.concat()
    };
    let row = |title: &str, texts: [String; CUTS.len()]| {
        let (title, cells) = (escape(title), cells(texts));
        format!(r#"<tr><th scope="row">{title}</th>{cells}</tr>"#)
    };
    let head = CUTS.map(|cut| format!(r#"<th scope="col" class="number">cut {cut}</th>"#));
    let rows = parts::of(deck).into_iter();
    let rows = rows.map(|part| row(part.title, part.seconds.map(parts::shown)));
    format!(
        r#"<div class="table-wrapper"><table class="talk-parts"><thead><tr><th scope="col">part</th>{}</tr></thead><tbody>{}</tbody><tfoot>{}{}</tfoot></table></div>"#,
        head.concat(),
        rows.collect::<String>(),
        row("together", CUTS.map(|cut| clock(deck.seconds(cut)))),
        row(
            "slides",
            CUTS.map(|cut| deck.in_cut(cut).count().to_string())
        ),
    )
}

#[cfg(test)]
mod tests {
    use directives::testing::rendered;
    use project::testing::sample;

    use super::*;

    const CHAPTER: &str = "# Cache\n\n<!-- slide: 70s cut=45,90 part=\"One & all\" -->\n\n## A\n\n<!-- /slide -->\n\n\
        <!-- slide: 30s cut=90 part=\"Two\" -->\n\n## B\n\n<!-- /slide -->\n";

    fn outline() -> (tempfile::TempDir, Outline) {
        let (folder, project) = sample();
        let figures = Vec::new();
        (folder, Outline { project, figures })
    }

    #[test]
    fn the_parts_have_their_times_and_sums() {
        let (_folder, outline) = outline();
        let path = outline.project.book().join("evolution/s01-cache.md");
        std::fs::write(path, CHAPTER).unwrap();
        let html = rendered(&Talk, "", &outline).unwrap();
        let row = |title: &str, times: [&str; 3]| {
            let times = times.map(|time| format!("<td class=\"number\">{time}</td>"));
            format!("<tr><th scope=\"row\">{title}</th>{}</tr>", times.concat())
        };
        for expected in [
            row("One &amp; all", ["–", "1:10", "1:10"]),
            row("Two", ["–", "–", "0:30"]),
            row("together", ["0:00", "1:10", "1:40"]),
            row("slides", ["0", "1", "2"]),
            "<th scope=\"col\" class=\"number\">cut 90</th>".to_owned(),
        ] {
            assert!(html.contains(&expected), "{expected}: {html}");
        }
        assert!(!html.contains('\n'));
    }

    #[test]
    fn a_book_without_slides_has_no_table() {
        let (_folder, outline) = outline();
        let said = rendered(&Talk, "", &outline).unwrap_err();
        assert_eq!(said, "the book has no slides");
        let said = rendered(&Talk, "45", &outline).unwrap_err();
        assert_eq!(said, "`talk` takes nothing, and not `45`");
    }
}
