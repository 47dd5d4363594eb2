//! `workbook keys`: for which step keys are made, what is said of them, and what is not touched. That they are good, and for their
//! owner alone, is tested in the step that makes them.

use crate::common::fixture::Fixture;
use crate::common::{errors, text, workbook};

/// A step that makes keys, as far as files go.
const STEP: &str = r#"fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [flag, folder] = words.as_slice() else { std::process::exit(2) };
    assert_eq!(flag, "--make-keys");
    std::fs::create_dir_all(folder).unwrap();
    for name in ["authority.pem", "run.pem", "run.key", "worker.pem", "worker.key"] {
        std::fs::write(std::path::Path::new(folder).join(name), "made").unwrap();
    }
}
"#;

/// A book with two such steps.
fn book() -> Fixture {
    let book = Fixture::new();
    book.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"code/network/*\"]\n",
    );
    for name in ["n01-first", "n02-last"] {
        let manifest = format!(
            "[package]\nname = \"{name}\"\ndescription = \"d\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [package.metadata.workbook]\ntitle = \"T\"\n"
        );
        book.write(&format!("code/network/{name}/Cargo.toml"), &manifest);
        book.write(&format!("code/network/{name}/src/main.rs"), STEP);
        book.write(&format!("code/network/{name}/src/keys.rs"), "");
    }
    book
}

#[test]
fn keys_are_made_once_and_it_is_said_where_they_go() {
    let book = book();
    let make = || workbook(book.root(), &["keys", "peers", "--debug"]);
    let made = make();
    assert!(made.status.success(), "{}", errors(&made));
    let told = text(&made);
    for part in [
        "peers holds keys for n02-last and its workers",
        "\n  peers/authority.pem\n  peers/worker.pem\n  peers/worker.key\n",
        "--keys peers\n",
    ] {
        assert!(told.contains(part), "{part:?} is not in {told}");
    }
    assert!(!told.contains("run.key"), "it stays: {told}");

    let key = book.root().join("peers/run.key");
    std::fs::write(&key, "kept").expect("written");
    let again = make();
    assert_eq!(again.status.code(), Some(2));
    assert!(
        errors(&again).contains("peers holds keys already, which are not overwritten"),
        "{}",
        errors(&again)
    );
    assert_eq!(std::fs::read_to_string(key).expect("a key"), "kept");
}

#[test]
fn a_step_without_keys_is_refused_before_anything_is_made() {
    let book = book();
    for (step, told) in [
        ("s00-one", "there is no step named s00-one that makes keys"),
        ("n01", "did you mean n01-first?"),
    ] {
        let refused = workbook(book.root(), &["keys", "peers", "--for", step, "--debug"]);
        assert_eq!(refused.status.code(), Some(2));
        assert!(errors(&refused).contains(told), "{}", errors(&refused));
    }
    let refused = workbook(book.root(), &["keys", "", "--debug"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(errors(&refused).contains("a value is required"));
    assert!(!book.root().join("peers").exists());
    assert!(!book.root().join("run.key").exists());
}
