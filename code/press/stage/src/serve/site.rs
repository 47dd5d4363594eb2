//! A built site, whole in memory: a few megabytes.
//!
//! Only what was read at the end of a build can be asked for, by its exact path. So there is no
//! path to escape from, and no page that belongs half to one build and half to the next.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result};
use axum::body::Bytes;
use axum::http::HeaderValue;
use percent_encoding::percent_decode_str;
use project::leftover::is_leftover;
use sha2::{Digest, Sha256};
use walkdir::{DirEntry, WalkDir};

use super::{policy, script};

/// All files of a site by their path in it: `evolution/s01-cache.html`.
#[derive(Default)]
pub struct Site {
    files: HashMap<String, File>,
}

/// One file, ready to be sent.
pub struct File {
    /// What is sent.
    pub body: Bytes,
    /// The MIME type.
    pub content_type: &'static str,
    /// The Content-Security-Policy: a page's own names the hashes of its inline scripts.
    pub policy: String,
    /// What tells these bytes from others at the same address, for the browsers that have them already; pages have none, for
    /// each build gives them another one.
    pub tag: Option<HeaderValue>,
    /// Whether its name tells these bytes from others, too.
    pub is_named_by_hash: bool,
}

impl Site {
    /// Reads a site that was built as number `build`; its pages get the script that reloads them.
    pub fn read(folder: &Path, build: u64, token: &str) -> Result<Site> {
        let mut site = Site::default();
        let unreadable = || format!("cannot read {}", folder.display());
        let all = WalkDir::new(folder).min_depth(1).into_iter();
        for entry in all.filter_entry(is_kept) {
            let entry = entry.with_context(unreadable)?;
            let path = entry.path();
            if entry.file_type().is_dir() {
                continue;
            }
            let name = path.strip_prefix(folder).unwrap_or(path);
            let bytes =
                std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
            let name = name.to_string_lossy().into_owned();
            let file = File::new(path, bytes, build, token);
            site.files.insert(name, file);
        }
        Ok(site)
    }

    /// A site for a book that has never been built: one page that waits.
    pub fn unbuilt(build: u64, token: &str) -> Site {
        let page = b"<!DOCTYPE html><html lang=\"en\"><head><title>Not built</title></head>\
                     <body><h1>The book could not be built</h1></body></html>";
        let file = File::new(Path::new("404.html"), page.to_vec(), build, token);
        Site {
            files: HashMap::from([("404.html".to_owned(), file)]),
        }
    }

    /// The file for a request's path: `/`, `/evolution/s01-cache.html`, `/%C3%BCber%20uns.html`.
    pub fn file(&self, path: &str) -> Option<&File> {
        let path = decoded(path.strip_prefix('/')?)?;
        if path.is_empty() || path.ends_with('/') {
            return self.files.get(&format!("{path}index.html"));
        }
        self.files.get(&path)
    }

    /// Whether a request's path is that of a folder with a page, but for the slash at its end.
    pub fn is_folder(&self, path: &str) -> bool {
        !path.is_empty() && !path.ends_with('/') && self.file(&format!("{path}/")).is_some()
    }
}

/// Whether that is of the site, and not a mark of a tool.
fn is_kept(entry: &DirEntry) -> bool {
    !is_leftover(&entry.file_name().to_string_lossy())
}

/// A path as files are called. None if it is not UTF-8, or if a name in it has a slash: the page would take itself for
/// another folder's.
fn decoded(path: &str) -> Option<String> {
    let name = |part| {
        let name = percent_decode_str(part).decode_utf8().ok()?;
        (!name.contains('/')).then_some(name)
    };
    let names = path.split('/').map(name).collect::<Option<Vec<_>>>()?;
    Some(names.join("/"))
}

impl File {
    fn new(path: &Path, bytes: Vec<u8>, build: u64, token: &str) -> File {
        let content_type = content_type(path);
        if !content_type.starts_with("text/html") {
            let hash = hash(&bytes);
            return File {
                tag: Some(tag(&hash)),
                is_named_by_hash: is_named_by(&hash, path),
                body: bytes.into(),
                content_type,
                policy: policy::of(""),
            };
        }
        let page = script::with_script(&String::from_utf8_lossy(&bytes), build, token);
        File {
            policy: policy::of(&page),
            body: page.into(),
            content_type,
            tag: None,
            is_named_by_hash: false,
        }
    }

    /// Whether a browser that names the tags of what it has, as RFC 9110 has it in `If-None-Match`, has these bytes.
    pub fn is_among(&self, tags: &HeaderValue) -> bool {
        let Some(tag) = &self.tag else { return false };
        let mut tags = tags.as_bytes().split(|byte| *byte == b',');
        tags.any(|one| one.trim_ascii() == tag.as_bytes())
    }
}

/// The digits of a hash of bytes.
fn hash(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A hash as a strong entity tag.
fn tag(hash: &str) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{hash}\"")).expect("digits")
}

/// Whether a file's name has the first digits of the hash of its bytes, as mdBook gives it to most of what a page loads.
fn is_named_by(hash: &str, path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.contains(&format!("-{}.", &hash[..8]))
}

fn content_type(path: &Path) -> &'static str {
    match path
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default()
    {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "jsonl" | "txt" | "md" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_a_file_is_not_sent_it_again_and_a_page_is() {
        let file = |name: &str, text: &str| File::new(Path::new(name), text.into(), 1, "");
        let style = file("a.css", "body {}");
        let tag = style.tag.clone().expect("a style has one");
        let has = |tags: &str| style.is_among(&HeaderValue::from_str(tags).expect("ASCII"));
        let tag = tag.to_str().expect("ASCII");
        assert!(has(tag));
        assert!(has(&format!("\"0\" ,{tag}")));
        for other in ["", "*", "\"0\"", tag.trim_matches('"')] {
            assert!(!has(other), "{other}");
        }
        assert_eq!(file("b.css", "body {}").tag, style.tag);
        assert_ne!(file("a.css", "body { }").tag, style.tag);
        assert!(!style.is_named_by_hash);
        let digits = &tag.trim_matches('"')[..8];
        assert!(file(&format!("a-{digits}.css"), "body {}").is_named_by_hash);
        assert!(!file(&format!("a-{digits}.css"), "body { }").is_named_by_hash);
        let page = file("index.html", "<head></head>");
        assert!(page.tag.is_none() && !page.is_among(&HeaderValue::from_static("*")));
    }

    #[test]
    fn files_are_found_by_their_exact_path_only() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("created");
            std::fs::write(path, text).expect("written");
        };
        write("site/index.html", "<head></head>home");
        write("site/talk/index.html", "<head></head>talk");
        write("site/css/general.css", "body {}");
        write("site/.mark", "no");
        write("site/über uns/50% ja.html", "<head></head>about");
        write("secret.txt", "no");
        let site = Site::read(&folder.path().join("site"), 1, "").expect("read");

        assert!(site.file("/").is_some());
        assert!(site.file("/talk/").is_some());
        for path in [
            "/%C3%BCber%20uns/50%25%20ja.html",
            "/%c3%bcber%20uns/50% ja.html",
            "/%74alk/index.html",
        ] {
            assert!(site.file(path).is_some(), "{path}");
        }
        assert_eq!(
            site.file("/css/general.css").expect("there").content_type,
            "text/css; charset=utf-8"
        );
        for path in [
            "/../secret.txt",
            "/css/../../secret.txt",
            "/.mark",
            "/css",
            "/talk%2findex.html",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt",
            "/%FCber uns/50% ja.html",
            "/%C3%BCber+uns/50%25%20ja.html",
            "/%00",
            "/nothing.html",
            "",
            "*",
        ] {
            assert!(site.file(path).is_none(), "{path}");
        }
        assert!(site.is_folder("/talk"));
        for path in ["/talk/", "/", "", "/css", "/index.html", "//talk"] {
            assert!(!site.is_folder(path), "{path}");
        }
    }
}
