//! A small project, for the tests of what is made from a project.

use tempfile::TempDir;

use crate::Project;

/// A project with two steps, two programs of Part I, a Go twin for one of them, a bibliography, a chart and no
/// results, in a folder that goes away.
pub fn sample() -> (TempDir, Project) {
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
    let project = Project::at(folder.path());
    (folder, project)
}
