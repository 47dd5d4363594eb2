//! A book with a small talk in it: a slide of each kind.

use super::fixture::Fixture;
use super::recorded;

/// What is on the slides of the first chapter, in front of its run panel: three kinds of steps.
const WORDS: &str = r#"
<!-- slide: 60s cut=20,45,90 id=opening part="Part one" -->

<!-- slide-only: # The opening

Few words, with {{#given 500 µs}} in them. -->

<!-- notes: Good evening. This is *said* and not shown. -->

<!-- /slide -->

<!-- slide: 90s cut=45,90 id=steps -->

## Three steps

A paragraph that only readers see.

<!-- on-slide -->
<!-- steps -->
- the first
- the second

<!-- step -->
<!-- slide-only: the third -->

<!-- notes: First the first, then the second, and at last the third. -->

<!-- /slide -->

<!-- slide: 30s cut=90 id=code -->

## Three lines

```rust lines=1|2-3
let one = 1;
let two = one + 1;
let three = two + 1;
```

<!-- notes: One line, and then two of them. -->

<!-- /slide -->

<!-- slide: 120s cut=45,90 id=run -->

## A live run

<!-- step -->
"#;

/// What follows the panel.
const BEHIND_THE_PANEL: &str = "\n<!-- notes: Let us see it run. -->\n\n<!-- /slide -->\n";

/// The slides of the second chapter: a chart that is drawn, a change, and the last words.
const FIGURES: &str = r#"
<!-- slide: 60s cut=90 id=chart -->

## A chart

<!-- steps: 2|1 -->

{{#chart distances}}

<!-- notes: The far one comes last. -->

<!-- /slide -->

<!-- slide: 60s cut=90 id=change part="Part two" -->

## The change

{{#diff s00-one s01-two: let two}}

<!-- notes: One line goes, two come. -->

<!-- /slide -->

<!-- slide: 30s cut=20,45,90 id=end -->

<!-- slide-only: ## The end

[Read on](bibliography.md). -->

<!-- notes: Thank you. -->

<!-- /slide -->
"#;

/// The chart of two bars that is drawn in two groups.
const CHART: &str = "\n[distances]\ntitle = \"Far and near\"\nkind = \"bars\"\nmetric = \"lines_per_s\"\n\
    cases = [\"evolution/s00-one\", \"evolution/s00-one[delay=0]\"]\nnames = [\"far\", \"near\"]\nalt = \"Two bars.\"\n";

/// The ids of its slides in the longest cut, each with its steps.
pub const SLIDES: [(&str, usize); 7] = [
    ("opening", 0),
    ("steps", 3),
    ("code", 1),
    ("run", 1),
    ("chart", 1),
    ("change", 1),
    ("end", 0),
];

/// The book of the run panels, with a talk.
pub fn book() -> Fixture {
    let book = recorded::book();
    let panel = "\n{{#run s04-release}}\n";
    book.replace(
        "book/start/idea.md",
        panel,
        &format!("{WORDS}{}{BEHIND_THE_PANEL}", &panel[1..]),
    );
    book.append("book/appendix/bibliography.md", FIGURES);
    book.append("book/charts.toml", CHART);
    book.write(
        "code/evolution/s00-one/src/lib.rs",
        "//! The first step.\n\n/// Counts.\npub fn run() {\n    let one = 1;\n    let two = 2;\n    print(one, two);\n}\n",
    );
    book.write(
        "code/evolution/s01-two/Cargo.toml",
        "[package]\nname = \"s01-two\"\ndescription = \"d\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [package.metadata.workbook]\ntitle = \"Two\"\nparent = \"s00-one\"\n",
    );
    book.write(
        "code/evolution/s01-two/src/lib.rs",
        "//! The first step.\n\n/// Counts.\npub fn run() {\n    let one = 1;\n    let two = one + one;\n    let three = two + one;\n    \
         print(one, two);\n}\n",
    );
    book
}

/// The same book; its panel runs the program's parent first, by a step of its own.
pub fn book_of_two_programs() -> Fixture {
    let book = book();
    let step = "<!-- step -->\n{{#run s04-release}}";
    let first = "<!-- run: s03-replicas workers=2 -->\n\n";
    book.replace("book/start/idea.md", step, &format!("{first}{step}"));
    recorded::parent(&book);
    book
}
