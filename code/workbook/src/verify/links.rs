//! Links of the chapters lead somewhere: to a chapter, a heading, a file; and code that is named by
//! its path exists.

use std::path::{Component, Path};

use project::Problem;
use project::Project;
use project::chapters;
use pulldown_cmark::{Event, Parser, Tag};

use super::site::Site;
use super::texts::{MARKDOWN, Text};

/// All links, images and paths in the chapters that lead nowhere.
pub fn check(project: &Project, texts: &[Text], site: &Site) -> Vec<Problem> {
    let mut problems = Vec::new();
    for text in texts {
        for (event, range) in Parser::new_ext(&text.markdown, MARKDOWN).into_offset_iter() {
            let wrong = match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    target(project, text, texts, site, &dest_url)
                }
                Event::Code(code) => named_file(project, &code),
                _ => None,
            };
            problems.extend(wrong.map(|message| text.problem(range.start, message)));
        }
    }
    problems
}

/// What is wrong with a link's target. Other sites are not asked: the check works offline.
fn target(
    project: &Project,
    text: &Text,
    texts: &[Text],
    site: &Site,
    target: &str,
) -> Option<String> {
    if is_elsewhere(target) {
        return None;
    }
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let folder = text.chapter.path.parent().unwrap_or(Path::new(""));
    let file = chapters::normal(&folder.join(path));
    if path.starts_with('/') || file.components().next() == Some(Component::ParentDir) {
        return Some(format!(
            "`{target}` leads out of the book; name a file of the project in `code style`"
        ));
    }
    let page = if path.is_empty() {
        text.chapter.page()
    } else if file.extension().is_some_and(|extension| extension == "md") {
        match texts.iter().find(|text| text.chapter.path == file) {
            Some(chapter) => chapter.chapter.page(),
            None => return Some(format!("`{target}` leads to no chapter")),
        }
    } else if site.has(&file) || project.book().join(&file).is_file() {
        file
    } else {
        return Some(format!("`{target}` leads to no file"));
    };
    (!anchor.is_empty() && !site.has_anchor(&page, anchor))
        .then(|| format!("`{target}`: the page has no `#{anchor}`"))
}

/// Whether a link has a scheme or a host of its own.
pub fn is_elsewhere(target: &str) -> bool {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| {
        !scheme.is_empty()
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    }) || target.starts_with("//")
}

/// What is wrong with a path of the project that is named in code style: `code/traffic/src/hit.rs`.
fn named_file(project: &Project, code: &str) -> Option<String> {
    let is_path = (code.starts_with("code/") || code.starts_with("book/"))
        && code
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
    (is_path && !project.root.join(code).exists())
        .then(|| format!("there is no `{code}` in the project"))
}

#[cfg(test)]
mod tests {
    use super::is_elsewhere;

    #[test]
    fn other_sites_are_told_from_files() {
        assert!(
            is_elsewhere("https://example.org/a")
                && is_elsewhere("mailto:a@b")
                && is_elsewhere("//host/a")
        );
        assert!(!is_elsewhere("a.md#b:c") || !is_elsewhere("../a.md") && !is_elsewhere("#a"));
    }
}
