//! A small project with made-up measurements, for the tests of the directives.

use std::collections::BTreeMap;

use bench::results::{Case, Machine, Metric, Suite};
use mdbook_driver::config::Config;
use tempfile::TempDir;

use super::sources::Sources;
use crate::project::Project;

/// That project, and all that its chapters refer to.
pub fn sources() -> (TempDir, Sources) {
    let folder = project();
    let project = Project {
        root: folder.path().to_path_buf(),
    };
    let sources = Sources::load(&project, &Config::default(), false);
    (folder, sources)
}

/// A project with two steps, two programs of Part I, a Go twin for one of them, a bibliography, a chart and no
/// results, in a folder that goes away.
pub fn project() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        (
            "book.toml",
            "[book]\ntitle = \"T\"\nsrc = \"book\"\n[output.html.playground]\nrunnable = false\n",
        ),
        (
            "book/SUMMARY.md",
            "# Summary\n\n- [Cache](evolution/s01-cache.md)\n",
        ),
        ("book/evolution/s01-cache.md", "# Cache\n"),
        (
            "book/appendix/bibliography.md",
            "# B\n\n- <a id=\"seda\"></a>**SEDA**\n\n## COST {#cost}\n",
        ),
        (
            "book/charts.toml",
            "[evolution]\ntitle = \"Lines a second\"\nkind = \"bars\"\ncases = \"evolution/\"\n\
             alt = \"Each step is faster than the one before.\"\nlog = true\nuntil = \"chapter\"\n",
        ),
        (
            "code/evolution/s00-baseline/Cargo.toml",
            "[package]\nname = \"s00-baseline\"\n\
            description = \"d\"\n[package.metadata.workbook]\ntitle = \"Baseline\"\n",
        ),
        (
            "code/evolution/s00-baseline/src/lib.rs",
            "//! One.\n\nfn run() {\n    ask();\n}\n",
        ),
        (
            "code/evolution/s01-cache/Cargo.toml",
            "[package]\nname = \"s01-cache\"\n\
            description = \"d\"\n[package.metadata.workbook]\ntitle = \"Cache\"\nparent = \"s00-baseline\"\n",
        ),
        (
            "code/evolution/s01-cache/src/lib.rs",
            "//! One.\n\nfn run() {\n    remember(ask());\n}\n",
        ),
        (
            "code/mapping/queues/Cargo.toml",
            "[package]\nname = \"queues\"\n\
            description = \"d\"\n[package.metadata.workbook]\ntitle = \"Queues\"\n",
        ),
        (
            "code/mapping/queues/src/lib.rs",
            "//! Queues.\n\nfn send() {\n    // ANCHOR: send\n    if room < 1 {\n        // ANCHOR: twice\n        \
             wait();\n        // ANCHOR_END: twice\n    }\n    // ANCHOR_END: send\n}\n\n// ANCHOR: only-rust\n\
             // ANCHOR_END: only-rust\n// ANCHOR: open\n",
        ),
        (
            "code/mapping/queues/src/main.rs",
            "// ANCHOR: twice\nfn main() {}\n// ANCHOR_END: twice\n",
        ),
        (
            "code/go/queues/main.go",
            "package main\n\nfunc send() {\n\t// ANCHOR: send\n\tif room < 1 {\n\t\twait()\n\t}\n\t\
             // ANCHOR_END: send\n}\n",
        ),
        (
            "code/mapping/alone/Cargo.toml",
            "[package]\nname = \"alone\"\n\
            description = \"d\"\n[package.metadata.workbook]\ntitle = \"Alone\"\n",
        ),
    ];
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    std::fs::create_dir_all(folder.path().join("book/results")).unwrap();
    folder
}

/// Writes a suite whose cases have `lines_per_s` within one per cent of the given medians.
pub fn write_suite(project: &Project, suite: &str, machine: &str, cases: &[(&str, f64)]) {
    let cases = cases
        .iter()
        .map(|(name, median)| ((*name).to_owned(), case(*median)))
        .collect();
    let path = project.results().join(format!("{suite}@{machine}.json"));
    suite_of(suite, machine, cases).write(&path).unwrap();
}

/// A case with a narrow spread around a median.
pub fn case(median: f64) -> Case {
    let samples = [0.99, 0.993, 1.0, 1.007, 1.01]
        .map(|factor| median * factor)
        .to_vec();
    let metric = Metric {
        unit: "lines/s".into(),
        samples,
    };
    Case {
        source: "0".into(),
        metrics: BTreeMap::from([("lines_per_s".to_owned(), metric)]),
        series: BTreeMap::new(),
        notes: BTreeMap::new(),
    }
}

/// A suite of the given cases.
pub fn suite_of(suite: &str, machine: &str, cases: BTreeMap<String, Case>) -> Suite {
    Suite {
        suite: suite.into(),
        machine: Machine {
            name: machine.into(),
            cpu: "Model 1".into(),
            cores: 2,
            memory_bytes: 8 << 30,
            os: "Linux".into(),
            kernel: "6".into(),
        },
        rustc: "rustc 1.95.0".into(),
        commit: "abc".into(),
        date: "2026-11-22".into(),
        command: format!("workbook bench {suite}"),
        workload: "steady".into(),
        load_average: [0.1, 0.2],
        cases,
    }
}
