//! The book in a browser: every page of it, wide and narrow, light and dark.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use common::browser::Page;
use common::page_look::{contrast, overflow};
use common::server::Server;
use common::{http, project};

/// A page with all that it loads, compressed, without the diagram script (DESIGN, section 9).
const PAGE_BYTES_MAX: usize = 250 * 1024;

/// Lays the page out as where the book's faces do not come, and says whether one is still asked for. Diagrams stay as they
/// were drawn.
const WITHOUT_FACES: &str = "(() => {
        const root = document.documentElement;
        for (const kind of ['--serif', '--sans', '--mono']) {
            const fonts = getComputedStyle(root).getPropertyValue(kind);
            root.style.setProperty(kind, fonts.slice(fonts.indexOf(',') + 1));
        }
        return [...document.querySelectorAll('body, main p, code')].some(
            e => !e.closest('.mermaid') && getComputedStyle(e).fontFamily.includes('Book '));
    })()";

/// What a page showed.
#[derive(Default)]
struct Visited {
    /// Its links to pages of the book, without and with anchors.
    links: BTreeSet<String>,
    anchors: BTreeSet<String>,
}

/// Every page without an error, a request to elsewhere, too much weight, or a broken link.
#[test]
fn every_page_is_sound_in_a_browser() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("every_page_is_sound_in_a_browser");
    };
    let server = Server::start(&project());
    let origin = format!("http://127.0.0.1:{}", server.port);
    let mut wrong = Vec::new();
    let mut visited: BTreeMap<String, Visited> = BTreeMap::new();
    let mut open = vec![format!("{origin}/")];
    while let Some(address) = open.pop() {
        if visited.contains_key(&address) {
            continue;
        }
        let answer = http::get(server.port, &address[origin.len()..]);
        let is_page = answer
            .header("content-type")
            .is_some_and(|kind| kind.starts_with("text/html"));
        if answer.status != 200 {
            wrong.push(format!("{address}: status {}", answer.status));
        }
        // The pages for printing open a dialogue.
        let is_for_paper = address.ends_with("/print.html") || address.contains("?print");
        if answer.status != 200 || !is_page || is_for_paper {
            visited.insert(address, Visited::default());
            continue;
        }
        let found = visit(&page, &address, &origin, server.port, &mut wrong);
        open.extend(
            found
                .links
                .iter()
                .map(|link| without_anchor(link).to_owned()),
        );
        visited.insert(address, found);
    }
    for (address, found) in &visited {
        for link in &found.links {
            let (target, anchor) = link.split_once('#').unwrap_or((link, ""));
            let anchors = &visited[target].anchors;
            // `#/the-map/2` is a place in the talk, which its script knows.
            let is_element = !anchor.is_empty() && !anchor.starts_with('/');
            if is_element && !anchors.is_empty() && !anchors.contains(anchor) {
                wrong.push(format!("{address}: {link} leads to no #{anchor}"));
            }
        }
    }
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

/// Looks at one page in every way, and says what is wrong with it.
fn visit(page: &Page, address: &str, origin: &str, port: u16, wrong: &mut Vec<String>) -> Visited {
    page.show_as(1280, "light");
    page.take_seen();
    page.go(address);
    let seen = page.take_seen();
    wrong.extend(
        seen.errors
            .iter()
            .map(|error| format!("{address}: {error}")),
    );
    let elsewhere = |url: &&String| !url.starts_with(origin) && !url.starts_with("data:");
    wrong.extend(
        seen.requests
            .iter()
            .filter(elsewhere)
            .map(|url| format!("{address} asks for {url}")),
    );
    let is_foreign_face =
        |url: &&String| url.ends_with(".woff2") && !url.contains("/theme/fonts/subset/");
    wrong.extend(
        seen.requests
            .iter()
            .filter(is_foreign_face)
            .map(|url| format!("{address} asks for {url}, which is not the book's")),
    );
    let asked_for_itself = seen.requests.iter().any(|url| url == address);
    assert!(
        asked_for_itself,
        "{address}: the browser does not tell its requests"
    );
    let bytes = compressed(&seen.requests, origin, port);
    if bytes > PAGE_BYTES_MAX {
        wrong.push(format!("{address} weighs {bytes} bytes compressed"));
    }
    for (width, scheme) in [
        (1280, "light"),
        (1280, "dark"),
        (390, "dark"),
        (390, "light"),
    ] {
        page.show_as(width, scheme);
        if (width, scheme) == (390, "dark") {
            page.go(address); // a phone does not begin as a wide window, with the sidebar open
        }
        let as_shown = format!("{address} at {width} px, {scheme}");
        wrong.extend(overflow(page).map(|what| format!("{as_shown}: {what}")));
        // A colour does not change what fits.
        let choices = if scheme == "light" {
            twin_choices(page)
        } else {
            Vec::new()
        };
        for choice in choices {
            choose(page, &choice);
            wrong.extend(overflow(page).map(|what| format!("{as_shown}, {choice}: {what}")));
        }
        wrong.extend(contrast(page, scheme).map(|what| format!("{as_shown}: {what}")));
    }
    assert_eq!(page.ask(WITHOUT_FACES), false, "{address}");
    for width in [390, 1280] {
        page.show_as(width, "light");
        let as_shown = format!("{address} at {width} px, without the book's faces");
        wrong.extend(overflow(page).map(|what| format!("{as_shown}: {what}")));
    }
    wrong.extend(
        page.take_seen()
            .errors
            .iter()
            .map(|error| format!("{address}, shown otherwise: {error}")),
    );

    let links = "[...document.querySelectorAll('a[href]')].map(a => a.href)";
    let anchors = "[...document.querySelectorAll('[id], a[name]')].map(e => e.id || e.name)";
    let of_the_book = |link: &String| link.starts_with(&format!("{origin}/"));
    Visited {
        links: page
            .ask_strings(links)
            .into_iter()
            .filter(of_the_book)
            .collect(),
        anchors: page.ask_strings(anchors).into_iter().collect(),
    }
}

/// What the twins of a page can show; nothing where there are none.
fn twin_choices(page: &Page) -> Vec<String> {
    page.ask_strings(
        "[...document.querySelector('main .twin')?.querySelectorAll('[role=tab]') ?? []].map(tab => tab.dataset.choice)",
    )
}

/// Shows that side of all twins, or both.
fn choose(page: &Page, choice: &str) {
    page.ask(&format!(
        "(document.querySelector('main .twin [data-choice={choice}]').click(), 1)"
    ));
}

/// The bytes of a page's requests, each compressed once; the diagram script is not counted.
fn compressed(requests: &[String], origin: &str, port: u16) -> usize {
    let counted = |url: &&String| {
        url.starts_with(origin) && !url.contains("mermaid") && !url.ends_with("/api/reload")
    };
    let unique: BTreeSet<&String> = requests.iter().filter(counted).collect();
    let sizes = unique.into_iter().map(|url| {
        let body = http::get(port, without_anchor(&url[origin.len()..])).body;
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gzip.write_all(&body).expect("memory");
        gzip.finish().expect("memory").len()
    });
    sizes.sum()
}

/// The browser tells mistakes at all, or the test above would always pass.
#[test]
fn the_browser_tells_mistakes() {
    let Some(page) = Page::open() else {
        return common::skipped_without_browser("the_browser_tells_mistakes");
    };
    let book = common::fixture::Fixture::new();
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
    let book = common::fixture::Fixture::new();
    let server = Server::start(book.root());
    page.go(&format!("http://127.0.0.1:{}/start/idea.html", server.port));
    book.append("book/start/idea.md", "\nA new sentence.\n");
    page.wait("document.body?.textContent.includes('A new sentence.')");
    std::fs::remove_file(book.root().join("book/SUMMARY.md")).expect("removed");
    page.wait("document.querySelector('#workbook-failed')?.textContent.includes('SUMMARY.md')");
}

fn without_anchor(address: &str) -> &str {
    address.split('#').next().unwrap_or(address)
}
