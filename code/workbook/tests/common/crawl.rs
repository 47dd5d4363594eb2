//! Follows every reference of a served site, as a browser would find them all.

use std::collections::BTreeSet;

use regex::Regex;

use super::fileserver::FileServer;
use super::http;

/// What a text of that kind loads or links to.
pub fn references(path: &str, text: &str) -> Vec<String> {
    let pattern = match path.rsplit('.').next() {
        Some("html") => r#"<[a-zA-Z][^<>]*?\s(?:href|src)="([^"]+)""#,
        Some("css") => r#"url\(\s*["']?([^"')]+)["']?\s*\)"#,
        // mdBook's own scripts import nothing; ours do so by relative paths.
        Some("js") if path.contains("/theme/") => r#"(?:from|import)\s*\(?\s*"(\.[^"]+)""#,
        _ => return Vec::new(),
    };
    let pattern = Regex::new(pattern).expect("a valid pattern");
    pattern
        .captures_iter(text)
        .map(|found| found[1].replace("&amp;", "&"))
        .filter(|found| !found.contains(':') && !found.starts_with('#'))
        .collect()
}

/// The path that an address means in the file of that path.
pub fn resolved(from: &str, address: &str) -> String {
    let address = address.split(['#', '?']).next().unwrap_or("");
    let mut parts: Vec<&str> = match address.strip_prefix('/') {
        Some(_) => vec![""],
        None => from
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder)
            .split('/')
            .collect(),
    };
    for part in address.trim_start_matches('/').split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Every file that can be reached from a page, and what of them is not there.
pub fn crawl(server: &FileServer, start: &str) -> (BTreeSet<String>, Vec<String>) {
    let (mut seen, mut wrong) = (BTreeSet::new(), Vec::new());
    let mut open = vec![start.to_owned()];
    while let Some(path) = open.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let answer = http::get(server.port, &path);
        if answer.status != 200 {
            wrong.push(format!("{path}: status {}", answer.status));
            continue;
        }
        let kind = if path.ends_with('/') {
            "index.html"
        } else {
            &path
        };
        for reference in references(kind, &answer.text()) {
            let target = resolved(&path, &reference);
            if target.starts_with(start) {
                open.push(target);
            } else {
                wrong.push(format!("{path}: {reference} leads out of the site"));
            }
        }
    }
    (seen, wrong)
}
