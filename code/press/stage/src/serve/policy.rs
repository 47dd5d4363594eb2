//! The Content-Security-Policy of a page.
//!
//! mdBook's pages carry small inline scripts, some with the page's own paths in them. Each page's
//! policy names the hashes of its own inline scripts, so that a script which slips into a page in
//! any other way, through a log line or a program's output, does not run. The static site has no
//! policy: it runs nothing on anybody's machine, and a `<meta>` policy would break it when it is
//! opened as files.

use base64::Engine;
use sha2::{Digest, Sha256};

/// The policy of a page.
///
/// Styles may be inline: mermaid writes them into its drawings, and charts are inline SVG.
pub fn of(page: &str) -> String {
    let mut scripts = String::from("'self'");
    for script in inline_scripts(page) {
        let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(script));
        scripts += &format!(" 'sha256-{hash}'");
    }
    format!(
        "default-src 'none'; script-src {scripts}; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    )
}

/// The text of every script element that has no `src`.
fn inline_scripts(page: &str) -> impl Iterator<Item = &str> {
    page.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (script, _) = rest.split_once("</script>")?;
        let is_script = attributes.is_empty() || attributes.starts_with(char::is_whitespace);
        (is_script && !attributes.contains("src=")).then_some(script)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_scripts_are_named_by_their_hash_and_others_are_not() {
        let page = "<script src=\"a.js\"></script><script>let a = 1;</script>\
                    <script type=\"module\">b()</script><p>&lt;script>";
        assert_eq!(
            inline_scripts(page).collect::<Vec<_>>(),
            ["let a = 1;", "b()"]
        );
        // printf 'let a = 1;' | openssl dgst -sha256 -binary | base64
        let policy = of("<script>let a = 1;</script>");
        assert!(
            policy.contains("'sha256-xY6QKfH9PRsQnLz56nj6MBwiK5oHg+im1Jkpdp1x/Ck='"),
            "{policy}"
        );
    }
}
