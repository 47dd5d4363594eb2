//! The talk on paper: a page for each slide and no more, with notes or without.

use crate::common;
use crate::common::browser::Page;
use crate::common::stage::{assert_calm, at, published, this_book};
use crate::common::talk::{SLIDES, book};
use regex::bytes::Regex;

/// The pages of a PDF file.
fn pages(pdf: &[u8]) -> usize {
    let mark = Regex::new(r"/Type\s*/Page[^s]").expect("a valid pattern");
    mark.find_iter(pdf).count()
}

#[test]
fn paper_has_a_page_for_each_slide_and_notes_if_they_are_wanted() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser(
            "paper_has_a_page_for_each_slide_and_notes_if_they_are_wanted",
        );
    };
    let server = published(&book());
    page.without_printing();
    // As somebody prints who has pressed the browser's own keys, in the middle of the talk.
    at(&page, server.port, "/some/repo/talk/#/steps/1");
    assert_eq!(pages(&page.pdf()), SLIDES.len());
    page.show_on("print");
    let seen = "[...document.querySelectorAll('.slide .fragment, .diff .line')].every(e => e.checkVisibility({ visibilityProperty: true }))";
    assert_eq!(
        page.ask(seen),
        true,
        "all steps are done, and a change has both its sides"
    );
    assert_eq!(
        page.ask("document.querySelector('.controls').checkVisibility()"),
        false
    );
    assert_eq!(
        page.ask("document.querySelector('#run .run-fallback').checkVisibility()"),
        true
    );
    page.show_on("screen");

    at(&page, server.port, "/some/repo/talk/?print&cut=20");
    page.wait("document.documentElement.classList.contains('is-print')");
    assert_eq!(pages(&page.pdf()), 2);
    at(&page, server.port, "/some/repo/talk/?print=notes&cut=45");
    page.wait("document.documentElement.classList.contains('is-print')");
    assert_eq!(
        page.ask("document.querySelectorAll('.slide > .notes').length"),
        4
    );
    assert!(
        page.ask("document.querySelector('#opening .notes').textContent")
            .to_string()
            .contains("Good evening")
    );
    assert_eq!(pages(&page.pdf()), 4);
    assert_calm(&page, server.port);
}

/// What this book says to a slide fits on its page.
#[test]
fn this_book_has_a_page_for_each_of_its_slides() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("this_book_has_a_page_for_each_of_its_slides");
    };
    let (_folder, server) = this_book();
    page.without_printing();
    for search in ["?print", "?print=notes", "?print=notes&cut=20"] {
        at(&page, server.port, &format!("/some/repo/talk/{search}"));
        page.wait("document.documentElement.classList.contains('is-print')");
        let slides = page.ask("document.querySelectorAll('.deck > .slide').length");
        assert!(slides.as_u64() > Some(10), "{slides}");
        assert_eq!(slides, pages(&page.pdf()), "{search}");
    }
    // As the browser prints it, in the dark and in the middle of the talk.
    at(&page, server.port, "/some/repo/talk/#/cache");
    page.show_at((1280, 720), "dark", "no-preference");
    page.press("PageDown");
    let slides = page.ask("document.querySelectorAll('.deck > .slide').length");
    assert_eq!(slides, pages(&page.pdf()));
    assert_calm(&page, server.port);
}
