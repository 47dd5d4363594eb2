//! `workbook verify`, end to end: a sound small book passes, and each way of breaking it is told
//! with file and line.

use crate::common::fixture::Fixture;
use crate::common::{errors, text, workbook};

/// Breaks a sound book, and expects one line of `verify` that starts and goes on like this.
fn expect(start: &str, words: &str, damage: impl FnOnce(&Fixture)) {
    let book = Fixture::new();
    damage(&book);
    let output = workbook(book.root(), &["verify"]);
    let errors = errors(&output);
    assert_eq!(output.status.code(), Some(1), "{errors}");
    let told = errors
        .lines()
        .any(|line| line.starts_with(start) && line.contains(words));
    assert!(told, "no line {start}…{words}… in:\n{errors}");
    assert!(
        errors.contains("1 problem"),
        "one mistake is one problem:\n{errors}"
    );
}

#[test]
fn a_sound_book_passes_with_one_sentence() {
    let book = Fixture::new();
    let output = workbook(&book.root().join("book/start"), &["verify"]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    assert!(
        text(&output).starts_with("checked 3 chapters, 6 pages, 1 program"),
        "{}",
        text(&output)
    );
    assert_eq!(text(&output).lines().count(), 1);
}

#[test]
fn a_typed_in_measurement_is_refused() {
    expect(
        "book/start/idea.md:5:",
        "“3.5 ms” is a measurement",
        |book| {
            book.append("book/start/idea.md", "\nIt takes 3.5 ms.\n");
        },
    );
}

#[test]
fn a_claim_that_does_not_hold_is_refused() {
    expect(
        "book/evolution/s00-one.md:19:",
        "the claim does not hold",
        |book| {
            book.replace("book/evolution/s00-one.md", "> 2 *", "> 200 *");
        },
    );
}

#[test]
fn an_unknown_directive_is_refused() {
    expect("book/start/idea.md:5:", "resutl", |book| {
        book.append("book/start/idea.md", "\n{{#resutl evolution/s00-one}}\n");
    });
}

#[test]
fn a_link_to_no_chapter_is_refused() {
    expect(
        "book/start/idea.md:5:",
        "`gone.md` leads to no chapter",
        |book| {
            book.append("book/start/idea.md", "\nSee [this](gone.md).\n");
        },
    );
}

#[test]
fn a_link_to_no_heading_is_refused() {
    expect(
        "book/start/idea.md:3:",
        "`../evolution/s00-one.md#the-change`",
        |book| {
            book.replace(
                "book/evolution/s00-one.md",
                "## The change\n",
                "## The change {#changed}\n",
            );
        },
    );
}

#[test]
fn a_link_in_raw_html_is_refused_too() {
    expect(
        "book/start/idea.md:",
        "`gone.html` leads to no file",
        |book| {
            book.append(
                "book/start/idea.md",
                "\n<p>See <a href=\"gone.html\">this</a>.</p>\n",
            );
        },
    );
}

#[test]
fn an_image_that_is_not_there_is_refused() {
    expect(
        "book/start/idea.md:5:",
        "`gone.svg` leads to no file",
        |book| {
            book.append("book/start/idea.md", "\n![A drawing](gone.svg)\n");
        },
    );
}

#[test]
fn a_path_to_code_that_is_not_there_is_refused() {
    expect(
        "book/start/idea.md:5:",
        "`code/evolution/s00-one/src/gone.rs`",
        |book| {
            book.append(
                "book/start/idea.md",
                "\nSee `code/evolution/s00-one/src/gone.rs`.\n",
            );
        },
    );
}

#[test]
fn a_chapter_that_is_not_in_the_summary_is_refused() {
    expect("book/start/lost.md:", "SUMMARY", |book| {
        book.write("book/start/lost.md", "# Lost\n");
    });
}

#[test]
fn a_chapter_that_is_only_in_the_summary_is_refused() {
    expect("book/SUMMARY.md:6:", "start/gone.md", |book| {
        book.append("book/SUMMARY.md", "- [Gone](start/gone.md)\n");
    });
}

#[test]
fn a_chapter_without_a_part_is_refused() {
    expect("book/evolution/s00-one.md:", "`## The surprise`", |book| {
        book.replace(
            "book/evolution/s00-one.md",
            "## The surprise",
            "## A surprise",
        );
    });
}

#[test]
fn a_command_about_no_program_is_refused() {
    expect(
        "book/start/idea.md:6:",
        "there is no `s01-lost` to run",
        |book| {
            let command = "\n```sh\ncargo run --release -- run s01-lost\n```\n";
            book.append("book/start/idea.md", command);
        },
    );
}

#[test]
fn a_result_about_no_program_is_refused() {
    expect(
        "book/results/evolution@small.json:",
        "evolution/s07-lost",
        |book| {
            book.replace(
                "book/results/evolution@small.json",
                "s00-one[delay=0]",
                "s07-lost",
            );
            book.replace(
                "book/evolution/s00-one.md",
                "{{#claim evolution/s00-one[delay=0] > 2 * evolution/s00-one}}",
                "{{#claim 2 * evolution/s00-one > evolution/s00-one}}",
            );
        },
    );
}

#[test]
fn a_result_whose_source_has_changed_is_refused_when_all_is_checked() {
    let book = Fixture::new();
    let errors = errors(&workbook(book.root(), &["verify", "--all"]));
    let told = errors.lines().any(|line| {
        line.starts_with("book/results/evolution@small.json: the source has changed")
            && line.contains("evolution/s00-one")
    });
    assert!(told, "{errors}");
}
