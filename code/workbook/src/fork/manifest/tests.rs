//! What stands in a fork's manifest.

use super::*;

const WORKSPACE: &str = r#"[workspace]
members = ["code/*"]

[workspace.package]
edition = "2024"
publish = false

[workspace.dependencies]
traffic = { path = "code/traffic" }
serde = { version = "1", features = ["derive"] }
memchr = "2"

[workspace.lints.rust]
unsafe_code = "deny"

[workspace.lints.clippy]
all = { level = "warn", priority = -1 }

[profile.release]
# Why.
debug = "line-tables-only"
"#;

const STEP: &str = r#"[package]
name = "s09-batch"
description = "Batching."
edition.workspace = true
publish.workspace = true

[dependencies]
# Said of memchr.
memchr.workspace = true
other = { path = "../other" }
serde = { workspace = true, features = ["rc"] }
traffic.workspace = true

[target.'cfg(unix)'.dev-dependencies]
traffic = { workspace = true, features = ["testing"] }

[lints]
workspace = true

[package.metadata.workbook]
title = "Batches"
parent = "s08-coalesce"
"#;

fn forked(path: &str, manifest: &str, parent: &str, name: &str) -> String {
    let origin = Origin {
        path: Path::new(path),
        manifest,
        workspace: WORKSPACE,
    };
    origin.fork(parent, name).expect("manifests")
}

#[test]
fn what_was_inherited_is_written_out() {
    let text = forked("code/evolution/s09-batch", STEP, "s09-batch", "my-batch");
    let expected = r#"[package]
name = "my-batch"
description = "A fork of s09-batch."
edition = "2024"
publish = false

[dependencies]
# Said of memchr.
memchr = "2"
other = { path = "../../code/evolution/other" }
serde = { version = "1", features = ["derive", "rc"] }
traffic = { path = "../../code/traffic" }

[target.'cfg(unix)'.dev-dependencies]
traffic = { path = "../../code/traffic", features = ["testing"] }

[package.metadata.workbook]
title = "my-batch"
parent = "s09-batch"

[lints.rust]
unsafe_code = "deny"

[lints.clippy]
all = { level = "warn", priority = -1 }

[profile.release]
# Why.
debug = "line-tables-only"

# A workspace of its own: the book's does not know it.
[workspace]
"#;
    assert_eq!(text, expected);
}

#[test]
fn a_fork_of_a_fork_differs_in_its_names_only() {
    let first = forked("code/evolution/s09-batch", STEP, "s09-batch", "my-batch");
    let second = forked("my-work/my-batch", &first, "my-batch", "your-batch");
    let renamed = first
        .replace("my-batch", "your-batch")
        .replace("s09-batch", "my-batch");
    assert_eq!(second, renamed);
}

#[test]
fn what_the_workspace_does_not_have_is_named() {
    let step = STEP.replace("memchr", "nothing");
    let origin = Origin {
        path: Path::new("code/evolution/s09-batch"),
        manifest: &step,
        workspace: WORKSPACE,
    };
    let error = origin.fork("s09-batch", "my-batch").expect_err("unknown");
    assert_eq!(error.to_string(), "the workspace has no dependency nothing");
}
