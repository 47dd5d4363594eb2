//! What is left to do when mdBook has written the pages.
//!
//! mdBook copies the first chapter to the root and all chapters to one page for printing, but leaves
//! relative addresses in raw HTML as they were; from there they would lead out of the site. It describes all
//! pages by one sentence, and its page for what is not found knows the site's root only if it is told.

mod address;
mod contents;
mod elements;
mod evidence;
mod head;
mod lost;
mod map;
mod paper;
mod relative;
mod search;
mod sections;
mod thin;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use regex::{Captures, Regex};
use walkdir::WalkDir;

pub use self::address::Address;
pub use self::contents::{Step, steps};
pub use self::relative::{is_relative, joined};
use crate::diagram;

/// What the pages are told about the site.
pub struct Facts<'b> {
    /// Where the site will be found, if that is known.
    pub address: Option<&'b Address>,
    /// The path from its host to its root, which may be known without the address.
    pub root: Option<&'b str>,
    /// The first chapter's page, `start/idea.html`: the front page is a copy of it.
    pub first: Option<&'b Path>,
    /// What the contents say of the steps.
    pub steps: &'b [Step],
}

/// Finishes the pages that mdBook wrote to `out`.
///
/// # Errors
///
/// If a page cannot be read or written.
pub fn finish(out: &Path, facts: &Facts<'_>) -> Result<()> {
    let place = facts.address.map(|address| head::Place {
        address,
        has_picture: out.join(head::PICTURE).is_file(),
    });
    let front = Path::new("index.html");
    if let Some(folder) = facts
        .first
        .and_then(Path::parent)
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        rewrite(&out.join(front), |page| {
            rooted(page, &folder.to_string_lossy())
        })?;
    }
    thin::thin(out)?;
    search::thin(out)?;
    if out.join("print.html").is_file() {
        let mut failed = Ok(());
        rewrite(&out.join("print.html"), |page| {
            one_script(&paper::thinned(page).unwrap_or_else(|error| {
                failed = Err(error);
                page.to_owned()
            }))
        })?;
        failed?;
    }
    rewrite(&out.join("404.html"), |page| {
        lost::found_from(page, facts.root)
    })?;
    mark_contents(out, facts.steps)?;
    let mut listed = Vec::new();
    for page in pages(out)? {
        let same_as = if Some(page.as_path()) == facts.first {
            front
        } else {
            &page
        };
        let mut is_listed = same_as == page;
        rewrite(&out.join(&page), |html| {
            if html.contains(r#"<meta name="robots" content="noindex">"#) {
                is_listed = false;
                return html.to_owned();
            }
            let html = head::described(html, same_as, place.as_ref());
            // On slides it stands where it is opened.
            match page.starts_with("talk") && page.ends_with("index.html") {
                true => html,
                false => evidence::at_the_end(&html),
            }
        })?;
        if is_listed {
            listed.push(page);
        }
    }
    match facts.address {
        Some(address) => map::write(out, &listed, address),
        None => Ok(()),
    }
}

/// Marks the steps in the contents, of which there are two: a script, and a page for browsers without scripts.
fn mark_contents(out: &Path, steps: &[Step]) -> Result<()> {
    let entries =
        std::fs::read_dir(out).with_context(|| format!("cannot read {}", out.display()))?;
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name == "toc.html" || name.starts_with("toc-") || name == "toc.js" {
            rewrite(&path, |text| contents::marked(text, steps))?;
        }
    }
    Ok(())
}

/// All pages of a site, by their paths in it.
fn pages(out: &Path) -> Result<Vec<PathBuf>> {
    let mut pages = Vec::new();
    for entry in WalkDir::new(out) {
        let path = entry
            .with_context(|| format!("cannot read {}", out.display()))?
            .into_path();
        if path.extension().is_some_and(|ending| ending == "html") {
            pages.push(path.strip_prefix(out).unwrap_or(&path).to_path_buf());
        }
    }
    pages.sort();
    Ok(pages)
}

fn rewrite(path: &Path, change: impl FnOnce(&str) -> String) -> Result<()> {
    if !path.is_file() {
        return Ok(()); // a book without chapters, or one that is not to be printed
    }
    let page =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    std::fs::write(path, change(&page)).with_context(|| format!("cannot write {}", path.display()))
}

/// Addresses of the content as they are from the root, when it was written for `folder`.
fn rooted(page: &str, folder: &str) -> String {
    let Some((start, end)) = page.find("<main>").zip(page.find("</main>")) else {
        return page.to_owned();
    };
    let addresses = Regex::new(r#"\b(href|src)="([^"]*)""#).expect("a valid pattern");
    let content = addresses.replace_all(&page[start..end], |found: &Captures<'_>| {
        let (name, address) = (&found[1], &found[2]);
        if is_relative(address) {
            format!(r#"{name}="{}""#, joined(folder, address))
        } else {
            found[0].to_owned()
        }
    });
    format!("{}{content}{}", &page[..start], &page[end..])
}

/// The page for printing holds every chapter's scripts: it needs them once, from the root.
fn one_script(page: &str) -> String {
    let mut single = page.to_owned();
    let mut any = false;
    for depth in 0..4 {
        let tag = diagram::script(&"../".repeat(depth));
        any |= single.contains(&tag);
        single = single.replace(&tag, "");
    }
    if any {
        single = single.replacen("</main>", &format!("{}</main>", diagram::script("")), 1);
    }
    single
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_chapters_addresses_are_right_at_the_root() {
        let page = r##"<a href="../x"><main><a href="../a/b.html#c"><a href="how.html"><a href="#d"><a href="https://e"></main>"##;
        let fixed = r##"<a href="../x"><main><a href="a/b.html#c"><a href="start/how.html"><a href="#d"><a href="https://e"></main>"##;
        assert_eq!(rooted(page, "start"), fixed);
    }

    #[test]
    fn the_printed_book_loads_the_script_once() {
        let page = format!(
            "<main>{}{}{}</main>",
            diagram::script("../"),
            diagram::script("../"),
            diagram::script("")
        );
        assert_eq!(
            one_script(&page),
            format!("<main>{}</main>", diagram::script(""))
        );
        assert_eq!(one_script("<main></main>"), "<main></main>");
    }
}
