//! A book with a run panel, and a recording of every run that it offers.

use serde_json::json;

use super::fixture::Fixture;

/// A book with a panel, and a recording of each of its points.
pub fn book() -> Fixture {
    let book = Fixture::new();
    book.dress();
    for workers in [1, 2, 8, 32] {
        for delay in [0, 500] {
            let path = format!(
                "book/results/runs/s04-release/steady,workers={workers},delay={delay}.jsonl"
            );
            book.write(&path, &recording(workers, delay));
        }
    }
    // Under the name of a step of the table. `Live` makes a program of it that can be run.
    book.write(
        "code/evolution/s04-release/Cargo.toml",
        "[package]\nname = \"s04-release\"\ndescription = \"d\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [package.metadata.workbook]\ntitle = \"Recorded\"\n",
    );
    book.append("book/start/idea.md", "\n{{#run s04-release}}\n");
    book
}

/// Gives the program a parent, with a recording of each of its points.
pub fn parent(book: &Fixture) {
    for workers in [1, 2, 8] {
        for delay in [0, 500, 2000] {
            let path = format!(
                "book/results/runs/s03-replicas/steady,workers={workers},delay={delay}.jsonl"
            );
            book.write(&path, &recording(workers, delay));
        }
    }
    let manifest = |name: &str, more: &str| {
        format!(
            "[package]\nname = \"{name}\"\ndescription = \"d\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [package.metadata.workbook]\ntitle = \"Recorded\"\n{more}"
        )
    };
    for (name, more) in [
        ("s03-replicas", ""),
        ("s04-release", "parent = \"s03-replicas\"\n"),
    ] {
        book.write(
            &format!("code/evolution/{name}/Cargo.toml"),
            &manifest(name, more),
        );
    }
}

/// A run of three seconds, whose count of lines tells its parameters.
fn recording(workers: u64, delay: u64) -> String {
    let lines = workers * 1000 + delay;
    let mut events = vec![
        json!({
            "event": "recording", "t_ms": 0, "program": "s04-release", "preset": "steady",
            "params": {"workers": workers, "delay": delay}, "command": "cargo run", "source": "0f",
            "machine": {"name": "another", "cpu": "Another machine", "cores": 2, "memory_bytes": 1, "os": "o", "kernel": "k"},
            "rustc": "rustc", "commit": "c", "date": "2026-01-02",
        }),
        json!({"event": "command", "t_ms": 0, "command": "cargo run"}),
        json!({"event": "start", "t_ms": 10}),
        json!({"event": "output", "t_ms": 20, "stream": "out", "text": "<b>recorded</b>"}),
    ];
    for look in 1..=6 {
        let t_ms = 10 + look * 500;
        events.push(json!({"event": "progress", "t_ms": t_ms, "lines": lines * look / 6, "lines_per_s": lines / 3}));
    }
    events.push(json!({
        "event": "end", "t_ms": 3010, "step": "s04-release", "lines": lines, "malformed": 0, "unresolved": 0,
        "seconds": 3.0, "rows": [],
    }));
    events.push(json!({"event": "exit", "t_ms": 3020, "why": "ended", "code": 0, "text": "ended after 3.0 s"}));
    events.iter().map(|event| format!("{event}\n")).collect()
}
