//! The search index: what is read in a chapter answers a search, and what stands beside it does not.
//!
//! mdBook indexes all text of a page: the axes of its charts, the evidence of each claim, every wrong answer of a quiz. Here
//! the index is made anew, of the same sections, from the pages without these. It is for the same script, with the
//! same words (`mdbook-html` splits them at blanks and hyphens, and drops what is too long).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use elasticlunr::IndexBuilder;
use serde_json::{Value, json};

use super::sections;

/// What is around the JSON in the script.
const AROUND: (&str, &str) = (
    "window.search = Object.assign(window.search, JSON.parse('",
    "'));",
);

/// The longest word that is looked for.
const WORD_BYTES_MAX: usize = 80;

/// The fields of a section, as mdBook's script knows them.
const FIELDS: [&str; 3] = ["title", "body", "breadcrumbs"];

/// Makes the index of a site anew. A site without a search has none.
///
/// # Errors
///
/// If the index or a page cannot be read, or the index cannot be written.
pub fn thin(out: &Path) -> Result<()> {
    let Some(path) = index_of(out)? else {
        return Ok(());
    };
    let script = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let mut index =
        parsed(&script).with_context(|| format!("{} is no index of mdBook's", path.display()))?;
    rebuild(&mut index, out)?;
    std::fs::write(&path, written(&index))
        .with_context(|| format!("cannot write {}", path.display()))
}

/// `searchindex-1a2b3c4d.js`.
fn index_of(out: &Path) -> Result<Option<PathBuf>> {
    let entries =
        std::fs::read_dir(out).with_context(|| format!("cannot read {}", out.display()))?;
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("searchindex") && name.ends_with(".js") {
            return Ok(Some(path));
        }
    }
    Ok(None)
}

fn parsed(script: &str) -> Option<Value> {
    let (before, behind) = AROUND;
    let text = script.trim().strip_prefix(before)?.strip_suffix(behind)?;
    let json = text.replace("\\'", "'").replace("\\\\", "\\");
    serde_json::from_str(&json).ok()
}

fn written(index: &Value) -> String {
    let (before, behind) = AROUND;
    let json = index.to_string().replace('\\', "\\\\").replace('\'', "\\'");
    format!("{before}{json}{behind}")
}

/// Puts what is read of each section in place of all that it holds.
fn rebuild(index: &mut Value, out: &Path) -> Result<()> {
    let urls: Vec<String> = serde_json::from_value(index["doc_urls"].clone())?;
    let bodies = bodies(&urls, out)?;
    let mut words = IndexBuilder::new();
    for field in FIELDS {
        words = words.add_field_with_tokenizer(field, Box::new(tokens));
    }
    let mut words = words.build();
    let docs = &index["index"]["documentStore"]["docs"];
    for (number, url) in urls.iter().enumerate() {
        let number = number.to_string();
        let text = |field: &str| docs[&number][field].as_str().unwrap_or_default();
        let body = bodies.get(url.as_str()).map_or("", String::as_str);
        words.add_doc(&number, [text("title"), body, text("breadcrumbs")]);
    }
    let mut words = serde_json::to_value(&words)?;
    // Only a search that goes on from the beginning of a word leaves out what is found nowhere.
    if index["search_options"]["expand"] == true {
        for field in FIELDS {
            slim(&mut words["index"][field]["root"]);
        }
    }
    index["index"] = words;
    Ok(())
}

/// What is read in each section, by its address in the index.
fn bodies<'u>(urls: &'u [String], out: &Path) -> Result<BTreeMap<&'u str, String>> {
    let mut pages: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for url in urls {
        let (page, anchor) = url.split_once('#').unwrap_or((url, ""));
        pages.entry(page).or_default().push(anchor);
    }
    let mut bodies = BTreeMap::new();
    for (page, anchors) in pages {
        let path = out.join(page);
        let html = std::fs::read_to_string(&path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        let read = sections::read(&html, &anchors)
            .with_context(|| format!("cannot read {}", path.display()))?;
        for url in urls
            .iter()
            .filter(|url| url.split('#').next() == Some(page))
        {
            let anchor = url.split_once('#').map_or("", |(_, anchor)| anchor);
            if let Some(text) = read.get(anchor) {
                bodies.insert(url.as_str(), text.clone());
            }
        }
    }
    Ok(bodies)
}

/// The words of a text, as mdBook's own index has them.
fn tokens(text: &str) -> Vec<String> {
    text.split(|letter: char| letter.is_whitespace() || letter == '-')
        .filter(|word| !word.is_empty() && word.len() <= WORD_BYTES_MAX)
        .map(str::to_lowercase)
        .collect()
}

/// The tree of words, a letter a node, without what most of its nodes say: that no word ends there.
fn slim(node: &mut Value) {
    let Some(node) = node.as_object_mut() else {
        return;
    };
    if node.get("df") == Some(&json!(0)) {
        node.remove("df");
        node.remove("docs");
    }
    for (key, child) in node.iter_mut() {
        match key.as_str() {
            "df" => {}
            "docs" => child
                .as_object_mut()
                .into_iter()
                .flat_map(|docs| docs.values_mut())
                .for_each(round),
            _ => slim(child),
        }
    }
}

/// How often a word occurs only decides which section stands first: two decimals are enough.
fn round(found: &mut Value) {
    let Some(often) = found["tf"].as_f64() else {
        return;
    };
    let rounded = (often * 100.0).round() / 100.0;
    found["tf"] = match rounded.fract() == 0.0 {
        true => json!(rounded as u64),
        false => json!(rounded),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A site of one page with two sections, and mdBook's index of it.
    fn site(page: &str) -> (tempfile::TempDir, PathBuf) {
        let site = tempfile::tempdir().unwrap();
        std::fs::write(site.path().join("a.html"), page).unwrap();
        let doc = |title: &str| json!({"title": title, "body": "all", "breadcrumbs": format!("A » {title}")});
        let index = json!({
            "doc_urls": ["a.html#top", "a.html#it's"],
            "search_options": {"expand": true},
            "index": {"documentStore": {"docs": {"0": doc("Top"), "1": doc("It's \\")}}},
        });
        let path = site.path().join("searchindex-12.js");
        std::fs::write(&path, written(&index)).unwrap();
        (site, path)
    }

    fn index(path: &Path) -> Value {
        parsed(&std::fs::read_to_string(path).unwrap()).expect("an index")
    }

    #[test]
    fn a_search_finds_what_is_read_and_nothing_beside_it() {
        let (site, path) = site(
            "<nav>contents</nav><main><h1 id=\"top\">Top</h1><p>Sharded &lt;maps&gt; <span class=\"claim\">✓ evidence</span>\
             twice, twice</p><h2 id=\"it's\">It's</h2><figure class=\"chart\"><svg><text>axis</text></svg></figure>\
             <p>Queues</p></main>",
        );
        thin(site.path()).unwrap();
        let index = index(&path);
        let docs = &index["index"]["documentStore"]["docs"];
        assert_eq!(docs["0"]["body"], "Sharded <maps> twice, twice");
        assert_eq!(docs["1"]["body"], "Queues");
        assert_eq!(docs["1"]["breadcrumbs"], "A » It's \\");
        let root = &index["index"]["index"]["body"]["root"];
        assert_eq!(
            root["t"]["w"]["i"]["c"]["e"],
            json!({"df": 1, "docs": {"0": {"tf": 1.41}}})
        );
        // A node that only leads on says nothing.
        assert_eq!(root["t"]["w"].as_object().unwrap().len(), 1);
        assert_eq!(root["e"], Value::Null, "neither evidence nor axis: {root}");
    }

    #[test]
    fn what_is_no_index_is_said() {
        let site = tempfile::tempdir().unwrap();
        thin(site.path()).unwrap();
        std::fs::write(site.path().join("searchindex.js"), "x").unwrap();
        let said = thin(site.path()).unwrap_err().to_string();
        assert!(said.ends_with("is no index of mdBook's"), "{said}");
    }
}
