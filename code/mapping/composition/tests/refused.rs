//! Each program in `refused/` must not compile: for the reason that stands beside it, and because of one line.
//!
//! The whole text of an error changes from one compiler to the next, so it is compared where the compiler is the
//! one that wrote it (`refused/toolchain`), and elsewhere only the code of the error is. After a change,
//! `BLESS=1 cargo test -p composition` writes both anew; read them before they are committed.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use composition::mistakes::{MISTAKES, Mistake};

/// What ends the line that makes the difference.
const MARK: &str = "// refused";

/// What the compiler calls a program that comes from its standard input.
const NAMELESS: &str = "<anon>";

#[test]
fn each_is_refused_for_its_reason() {
    let blesses = env::var_os("BLESS").is_some();
    let blessed_by = fs::read_to_string(folder().join("toolchain")).unwrap();
    let is_the_same = toolchain() == blessed_by.trim();
    for mistake in MISTAKES {
        let (accepted, said) = compile(&source(&mistake));
        assert!(!accepted, "{} compiles", mistake.file);
        let said = told(&said, &format!("{}.rs", mistake.file));
        if blesses {
            fs::write(folder().join(format!("{}.stderr", mistake.file)), &said).unwrap();
        } else if is_the_same {
            assert_eq!(said, mistake.said, "{}", mistake.file);
        } else {
            assert_eq!(reason(&said), reason(mistake.said), "{}", mistake.file);
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
        let (accepted, said) = compile(&others.join("\n"));
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

#[test]
fn what_depends_on_the_machine_is_left_out() {
    let own =
        "error[E0277]: no\n --> <anon>:6:19\n  |\n6 |     code\n  |     ^^^^\n  |\n  = help: do\n";
    let foreign = "note: required by a bound in `spawn`\n --> /home/me/std/functions.rs:125:0\n  |\n125 | F: Send,\n";
    let end = "\nerror: aborting due to 1 previous error\n\nFor more information about this error, see there.\n";
    let all = format!("{own}{foreign}note: here\n --> <anon>:1:1\n{end}");
    assert_eq!(
        told(&all, "x.rs"),
        own.replace(NAMELESS, "x.rs") + "note: here\n --> x.rs:1:1\n"
    );
    assert_eq!(
        reason("error[E0382]: borrow of moved value\n"),
        "error[E0382]"
    );
    assert_eq!(reason("error: unused\n --> x"), "error: unused");
}

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/refused"))
}

fn source(mistake: &Mistake) -> String {
    fs::read_to_string(folder().join(format!("{}.rs", mistake.file))).unwrap()
}

/// The compiler that is asked for, or else the one that is there.
fn rustc() -> Command {
    Command::new(env::var_os("RUSTC").unwrap_or_else(|| OsString::from("rustc")))
}

fn toolchain() -> String {
    let version = rustc().arg("--version").output().unwrap();
    String::from_utf8(version.stdout).unwrap().trim().to_owned()
}

/// Whether it compiles, and what the compiler says.
fn compile(source: &str) -> (bool, String) {
    let mut compiler = rustc()
        .args(["--edition", "2024", "--crate-name", "refused"])
        .args(["--crate-type", "bin", "--emit", "metadata"])
        .args(["--color", "never", "-A", "unused", "-"])
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
    (output.status.success(), said)
}

/// What it says about this program: not where the standard library lies on this machine, of which it also shows the
/// source if that is there, and not how many errors there were.
fn told(said: &str, name: &str) -> String {
    let mut paragraphs: Vec<String> = Vec::new();
    for line in said.lines() {
        if line.starts_with(|first: char| first.is_ascii_alphabetic()) {
            paragraphs.push(String::new());
        }
        if let Some(paragraph) = paragraphs.last_mut() {
            *paragraph += line;
            *paragraph += "\n";
        }
    }
    let is_ours = |paragraph: &String| {
        let mut places = paragraph
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix("--> "));
        !paragraph.starts_with("error: aborting")
            && !paragraph.starts_with("For more information")
            && places.all(|place| place.starts_with(NAMELESS))
    };
    let kept: String = paragraphs.into_iter().filter(is_ours).collect();
    kept.replace(NAMELESS, name).trim_end().to_owned() + "\n"
}

/// The code of the error, or its first line where it has none.
fn reason(said: &str) -> &str {
    let headline = said.lines().next().unwrap_or_default();
    match headline.split_once("]:") {
        Some((code, _)) if code.starts_with("error[") => &headline[..=code.len()],
        _ => headline,
    }
}
