//! A reader with a keyboard.

use crate::common::browser::Page;

/// A page, and what a reader with a keyboard does on it.
pub struct Reader<'p>(pub &'p Page);

impl Reader<'_> {
    /// What is read there.
    pub fn text(&self, selector: &str) -> String {
        let text = self
            .0
            .ask(&format!("document.querySelector('{selector}').innerText"));
        text.as_str().expect("a text").to_owned()
    }

    /// Whether an expression is true.
    pub fn is(&self, expression: &str) -> bool {
        self.0.ask(expression) == true
    }

    /// Goes on by Tab until something has the focus.
    pub fn tab_to(&self, selector: &str) {
        let has_it = format!("document.activeElement.matches('{selector}')");
        for _ in 0..200 {
            if self.is(&has_it) {
                return;
            }
            self.0.press("Tab");
        }
        panic!("Tab does not lead to {selector}");
    }

    /// Something has the focus.
    pub fn has_focus(&self, selector: &str) {
        let what = "document.activeElement.outerHTML.slice(0, 200)";
        let has_it = self.is(&format!("document.activeElement.matches('{selector}')"));
        assert!(
            has_it,
            "{selector} has not the focus, but {}",
            self.0.ask(what)
        );
    }

    /// Types a text.
    pub fn types(&self, text: &str) {
        text.chars().for_each(|key| self.0.press(&key.to_string()));
    }

    /// Where a focus begins that comes from the page's beginning.
    pub fn begins(&self) {
        self.0
            .ask("(document.activeElement.blur(), getSelection().removeAllRanges(), 1)");
    }
}
