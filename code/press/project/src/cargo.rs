//! Cargo, and what it says of the programs that it builds.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// A program that cargo has built, as one line of its JSON messages names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Built {
    /// The name of the target: of a program, a bench or a test.
    pub target: String,
    /// The manifest of its crate.
    pub manifest: PathBuf,
    /// Where the program is.
    pub executable: PathBuf,
}

/// As much of a message as is read here; libraries have no executable.
#[derive(Deserialize)]
struct Message {
    target: Target,
    manifest_path: PathBuf,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

/// The cargo that runs us, or the one on the path.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The program that one line of cargo's messages is about, if it is about one.
pub fn built(line: &str) -> Option<Built> {
    let message: Message = serde_json::from_str(line).ok()?;
    Some(Built {
        target: message.target.name,
        manifest: message.manifest_path,
        executable: message.executable?,
    })
}

/// Lets cargo build in a project's root, and says which programs came of it; `what` they are is for an error.
///
/// # Errors
///
/// If they do not build: what cargo said.
pub fn build(root: &Path, arguments: &[&str], what: &str) -> Result<Vec<Built>> {
    let output = cargo()
        .current_dir(root)
        .args(arguments)
        .args(["--message-format", "json"])
        .output()
        .context("cannot run cargo")?;
    ensure!(
        output.status.success(),
        "{what} does not build:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let messages = String::from_utf8_lossy(&output.stdout);
    Ok(messages.lines().filter_map(built).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_found_among_the_messages() {
        let message = |executable: &str| {
            format!(
                r#"{{"reason":"compiler-artifact","manifest_path":"/p/a/Cargo.toml","target":{{"kind":["bin"],"name":"a"}},"executable":{executable}}}"#
            )
        };
        let program = Built {
            target: "a".into(),
            manifest: "/p/a/Cargo.toml".into(),
            executable: "/t/a".into(),
        };
        assert_eq!(built(&message("\"/t/a\"")), Some(program));
        assert_eq!(built(&message("null")), None, "a library");
        assert_eq!(built(r#"{"reason":"build-finished","success":true}"#), None);
        assert_eq!(built("not json"), None);
    }
}
