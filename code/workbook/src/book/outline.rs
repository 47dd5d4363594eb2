//! `{{#talk}}`: how long each part of the talk takes in each cut, as the marks of its slides plan it.

use super::directive::Rendered;
use super::html::escape;
use super::sources::Sources;
use crate::talk::{CUTS, Deck, clock, parts};

/// Renders the parts and their times as a table.
///
/// # Errors
///
/// If it is given an argument, or there is no talk.
pub fn render(argument: &str, sources: &Sources) -> Result<Rendered, String> {
    if !argument.is_empty() {
        return Err(format!("`talk` takes nothing, and not `{argument}`"));
    }
    // What is wrong with the marks is told where they stand.
    let (deck, _) = Deck::read(&sources.project).map_err(|error| format!("{error:#}"))?;
    if deck.slides.is_empty() {
        return Err("the book has no slides".to_owned());
    }
    Ok(Rendered::block(table(&deck)))
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
    use super::super::samples;
    use super::*;

    const CHAPTER: &str = "# Cache\n\n<!-- slide: 70s cut=45,90 part=\"One & all\" -->\n\n## A\n\n<!-- /slide -->\n\n\
        <!-- slide: 30s cut=90 part=\"Two\" -->\n\n## B\n\n<!-- /slide -->\n";

    #[test]
    fn the_parts_have_their_times_and_sums() {
        let (_folder, sources) = samples::sources();
        let path = sources.project.book().join("evolution/s01-cache.md");
        std::fs::write(path, CHAPTER).unwrap();
        let html = render("", &sources).unwrap().html;
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
        let (_folder, sources) = samples::sources();
        assert_eq!(render("", &sources).unwrap_err(), "the book has no slides");
        let said = render("45", &sources).unwrap_err();
        assert_eq!(said, "`talk` takes nothing, and not `45`");
    }
}
