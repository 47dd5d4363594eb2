//! The slides of this book's talk, one by one: nothing overflows, nothing is tiny, everything can be told from its
//! ground, at the size that they are made for and on a larger screen.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::browser::Page;
use common::project;
use common::server::Server;
use common::slide_look::{faint, overflow, tiny};
use common::stage::CUTS;

/// The size that slides are made for, and that of a usual projector.
const SIZES: [(u32, u32); 2] = [(1280, 720), (1920, 1080)];

/// Slides that are not as they should be, each with the part of the message that is let pass, and why. The list may only
/// become shorter: whoever adds to it has to change its length, and one that is no longer needed is a failure.
const EXEMPT: [(&str, &str, &str); 0] = [];

/// Shows a slide at a step.
fn show(page: &Page, id: &str, step: usize) {
    let address = if step == 0 {
        format!("#/{id}")
    } else {
        format!("#/{id}/{step}")
    };
    page.ask(&format!("(location.hash = '{address}', 1)"));
    page.wait(&format!(
        "location.hash === '{address}' && document.querySelector('.slide.is-now')?.id === '{id}'"
    ));
}

/// The ids of the slides of a cut, each with its steps.
fn slides(page: &Page) -> Vec<(String, usize)> {
    let told = page.ask_strings(
        "[...document.querySelectorAll('.deck > .slide')].map(slide => `${slide.id} ${slide.dataset.steps}`)",
    );
    let told = told.iter().map(|told| {
        let (id, steps) = told.split_once(' ').expect("an id and a number");
        (id.to_owned(), steps.parse().expect("a number"))
    });
    told.collect()
}

#[test]
fn every_slide_fits_and_can_be_read() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("every_slide_fits_and_can_be_read");
    };
    let server = Server::start(&project());
    let mut wrong: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut looked_at = BTreeSet::new();
    for (size, scheme) in SIZES
        .into_iter()
        .flat_map(|size| [(size, "light"), (size, "dark")])
    {
        looked_at.clear();
        for cut in CUTS {
            page.show_at(size, scheme, "reduce");
            page.take_seen();
            page.go(&format!("http://127.0.0.1:{}/talk/?cut={cut}", server.port));
            page.wait("document.documentElement.classList.contains('is-ready')");
            for (id, steps) in slides(&page) {
                if !looked_at.insert(id.clone()) {
                    continue;
                }
                // At the first step a change shows its old code, at the last its new.
                for step in BTreeSet::from([0, steps]) {
                    show(&page, &id, step);
                    let found = [overflow(&page), tiny(&page), faint(&page)].concat();
                    wrong.entry(id.clone()).or_default().extend(found);
                }
            }
            let errors = page.take_seen().errors;
            assert!(errors.is_empty(), "cut {cut}, {scheme}: {errors:#?}");
        }
    }
    assert!(
        looked_at.len() >= 20,
        "only {} slides were found",
        looked_at.len()
    );
    let mut needed = BTreeSet::new();
    for (id, messages) in &mut wrong {
        messages.retain(|message| {
            let exempt = EXEMPT
                .iter()
                .position(|(slide, part, _)| slide == id && message.contains(part));
            needed.extend(exempt);
            exempt.is_none()
        });
    }
    let wrong: Vec<String> = wrong
        .iter()
        .flat_map(|(id, messages)| {
            messages
                .iter()
                .map(move |message| format!("{id}: {message}"))
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} mistakes:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    for (at, (id, part, _)) in EXEMPT.iter().enumerate() {
        assert!(
            needed.contains(&at),
            "the slide {id} no longer needs its exemption ({part}): take it out"
        );
    }
}

/// The measures find something where there is something, or the test above would always pass.
#[test]
fn what_does_not_fit_is_found() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("what_does_not_fit_is_found");
    };
    let book = common::talk::book();
    let server = Server::start(book.root());
    page.show_at(SIZES[0], "light", "reduce");
    page.go(&format!("http://127.0.0.1:{}/talk/#/opening", server.port));
    let found = || [overflow(&page), tiny(&page), faint(&page)].map(|found| found.len());
    assert_eq!(found(), [0, 0, 0], "{:?}", overflow(&page));
    let with = |style: &str| {
        page.ask(&format!(
            "(document.querySelector('.is-now p').style.cssText = '{style}', 1)"
        ));
        found().map(|found| found > 0)
    };
    assert_eq!(with("min-width: 1300px"), [true, false, false]);
    assert_eq!(with("margin-top: 640px"), [true, false, false]);
    assert_eq!(with("height: 10px; overflow: hidden"), [true, false, false]);
    assert_eq!(with("margin-top: -60px"), [true, false, false]);
    assert_eq!(with("font-size: 13px"), [false, true, false]);
    assert_eq!(with("color: #aaa"), [false, false, true]);
    // A drawing is scaled, and its letters with it.
    page.ask(
        "(document.querySelector('.is-now p').outerHTML = '<div style=\"width: 200px\"><svg viewBox=\"0 0 400 40\">\
         <text x=\"0\" y=\"20\" font-size=\"20\">small</text></svg></div><p></p>', 1)",
    );
    assert_eq!(tiny(&page).len(), 1, "20 units at half their size");
}
