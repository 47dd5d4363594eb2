//! The slides of this book's talk, one by one: nothing overflows, nothing is tiny, everything can be told from its
//! ground, at the size that they are made for and on a larger screen.

use std::collections::{BTreeMap, BTreeSet};

use crate::common;
use crate::common::browser::Page;
use crate::common::everything;
use crate::common::server::Server;
use crate::common::slide_look::{look, look_at};
use crate::common::stage::CUTS;

/// The size that slides are made for, and that of a usual projector.
const SIZES: [(u32, u32); 2] = [(1280, 720), (1920, 1080)];

/// The faces that have no range of signs (`css/font.css`), for which the deck waits: what became of each.
const PLAIN_FACES: &str = "[...document.fonts].filter(face => face.unicodeRange === 'U+0-10FFFF').map(face => face.status)";

/// So many they are.
const FACES: usize = 6;

/// The other ones, of rarer signs, that were needed and did not come.
const LACKING_FACES: &str = "[...document.fonts].filter(face => face.unicodeRange !== 'U+0-10FFFF'
    && face.status === 'error').map(face => face.unicodeRange)";

/// Slides that are not as they should be, each with the part of the message that is let pass, and why. The list may only
/// become shorter: whoever adds to it has to change its length, and one that is no longer needed is a failure.
const EXEMPT: [(&str, &str, &str); 0] = [];

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

/// The mistakes of slides, by their ids.
type Mistakes = BTreeMap<String, BTreeSet<String>>;

/// Looks at all slides of all cuts, at their first and their last step: there a change shows its old code, here its new.
fn look_at_all(page: &Page, port: u16, wrong: &mut Mistakes) {
    let mut looked_at = BTreeSet::new();
    for cut in CUTS {
        page.go(&format!("http://127.0.0.1:{port}/talk/?cut={cut}"));
        page.wait("document.documentElement.classList.contains('is-ready')");
        for (id, steps) in slides(page) {
            if !looked_at.insert(id.clone()) {
                continue;
            }
            for step in BTreeSet::from([0, steps]) {
                let found = look_at(page, &id, step).mistakes();
                wrong.entry(id.clone()).or_default().extend(found);
            }
        }
    }
    assert!(
        looked_at.len() >= 20,
        "only {} slides were found",
        looked_at.len()
    );
}

/// Looks at all slides at a size and in a scheme, where the browser has no error to tell and all faces come.
fn look_as(page: &Page, port: u16, (size, scheme): ((u32, u32), &str)) -> Mistakes {
    let mut wrong = Mistakes::new();
    page.show_at(size, scheme, "reduce");
    page.take_seen();
    look_at_all(page, port, &mut wrong);
    let errors = page.take_seen().errors;
    assert!(errors.is_empty(), "{size:?}, {scheme}: {errors:#?}");
    assert_eq!(page.ask_strings(PLAIN_FACES), ["loaded"; FACES]);
    assert_eq!(page.ask_strings(LACKING_FACES), [""; 0]);
    wrong
}

#[test]
fn every_slide_fits_and_can_be_read() {
    let by_day = SIZES.map(|size| (size, "light"));
    let by_night = SIZES.map(|size| (size, "dark"));
    let looks = match everything() {
        true => vec![by_day[0], by_day[1], by_night[0], by_night[1]],
        false => vec![by_day[0], by_night[1]],
    };
    let looks = looks.into_iter();
    let windows: Option<Vec<_>> = looks.map(|look| Some((Page::open()?, look))).collect();
    let Some(windows) = windows else {
        return common::skipped_without_browser("every_slide_fits_and_can_be_read");
    };
    let server = Server::of_this_book();
    let port = server.port;
    // Side by side: while one slide is drawn, another one is judged.
    let found = std::thread::scope(|scope| {
        let looks: Vec<_> = (windows.iter())
            .map(|(page, look)| scope.spawn(move || look_as(page, port, *look)))
            .collect();
        let found = looks.into_iter().map(|look| look.join().expect("no panic"));
        found.collect::<Vec<Mistakes>>()
    });
    let mut wrong = Mistakes::new();
    for (id, messages) in found.into_iter().flatten() {
        wrong.entry(id).or_default().extend(messages);
    }
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
    assert_none(&wrong);
    for (at, (id, part, _)) in EXEMPT.iter().enumerate() {
        assert!(
            needed.contains(&at),
            "the slide {id} no longer needs its exemption ({part}): take it out"
        );
    }
}

/// A talk must not depend on a file that may be missing: with the fonts of a machine all slides fit as well.
#[test]
fn every_slide_fits_without_the_faces_of_the_book() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("every_slide_fits_without_the_faces_of_the_book");
    };
    let server = Server::of_this_book();
    let mut wrong = Mistakes::new();
    page.without_faces();
    page.show_at(SIZES[0], "light", "reduce");
    look_at_all(&page, server.port, &mut wrong);
    assert_eq!(page.ask_strings(PLAIN_FACES), ["error"; FACES]);
    assert_none(&wrong);
}

fn assert_none(wrong: &Mistakes) {
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
    let at_rest = look(&page);
    assert_eq!(at_rest.found(), [false; 3], "{at_rest:?}");
    let with = |style: &str| {
        page.ask(&format!(
            "(document.querySelector('.is-now p').style.cssText = '{style}', 1)"
        ));
        look(&page).found()
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
    assert_eq!(look(&page).tiny.len(), 1, "20 units at half their size");
}
