//! `{{#progress}}`: what a reader has done of each chapter.
//!
//! The page gets a table of all chapters with the names of what can be done in each; the page's script fills it with what is
//! kept in the browser. Nothing of it leaves the machine.

use std::fmt::Write as _;

use directives::html::escape;
use directives::{Directive, Place, Rendered, scan};
use project::{Chapter, chapters};

use crate::shelf::Shelf;

/// The table of all chapters.
pub struct Progress;

impl Directive<Shelf> for Progress {
    fn name(&self) -> &'static str {
        "progress"
    }

    fn render(
        &self,
        argument: &str,
        sources: &Shelf,
        place: &Place<'_>,
    ) -> Result<Rendered, String> {
        if !argument.is_empty() {
            return Err(format!("`progress` takes nothing, and not `{argument}`"));
        }
        let chapters =
            chapters::chapters(&sources.project).map_err(|error| format!("{error:#}"))?;
        let rows: String = (chapters.iter())
            .map(|chapter| row(chapter, sources, &place.to_root()))
            .collect();
        Ok(Rendered::block(format!(
            "<section class=\"progress\" aria-label=\"What you have done\"><p class=\"progress-without\">The page fills this \
             table with the help of a script, and no script runs here.</p><div class=\"table-wrapper\"><table><thead><tr>\
             <th scope=\"col\">chapter</th><th scope=\"col\">read</th><th scope=\"col\">bets</th>\
             <th scope=\"col\">questions</th><th scope=\"col\">exercises</th></tr></thead><tbody>{rows}</tbody></table></div></section>"
        )))
    }
}

fn row(chapter: &Chapter, sources: &Shelf, to_root: &str) -> String {
    let file = sources.project.book().join(&chapter.path);
    // A chapter that cannot be read is told of elsewhere.
    let markdown = std::fs::read_to_string(file).unwrap_or_default();
    let written = scan::directives(&markdown);
    let named = |directive: &str| -> Vec<&str> {
        let shown = written.iter().filter(|one| one.inside.is_none());
        let of_it = shown.filter(|one| one.name == directive);
        of_it.map(|one| one.argument).collect()
    };
    let quizzes = named("quiz");
    let questions = (quizzes.iter()).flat_map(|quiz| sources.quizzes.of(quiz).unwrap_or_default());
    let questions: Vec<&str> = questions.map(|question| question.id.as_str()).collect();
    let page = escape(&chapter.page().display().to_string());
    let mut html = format!("<tr data-page=\"{page}\"");
    for (kind, names) in [
        ("bets", named("predict")),
        ("questions", questions),
        ("exercises", named("exercise")),
    ] {
        write!(html, " data-{kind}=\"{}\"", escape(&names.join(" ")))
            .expect("a string takes everything");
    }
    let title = escape(&chapter.title);
    html + &format!(
        "><td><a href=\"{to_root}{page}\">{title}</a></td><td></td><td></td><td></td><td></td></tr>"
    )
}

#[cfg(test)]
mod tests {
    use directives::testing::rendered;
    use project::testing::sample;

    use super::*;

    #[test]
    fn a_chapter_has_the_names_of_what_can_be_done_in_it() {
        let (_folder, project) = sample();
        let chapter = "# Cache\n\n{{#predict a}}\n\n`{{#predict b}}`\n\n{{#exercise c}}\n\n{{#quiz s01-cache}}\n";
        std::fs::write(project.book().join("evolution/s01-cache.md"), chapter).expect("written");
        let folder = project.book().join("quizzes");
        std::fs::create_dir_all(&folder).expect("a folder");
        let quiz = "[[questions]]\nid = \"q\"\ntype = \"ShortAnswer\"\nprompt.prompt = \"?\"\nanswer.answer = \"a\"\ncontext = \"c\"\n";
        std::fs::write(folder.join("s01-cache.toml"), quiz).expect("written");
        let html = rendered(&Progress, "", &crate::shelf::load(&project)).expect("a table");
        assert!(
            html.contains(
                "<tr data-page=\"evolution/s01-cache.html\" data-bets=\"a\" data-questions=\"q\" data-exercises=\"c\">\
                 <td><a href=\"../evolution/s01-cache.html\">Cache</a></td>"
            ),
            "{html}"
        );
    }
}
