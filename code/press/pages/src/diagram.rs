//! The script that draws diagrams: 2.7 MB, so only pages with a diagram load it.
//!
//! The script comes with the `mdbook-mermaid` package, beside its binary; our build script finds it
//! there. It is not in the repository and a site gets its copy when it is built.

use std::path::Path;

use anyhow::{Context, Result};

/// The diagram script as its package ships it.
static MERMAID: &[u8] = include_bytes!(env!("MERMAID_JS"));

/// Where it lies in a site.
const MERMAID_PATH: &str = "theme/mermaid.min.js";

/// The theme's module that draws with it, in the page's colours.
const MODULE_PATH: &str = "theme/diagrams.js";

/// Whether a chapter has a diagram: as a fence, or already turned into an element.
pub fn is_in(markdown: &str) -> bool {
    let mut lines = markdown.lines().map(str::trim_start);
    lines.any(|line| {
        let fence = line.trim_start_matches(['`', '~']);
        (line.len() >= fence.len() + 3 && fence.trim() == "mermaid")
            || line.starts_with("<pre class=\"mermaid\"")
    })
}

/// The tags that draw the diagrams of a page, given the way to the site's root.
pub fn script(to_root: &str) -> String {
    format!(
        "<script src=\"{to_root}{MERMAID_PATH}\"></script>\
         <script type=\"module\" src=\"{to_root}{MODULE_PATH}\"></script>"
    )
}

/// Puts the script into a site, or into the sources when mdBook's own program builds the site.
///
/// # Errors
///
/// If it cannot be written.
pub fn place(folder: &Path) -> Result<()> {
    let path = folder.join(MERMAID_PATH);
    // Writing it anew each time would wake everybody who watches the folder.
    if std::fs::metadata(&path).is_ok_and(|file| file.len() == MERMAID.len() as u64) {
        return Ok(());
    }
    let parent = path.parent().context("the script has a folder")?;
    std::fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
    std::fs::write(&path, MERMAID).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn diagrams_are_seen_before_and_after_their_preprocessor() {
        assert!(is_in("# A\n\n```mermaid\ngraph TD\n```\n"));
        assert!(is_in("- a\n\n  ~~~~ mermaid\n  x\n  ~~~~\n"));
        assert!(is_in("\n<pre class=\"mermaid\">graph</pre>\n"));
        assert!(!is_in("We draw with mermaid.\n\n```text\nmermaid\n```\n"));
    }

    #[test]
    fn the_script_is_the_real_one() {
        assert!(MERMAID.len() > 1_000_000);
    }
}
