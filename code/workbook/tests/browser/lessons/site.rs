//! A small book with a quiz, predictions and a page of progress.

use crate::common;
use crate::common::fileserver::FileServer;
use crate::common::fixture::Fixture;

const QUIZ: &str = r#"
[[questions]]
id = "one-choice"
type = "MultipleChoice"
prompt.prompt = "Which is *it*?"
prompt.distractors = ["The `first`", "The second"]
answer.answer = "The third"
context = "The context of the choice."
wrong = ["What is wrong with the first.", "What is wrong with the second."]

[[questions]]
id = "one-short"
type = "ShortAnswer"
prompt.prompt = "What holds it?"
answer.answer = "hash map"
context = "The context of the map."
wrong = { "list" = "What is wrong with a list." }

[[questions]]
id = "one-prints"
type = "Tracing"
prompt.program = """
fn main() {
    println!("a rather long line, for it to be wider than a telephone is, {}", 1 + 1);
}"""
answer.doesCompile = true
answer.stdout = "2"
context = "The context of the sum."

[[questions]]
id = "one-fails"
type = "Tracing"
prompt.program = """
fn main() {
    let x: u8 = "a";
}"""
answer.doesCompile = false
answer.lineNumber = 2
context = "The context of the error."

[[questions]]
id = "one-more"
type = "ShortAnswer"
prompt.prompt = "Once more?"
answer.answer = "no"
context = "The context of no."
"#;

const PREDICTIONS: &str = r#"
[[predictions]]
id = "one-gain"
question = "How much does it gain without its distance?"
truth = "evolution/s00-one[delay=0] / evolution/s00-one"
from = "0.5 ×"
to = "100 ×"
chart = "evolution"
why = "Why so much?"
because = "Because it does not wait."

[predictions.replies]
right = "The reply to what is right."
hopeful = "The reply to hope."
careful = "The reply to care."

[[predictions]]
id = "one-choice"
question = "Is it known?"
why = "Why is it?"
because = "By tests."

[[predictions.choices]]
option = "Yes"
reply = "The reply to yes."
right = true

[[predictions.choices]]
option = "No"
reply = "The reply to no."
"#;

/// A small book with a quiz, predictions and a page of progress, and its server.
pub struct Site {
    pub book: Fixture,
    pub server: FileServer,
}

/// Builds it.
pub fn site() -> Site {
    let book = Fixture::new();
    book.dress();
    book.write("book/quizzes/s00-one.toml", QUIZ);
    book.write("book/predictions/s00-one.toml", PREDICTIONS);
    let chapter = "book/evolution/s00-one.md";
    book.replace(
        chapter,
        "## The result\n\n",
        "## The result\n\n{{#predict one-gain}}\n\n",
    );
    book.replace(
        chapter,
        "is right\n\nBy",
        "is right\n\n{{#predict one-choice}}\n\nBy",
    );
    book.append(chapter, "\n{{#quiz s00-one}}\n");
    book.append("book/start/idea.md", "\n{{#progress}}\n\n{{#path short}}\n");
    book.write(
        "book/paths.toml",
        "[[paths]]\nname = \"short\"\ntitle = \"Short\"\n[[paths.stops]]\nchapter = \"s00-one\"\nminutes = 5\ntask = \"read\"\n",
    );
    let output = common::workbook(book.root(), &["build", "--out", "site"]);
    assert_eq!(output.status.code(), Some(0), "{}", common::errors(&output));
    let server = FileServer::start(&book.root().join("site"), "under/a/path");
    Site { book, server }
}

impl Site {
    /// The address of one of its pages.
    pub fn address(&self, page: &str) -> String {
        format!("http://127.0.0.1:{}/under/a/path/{page}", self.server.port)
    }
}
