//! This book's talk, given from a copy of the static site as most speakers give it: by one key, without a mouse and
//! without a network. Every slide and every reveal comes, every program runs to its end, and the last slide stays.

use crate::common;
use crate::common::browser::Page;
use crate::common::everything;
use crate::common::stage::{
    CUTS, HAS_ENDED, PANELS_ARE_MADE, PLACE, assert_calm, at, press, starts_a_program, this_book,
};

/// All places of a cut in their order, each slide with all its steps.
const PLACES: &str = "[...document.querySelectorAll('.deck > .slide')].flatMap(slide =>
    Array.from({ length: Number(slide.dataset.steps) + 1 }, (_, step) => `${slide.id} ${step}`))";

/// Whether the step that is on has started a program.
const IS_LIVE: &str = "!!document.querySelector('.is-now .run-go.is-stop')";

#[test]
fn one_key_gives_the_whole_talk() {
    // The longest has the most programs to wait for.
    let cuts = if everything() { &CUTS[..] } else { &CUTS[..2] };
    let Some(pages) = cuts
        .iter()
        .map(|_| Page::open())
        .collect::<Option<Vec<_>>>()
    else {
        return common::skipped_without_browser("one_key_gives_the_whole_talk");
    };
    let (_folder, server) = this_book();
    // A talk is mostly waiting for its programs: all lengths are given at once, each in a window of its own.
    let given = std::thread::scope(|scope| {
        let talks: Vec<_> = (pages.iter().zip(cuts))
            .map(|(page, cut)| {
                let port = server.port;
                scope.spawn(move || {
                    at(page, port, &format!("/some/repo/talk/?cut={cut}"));
                    let given = give(page);
                    assert_calm(page, port);
                    given
                })
            })
            .collect();
        let given = talks
            .into_iter()
            .map(|talk| talk.join().expect("the talk is given"));
        given.collect::<Vec<Given>>()
    });
    let live: Vec<usize> = given.iter().map(|given| given.live).collect();
    assert!(
        live.iter().all(|&live| live >= 2),
        "each cut has two live runs: {live:?}"
    );
    let places: Vec<usize> = given.iter().map(|given| given.places).collect();
    assert!(
        places.is_sorted_by(|shorter, longer| shorter < longer),
        "{places:?}"
    );
    assert!(
        20 < places[0] && places[places.len() - 1] < 200,
        "{places:?}"
    );
    assert_eq!(server.take_lacking(), [""; 0]);
}

/// What a talk was made of.
struct Given {
    places: usize,
    live: usize,
}

fn give(page: &Page) -> Given {
    let places = page.ask_strings(PLACES);
    let first = places.first().expect("a slide");
    page.wait(&format!("{PLACE} === '{first}'"));
    page.wait(PANELS_ARE_MADE);
    let mut live = 0;
    for place in &places[1..] {
        press(page, "PageDown", place);
        if page.ask(&starts_a_program(place)) == true {
            page.wait(IS_LIVE);
            live += 1;
            page.wait(HAS_ENDED);
        }
    }
    let last = places.last().expect("a slide");
    page.press("PageDown");
    press(page, "PageDown", last);
    Given {
        places: places.len(),
        live,
    }
}
