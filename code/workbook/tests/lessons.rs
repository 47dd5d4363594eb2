//! Predictions, quizzes and progress in a browser, on the static site: by keyboard alone, on a wide window and a narrow one,
//! light and dark; on paper; and without scripts.

mod common;

use common::browser::Page;
use common::fileserver::FileServer;
use common::fixture::Fixture;
use common::page_look::{contrast, overflow};
use common::project;

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
struct Site {
    book: Fixture,
    server: FileServer,
}

fn site() -> Site {
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
    fn address(&self, page: &str) -> String {
        format!("http://127.0.0.1:{}/under/a/path/{page}", self.server.port)
    }
}

/// A page, and what a reader with a keyboard does on it.
struct Reader<'p>(&'p Page);

impl Reader<'_> {
    fn text(&self, selector: &str) -> String {
        let text = self
            .0
            .ask(&format!("document.querySelector('{selector}').innerText"));
        text.as_str().expect("a text").to_owned()
    }

    fn is(&self, expression: &str) -> bool {
        self.0.ask(expression) == true
    }

    /// Goes on by Tab until something has the focus.
    fn tab_to(&self, selector: &str) {
        let has_it = format!("document.activeElement.matches('{selector}')");
        for _ in 0..200 {
            if self.is(&has_it) {
                return;
            }
            self.0.press("Tab");
        }
        panic!("Tab does not lead to {selector}");
    }

    fn has_focus(&self, selector: &str) {
        let what = "document.activeElement.outerHTML.slice(0, 200)";
        let has_it = self.is(&format!("document.activeElement.matches('{selector}')"));
        assert!(
            has_it,
            "{selector} has not the focus, but {}",
            self.0.ask(what)
        );
    }

    fn types(&self, text: &str) {
        text.chars().for_each(|key| self.0.press(&key.to_string()));
    }

    /// Where a focus begins that comes from the page's beginning.
    fn begins(&self) {
        self.0
            .ask("(document.activeElement.blur(), getSelection().removeAllRanges(), 1)");
    }
}

/// Bets too much, and sees what came of it, and the bet on the chart.
fn bets(reader: &Reader<'_>) {
    let page = reader.0;
    let chart = "getComputedStyle(document.querySelector('#chart-evolution svg')).visibility";
    assert_eq!(page.ask(chart), "hidden", "what follows is covered");
    assert_eq!(
        page.ask("getComputedStyle(document.querySelector('#the-surprise')).visibility"),
        "visible",
        "and no more than that"
    );
    let marks = "[...document.querySelectorAll('#predict-one-gain .predict-marks span')].map(mark => mark.textContent)";
    assert_eq!(
        page.ask_strings(marks),
        ["0.50\u{a0}×", "", "10\u{a0}×", "100\u{a0}×"],
        "1 × is too near to the end for its number"
    );
    reader.tab_to("#predict-one-gain input");
    page.press("Home");
    (0..3).for_each(|_| page.press("ArrowRight"));
    let now = "document.querySelector('#predict-one-gain input').ariaValueText ?? \
               document.querySelector('#predict-one-gain input').getAttribute('aria-valuetext')";
    assert_eq!(page.ask(now), "1.00\u{a0}×");
    reader.tab_to(".predict-place");
    page.press("Enter");
    reader.has_focus(".predict-told[role=status]");
    let told = reader.text("#predict-one-gain .predict-told");
    assert!(
        told.starts_with("✗ Too low. Your bet: 1.00\u{a0}×."),
        "{told}"
    );
    assert!(
        ["Measured: 10\u{a0}×", "The reply to care."]
            .iter()
            .all(|part| told.contains(part)),
        "{told}"
    );
    let answer = reader.text("#predict-one-gain .predict-answer");
    assert!(answer.contains("Why so much?"), "{answer}");
    assert!(
        !answer.contains("The reply to") && !answer.contains("does not wait"),
        "{answer}"
    );
    assert_eq!(page.ask(chart), "visible");
    // The bet was the baseline itself: the line is at the end of its bar.
    let apart = "[...document.querySelectorAll('#chart-evolution svg')].map(drawing => {
        const bar = drawing.querySelector('rect[fill=\"var(--chart-1)\"]');
        const line = drawing.querySelector('.bet-line');
        return String(Math.abs(line.x1.baseVal.value - bar.x.baseVal.value - bar.width.baseVal.value) <= 1);
    })";
    assert_eq!(page.ask_strings(apart), ["true", "true"]);
    reader.tab_to("#predict-one-gain .predict-because > summary");
    page.press("Enter");
    assert!(
        reader
            .text("#predict-one-gain .predict-because")
            .contains("does not wait")
    );
    reader.tab_to("#predict-one-choice input");
    page.press("ArrowDown");
    reader.tab_to("#predict-one-choice .predict-place");
    page.press("Enter");
    let told = reader.text("#predict-one-choice .predict-told");
    assert!(
        told.starts_with("✗ Not so. Your bet: No.") && told.contains("The reply to no."),
        "{told}"
    );
}

impl Reader<'_> {
    /// Chooses an option of the first question, from which the focus goes on by arrows, and has it judged.
    fn chooses(&self, is_right: bool) {
        let page = self.0;
        let chosen = "document.querySelector('#ask-one-choice :checked')?.value ?? ''";
        let right = page.ask("document.querySelector('#ask-one-choice').dataset.right");
        page.press(" ");
        while (page.ask(chosen) == right) != is_right {
            page.press("ArrowDown");
        }
        page.press("Enter");
    }

    /// What is said of the answer to a question.
    fn told(&self, id: &str) -> String {
        self.text(&format!("#ask-{id} .quiz-told[role=status]"))
    }

    fn is_right(&self, id: &str) {
        let told = self.told(id);
        assert!(told.contains("✓ Right."), "{told}");
    }
}

/// Answers the first question wrong, and is told why.
fn errs(reader: &Reader<'_>) {
    let page = reader.0;
    reader.tab_to("#ask-one-choice input");
    page.press("Enter");
    assert_eq!(reader.told("one-choice"), "Choose an answer first.");
    reader.chooses(false);
    let said = reader.told("one-choice");
    assert!(
        said.contains("✗ Not that one.") && said.contains("The context of the choice."),
        "{said}"
    );
    let option =
        page.ask("document.querySelector('#ask-one-choice :checked').closest('label').innerText");
    let which = if option == "The first" {
        "first"
    } else {
        "second"
    };
    assert!(
        said.contains(&format!("What is wrong with the {which}.")),
        "{option}: {said}"
    );
    // The right one is named and marked, and all is said before the way to the next question.
    assert!(said.contains("The answer: The third"), "{said}");
    let marked = "[...document.querySelectorAll('#ask-one-choice .is-right')].map(option => option.innerText.trim())";
    assert_eq!(page.ask_strings(marked), ["The third"]);
    let is_after = "document.querySelector('#ask-one-choice .quiz-told').compareDocumentPosition(
        document.querySelector('#ask-one-choice .quiz-check')) === Node.DOCUMENT_POSITION_FOLLOWING";
    assert!(reader.is(is_after), "the button follows what is said");
    reader.has_focus("#ask-one-choice .quiz-check");
    page.press("Enter");
}

/// Answers all questions, the first of them wrong, and that again.
fn answers(reader: &Reader<'_>) {
    let page = reader.0;
    errs(reader);
    reader.has_focus("#ask-one-short input");
    reader.types("A Hash-map!");
    page.press("Enter");
    reader.is_right("one-short");
    page.press("Enter");
    reader.has_focus("#ask-one-prints input");
    page.press(" ");
    reader.tab_to("#ask-one-prints textarea");
    reader.types("2");
    reader.tab_to("#ask-one-prints .quiz-check");
    page.press("Enter");
    reader.is_right("one-prints");
    page.press("Enter");
    page.press("ArrowDown");
    reader.tab_to("#ask-one-fails select");
    (0..2).for_each(|_| page.press("ArrowDown"));
    page.press("Enter");
    reader.is_right("one-fails");
    page.press("Enter");
    reader.has_focus("#ask-one-more input");
    reader.types("no");
    page.press("Enter");
    assert_eq!(reader.text(".quiz-sum[role=status]"), "4 of 5 are right.");
    page.press("Enter");
    reader.has_focus(".quiz-again");
    page.press("Enter");
    reader.has_focus("#ask-one-choice input");
    reader.chooses(true);
    assert_eq!(reader.text(".quiz-sum[role=status]"), "All 5 are right.");
}

#[test]
fn bets_and_answers_are_given_by_keyboard_alone() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("bets_and_answers_are_given_by_keyboard_alone");
    };
    let site = site();
    let axe =
        std::fs::read_to_string(project().join("target/axe/node_modules/axe-core/axe.min.js"));
    let reader = Reader(&page);
    for (width, scheme) in [(1440, "light"), (390, "dark")] {
        page.show_as(width, scheme);
        page.go(&site.address(&format!("evolution/s00-one.html?{width}")));
        page.wait("!!document.querySelector('.quiz.is-live') && !!document.querySelector('.predict.is-live')");
        look(&page, &axe.as_deref().ok(), scheme);
        reader.begins();
        bets(&reader);
        answers(&reader);
        look(&page, &axe.as_deref().ok(), scheme);
        assert_eq!(overflow(&page), None, "at {width}");
        assert_eq!(contrast(&page, scheme), None, "at {width}");
        // A reader who comes again finds the bet, and how the answers were.
        page.reload();
        page.wait("!!document.querySelector('.quiz.is-live')");
        assert!(
            reader
                .text("#predict-one-gain .predict-told")
                .contains("Your bet: 1.00")
        );
        assert!(
            reader.text(".quiz-sum").contains("5 of 5"),
            "{}",
            reader.text(".quiz-sum")
        );
        page.ask("(localStorage.clear(), 1)");
    }
    assert_eq!(page.take_seen().errors, [""; 0]);
    assert_eq!(site.server.take_lacking(), [""; 0]);
}

/// What axe finds of it, where axe is: nothing that is serious.
fn look(page: &Page, axe: &Option<&str>, scheme: &str) {
    let Some(axe) = axe else {
        return common::skipped_or_failed(
            "bets_and_answers…",
            "there is no axe; `.ci/run` installs it",
        );
    };
    page.ask(&format!("(() => {{ {axe}; return 1 }})()"));
    let found = page.ask_strings(
        "axe.run('main', { resultTypes: ['violations'] }).then(({ violations }) => violations
            .filter(({ impact }) => ['serious', 'critical'].includes(impact))
            .map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`))",
    );
    assert_eq!(found, [""; 0], "{scheme}");
}

#[test]
fn without_scripts_and_on_paper_all_of_it_can_be_read() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser(
            "without_scripts_and_on_paper_all_of_it_can_be_read",
        );
    };
    let site = site();
    let reader = Reader(&page);
    page.show_as(1280, "light");
    let visible = |selector: &str| {
        format!(
            "document.querySelector('{selector}').checkVisibility({{ visibilityProperty: true, contentVisibilityAuto: true }})"
        )
    };
    page.without_scripts(true);
    page.go(&site.address("evolution/s00-one.html?without"));
    assert!(
        reader.is(&visible("#chart-evolution svg")),
        "nothing is covered"
    );
    for fold in [".predict-answer", ".quiz-answer"] {
        assert!(reader.is(&visible(&format!("{fold} > summary"))), "{fold}");
        assert!(
            !reader.is(&format!("document.querySelector('{fold}').open")),
            "{fold}"
        );
    }
    page.without_scripts(false);
    page.go(&site.address("evolution/s00-one.html"));
    page.wait("!!document.querySelector('.quiz.is-live')");
    page.show_on("print");
    for told in [
        "#chart-evolution svg",
        ".predict-reply",
        ".quiz-context",
        ".quiz-wrong li",
    ] {
        assert!(reader.is(&visible(told)), "{told}");
    }
    for field in [
        ".predict-place",
        ".quiz-check",
        ".quiz input",
        ".quiz-short",
    ] {
        assert!(!reader.is(&visible(field)), "{field}");
    }
    // The answers stand behind the last question.
    let top = |selector: &str| {
        format!("document.querySelector('{selector}').getBoundingClientRect().top")
    };
    let after = format!(
        "{} > {}",
        top("#ask-one-choice .quiz-context"),
        top("#ask-one-more .quiz-prompt")
    );
    assert!(reader.is(&after));
}

#[test]
fn what_was_done_is_kept_and_can_be_taken_elsewhere() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("what_was_done_is_kept_and_can_be_taken_elsewhere");
    };
    let site = site();
    let reader = Reader(&page);
    page.show_as(1280, "light");
    page.go(&site.address("evolution/s00-one.html"));
    page.wait("!!document.querySelector('.predict.is-live')");
    let mark = "!!document.querySelector('#mdbook-sidebar a[href$=\"evolution/s00-one.html\"] .read-mark')";
    assert!(!reader.is(mark), "its end was not seen yet");
    page.click("#predict-one-gain .predict-place");
    page.ask("(scrollTo(0, document.documentElement.scrollHeight), 1)");
    page.wait(mark);
    page.go(&site.address("start/idea.html"));
    let row = "document.querySelector('[data-page=\"evolution/s00-one.html\"]').innerText";
    page.wait(&format!("{row}.includes('✓')"));
    let shown = page.ask(row);
    assert_eq!(shown, "One\t✓\t1 of 2\t0 of 5\t–");
    page.click(".path-choose");
    let kept = page.ask("localStorage.getItem('workbook.progress.v1')");
    page.ask(
        "(window.confirm = () => true, document.querySelector('.progress-forget').click(), 1)",
    );
    assert_eq!(page.ask(row), "One\t–\t0 of 2\t0 of 5\t–");
    // As a file it comes back; another file changes nothing.
    let load = |text: &str| {
        page.ask(&format!(
            "(() => {{
                const files = new DataTransfer();
                files.items.add(new File([{text}], 'some.json'));
                const field = document.querySelector('.progress input[type=file]');
                field.files = files.files;
                field.dispatchEvent(new Event('change'));
                return 1;
            }})()"
        ));
    };
    load("'no progress'");
    page.wait(
        "document.querySelector('.progress-status').textContent.includes('nothing has changed')",
    );
    load(&format!(
        "JSON.stringify({{ version: 1, ...JSON.parse({kept}) }})"
    ));
    page.wait(&format!("{row}.includes('1 of 2')"));
    assert!(reader.is("document.querySelector('.path-choose').ariaPressed === 'true'"));
    page.go(&site.address("evolution/s00-one.html?again"));
    assert_eq!(reader.text(".onward li"), "Short: here it ends");
    assert_eq!(page.take_seen().errors, [""; 0]);
    drop(site.book);
}
