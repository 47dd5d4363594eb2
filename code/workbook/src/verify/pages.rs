//! Links of the built pages lead somewhere, those too that directives and the theme have made.

use std::collections::BTreeMap;
use std::path::Path;

use project::Problem;
use project::chapters;

use super::links::is_elsewhere;
use super::site::{Page, Site};
use super::texts::Text;

/// The links that lead nowhere, but for those that are known from the chapters' own texts.
pub fn check(site: &Site, texts: &[Text], known: &[Problem]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, page) in site.pages.iter().filter(|(name, _)| !is_front(name, texts)) {
        let text = texts.iter().find(|text| text.chapter.page() == *name);
        let mut wrong = page_check(site, name, page);
        wrong.retain(|target, _| !text.is_some_and(|text| is_known(known, text, target)));
        let file = text.map_or(name, |text| &text.file);
        problems.extend(wrong.into_values().map(|message| problem(file, message)));
    }
    // The front page repeats the first chapter, whose mistakes are enough.
    let first_is_sound = |first: &Text| {
        [known, &problems]
            .concat()
            .iter()
            .all(|problem| problem.file != first.file)
    };
    if texts.first().is_none_or(first_is_sound) {
        for (name, page) in site.pages.iter().filter(|(name, _)| is_front(name, texts)) {
            let wrong = page_check(site, name, page);
            problems.extend(wrong.into_values().map(|message| problem(name, message)));
        }
    }
    problems
}

fn is_front(name: &Path, texts: &[Text]) -> bool {
    name == Path::new("index.html") && !texts.iter().any(|text| text.chapter.page() == name)
}

/// Whether the text's own check has told of this target: `a.html` is `a.md` there.
fn is_known(known: &[Problem], text: &Text, target: &str) -> bool {
    let written = target.replace(".html", ".md");
    let tells = |problem: &Problem| {
        [target, &written]
            .iter()
            .any(|link| problem.message.contains(&format!("`{link}`")))
    };
    known
        .iter()
        .any(|problem| problem.file == text.file && tells(problem))
}

fn problem(file: &Path, message: String) -> Problem {
    Problem {
        file: file.to_path_buf(),
        line: None,
        message: format!("in the built page, {message}"),
    }
}

/// The targets of a page that lead nowhere, each with what is wrong with it.
fn page_check<'p>(site: &Site, name: &Path, page: &'p Page) -> BTreeMap<&'p str, String> {
    let wrong = page
        .targets
        .iter()
        .filter_map(|target| Some((target.as_str(), wrong(site, name, target)?)));
    wrong.collect()
}

fn wrong(site: &Site, page: &Path, target: &str) -> Option<String> {
    if is_elsewhere(target) {
        return None;
    }
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let path = path.split('?').next().unwrap_or(path);
    let file = if path.is_empty() {
        page.to_path_buf()
    } else {
        chapters::normal(&page.parent().unwrap_or(page).join(path))
    };
    let file = if path.ends_with('/') || file.as_os_str().is_empty() {
        file.join("index.html")
    } else {
        file
    };
    if !site.has(&file) {
        return Some(format!("`{target}` leads to no file"));
    }
    let is_page = site.pages.contains_key(&file);
    (is_page && !anchor.is_empty() && !site.has_anchor(&file, anchor))
        .then(|| format!("`{target}` leads to no `#{anchor}` there"))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::verify::site::page;

    fn site() -> Site {
        let html = "<h1 id=\"top\">a</h1><a href=\"#top\">x</a><a href='b/c.html#no'>x</a><a href=\"gone.html\">\
                    <p>a \" href=\"nothing.html\"</p><img src=\"data:image/png;x\"><a href=\"https://x/y\">";
        let pages = BTreeMap::from([
            (PathBuf::from("a.html"), page(html)),
            (
                PathBuf::from("b/c.html"),
                page("<a href=\"../a.html#top\">x</a><a href=\"./\">"),
            ),
        ]);
        Site {
            files: pages.keys().cloned().collect(),
            pages,
        }
    }

    #[test]
    fn links_of_pages_are_followed() {
        let problems: Vec<String> = check(&site(), &[], &[])
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            problems,
            [
                "a.html: in the built page, `b/c.html#no` leads to no `#no` there",
                "a.html: in the built page, `gone.html` leads to no file",
                "b/c.html: in the built page, `./` leads to no file",
            ]
        );
    }
}
