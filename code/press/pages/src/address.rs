//! `{{#address}}`: where the book can be read, in letters and as a QR code, for those who sit in front of a slide.
//!
//! The address is told when the site is built, or by `address` in `book.toml`; or it is that of the repository. Where none is
//! known, an audience sees nothing, and in the speaker's window it says what is missing.

use std::fmt::Write as _;

use directives::html::escape;
use directives::{Directive, Place, Rendered};
use qrcodegen::{QrCode, QrCodeEcc};

use crate::shelf::Shelf;

/// A reader of such codes needs so many modules of ground around them.
const QUIET: i32 = 4;

/// What a speaker is told in front of whose audience there is no address.
const UNKNOWN: &str = r#"<figure class="address is-unknown"><figcaption>No address yet: it is <code>address</code> in <code>book.toml</code></figcaption></figure>"#;

/// The address of the book.
pub struct Address;

impl Directive<Shelf> for Address {
    fn name(&self) -> &'static str {
        "address"
    }

    fn is_figure(&self) -> bool {
        true
    }

    fn render(
        &self,
        argument: &str,
        sources: &Shelf,
        _place: &Place<'_>,
    ) -> Result<Rendered, String> {
        if !argument.is_empty() {
            return Err(format!("`address` takes nothing, and not `{argument}`"));
        }
        let Some(address) = sources.address.as_deref() else {
            return Ok(Rendered::block(UNKNOWN.to_owned()));
        };
        let code = code(address)?;
        let address = escape(address);
        let shown = address.trim_start_matches("https://").trim_end_matches('/');
        Ok(Rendered::block(format!(
            r#"<figure class="address">{code}<figcaption><a href="{address}">{shown}</a></figcaption></figure>"#
        )))
    }
}

/// The code of a text: dark on light in each theme, as cameras want it.
fn code(text: &str) -> Result<String, String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium)
        .map_err(|_| format!("the address is too long for a QR code: {text}"))?;
    let size = code.size();
    let whole = size + 2 * QUIET;
    let mut dark = String::new();
    for y in 0..size {
        for x in (0..size).filter(|x| code.get_module(*x, y)) {
            let (x, y) = (x + QUIET, y + QUIET);
            write!(dark, "M{x} {y}h1v1h-1z").expect("a string takes everything");
        }
    }
    Ok(format!(
        r##"<svg viewBox="0 0 {whole} {whole}" role="img" aria-label="A QR code with the address of the book" shape-rendering="crispEdges"><rect width="{whole}" height="{whole}" fill="#fff"/><path fill="#000" d="{dark}"/></svg>"##
    ))
}

#[cfg(test)]
mod tests {
    use directives::testing::rendered;
    use mdbook_driver::config::Config;
    use project::testing::sample;

    use super::*;

    #[test]
    fn an_address_is_shown_and_can_be_scanned() {
        let (_folder, project) = sample();
        let mut config = Config::default();
        config
            .set(Shelf::ADDRESS, "https://example.org/book/")
            .unwrap();
        let shelf = Shelf::new(&project, &[], &config);
        let html = rendered(&Address, "", &shelf).unwrap();
        assert!(
            html.contains(r#"<a href="https://example.org/book/">example.org/book</a>"#),
            "{html}"
        );
        assert!(
            html.contains("with the address of the book") && !html.contains('\n'),
            "{html}"
        );
        // Version 2, whose code is 25 modules wide; each corner but one has a finder.
        assert!(html.contains(r#"viewBox="0 0 33 33""#), "{html}");
        for corner in ["M4 4h1", "M28 4h1", "M4 28h1"] {
            assert!(html.contains(corner), "{corner}: {html}");
        }
    }

    #[test]
    fn a_book_without_an_address_shows_that_of_its_repository_or_says_what_to_set() {
        let (_folder, project) = sample();
        let shelf = Shelf::new(&project, &[], &Config::default());
        let said = rendered(&Address, "", &shelf).unwrap();
        assert!(
            said.contains("is-unknown") && said.contains("<code>address</code> in"),
            "{said}"
        );
        let mut config = Config::default();
        (config.set("output.html.git-repository-url", "https://github.com/a/b/")).unwrap();
        let found = rendered(&Address, "", &Shelf::new(&project, &[], &config)).unwrap();
        assert!(found.contains(">github.com/a/b</a>"), "{found}");
        assert!(rendered(&Address, "x", &shelf).is_err());
    }
}
