//! Finds the diagram script in the package that ships it, `mdbook-mermaid`, beside its binary.
//!
//! The package's library does not hand the script out, and third-party code is not committed here. Where the package
//! lies, cargo tells; but asked about this project, it wants the packages of all platforms and tests, which a machine that
//! only reads the book does not have. So it is asked about a package that needs nothing else: what that one needs, cargo
//! has just downloaded, and no network is wanted.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// The version is that of the lock file. It stands outside of our workspace.
const ASKING: &str = "[package]\nname = \"asking\"\nedition = \"2024\"\n\n[lib]\npath = \"lib.rs\"\n\n\
                      [dependencies]\nmdbook-mermaid = \"*\"\n\n[workspace]\n";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../../../Cargo.lock");
    println!("cargo::rerun-if-env-changed=CARGO_HOME");
    let script = package().join("src/bin/assets/mermaid.min.js");
    assert!(
        script.is_file(),
        "the package mdbook-mermaid does not hold src/bin/assets/mermaid.min.js any more"
    );
    println!("cargo::rustc-env=MERMAID_JS={}", script.display());
}

/// Where cargo has put mdbook-mermaid.
fn package() -> PathBuf {
    let folder = PathBuf::from(variable("OUT_DIR")).join("asking");
    fs::create_dir_all(&folder).expect("a folder can be made");
    fs::write(folder.join("Cargo.toml"), ASKING).expect("a file can be written");
    fs::write(folder.join("lib.rs"), "").expect("a file can be written");
    fs::copy("../../../Cargo.lock", folder.join("Cargo.lock"))
        .expect("the lock file can be copied");
    let output = Command::new(variable("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline"])
        .args(["--filter-platform", &variable("TARGET")])
        .arg("--manifest-path")
        .arg(folder.join("Cargo.toml"))
        .output()
        .expect("cargo is there");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "cargo does not tell where the package mdbook-mermaid is, which has the script for diagrams:\n{said}"
    );
    let metadata = String::from_utf8_lossy(&output.stdout);
    let manifests = metadata.split("\"manifest_path\":\"").skip(1);
    let mut folders = manifests.filter_map(|rest| Path::new(rest.split('"').next()?).parent());
    folders
        .find(|folder| is_mermaid(folder))
        .expect("mdbook-mermaid is among the packages that it depends on")
        .to_owned()
}

/// `mdbook-mermaid-0.17.1` from a registry, `mdbook-mermaid` where packages are vendored.
fn is_mermaid(folder: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    name == "mdbook-mermaid" || name.starts_with("mdbook-mermaid-")
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("cargo sets {name}"))
}
