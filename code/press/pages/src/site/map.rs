//! `sitemap.xml` and `robots.txt`: what search engines read first. Both hold absolute addresses, so a site whose
//! address is not known has neither.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use directives::html::escape;

use super::address::Address;

/// Writes both files for the pages that search engines shall show.
///
/// # Errors
///
/// If one cannot be written.
pub fn write(out: &Path, pages: &[PathBuf], address: &Address) -> Result<()> {
    let robots = format!(
        "User-agent: *\nAllow: /\n\nSitemap: {}\n",
        address.of(Path::new("sitemap.xml"))
    );
    for (name, text) in [
        ("sitemap.xml", sitemap(pages, address)),
        ("robots.txt", robots),
    ] {
        let path = out.join(name);
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

fn sitemap(pages: &[PathBuf], address: &Address) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in pages {
        let place = escape(&address.of(page));
        writeln!(xml, "  <url><loc>{place}</loc></url>").expect("a string takes everything");
    }
    xml + "</urlset>\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_listed_by_its_absolute_address() {
        let address = "https://x/r/".parse().unwrap();
        let pages = ["index.html", "a/b.html"].map(PathBuf::from);
        let xml = sitemap(&pages, &address);
        assert!(xml.contains("<loc>https://x/r/</loc>"), "{xml}");
        assert!(xml.contains("<loc>https://x/r/a/b.html</loc>"), "{xml}");
        assert_eq!(xml.matches("<url>").count(), 2);
    }
}
