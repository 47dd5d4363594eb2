//! The recordings in the static site: all that the panels offer, and no more than a site may weigh.

use std::path::Path;

use crate::common::built::Built;
use crate::common::fileserver::FileServer;
use crate::common::http;
use regex::{Captures, Regex};
use serde_json::Value;

/// What the whole static site may weigh.
const SITE_BYTES_MAX: u64 = 20 << 20;

#[test]
fn what_a_panel_offers_is_in_the_site_and_the_site_is_small() {
    let built = Built::with(&[]);
    assert_eq!(built.problems, "");

    let server = FileServer::start(&built.site, "book");
    let page = http::get(server.port, "/book/evolution/s04-release.html").text();
    let menus = page.split("data-menus=\"").nth(1);
    let menus = menus.and_then(|rest| rest.split('"').next());
    let menus: Value =
        serde_json::from_str(&unescaped(menus.expect("a panel"))).expect("its menus are JSON");
    for (whose, name) in [("own", "s04-release"), ("parent", "s03-replicas")] {
        assert_eq!(menus[whose]["name"], name);
        let points = menus[whose]["points"].as_array().expect("its points");
        assert!(points.len() > 3, "a slider has something to choose from");
        for point in points {
            let point = point.as_str().expect("a name");
            let address = format!("/book/results/runs/{name}/{point}.jsonl");
            let recording = http::get(server.port, &address);
            assert_eq!(recording.status, 200, "{address}");
            let text = recording.text();
            let first = text.lines().next().unwrap_or_default();
            let first: Value = serde_json::from_str(first).expect("a line of JSON");
            assert_eq!(first["event"], "recording", "{address}");
        }
    }
    let bytes = weight(&built.site);
    assert!(bytes < SITE_BYTES_MAX, "the site weighs {bytes} bytes");
}

/// An attribute's value as it is without its character references.
fn unescaped(text: &str) -> String {
    let numbers = Regex::new(r"&#(\d+);").expect("a valid pattern");
    let text = numbers.replace_all(text, |found: &Captures<'_>| {
        let number = found[1].parse().expect("a number");
        char::from_u32(number).expect("a character").to_string()
    });
    let text = text.replace("&quot;", "\"");
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

fn weight(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let sizes = entries.map(|entry| {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => weight(&path),
            false => path.metadata().expect("a file").len(),
        }
    });
    sizes.sum()
}
