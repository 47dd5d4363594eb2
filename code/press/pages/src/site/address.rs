//! Where a site will be found: `https://example.org/book/`.

use std::path::Path;
use std::str::FromStr;

/// The absolute address of a site's root. It ends in a slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// The way from the host to the site's root: `/book/`.
    pub fn root(&self) -> &str {
        let host = self.0.find("://").map_or(0, |at| at + 3);
        let path = self.0[host..]
            .find('/')
            .map_or(self.0.len(), |at| host + at);
        &self.0[path..]
    }

    /// The address of a file of the site; that of a folder's `index.html` is the folder's.
    pub fn of(&self, file: &Path) -> String {
        let path = file.to_string_lossy();
        let path = match path.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => &path,
        };
        format!("{}{path}", self.0)
    }
}

impl FromStr for Address {
    type Err = String;

    /// Reads an address; a slash at its end may be left out.
    fn from_str(text: &str) -> Result<Address, String> {
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"));
        let host = rest.and_then(|rest| rest.split('/').next()).unwrap_or("");
        // Anything else would have to be written in another way in each place that it goes to.
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/%[]".contains(c);
        if host.is_empty() || !text.chars().all(plain) {
            return Err("it should look like https://example.org/book/".to_owned());
        }
        // A browser would take such a folder out, and links would lead elsewhere.
        let mut folders = rest.unwrap_or_default().trim_end_matches('/').split('/');
        let is_none = |folder: &str| {
            ["", ".", ".."].contains(&&*folder.to_ascii_lowercase().replace("%2e", "."))
        };
        if folders.any(is_none) {
            return Err("a folder in it is empty, `.` or `..`".to_owned());
        }
        Ok(Address(format!("{}/", text.trim_end_matches('/'))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_root_and_pages() {
        let address: Address = "https://x.github.io/repo".parse().unwrap();
        assert_eq!(address, "https://x.github.io/repo/".parse().unwrap());
        assert_eq!(address.root(), "/repo/");
        assert_eq!(
            address.of(Path::new("a/b.html")),
            "https://x.github.io/repo/a/b.html"
        );
        assert_eq!(
            address.of(Path::new("index.html")),
            "https://x.github.io/repo/"
        );
        assert_eq!(
            address.of(Path::new("talk/index.html")),
            "https://x.github.io/repo/talk/"
        );
        assert_eq!(
            address.of(Path::new("a/my-index.html")),
            "https://x.github.io/repo/a/my-index.html"
        );
        let bare: Address = "http://localhost:8000".parse().unwrap();
        assert_eq!(bare.root(), "/");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            "/repo/",
            "x.github.io/repo",
            "ftp://x/y",
            "https://",
            "https:///repo/",
            "https://x/y?z",
            "https://x/y#z",
            "https://x/\"><script>",
            "https://x/../..",
            "https://x/./book/",
            "https://x/a//b/",
            "https://x/%2E./book/",
            "https://..",
        ] {
            assert!(text.parse::<Address>().is_err(), "{text}");
        }
    }
}
