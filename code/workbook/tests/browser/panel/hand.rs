//! What a reader does with a panel, and sees of it.

use crate::common::browser::Page;

/// What the panel says.
pub const STATUS: &str = "document.querySelector('.run-status').textContent";
/// Where what it shows comes from.
pub const BADGE: &str = "document.querySelector('.run-badge').textContent";

/// Goes to the page, and waits for its panel.
pub fn go(page: &Page, address: &str) {
    page.show_as(1280, "light");
    page.take_seen();
    page.go(address);
    page.wait("!!document.querySelector('.run.is-panel')");
}

/// Presses one of its buttons.
pub fn click(page: &Page, button: &str) {
    page.ask(&format!(
        "(document.querySelector('.run-{button}').click(), 1)"
    ));
}

/// Tabs to a part of the panel.
pub fn tab_to(page: &Page, selector: &str) {
    for _ in 0..80 {
        page.press("Tab");
        if page.ask(&format!("document.activeElement.matches('{selector}')")) == true {
            return;
        }
    }
    panic!("the tab key does not lead to {selector}");
}

/// Nothing went wrong, and nobody else was asked for anything.
pub fn assert_calm(page: &Page, port: u16) {
    let seen = page.take_seen();
    assert_eq!(seen.errors, [""; 0]);
    let origin = format!("http://127.0.0.1:{port}/");
    let elsewhere: Vec<_> = (seen.requests.iter())
        .filter(|url| !url.starts_with(&origin) && !url.starts_with("data:"))
        .collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
    assert!(!seen.requests.is_empty(), "requests are told");
}
