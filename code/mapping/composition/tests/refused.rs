//! Each program in `refused/` must not compile: for the reason that stands beside it, and because of one line.
//!
//! The whole text of an error changes from one compiler to the next, so it is compared where the compiler is the
//! one that wrote it (`refused/toolchain`), and elsewhere the first line is. `BLESS=1 cargo test -p composition`
//! writes both anew.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use composition::mistakes::{MISTAKES, Mistake};

/// What ends the line that makes the difference.
const MARK: &str = "// refused";

#[test]
fn each_is_refused_for_its_reason() {
    let blesses = env::var_os("BLESS").is_some();
    let is_the_same = toolchain()
        == fs::read_to_string(folder().join("toolchain"))
            .unwrap()
            .trim();
    for mistake in MISTAKES {
        let (accepted, said) = compile(&source(&mistake), &format!("{}.rs", mistake.file));
        assert!(!accepted, "{} compiles", mistake.file);
        if blesses {
            fs::write(folder().join(format!("{}.stderr", mistake.file)), &said).unwrap();
        } else if is_the_same {
            assert_eq!(said, mistake.said, "{}", mistake.file);
        } else {
            assert_eq!(
                said.lines().next(),
                Some(mistake.headline()),
                "{}",
                mistake.file
            );
        }
    }
    if blesses {
        fs::write(folder().join("toolchain"), toolchain() + "\n").unwrap();
    }
}

#[test]
fn each_is_accepted_without_its_marked_line() {
    for mistake in MISTAKES {
        let source = source(&mistake);
        let (marked, others): (Vec<&str>, Vec<&str>) =
            source.lines().partition(|line| line.ends_with(MARK));
        assert_eq!(marked.len(), 1, "{}", mistake.file);
        let (accepted, said) = compile(&others.join("\n"), "the rest");
        assert!(
            accepted,
            "{}: it is not that line alone\n{said}",
            mistake.file
        );
    }
}

#[test]
fn every_file_is_in_the_list() {
    let files = fs::read_dir(folder()).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = (names)
        .filter_map(|name| Some(name.strip_suffix(".rs")?.to_owned()))
        .collect();
    names.sort();
    let mut listed = MISTAKES.map(|mistake| mistake.file);
    listed.sort_unstable();
    assert_eq!(names, listed);
}

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/refused"))
}

fn source(mistake: &Mistake) -> String {
    fs::read_to_string(folder().join(format!("{}.rs", mistake.file))).unwrap()
}

/// The compiler that cargo uses, or else the one that is there.
fn rustc() -> Command {
    Command::new(env::var_os("RUSTC").unwrap_or_else(|| OsString::from("rustc")))
}

fn toolchain() -> String {
    let version = rustc().arg("--version").output().unwrap();
    String::from_utf8(version.stdout).unwrap().trim().to_owned()
}

/// Whether it compiles, and what the compiler says, under the name that the source shall have in that.
fn compile(source: &str, name: &str) -> (bool, String) {
    let mut compiler = rustc()
        .args([
            "--edition",
            "2024",
            "--crate-type",
            "bin",
            "--crate-name",
            "refused",
        ])
        .args([
            "--emit", "metadata", "--color", "never", "-A", "unused", "-",
        ])
        .args(["--out-dir", env!("CARGO_TARGET_TMPDIR")])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a compiler is here, or there would be no test");
    let mut input = compiler.stdin.take().unwrap();
    input.write_all(source.as_bytes()).unwrap();
    drop(input);
    let output = compiler.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    (output.status.success(), said.replace("<anon>", name))
}
