//! A small book with all plays on one page, and its server.

use std::collections::{HashSet, VecDeque};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use serde_json::Value;

use crate::common;
use crate::common::board::index;
use crate::common::fileserver::FileServer;
use crate::common::fixture::Fixture;

/// The site of all tests that run at the moment: to build it takes longer than most of them.
static SITE: Mutex<Weak<Site>> = Mutex::new(Weak::new());

pub struct Site {
    book: Fixture,
    pub server: FileServer,
    /// The names of all plays, in the order of the page.
    pub names: Vec<String>,
}

/// The site that there is, or else a new one.
pub fn site() -> Arc<Site> {
    let mut built = SITE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(site) = built.upgrade() {
        return site;
    }
    let site = Arc::new(build());
    *built = Arc::downgrade(&site);
    site
}

fn build() -> Site {
    let book = Fixture::new();
    book.dress();
    let names = names(book.root());
    for name in &names {
        book.append("book/start/idea.md", &format!("\n{{{{#play {name}}}}}\n"));
    }
    let output = common::workbook(book.root(), &["build", "--out", "site"]);
    assert_eq!(output.status.code(), Some(0), "{}", common::errors(&output));
    let server = FileServer::start(&book.root().join("site"), "under/a/path");
    Site {
        book,
        server,
        names,
    }
}

/// The names of all plays, as the tool tells them.
fn names(root: &Path) -> Vec<String> {
    let output = common::workbook(root, &["list", "--json"]);
    let items: Vec<Value> = serde_json::from_str(&common::text(&output)).expect("a list");
    let plays = items.iter().filter(|item| item["kind"] == "play");
    plays
        .map(|play| play["name"].as_str().expect("a name").to_owned())
        .collect()
}

impl Site {
    /// The page with the plays; `rest` is what stands behind its address: `?`, `#`.
    pub fn address(&self, rest: &str) -> String {
        let port = self.server.port;
        format!("http://127.0.0.1:{port}/under/a/path/start/idea.html{rest}")
    }

    /// The page as it is written.
    pub fn html(&self) -> String {
        self.read("start/idea.html")
    }

    /// All that can happen in a play, as its page loads it.
    pub fn play(&self, name: &str) -> Value {
        let text = self.read(&format!("plays/{name}.json"));
        serde_json::from_str(&text).expect("a play")
    }

    fn read(&self, path: &str) -> String {
        let file = self.book.root().join("site").join(path);
        std::fs::read_to_string(file).expect("a file")
    }
}

/// The choices, from the beginning, that lead to the nearest end at which every promise is kept.
pub fn nearest_good_end(graph: &Value) -> Vec<usize> {
    let mut ways = VecDeque::from([(0, Vec::new())]);
    let mut known = HashSet::from([0]);
    while let Some((here, way)) = ways.pop_front() {
        let position = &graph["positions"][here];
        if position["end"] == "good" {
            return way;
        }
        let choices = position["choices"].as_array().expect("a list");
        for (number, choice) in choices.iter().enumerate() {
            let to = index(&choice["to"]);
            if known.insert(to) {
                ways.push_back((to, [&way[..], &[number]].concat()));
            }
        }
    }
    panic!("no end is good")
}
