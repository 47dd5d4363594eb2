//! Predictions, quizzes and progress in a browser, on the static site: by keyboard alone, on a wide window and a narrow one,
//! light and dark; on paper; and without scripts.

mod answers;
mod bets;
mod reader;
mod site;

use self::answers::answers;
use self::bets::bets;
use self::reader::Reader;
use self::site::site;
use crate::common;
use crate::common::browser::Page;
use crate::common::page_look::{contrast, overflow};
use crate::common::project;

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
    // Again and again: what the click has opened may be laid out later, and then the end is farther down.
    page.wait(&format!(
        "(scrollTo(0, document.documentElement.scrollHeight), {mark})"
    ));
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
