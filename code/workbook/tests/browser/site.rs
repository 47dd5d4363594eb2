//! The book in a browser: every page of it, wide and narrow, light and dark.

mod addresses;
mod visitor;

use self::addresses::Addresses;
use self::visitor::{Sizes, Visited, Visitor, without_anchor};
use crate::common;
use crate::common::browser::Page;
use crate::common::fixture::Fixture;
use crate::common::http;
use crate::common::page_look::{contrast, overflow};
use crate::common::server::Server;

/// So many pages are looked at side by side: while one is laid out, another one is asked for.
const WINDOWS: usize = 3;

/// Every page without an error, a request to elsewhere, too much weight, or a broken link.
#[test]
fn every_page_is_sound_in_a_browser() {
    let pages: Vec<Page> = (0..WINDOWS).map_while(|_| Page::open()).collect();
    if pages.is_empty() {
        return common::skipped_without_browser("every_page_is_sound_in_a_browser");
    }
    let server = Server::of_this_book();
    let origin = format!("http://127.0.0.1:{}", server.port);
    let addresses = Addresses::from(format!("{origin}/"));
    let sizes = Sizes::default();
    let mut wrong = std::thread::scope(|scope| {
        let windows: Vec<_> = (pages.iter())
            .map(|page| {
                let visitor = Visitor::new(page, &origin, server.port, &sizes);
                scope.spawn(|| go_through(&addresses, visitor))
            })
            .collect();
        let wrong = windows
            .into_iter()
            .map(|window| window.join().expect("no panic"));
        wrong.flatten().collect::<Vec<String>>()
    });
    let visited = addresses.visited();
    for (address, found) in &visited {
        for link in &found.links {
            let (target, anchor) = link.split_once('#').unwrap_or((link, ""));
            let anchors = &visited[target].anchors;
            // `#/the-map/2` is a place in the talk, which its script knows.
            let is_element = !anchor.is_empty() && !anchor.starts_with('/');
            // Behind the name of a play is a position in it, which its script knows.
            let name = anchor.split('/').next().unwrap_or_default();
            if is_element && !anchors.is_empty() && !anchors.contains(name) {
                wrong.push(format!("{address}: {link} leads to no #{anchor}"));
            }
        }
    }
    wrong.sort();
    assert!(
        wrong.is_empty(),
        "{} mistakes:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    let chapters = visited
        .keys()
        .filter(|address| address.ends_with(".html"))
        .count();
    assert!(
        chapters >= 9,
        "only {chapters} chapters were found: {:?}",
        visited.keys()
    );
}

/// Visits addresses until there are no more, and hands back what is wrong with them.
fn go_through(addresses: &Addresses<Visited>, mut visitor: Visitor) -> Vec<String> {
    while let Some(taken) = addresses.next() {
        let address = taken.address.clone();
        let answer = http::get(visitor.port, &address[visitor.origin.len()..]);
        let is_page = answer
            .header("content-type")
            .is_some_and(|kind| kind.starts_with("text/html"));
        if answer.status != 200 {
            let status = answer.status;
            visitor.tell(&address, format!("status {status}"));
        }
        // The pages for printing open a dialogue.
        let is_for_paper = address.ends_with("/print.html") || address.contains("?print");
        if answer.status != 200 || !is_page || is_for_paper {
            taken.done(Visited::default(), []);
            continue;
        }
        let found = visitor.visit(&address);
        let leads_to: Vec<String> = (found.links.iter())
            .map(|link| without_anchor(link).to_owned())
            .collect();
        taken.done(found, leads_to);
    }
    visitor.wrong
}

/// The browser tells mistakes at all, or the test above would always pass.
#[test]
fn the_browser_tells_mistakes() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("the_browser_tells_mistakes");
    };
    let book = Fixture::new();
    let server = Server::start(book.root());
    let address = format!("http://127.0.0.1:{}/start/idea.html", server.port);
    page.go(&address);
    page.take_seen();
    page.ask("(console.error('one'), setTimeout(() => { throw new Error('two') }), 1)");
    // Neither runs, nor is asked for, under the policy of our pages.
    page.ask(
        "(() => { const s = document.createElement('script'); s.textContent = 'window.three = 1'; \
              document.head.append(s); return 1 })()",
    );
    page.ask("(fetch('http://127.0.0.1:9/four').catch(() => {}), 1)");
    page.wait("!window.three");
    let deadline = std::time::Instant::now() + common::PATIENCE;
    let mut errors = Vec::new();
    while errors.len() < 4 {
        assert!(
            std::time::Instant::now() < deadline,
            "only these were told: {errors:#?}"
        );
        errors.extend(page.take_seen().errors);
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    for words in ["one", "two", "inline script", "four"] {
        assert!(
            errors.iter().any(|error| error.contains(words)),
            "{words}: {errors:#?}"
        );
    }
    page.show_as(390, "light");
    page.go(&address);
    assert_eq!((overflow(&page), contrast(&page, "light")), (None, None));
    page.ask(
        "(() => { const p = document.querySelector('main p'); p.style.width = '500px'; \
              p.style.color = '#bbb'; p.style.background = '#fff'; return 1 })()",
    );
    assert!(overflow(&page).is_some_and(|what| what.contains("\"P ")));
    let in_a_box = |overflow: &str| {
        page.ask(&format!(
            "(document.querySelector('main').style.overflow = 'visible', \
              (document.querySelector('.box') ?? (() => {{ const p = document.querySelector('main p'); \
                 const box = document.createElement('div'); box.className = 'box'; p.replaceWith(box); \
                 box.append(p); return box }})()).style.overflow = '{overflow}', 1)"
        ));
    };
    in_a_box("auto");
    assert_eq!(overflow(&page), None, "it can be scrolled");
    in_a_box("clip");
    assert!(overflow(&page).is_some(), "nobody can read what is cut off");
    assert!(contrast(&page, "light").is_some());
}

/// A page reloads by itself when its chapter has changed.
#[test]
fn an_open_page_follows_a_change() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("an_open_page_follows_a_change");
    };
    let book = Fixture::new();
    let server = Server::start(book.root());
    page.go(&format!("http://127.0.0.1:{}/start/idea.html", server.port));
    book.append("book/start/idea.md", "\nA new sentence.\n");
    page.wait("document.body?.textContent.includes('A new sentence.')");
    std::fs::remove_file(book.root().join("book/SUMMARY.md")).expect("removed");
    page.wait("document.querySelector('#workbook-failed')?.textContent.includes('SUMMARY.md')");
}
