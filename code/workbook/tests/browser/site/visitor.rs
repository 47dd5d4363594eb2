//! What is looked at on a page of the book.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::io::Write;
use std::sync::Mutex;

use crate::common::browser::Page;
use crate::common::by_turns;
use crate::common::http;
use crate::common::page_look::{contrast, overflow};

/// A page with all that it loads, compressed, without the diagram script.
const PAGE_BYTES_MAX: usize = 250 * 1024;

/// A phone's width.
const PHONE: u32 = 390;

/// On a desk and on a phone, by day and by night.
const LOOKS: [(u32, &str); 4] = [
    (1280, "light"),
    (1280, "dark"),
    (PHONE, "dark"),
    (PHONE, "light"),
];

/// Lays the page out as where the book's faces do not come, and says whether one is still asked for. Diagrams stay as they
/// were drawn.
const WITHOUT_FACES: &str = "(() => {
        const root = document.documentElement;
        // All are asked for before one is set: to ask takes what was set through the page.
        const kinds = ['--serif', '--sans', '--mono'].map(kind => [kind, getComputedStyle(root).getPropertyValue(kind)]);
        for (const [kind, fonts] of kinds) root.style.setProperty(kind, fonts.slice(fonts.indexOf(',') + 1));
        return [...document.querySelectorAll('body, main p, code')].some(
            e => !e.closest('.mermaid') && getComputedStyle(e).fontFamily.includes('Book '));
    })()";

/// What a page showed.
#[derive(Default)]
pub struct Visited {
    /// Its links to pages of the book, without and with anchors.
    pub links: BTreeSet<String>,
    /// Where they may lead to.
    pub anchors: BTreeSet<String>,
}

/// What has been compressed already, by address: most of what a page loads is what others load.
pub type Sizes = Mutex<BTreeMap<String, usize>>;

/// Goes through the book, and notes what is wrong.
pub struct Visitor<'v> {
    page: &'v Page,
    /// Where the book is served.
    pub origin: &'v str,
    /// The port of that.
    pub port: u16,
    sizes: &'v Sizes,
    /// What is wrong, a sentence each.
    pub wrong: Vec<String>,
}

impl<'v> Visitor<'v> {
    /// One that goes through what is served at an origin.
    pub fn new(page: &'v Page, origin: &'v str, port: u16, sizes: &'v Sizes) -> Visitor<'v> {
        Visitor {
            page,
            origin,
            port,
            sizes,
            wrong: Vec::new(),
        }
    }

    /// Notes what is wrong with a place.
    pub fn tell(&mut self, place: &str, what: impl Display) {
        self.wrong.push(format!("{place}: {what}"));
    }

    /// Looks at one page in every way.
    pub fn visit(&mut self, address: &str) -> Visited {
        let looks = by_turns(&LOOKS, &address[self.origin.len()..]);
        let (width, _) = looks[0];
        self.load(address, width);
        self.look(address, &looks, width);
        for error in self.page.take_seen().errors {
            self.tell(address, format!("shown otherwise: {error}"));
        }
        let links = "[...document.querySelectorAll('a[href]')].map(a => a.href)";
        let anchors = "[...document.querySelectorAll('[id], a[name]')].map(e => e.id || e.name)";
        let of_the_book = |link: &String| link.starts_with(&format!("{}/", self.origin));
        let links = self.page.ask_strings(links);
        Visited {
            links: links.into_iter().filter(of_the_book).collect(),
            anchors: self.page.ask_strings(anchors).into_iter().collect(),
        }
    }

    /// What it asks for at a width, and how much that is.
    fn load(&mut self, address: &str, width: u32) {
        self.page.show_as(width, "light");
        self.page.take_seen();
        self.page.go(address);
        let seen = self.page.take_seen();
        for error in &seen.errors {
            self.tell(address, error);
        }
        for url in &seen.requests {
            if !url.starts_with(self.origin) && !url.starts_with("data:") {
                self.tell(address, format!("asks for {url}"));
            }
            if url.ends_with(".woff2") && !url.contains("/theme/fonts/subset/") {
                self.tell(
                    address,
                    format!("asks for {url}, which is no face of the book"),
                );
            }
        }
        let asked_for_itself = seen.requests.iter().any(|url| url == address);
        assert!(
            asked_for_itself,
            "{address}: the browser does not tell its requests"
        );
        let bytes = self.compressed(&seen.requests);
        if bytes > PAGE_BYTES_MAX {
            self.tell(address, format!("weighs {bytes} bytes compressed"));
        }
    }

    /// How it looks on a desk and on a phone, by day and by night, and where the faces of the book do not come. It is loaded
    /// at a width.
    fn look(&mut self, address: &str, looks: &[(u32, &str)], mut loaded_at: u32) {
        let page = self.page;
        for &(width, scheme) in looks {
            page.show_as(width, scheme);
            if width != loaded_at {
                page.go(address); // a phone does not begin as a wide window, with the sidebar open
                loaded_at = width;
            }
            let as_shown = format!("{address} at {width} px, {scheme}");
            self.expect_fit(&as_shown);
            // A colour does not change what fits.
            let choices = if scheme == "light" {
                twin_choices(page)
            } else {
                Vec::new()
            };
            for choice in choices {
                choose(page, &choice);
                self.expect_fit(&format!("{as_shown}, {choice}"));
            }
            if let Some(what) = contrast(page, scheme) {
                self.tell(&as_shown, what);
            }
        }
        assert_eq!(page.ask(WITHOUT_FACES), false, "{address}");
        let widths: BTreeSet<u32> = looks.iter().map(|&(width, _)| width).collect();
        for width in widths {
            page.show_as(width, "light");
            self.expect_fit(&format!(
                "{address} at {width} px, without the book's faces"
            ));
        }
    }

    fn expect_fit(&mut self, as_shown: &str) {
        if let Some(what) = overflow(self.page) {
            self.tell(as_shown, what);
        }
    }

    /// The bytes of a page's requests, each compressed once; the diagram script is not counted.
    fn compressed(&self, requests: &[String]) -> usize {
        // A panel asks for a recording when the page stands and is read: some looks see that, and some are over before.
        let counted = |url: &&String| {
            url.starts_with(self.origin)
                && !url.contains("mermaid")
                && !url.contains("/results/runs/")
                && !url.ends_with("/api/reload")
        };
        let unique: BTreeSet<&String> = requests.iter().filter(counted).collect();
        let sizes = unique.into_iter().map(|url| {
            if let Some(size) = self.sizes.lock().expect("no panics").get(url) {
                return *size;
            }
            let path = without_anchor(&url[self.origin.len()..]);
            let size = gzipped(&http::get(self.port, path).body);
            (self.sizes.lock().expect("no panics")).insert(url.clone(), size);
            size
        });
        sizes.sum()
    }
}

fn gzipped(body: &[u8]) -> usize {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(body).expect("memory");
    gzip.finish().expect("memory").len()
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

/// An address without what stands behind `#`.
pub fn without_anchor(address: &str) -> &str {
    address.split('#').next().unwrap_or(address)
}
