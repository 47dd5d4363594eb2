//! `404.html`, which a server shows at whatever address it has nothing at: relative addresses mean something
//! else at each of them.
//!
//! Where the site's root is known, the page's addresses become absolute paths. Where it is not, mdBook's
//! `<base href="/">` is right for a site with a host of its own, and a script corrects it for one in a folder.

use regex::{Captures, Regex};

use super::relative::is_relative;

/// Finds the root among the folders above the asked address.
const PROBE: &str = include_str!("probe.js");

/// What mdBook writes into the page when it is not told where the site's root is.
const BASE: &str = r#"<base href="/">"#;

/// No search engine shall show the page.
const UNLISTED: &str = r#"<meta name="robots" content="noindex">"#;

/// The page with all its addresses from `root`, or from the root that it looks for itself.
pub fn found_from(page: &str, root: Option<&str>) -> String {
    match root {
        None => page.replacen(
            BASE,
            &format!("{BASE}{UNLISTED}<script>{PROBE}</script>"),
            1,
        ),
        Some(root) => absolute(page, root),
    }
}

fn absolute(page: &str, root: &str) -> String {
    let base = Regex::new("<base [^>]*>").expect("a valid pattern");
    let page = base.replace(page, UNLISTED);
    let attributes =
        Regex::new(r#"(<[a-z][^<>]* (?:href|src)=")([^"]*)""#).expect("a valid pattern");
    let page = attributes.replace_all(&page, |found: &Captures<'_>| {
        let root = if is_relative(&found[2]) { root } else { "" };
        format!("{}{root}{}\"", &found[1], &found[2])
    });
    // The two places where mdBook's scripts are told the same.
    page.replacen(
        r#"const path_to_root = """#,
        &format!(r#"const path_to_root = "{root}""#),
        1,
    )
    .replacen(
        r#"window.path_to_searchindex_js = ""#,
        &format!(r#"window.path_to_searchindex_js = "{root}"#),
        1,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r##"<base href="/"><link rel="stylesheet" href="css/a.css"><script>const path_to_root = "";window.path_to_searchindex_js = "searchindex.js";</script><a class="x" href="#top">a</a><a href="start/idea.html">b</a><script src="toc.js"></script><a href="https://e/">c</a>"##;

    #[test]
    fn with_a_known_root_every_address_starts_there() {
        assert_eq!(
            found_from(PAGE, Some("/repo/")),
            r##"<meta name="robots" content="noindex"><link rel="stylesheet" href="/repo/css/a.css"><script>const path_to_root = "/repo/";window.path_to_searchindex_js = "/repo/searchindex.js";</script><a class="x" href="#top">a</a><a href="/repo/start/idea.html">b</a><script src="/repo/toc.js"></script><a href="https://e/">c</a>"##
        );
    }

    #[test]
    fn without_one_the_page_looks_for_it_before_it_loads_anything() {
        let page = found_from(PAGE, None);
        let at = |part: &str| page.find(part).expect(part);
        assert!(at(BASE) < at("<script>") && at(PROBE) < at("<link"));
        assert!(!PROBE.contains("</script"));
    }
}
