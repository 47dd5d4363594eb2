//! `{{#exercise lost-update}}`: what is to be done, how it is begun, and hints that stay folded.
//!
//! Whether it is done is judged on the reader's own machine, by the command that stands there. The solution is not in the page.

use directives::html::escape;
use directives::{Directive, Place, Rendered};
use project::exercises;
use pulldown_cmark::{Options, Parser, html};

use crate::shelf::Shelf;

/// The task of an exercise.
pub struct Exercise;

impl Directive<Shelf> for Exercise {
    fn name(&self) -> &'static str {
        "exercise"
    }

    fn render(
        &self,
        argument: &str,
        sources: &Shelf,
        _place: &Place<'_>,
    ) -> Result<Rendered, String> {
        let exercise = exercises::find(&sources.project, argument)
            .map_err(|error| format!("{error:#}").replace("; `workbook list` shows them", ""))?;
        let about = &exercise.about;
        let name = escape(&exercise.name);
        let hints: String = (about.hints.iter().enumerate())
            .map(|(number, hint)| {
                format!(
                    "<details><summary>Hint {} of {}</summary>{}</details>",
                    number + 1,
                    about.hints.len(),
                    markdown(hint)
                )
            })
            .collect();
        let title = markdown(&about.title);
        let title = title.trim_start_matches("<p>");
        let title = title.trim_end_matches("&#10;").trim_end_matches("</p>");
        let html = format!(
            r#"<section class="exercise" id="exercise-{name}" data-exercise="{name}" aria-labelledby="exercise-{name}-title"><p class="exercise-title" id="exercise-{name}-title">{title}</p><p class="exercise-facts">{kind}, about {minutes} minutes</p>{task}<pre><code class="language-sh">cargo run --release -- check {name}</code></pre><p class="exercise-how">makes a copy for you in <code>my-work/{name}</code>, judges it, and says what is wrong; give it again after each change, or once with <code>--watch</code>.</p>{hints}</section>"#,
            kind = escape(&about.kind.to_string()),
            minutes = about.minutes,
            task = markdown(&about.task),
        );
        Ok(Rendered::block(html))
    }
}

/// A text as HTML on one line.
fn markdown(text: &str) -> String {
    let mut rendered = String::new();
    let options = Options::ENABLE_SMART_PUNCTUATION | Options::ENABLE_TABLES;
    html::push_html(&mut rendered, Parser::new_ext(text, options));
    // A line break would end the block, and a directive in a code span is none.
    rendered
        .trim_end()
        .replace('\n', "&#10;")
        .replace("{{", "&#123;&#123;")
}

#[cfg(test)]
mod tests {
    use directives::testing::rendered;
    use project::testing::sample;

    use super::*;

    const ABOUT: &str = "title = \"Two *counts*\"\nchapter = \"s01-cache\"\nminutes = 15\nkind = \"repair\"\n\
         task = \"\"\"\nMend `count`.\n\nThen rest: `a < b`.\n\"\"\"\nhints = [\"Look.\", \"There.\"]\n\
         explanation = \"The secret.\"\n";

    fn exercise(argument: &str, about: &str) -> Result<String, String> {
        let (_folder, project) = sample();
        let folder = project.root.join("code/exercises/lost-update");
        std::fs::create_dir_all(&folder).expect("created");
        std::fs::write(folder.join("exercise.toml"), about).expect("written");
        rendered(&Exercise, argument, &crate::shelf::load(&project))
    }

    #[test]
    fn the_task_is_shown_and_the_explanation_is_not() {
        let html = exercise("lost-update", ABOUT).expect("shown");
        assert!(!html.contains('\n'), "a line break would end the block");
        for part in [
            "id=\"exercise-lost-update-title\">Two <em>counts</em></p>",
            "repair, about 15 minutes",
            "<p>Mend <code>count</code>.</p>&#10;<p>Then rest: <code>a &lt; b</code>.</p>",
            "-- check lost-update</code>",
            "<details><summary>Hint 2 of 2</summary><p>There.</p></details>",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert!(!html.contains("secret"), "{html}");
    }

    #[test]
    fn mistakes_are_said_in_one_sentence() {
        let said = exercise("lost-updat", ABOUT).expect_err("there is none");
        assert_eq!(
            said,
            "there is no exercise named lost-updat; did you mean lost-update?"
        );
        let said = exercise("lost-update", "title = 1").expect_err("no exercise");
        assert!(
            said.starts_with("code/exercises/lost-update/exercise.toml"),
            "{said}"
        );
    }
}
