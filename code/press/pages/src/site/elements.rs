//! Elements of a page that mdBook wrote, found by CSS selectors.

use anyhow::{Context, Result};
use lol_html::{RewriteStrSettings, element, rewrite_str};

/// The page without some of its elements and what is in them.
///
/// # Errors
///
/// If the page is no HTML that can be read from its beginning to its end.
pub fn without(page: &str, selectors: &[&str]) -> Result<String> {
    let handlers = selectors.iter().map(|selector| {
        element!(selector, |element| {
            element.remove();
            Ok(())
        })
    });
    let settings = RewriteStrSettings {
        element_content_handlers: handlers.collect(),
        ..RewriteStrSettings::new()
    };
    rewrite_str(page, settings).context("a page cannot be read")
}

/// The page without some attributes of its elements.
///
/// # Errors
///
/// As [`without`].
pub fn without_attributes(page: &str, attributes: &[(&str, &'static str)]) -> Result<String> {
    let handlers = attributes.iter().map(|&(selector, attribute)| {
        element!(selector, move |element| {
            element.remove_attribute(attribute);
            Ok(())
        })
    });
    let settings = RewriteStrSettings {
        element_content_handlers: handlers.collect(),
        ..RewriteStrSettings::new()
    };
    rewrite_str(page, settings).context("a page cannot be read")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_go_with_all_that_is_in_them() {
        let page = r#"<p>a</p><div class="x"><div>b<br></div></div><details class="y"><summary>c</summary><p>d</p></details>"#;
        assert_eq!(
            without(page, &["div.x", "details.y > :not(summary)"]).unwrap(),
            r#"<p>a</p><details class="y"><summary>c</summary></details>"#
        );
    }

    #[test]
    fn attributes_go_and_elements_stay() {
        let page = r#"<b class="x" title="&lt;long">1</b><b title="kept">2</b>"#;
        assert_eq!(
            without_attributes(page, &[(".x", "title")]).unwrap(),
            r#"<b class="x">1</b><b title="kept">2</b>"#
        );
    }
}
