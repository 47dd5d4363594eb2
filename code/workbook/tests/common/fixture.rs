//! A small book with everything that `verify` asks for, to be broken by the tests.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use tempfile::TempDir;
use walkdir::WalkDir;

/// The files of the book. Its one step has a chapter, a crate and a result of one name.
const FILES: [(&str, &str); 8] = [
    (
        "book.toml",
        "[book]\ntitle = \"A small book\"\nsrc = \"book\"\nlanguage = \"en\"\n\n\
         [output.html.playground]\nrunnable = false\n",
    ),
    (
        "book/SUMMARY.md",
        "# Summary\n\n- [The idea](start/idea.md)\n- [One](evolution/s00-one.md)\n- [Sources](appendix/bibliography.md)\n",
    ),
    (
        "book/start/idea.md",
        "# The idea\n\nIt takes {{#given 500 µs}}. See [the step](../evolution/s00-one.md#the-change).\n",
    ),
    (
        "book/evolution/s00-one.md",
        "# One\n\n## Where we are\n\nAt the start.\n\n## The technique\n\nNone.\n\n## The change\n\n\
         ```rust\n{{#include ../../code/evolution/s00-one/src/lib.rs}}\n```\n\n## The result\n\n\
         {{#result evolution/s00-one lines_per_s}} {{#claim evolution/s00-one[delay=0] > 2 * evolution/s00-one}}\n\n\
         {{#chart evolution}}\n\n## The surprise\n\nNone.\n\n## Where the analogy breaks\n\n\
         <div class=\"fine-print\">\n\n**The fine print.** None.\n\n</div>\n\n## How we know it is right\n\nBy tests.\n",
    ),
    (
        "book/appendix/bibliography.md",
        "# Sources\n\n<a id=\"seda\"></a> **seda** Welsh and others, 2001.\n",
    ),
    (
        "book/charts.toml",
        "[evolution]\ntitle = \"Lines per second\"\nkind = \"bars\"\nmetric = \"lines_per_s\"\n\
         cases = \"evolution/\"\nuntil = \"chapter\"\nalt = \"One bar for each step.\"\n",
    ),
    (
        "code/evolution/s00-one/Cargo.toml",
        "[package]\nname = \"s00-one\"\ndescription = \"The first.\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [package.metadata.workbook]\ntitle = \"One\"\n",
    ),
    (
        "code/evolution/s00-one/src/lib.rs",
        "//! The first step.\n\n/// Nothing yet.\npub fn run() {}\n",
    ),
];

/// The result file: the step is ten times as fast without distance.
const RESULTS: &str = r#"{
  "suite": "evolution",
  "machine": {"name": "small", "cpu": "A", "cores": 2, "memory_bytes": 8000000000, "os": "B", "kernel": "1"},
  "rustc": "rustc 1.95.0", "commit": "abc", "date": "2026-11-22",
  "command": "cargo run --release -- bench evolution", "workload": "steady", "load_average": [0.1, 0.2],
  "cases": {
    "evolution/s00-one": {"source": "0", "metrics": {"lines_per_s": {"unit": "lines/s", "samples": [990, 1000, 1010]}}},
    "evolution/s00-one[delay=0]": {"source": "0", "metrics": {"lines_per_s": {"unit": "lines/s", "samples": [9900, 10000, 10100]}}}
  }
}
"#;

/// A project in a folder that vanishes with it.
pub struct Fixture {
    folder: TempDir,
}

impl Fixture {
    /// The whole, sound book.
    pub fn new() -> Fixture {
        let fixture = Fixture {
            folder: tempfile::tempdir().expect("a folder"),
        };
        for (path, text) in FILES {
            fixture.write(path, text);
        }
        fixture.write("book/results/evolution@small.json", RESULTS);
        fixture
    }

    /// The project's root.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// A number that differs where another file is in the book, or something else in a file.
    pub fn content(&self) -> u64 {
        let mut all = DefaultHasher::new();
        for entry in WalkDir::new(self.root()).sort_by_file_name() {
            let entry = entry.expect("an entry");
            if entry.file_type().is_file() {
                let path = entry.path().strip_prefix(self.root());
                path.expect("inside").hash(&mut all);
                let bytes = std::fs::read(entry.path()).expect("read");
                bytes.hash(&mut all);
            }
        }
        all.finish()
    }

    /// Gives the book the theme of our pages.
    pub fn dress(&self) {
        self.copy(&super::project(), "book/theme");
        self.append(
            "book.toml",
            "\n[output.html]\ntheme = \"book/theme\"\nadditional-css = [\"book/theme/css/theme.css\"]\n",
        );
    }

    /// Copies a folder of a project to the same place in the book.
    fn copy(&self, from: &Path, folder: &str) {
        for entry in WalkDir::new(from.join(folder)) {
            let entry = entry.expect("an entry");
            let to = self
                .root()
                .join(entry.path().strip_prefix(from).expect("inside"));
            if entry.file_type().is_dir() {
                std::fs::create_dir_all(to).expect("created");
            } else {
                std::fs::copy(entry.path(), to).expect("copied");
            }
        }
    }

    /// Writes a file, with the folders it is in.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        std::fs::write(path, text).expect("written");
    }

    /// Adds to the end of a file.
    pub fn append(&self, path: &str, text: &str) {
        let old = std::fs::read_to_string(self.root().join(path)).expect("read");
        self.write(path, &(old + text));
    }

    /// Replaces something that stands in a file.
    pub fn replace(&self, path: &str, from: &str, to: &str) {
        let old = std::fs::read_to_string(self.root().join(path)).expect("read");
        assert!(old.contains(from), "{path} holds no {from:?}");
        self.write(path, &old.replace(from, to));
    }
}
