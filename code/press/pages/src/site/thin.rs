//! What a browser loads besides a page, made small: a style sheet that imports others holds them, and the comments, which are
//! for those who read the sources, stay there; results are without the white space by which they are read in the repository.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use anyhow::{Context, Result};
use regex::{Captures, Regex};
use walkdir::WalkDir;

static IMPORT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"@import url\("([^"]+)"\);"#).expect("a valid pattern"));
static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"url\("([^":#/][^":]*)"\)"#).expect("a valid pattern"));
static STYLE_COMMENT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?s)/\*.*?\*/\n*").expect("a valid pattern"));
static BLANK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\n\s*").expect("a valid pattern"));

/// Makes the sheets and scripts of the book's own theme small, and its results; what others wrote stays as it is.
///
/// # Errors
///
/// If one cannot be read or written.
pub fn thin(out: &Path) -> Result<()> {
    let mut done = Vec::new();
    let mut held = BTreeSet::new();
    for folder in ["theme", "book/theme"] {
        for entry in WalkDir::new(out.join(folder)).into_iter().flatten() {
            let path = entry.path();
            let is_minified = path.to_string_lossy().contains(".min.");
            let text = match path.extension().and_then(|ending| ending.to_str()) {
                Some("css") => without_comments(&whole(path, &mut held)?),
                Some("js") if !is_minified => script(&read(path)?),
                _ => continue,
            };
            done.push((path.to_path_buf(), text));
        }
    }
    for entry in WalkDir::new(out.join("results")).into_iter().flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|ending| ending == "json") {
            done.push((path.to_path_buf(), compact(&read(path)?)));
        }
    }
    // Only now, since a sheet may be imported by one that is looked at later.
    for (path, text) in done {
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    for path in held {
        std::fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
    }
    Ok(())
}

/// A sheet with those that it imports, each in its place. Nothing asks for them any more: they are noted as held.
fn whole(path: &Path, held: &mut BTreeSet<PathBuf>) -> Result<String> {
    let text = read(path)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut failed = None;
    let text = IMPORT.replace_all(&text, |found: &Captures<'_>| {
        let address = &found[1];
        let path = folder.join(address);
        // mdBook writes the first sheet a second time, to where its imports lead nowhere and no page looks.
        if !path.is_file() {
            return found[0].to_owned();
        }
        let imported = whole(&path, held).unwrap_or_else(|error| {
            failed.get_or_insert(error);
            String::new()
        });
        if let Ok(path) = path.canonicalize() {
            held.insert(path);
        }
        let way = address.rsplit_once('/').map_or("", |(way, _)| way);
        ADDRESS
            .replace_all(&imported, |found: &Captures<'_>| match way {
                "" => found[0].to_owned(),
                way => format!(r#"url("{way}/{}")"#, &found[1]),
            })
            .into_owned()
    });
    match failed {
        Some(error) => Err(error),
        None => Ok(text.into_owned()),
    }
}

/// JSON without the white space between its tokens. What stands in quotes stays as it is.
fn compact(json: &str) -> String {
    let mut compact = String::with_capacity(json.len());
    let (mut is_text, mut is_escaped) = (false, false);
    for character in json.chars() {
        if is_text || !character.is_ascii_whitespace() {
            compact.push(character);
        }
        is_text ^= character == '"' && !is_escaped;
        is_escaped = is_text && character == '\\' && !is_escaped;
    }
    compact
}

fn without_comments(sheet: &str) -> String {
    let sheet = STYLE_COMMENT.replace_all(sheet, "");
    BLANK.replace_all(sheet.trim(), "\n").into_owned()
}

/// A script without the comments that have their lines for themselves, and without indentation. Lines of a text that goes over
/// several are left alone.
fn script(text: &str) -> String {
    let mut thin = String::with_capacity(text.len());
    let (mut is_comment, mut is_text) = (false, false);
    for line in text.lines() {
        let bare = line.trim();
        if is_text {
            thin.push_str(line);
        } else if is_comment || begins_comment(bare) {
            is_comment = !bare.ends_with("*/");
            continue;
        } else if bare.is_empty() || bare.starts_with("//") {
            continue;
        } else {
            thin.push_str(bare);
        }
        is_text ^= line.matches('`').count() % 2 == 1;
        thin.push('\n');
    }
    thin
}

/// Whether a comment begins the line, and no code follows it there.
fn begins_comment(bare: &str) -> bool {
    let end = bare.find("*/");
    bare.starts_with("/*") && end.is_none_or(|end| end + "*/".len() == bare.len())
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_holds_what_it_imports_and_no_comment() {
        let site = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = site.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        let read = |path: &str| std::fs::read_to_string(site.path().join(path)).unwrap();
        let main = "/* The order. */\n@import url(\"../../../theme/css/font.css\");\n@import url(\"../../../theme/css/page.css\");\n";
        write("book/theme/css/theme.css", main);
        write(
            "theme/css/talk/deck.css",
            "@import url(\"talk.css\");\nb { top: 0; }\n",
        );
        write("theme/css/talk/talk.css", "@import url(\"../font.css\");\n");
        write(
            "theme/css/font.css",
            "/* Faces. */\nx { src: url(\"../fonts/a.woff2\"), url(\"data:x\"), url(\"#y\"); }\n",
        );
        write(
            "theme/css/page.css",
            "/* a\n * b */\n\np {\n    color: red; /* why */\n}\n",
        );
        write("theme/mermaid.min.js", "// theirs\n");
        thin(site.path()).unwrap();
        assert_eq!(
            read("book/theme/css/theme.css"),
            "x { src: url(\"../../../theme/css/../fonts/a.woff2\"), url(\"data:x\"), url(\"#y\"); }\np {\ncolor: red; }"
        );
        assert_eq!(
            read("theme/css/talk/deck.css"),
            "x { src: url(\"../../fonts/a.woff2\"), url(\"data:x\"), url(\"#y\"); }\nb { top: 0; }"
        );
        assert_eq!(read("theme/mermaid.min.js"), "// theirs\n");
        let held = site.path().join("theme/css/talk/talk.css");
        assert!(!held.exists(), "nothing asks for it any more");
        write(
            "theme/css/theme.css",
            "@import url(\"../../../theme/css/font.css\");\n",
        );
        thin(site.path()).unwrap();
        let unused = read("theme/css/theme.css");
        assert_eq!(unused, "@import url(\"../../../theme/css/font.css\");");
    }

    #[test]
    fn a_script_keeps_its_texts() {
        let text = "// What.\n\n/**\n * @param {x} y\n */\nexport function f() {\n    // why\n    return `a\n    // b\n` + \"//c\"; // d\n}\n/* one */\n/* two */ g();\n";
        assert_eq!(
            script(text),
            "export function f() {\nreturn `a\n    // b\n` + \"//c\"; // d\n}\n/* two */ g();\n"
        );
    }

    #[test]
    fn results_keep_their_texts_and_lose_the_rest() {
        let json = "{\n  \"a b\": [1, 2.50],\n  \"c\": \"d \\\" e: \\\\\", \"f\": \" \"\n}\n";
        let small = "{\"a b\":[1,2.50],\"c\":\"d \\\" e: \\\\\",\"f\":\" \"}";
        assert_eq!(compact(json), small);
    }
}
