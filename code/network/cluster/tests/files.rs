//! The files of a manager are understood by it: units by systemd, compose files by docker-compose. Where one is
//! missing its test says so, and is skipped: neither is everywhere, and CI has no use for them beside this.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The cluster, and the one with servers.
const COMPOSE: [&str; 2] = ["docker-compose.yaml", "servers.yaml"];

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Straight to standard error: the test runner keeps back what a passing test prints.
fn skipped(test: &str, why: &str) {
    let message = format!("\n*** SKIPPED {test}: {why}.\n\n");
    let _ = io::stderr().write_all(message.as_bytes());
}

/// Runs a command and gives what it said, and whether it went well; nothing if there is no such program.
fn run(command: &mut Command) -> Option<(bool, String)> {
    let output = command.output().ok()?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let told = text(&output.stdout) + &text(&output.stderr);
    Some((output.status.success(), told))
}

/// The units, each with a program that is there: what verifies them looks for it.
fn units(folder: &Path) -> Vec<PathBuf> {
    let units = fs::read_dir(here().join("units")).expect("there are units");
    let copied = units.map(|unit| {
        let path = unit.expect("a file").path();
        let text = fs::read_to_string(&path).expect("a unit");
        let program = "ExecStart=/usr/local/bin/";
        assert!(text.contains(program), "{}", path.display());
        let text: Vec<String> = (text.lines())
            .map(|line| match line.strip_prefix(program) {
                Some(_) => format!("ExecStart={}", env!("CARGO_BIN_EXE_directory")),
                None => line.to_owned(),
            })
            .collect();
        let copy = folder.join(path.file_name().expect("it has a name"));
        fs::write(&copy, text.join("\n")).expect("written");
        copy
    });
    copied.collect()
}

#[test]
fn systemd_understands_the_units() {
    let folder = tempfile::tempdir().expect("a folder");
    let units = units(folder.path());
    assert_eq!(units.len(), 2);
    let mut command = Command::new("systemd-analyze");
    let Some((is_well, told)) = run(command.args(["verify", "--man=no"]).args(&units)) else {
        return skipped(
            "systemd_understands_the_units",
            "there is no `systemd-analyze`",
        );
    };
    assert!(is_well, "{told}");
    // Warnings, such as of a setting that it does not know, do not make it fail. Units of the machine's own may have some.
    assert!(!told.contains("n03-"), "{told}");
}

#[test]
fn docker_compose_understands_its_files() {
    let name = "docker_compose_understands_its_files";
    for (program, first) in [("docker-compose", None), ("docker", Some("compose"))] {
        let is_there = run(Command::new(program).args(first).arg("version"));
        if !is_there.is_some_and(|(is_well, _)| is_well) {
            continue;
        }
        for file in COMPOSE {
            let mut command = Command::new(program);
            let config = command
                .args(first)
                .args(["-f", file, "config", "--quiet"])
                .current_dir(here());
            let (is_well, told) = run(config).expect("it was there a moment ago");
            assert!(is_well, "{file}: {told}");
        }
        return;
    }
    skipped(name, "there is no `docker-compose`");
}

/// The values of the compose file are flags of the program: those that it does not have would end every container.
#[test]
fn a_container_is_configured_by_flags_that_the_program_has() {
    let compose = fs::read_to_string(here().join("docker-compose.yaml")).expect("a file");
    let sources = ["n03-failure/src/worker.rs", "n03-failure/src/main.rs"];
    let sources = sources.map(|file| fs::read_to_string(here().join("..").join(file)));
    let [worker, run] = sources.map(|text| text.expect("a source"));
    let common = here().join("../../traffic/src/harness/arguments.rs");
    let common = fs::read_to_string(common).expect("a source");
    let mut flags = 0;
    for word in compose.split_whitespace() {
        let name = word
            .strip_prefix("N03_FAILURE_")
            .and_then(|name| name.strip_suffix(':'));
        let Some(flag) = name.map(str::to_lowercase) else {
            continue;
        };
        let field = format!("    {flag}: ");
        let public = format!("    pub {flag}: ");
        let is_there = worker.contains(&field)
            || run.contains(&format!("name: \"{flag}\""))
            || common.contains(&field)
            || common.contains(&public);
        assert!(is_there, "there is no --{flag}");
        flags += 1;
    }
    assert!(flags >= 10, "{flags}");
}

/// What every container is, in each of the files: one cannot take it from the other.
#[test]
fn containers_have_the_same_walls_in_both_files() {
    let walls = COMPOSE.map(|file| {
        let text = fs::read_to_string(here().join(file)).expect("a file");
        let (_, rest) = text.split_once("x-hardened:").expect("it has walls");
        let walls = rest.lines().take_while(|line| !line.is_empty());
        let walls = walls.filter(|line| !line.trim_start().starts_with('#'));
        walls.map(str::to_owned).collect::<Vec<_>>()
    });
    let [cluster, servers] = walls;
    assert!(cluster.len() > 5, "{cluster:?}");
    assert_eq!(cluster, servers);
}

/// As above, of the step that works through servers: what stands on its command line.
#[test]
fn a_run_with_servers_is_told_flags_that_the_program_has() {
    let compose = fs::read_to_string(here().join("servers.yaml")).expect("a file");
    let step = fs::read_to_string(here().join("../n05-servers/src/main.rs")).expect("a source");
    let common = here().join("../../traffic/src/harness/arguments.rs");
    let common = fs::read_to_string(common).expect("a source");
    let flags = compose
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- --")?.split_once('='));
    let mut told = 0;
    for (flag, _) in flags {
        let is_there = step.contains(&format!("name: \"{flag}\""))
            || common.contains(&format!("    {flag}: "))
            || common.contains(&format!("    pub {flag}: "));
        assert!(is_there, "there is no --{flag}");
        told += 1;
    }
    assert!(told >= 8, "{told}");
}
