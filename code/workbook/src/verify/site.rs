//! A built site as links see it: its files, and of each page where one can go in it and from it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use anyhow::{Context, Result};
use regex::Regex;
use walkdir::WalkDir;

/// A built site as links see it.
pub struct Site {
    /// All files by their paths.
    pub files: BTreeSet<PathBuf>,
    /// The pages among them.
    pub pages: BTreeMap<PathBuf, Page>,
}

/// A page: where one can go in it, and from it.
pub struct Page {
    /// The ids of its elements.
    pub anchors: BTreeSet<String>,
    /// What it links to and loads.
    pub targets: BTreeSet<String>,
}

impl Site {
    /// Whether there is such a file.
    pub fn has(&self, file: &Path) -> bool {
        self.files.contains(file)
    }

    /// Whether a page has an element of that id.
    pub fn has_anchor(&self, page: &Path, anchor: &str) -> bool {
        self.pages
            .get(page)
            .is_some_and(|page| page.anchors.contains(anchor))
    }

    /// How many pages there are.
    pub fn len(&self) -> usize {
        self.pages.len()
    }
}

/// Reads a built site. `print.html` repeats all chapters, so its links are those of the other pages.
pub fn read(folder: &Path) -> Result<Site> {
    let mut site = Site {
        files: BTreeSet::new(),
        pages: BTreeMap::new(),
    };
    for entry in WalkDir::new(folder) {
        let entry = entry.with_context(|| format!("cannot read {}", folder.display()))?;
        if entry.file_type().is_dir() {
            continue;
        }
        let path = entry.path();
        let name = path.strip_prefix(folder).unwrap_or(path).to_path_buf();
        if name.extension().is_some_and(|ending| ending == "html") {
            let html = std::fs::read_to_string(path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            site.pages.insert(name.clone(), page(&html));
        }
        site.files.insert(name);
    }
    site.pages.remove(Path::new("print.html"));
    Ok(site)
}

/// Reads a page. Attributes stand in tags only: elsewhere in HTML a quote may be bare, but `<` is not.
pub fn page(html: &str) -> Page {
    static TAG: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"<[a-zA-Z](?:"[^"]*"|'[^']*'|[^"'>])*>"#).expect("a valid pattern")
    });
    static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"\s(id|name|href|src|popovertarget)=(?:"([^"]*)"|'([^']*)')"#)
            .expect("a valid pattern")
    });
    let mut page = Page {
        anchors: BTreeSet::new(),
        targets: BTreeSet::new(),
    };
    // What a `<base>` names is where all others start from: for `404.html`, the site's root, where it lies itself.
    for tag in TAG
        .find_iter(html)
        .filter(|tag| !tag.as_str().starts_with("<base "))
    {
        for attribute in ATTRIBUTE.captures_iter(tag.as_str()) {
            let value = attribute
                .get(2)
                .or(attribute.get(3))
                .map_or("", |value| value.as_str());
            let value = value.replace("&amp;", "&");
            match &attribute[1] {
                "id" => page.anchors.insert(value),
                "name" => tag.as_str().starts_with("<a ") && page.anchors.insert(value),
                "popovertarget" => page.targets.insert(format!("#{value}")),
                _ => page.targets.insert(value),
            };
        }
    }
    page
}
