//! A quiz as Markdown with HTML around it.
//!
//! What the script needs to judge an answer stands in attributes. Options have letters, by which the answers name them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use directives::html::escape;

use super::question::{Asks, Does, Question};
use crate::tables::markdown;

/// Nobody reads to the end of more options than there are letters here.
const LETTERS: [char; 8] = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];

/// What is asked of every program.
const TRACE: &str = "Does this program compile? If it does, what does it print? If not, in which line is the error?";

/// The quiz of a chapter.
pub fn quiz(chapter: &str, questions: &[Question]) -> String {
    let name = escape(chapter);
    let mut text = format!(
        "<section class=\"quiz\" id=\"quiz-{name}\" data-quiz=\"{name}\" aria-label=\"Quiz\">\n\n## Questions\n\n"
    );
    for (at, question) in questions.iter().enumerate() {
        write(&mut text, question, at + 1, questions.len());
    }
    text + "</section>"
}

fn write(text: &mut String, question: &Question, number: usize, of: usize) {
    let id = escape(&question.id);
    let (judged, asked, answered) = match &question.asks {
        Asks::Choice { prompt, options } => choice(prompt, options),
        Asks::Short {
            prompt,
            accepted,
            wrong,
        } => short(prompt, accepted, wrong),
        Asks::Tracing {
            program,
            does,
            wrong,
        } => tracing(program, does, wrong),
    };
    let context = markdown(&question.context);
    write!(
        text,
        "<fieldset class=\"quiz-question\" id=\"ask-{id}\" data-question=\"{id}\" {judged}>\n\
         <legend>Question {number} of {of}</legend>\n\n{asked}\
         <details class=\"quiz-answer\">\n<summary>The answer to question {number}</summary>\n\n{answered}\
         <div class=\"quiz-context\">\n\n{context}\n\n</div>\n</details>\n</fieldset>\n\n"
    )
    .expect("a string takes everything");
}

/// Attributes, question, and answer.
type Parts = (String, String, String);

fn choice(prompt: &str, options: &[(String, Option<String>)]) -> Parts {
    let right = options.iter().position(|(_, wrong)| wrong.is_none());
    let right = right.expect("one option is right");
    let letter = |at: usize| LETTERS.get(at).copied().unwrap_or('?');
    let mut asked = format!(
        "<div class=\"quiz-prompt\">\n\n{}\n\n</div>\n<ol class=\"quiz-options\" type=\"A\">\n",
        markdown(prompt)
    );
    let mut answered = format!(
        "<p class=\"quiz-right\">The answer is {}.</p>\n<ul class=\"quiz-wrong\">\n",
        letter(right)
    );
    for (at, (option, wrong)) in options.iter().enumerate() {
        let option = markdown(option);
        write!(asked, "<li>\n\n{option}\n\n</li>\n").expect("a string takes everything");
        if let Some(wrong) = wrong {
            said(
                &mut answered,
                &letter(at).to_string(),
                &at.to_string(),
                wrong,
            );
        }
    }
    asked.push_str("</ol>\n");
    answered.push_str("</ul>\n");
    (
        format!("data-type=\"choice\" data-right=\"{right}\""),
        asked,
        answered,
    )
}

fn short(prompt: &str, accepted: &[String], wrong: &BTreeMap<String, String>) -> Parts {
    let list = serde_json::to_string(accepted).expect("texts are plain data");
    let answer = escape(&accepted[0]);
    (
        format!("data-type=\"short\" data-accepted=\"{}\"", escape(&list)),
        format!(
            "<div class=\"quiz-prompt\">\n\n{}\n\n</div>\n",
            markdown(prompt)
        ),
        format!(
            "<p class=\"quiz-right\">The answer is <b>{answer}</b>.</p>\n{}",
            typed(wrong)
        ),
    )
}

fn tracing(program: &str, does: &Does, wrong: &BTreeMap<String, String>) -> Parts {
    let asked =
        format!("<div class=\"quiz-prompt\">\n\n{TRACE}\n\n</div>\n\n```rust\n{program}\n```\n\n");
    let (judged, right) = match does {
        Does::Prints(printed) => (
            format!("data-prints=\"{}\"", escape(printed)),
            format!("It compiles, and prints</p>\n\n```text\n{printed}\n```\n\n"),
        ),
        Does::FailsAt(line) => {
            let code = program.lines().nth(line - 1).unwrap_or("").trim();
            (
                format!("data-fails-at=\"{line}\""),
                format!(
                    "It does not compile: the error is in line {line}, <code>{}</code>.</p>\n",
                    escape(code)
                ),
            )
        }
    };
    (
        format!("data-type=\"tracing\" {judged}"),
        asked,
        format!("<p class=\"quiz-right\">{right}{}", typed(wrong)),
    )
}

/// What is wrong with answers that are typed.
fn typed(wrong: &BTreeMap<String, String>) -> String {
    if wrong.is_empty() {
        return String::new();
    }
    let mut text = "<ul class=\"quiz-wrong\">\n".to_owned();
    for (answer, reason) in wrong {
        said(&mut text, answer, answer, reason);
    }
    text + "</ul>\n"
}

fn said(text: &mut String, shown: &str, answer: &str, reason: &str) {
    let (shown, answer, reason) = (escape(shown), escape(answer), markdown(reason));
    write!(
        text,
        "<li data-answer=\"{answer}\">\n\n<span class=\"quiz-not\">Not {shown}:</span> {reason}\n\n</li>\n"
    )
    .expect("a string takes everything");
}
