//! Finds the diagram script in the package that ships it, `mdbook-mermaid`, beside its binary.
//!
//! The package's library does not hand the script out, and third-party code is not committed here.

use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../../../Cargo.lock");
    // Cargo has just downloaded what this needs; only a package that is missing for the metadata of
    // other platforms or tests makes the second try, with the network, necessary.
    let script = find(&["--offline"])
        .or_else(|| find(&[]))
        .unwrap_or_else(|| {
            panic!(
                "the package mdbook-mermaid does not hold src/bin/assets/mermaid.min.js any more"
            )
        });
    println!("cargo::rustc-env=MERMAID_JS={}", script.display());
}

fn find(options: &[&str]) -> Option<PathBuf> {
    let cargo = std::env::var_os("CARGO")?;
    let target = std::env::var("TARGET").ok()?;
    let output = Command::new(cargo)
        .args([
            "metadata",
            "--format-version",
            "1",
            "--filter-platform",
            &target,
        ])
        .args(options)
        .output()
        .ok()?;
    let metadata = String::from_utf8(output.stdout).ok()?;
    let manifests = metadata.split("\"manifest_path\":\"").skip(1);
    manifests
        .filter_map(|rest| Path::new(rest.split('"').next()?).parent())
        .filter(|package| {
            let name = package.file_name().unwrap_or_default().to_string_lossy();
            name == "mdbook-mermaid" || name.starts_with("mdbook-mermaid-")
        })
        .map(|package| package.join("src/bin/assets/mermaid.min.js"))
        .find(|script| script.is_file())
}
