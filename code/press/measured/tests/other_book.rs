//! The preprocessor in a book that is not ours: results of a bench of its own, a chart, claims, a typed-in number.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use mdbook_preprocessor::PreprocessorContext;
use tempfile::TempDir;
use walkdir::WalkDir;

const PREPROCESSOR: &str = env!("CARGO_BIN_EXE_mdbook-measured");

/// A copy of the other book, with this text behind its first chapter.
fn book(more: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let original = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/book");
    for entry in WalkDir::new(&original) {
        let entry = entry.expect("a file of the book");
        let name = entry.path().strip_prefix(&original).expect("below it");
        let copy = folder.path().join(name);
        if entry.file_type().is_dir() {
            fs::create_dir_all(copy).expect("created");
        } else {
            fs::copy(entry.path(), copy).expect("copied");
        }
    }
    let chapter = folder.path().join("src/sorting.md");
    let text = fs::read_to_string(&chapter).expect("the chapter");
    fs::write(chapter, format!("{text}\n{more}\n")).expect("written");
    folder
}

/// The book as mdBook has it, which knows where the preprocessor is.
fn loaded(folder: &TempDir) -> MDBook {
    let mut config = Config::from_disk(folder.path().join("book.toml")).expect("book.toml");
    config
        .set("preprocessor.measured.command", PREPROCESSOR)
        .expect("set");
    MDBook::load_with_config(folder.path(), config).expect("a book")
}

/// The page that mdBook makes of the first chapter.
fn page(more: &str) -> String {
    let folder = book(more);
    loaded(&folder).build().expect("the book is built");
    fs::read_to_string(folder.path().join("book/sorting.html")).expect("a page")
}

/// What the preprocessor answers to mdBook's question.
fn answer(more: &str, config: Option<(&str, &str)>) -> Output {
    let folder = book(more);
    let mut mdbook = loaded(&folder);
    if let Some((key, value)) = config {
        mdbook.config.set(key, value).expect("set");
    }
    let context = PreprocessorContext::new(mdbook.root, mdbook.config, "html".to_owned());
    let question = serde_json::to_vec(&(context, mdbook.book)).expect("JSON");
    let mut child = Command::new(PREPROCESSOR)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut stdin = child.stdin.take().expect("piped");
    stdin.write_all(&question).expect("it listens");
    drop(stdin);
    child.wait_with_output().expect("it ends")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn numbers_a_claim_that_holds_and_a_chart_are_in_the_page() {
    let page = page("");
    for part in [
        "class=\"measured\"",
        "class=\"claim claim-holds\"",
        "id=\"chart-sort\"",
        "by insertion",
        "<svg ",
        "cargo bench",
        "href=\"bibliography.html#knuth\"",
        // Of another preprocessor.
        "{{#template note.md}}",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(!page.contains("{{#result") && !page.contains("class=\"problem\""));
}

#[test]
fn a_claim_that_does_not_hold_fails_the_build_and_stands_in_the_page() {
    let claim = "{{#claim sort/standard[n=1000] time > sort/insertion[n=1000] time}}";
    let folder = book(claim);
    assert!(loaded(&folder).build().is_err());
    let answer = answer(claim, None);
    assert_eq!(answer.status.code(), Some(1));
    let told = "src/sorting.md:12: the claim does not hold on the book's machine: ";
    assert!(said(&answer).starts_with(told), "{}", said(&answer));
    assert!(String::from_utf8_lossy(&answer.stdout).contains("claim claim-fails"));
}

#[test]
fn a_number_that_is_typed_in_is_refused_unless_the_book_allows_it() {
    let typed_in = "It takes 5 ms.";
    let folder = book(typed_in);
    assert!(loaded(&folder).build().is_err());
    let refused = answer(typed_in, None);
    assert_eq!(refused.status.code(), Some(1));
    let told = "src/sorting.md:12: “5 ms” is a measurement without a source";
    assert!(said(&refused).starts_with(told), "{}", said(&refused));
    let allowed = answer(
        typed_in,
        Some(("preprocessor.measured.typed-in", "allowed")),
    );
    assert!(allowed.status.success(), "{}", said(&allowed));
    assert_eq!(said(&allowed), "");
}

#[test]
fn what_is_not_there_is_told_in_the_words_of_this_book() {
    let missing = "{{#result sort/bubble[n=1000] time}}\n\n{{#chart sorts}}";
    let told = said(&answer(missing, None));
    assert!(
        told.contains("measurements/charts.toml defines no chart `sorts`; did you mean `sort`?"),
        "{told}"
    );
    let machine = answer("", Some(("preprocessor.measured.machine", "elsewhere")));
    assert!(
        said(&machine).contains("the book's machine is `elsewhere`, but measurements holds "),
        "{}",
        said(&machine)
    );
    let nowhere = answer("", Some(("preprocessor.measured.results", "nowhere")));
    assert!(
        said(&nowhere).contains("nowhere holds none; `mdbook-measured collect` makes them"),
        "{}",
        said(&nowhere)
    );
}

#[test]
fn a_setting_that_is_none_is_one_sentence() {
    let answer = answer("", Some(("preprocessor.measured.chart", "a.toml")));
    assert_eq!(answer.status.code(), Some(2));
    let said = said(&answer);
    assert!(
        said.starts_with(
            "mdbook-measured: [preprocessor.measured] in book.toml: unknown field `chart`"
        ),
        "{said}"
    );
    assert!(answer.stdout.is_empty(), "before any work");
}

#[test]
fn mdbook_is_told_which_renderer_is_supported() {
    for (renderer, code) in [("html", 0), ("epub", 1)] {
        let answer = Command::new(PREPROCESSOR)
            .args(["supports", renderer])
            .output()
            .expect("it runs");
        assert_eq!(answer.status.code(), Some(code), "{renderer}");
    }
}

#[test]
fn what_criterion_left_behind_is_filed() {
    let folder = tempfile::tempdir().expect("a folder");
    let new = folder
        .path()
        .join("target/criterion/sort/standard_n=9_/new");
    fs::create_dir_all(&new).expect("created");
    let benchmark = r#"{"group_id":"sort","full_id":"sort/standard[n=9]","throughput":null}"#;
    fs::write(new.join("benchmark.json"), benchmark).expect("written");
    let sample = r#"{"sampling_mode":"Flat","iters":[2.0,4.0],"times":[10.0,24.0]}"#;
    fs::write(new.join("sample.json"), sample).expect("written");
    let collect = |suite: &str, command: &str| {
        Command::new(PREPROCESSOR)
            .args([
                "collect",
                "--machine",
                "here",
                "--suite",
                suite,
                "--",
                command,
            ])
            .current_dir(folder.path())
            .output()
            .expect("it runs")
    };
    assert!(collect("sort", "true").status.success());
    let suite =
        results::Suite::read(&folder.path().join("results/sort@here.json")).expect("a suite");
    let case = &suite.cases["sort/standard[n=9]"];
    assert_eq!(case.metrics["time"].samples, [5.0, 6.0]);
    assert_eq!(suite.command, "true");
    for (suite, command, told) in [
        (
            "sorts",
            "true",
            "criterion measured nothing in target/criterion whose name begins with `sorts/`",
        ),
        ("sort", "false", "`false` ended with "),
    ] {
        let answer = collect(suite, command);
        assert_eq!(answer.status.code(), Some(2));
        assert!(said(&answer).contains(told), "{}", said(&answer));
    }
}

#[test]
fn the_style_sheet_defines_every_colour_that_it_uses() {
    let answer = Command::new(PREPROCESSOR)
        .arg("style")
        .output()
        .expect("it runs");
    let style = String::from_utf8(answer.stdout).expect("text");
    // Those of mdBook's own themes.
    let mdbooks = ["--bg", "--fg", "--links"];
    let used = style
        .split("var(")
        .skip(1)
        .filter_map(|rest| rest.split([')', ',']).next());
    for name in used.filter(|name| !mdbooks.contains(name)) {
        assert!(
            style.contains(&format!("    {name}:")),
            "{name} is used and not defined"
        );
    }
    assert!(style.contains(".claim-mark") && style.contains(".chart-wide"));
}
