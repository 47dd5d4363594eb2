//! What is left to do when mdBook has written the pages.
//!
//! mdBook copies the first chapter to the root and all chapters to one page for printing, but leaves
//! relative addresses in raw HTML as they were; from there they would lead out of the site.

use std::path::Path;

use anyhow::{Context, Result};
use regex::{Captures, Regex};

use super::diagram;

/// Finishes the pages that mdBook wrote to `out`; `first` is the first chapter's source.
///
/// # Errors
///
/// If a page cannot be read or written.
pub fn finish(out: &Path, first: Option<&Path>) -> Result<()> {
    if let Some(folder) = first
        .and_then(Path::parent)
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        rewrite(&out.join("index.html"), |page| {
            rooted(page, &folder.to_string_lossy())
        })?;
    }
    rewrite(&out.join("print.html"), one_script)
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
        // What has a scheme, or is absolute, or stays on the page, is right everywhere.
        let elsewhere =
            address.is_empty() || address.starts_with(['/', '#']) || address.contains(':');
        if elsewhere {
            found[0].to_owned()
        } else {
            format!(r#"{name}="{}""#, joined(folder, address))
        }
    });
    format!("{}{content}{}", &page[..start], &page[end..])
}

fn joined(folder: &str, address: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in address.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            other => parts.push(other),
        }
    }
    parts.join("/")
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
