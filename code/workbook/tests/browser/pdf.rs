//! The book on paper: by a browser where there is one, and one sentence where there is none.

use std::process::Command;

use crate::common;
use crate::common::browser::Page;
use crate::common::fixture::Fixture;
use crate::common::{errors, workbook};
use regex::bytes::Regex;

#[test]
fn the_book_is_printed_into_a_file() {
    // Only whether there is a browser; the tool starts its own.
    if Page::open().is_none() {
        return common::skipped_without_browser("the_book_is_printed_into_a_file");
    }
    let book = Fixture::new();
    book.dress();
    let output = workbook(book.root(), &["pdf", "--out", "here.pdf"]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    assert!(
        errors(&output).contains("the book is in here.pdf"),
        "{}",
        errors(&output)
    );
    let pdf = std::fs::read(book.root().join("here.pdf")).expect("a file");
    assert!(pdf.starts_with(b"%PDF"));
    let pages = Regex::new(r"/Type\s*/Page[^s]").expect("a valid pattern");
    // Each of the three chapters begins a page.
    assert!(pages.find_iter(&pdf).count() >= 3);
}

#[test]
fn without_a_browser_there_is_one_sentence() {
    if cfg!(target_os = "macos") {
        return; // there a browser need not be on the search path
    }
    let book = Fixture::new();
    let output = Command::new(env!("CARGO_BIN_EXE_workbook"))
        .args(["pdf", "--out", "here.pdf"])
        .current_dir(book.root())
        .env("PATH", "")
        .output()
        .expect("the tool starts");
    assert_eq!(output.status.code(), Some(2));
    let said = errors(&output);
    assert!(said.contains("there is no Chromium"), "{said}");
    assert_eq!(said.trim().lines().count(), 1, "{said}");
    assert!(!book.root().join("here.pdf").exists());
}
