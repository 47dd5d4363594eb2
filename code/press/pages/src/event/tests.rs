//! What is written can be read, and the scripts of the pages know all of it.

use std::collections::BTreeSet;
use std::path::Path;

use regex::Regex;

use super::*;

/// What the script adds when it goes on with a recording: no program says it.
const OF_THE_SCRIPT: &str = "fallback";

/// One line of each kind. An event that is missing here does not compile below.
const LINES: [&str; 14] = [
    r#"{"t_ms":0,"event":"start","step":"s","bytes":9,"workers":8,"capacity":64,"batch":64,"linger_us":1000,"shards":16,"refresh_us":1000000}"#,
    r#"{"t_ms":5,"event":"progress","lines":3,"bytes":500,"lines_per_s":60.5}"#,
    r#"{"t_ms":5,"event":"stage","name":"lookup","done":3,"busy":0.75,"busy_ms":37,"waiting_ms":1,"messages":3,"waits":2,"depth":4,"capacity":64,"workers":2,"worker_ms":100}"#,
    r#"{"t_ms":9,"event":"directory","requests":2,"keys":3,"failures":1}"#,
    r#"{"t_ms":9,"event":"latency","name":"lookup","us":{"max":900}}"#,
    r#"{"t_ms":9,"event":"staleness","versions_behind":0.5,"age_s":0.25}"#,
    r#"{"t_ms":9,"event":"end","step":"s","lines":1,"malformed":0,"unresolved":0,"seconds":0.5,"rows":[],"rows_total":7,"hits_total":9,"digest":"0f"}"#,
    r#"{"t_ms":0,"event":"recording","program":"s","preset":"steady","params":{"workers":8},"command":"cargo run","source":"0f","machine":{"name":"m","cpu":"c","cores":2,"memory_bytes":1,"os":"o","kernel":"k"},"rustc":"r","commit":"c","date":"2026-01-02"}"#,
    r#"{"t_ms":0,"event":"building","text":"Compiling"}"#,
    r#"{"t_ms":0,"event":"command","command":"cargo run"}"#,
    r#"{"t_ms":7,"event":"output","stream":"err","text":"done"}"#,
    r#"{"t_ms":7,"event":"measuring","done":1,"total":2,"what":"a case"}"#,
    r#"{"t_ms":7,"event":"kill","done":true,"text":"a worker was killed"}"#,
    r#"{"t_ms":8,"event":"exit","why":"ended","code":0,"text":"ended"}"#,
];

/// The place of an event among those lines.
fn place(event: &Event) -> usize {
    use traffic::event::Event as Step;
    match event {
        Event::Step(Step::Start { .. }) => 0,
        Event::Step(Step::Progress { .. }) => 1,
        Event::Step(Step::Stage { .. }) => 2,
        Event::Step(Step::Directory { .. }) => 3,
        Event::Step(Step::Latency { .. }) => 4,
        Event::Step(Step::Staleness(_)) => 5,
        Event::Step(Step::End(_)) => 6,
        Event::Tool(Tool::Recording(_)) => 7,
        Event::Tool(Tool::Building { .. }) => 8,
        Event::Tool(Tool::Command { .. }) => 9,
        Event::Tool(Tool::Output { .. }) => 10,
        Event::Tool(Tool::Measuring { .. }) => 11,
        Event::Tool(Tool::Kill { .. }) => 12,
        Event::Tool(Tool::Exit { .. }) => 13,
    }
}

/// The names of all events.
fn names() -> BTreeSet<String> {
    let name = |line: &str| {
        let event: serde_json::Value = serde_json::from_str(line).expect("JSON");
        event["event"].as_str().expect("a name").to_owned()
    };
    LINES.map(name).into()
}

#[test]
fn what_is_written_can_be_read() {
    for (number, line) in LINES.into_iter().enumerate() {
        let stamped: Stamped = line.parse().expect(line);
        assert_eq!(place(&stamped.event), number, "{line}");
        assert_eq!(serde_json::to_string(&stamped).expect("JSON"), line);
    }
}

#[test]
fn a_program_may_not_say_what_only_the_tool_knows() {
    for line in LINES {
        let is_for_programs = ["recording", "building", "command", "output", "kill", "exit"]
            .iter()
            .all(|name| !line.contains(&format!(r#""event":"{name}""#)));
        assert_eq!(Stamped::of_program(line).is_ok(), is_for_programs, "{line}");
    }
}

#[test]
fn the_scripts_of_the_pages_know_these_events_and_no_others() {
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../book/theme/run");
    let read = |file: &Path| std::fs::read_to_string(file).expect("a script");
    let known: BTreeSet<String> = (names().into_iter())
        .chain([OF_THE_SCRIPT.to_owned()])
        .collect();

    // The list, in the type of an event.
    let events = read(&theme.join("events.js"));
    let list = Regex::new(r"@property \{([^}]*)\} event ").expect("a pattern");
    let list = &list.captures(&events).expect("the type of `event`")[1];
    let listed = list.split('|').map(|name| name.trim().trim_matches('"'));
    let listed: BTreeSet<String> = listed.map(str::to_owned).collect();
    assert_eq!(listed, known, "book/theme/run/events.js");

    // What is done about them.
    let used =
        Regex::new(r#"\bcase "([a-z]+)":|\bevent\.event [!=]== "([a-z]+)"|\bevent: "([a-z]+)""#)
            .expect("a pattern");
    let mut handled = BTreeSet::new();
    for entry in std::fs::read_dir(&theme).expect("the scripts") {
        let file = entry.expect("a script").path();
        for found in used.captures_iter(&read(&file)) {
            let name = found.iter().skip(1).flatten().next().expect("a name");
            let name = name.as_str().to_owned();
            assert!(known.contains(&name), "{}: {name}", file.display());
            handled.insert(name);
        }
    }
    assert!(handled.len() > 9, "{handled:?}");
}
