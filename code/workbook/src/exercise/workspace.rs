//! The manifest of a learner's copy of an exercise.

use project::exercises::{Exercise, FOLDER};

/// A crate and a workspace of its own, whose test is the book's judge.
pub fn of_learner(exercise: &Exercise) -> String {
    let name = &exercise.name;
    format!(
        r#"[package]
name = "{name}"
version = "0.1.0"
edition = "2024"
publish = false

[dependencies]
drill = {{ path = "../../code/drill" }}

# It stays with the book.
[[test]]
name = "judge"
path = "../../{FOLDER}/{name}/judge.rs"
harness = false

[profile.dev]
debug = "line-tables-only"

# The book's workspace does not know it.
[workspace]
"#
    )
}
