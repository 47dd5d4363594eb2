//! Scripts that are wrong, crash or are missing are told apart; and the real peers, where they are installed.

use std::io::Write;
use std::process::{Command, Stdio};

use traffic::Row;
use traffic::oracle::Oracle;

use super::*;

const TABLE: &str = "traffic/data/ipv4-address-space.csv";

/// A peer that is a line of shell; `$1` is the log.
fn fake(folder: &Path, name: &str, script: &str) -> Contender {
    let path = folder.join(name);
    let script = format!("#!/bin/sh\n[ \"$1\" = --version ] && echo 'Fake 1' && exit\n{script}\n");
    write_program(&path, &script);
    contender::peer(name, &path, Says::Rows, &folder.join("table"), 2)
}

/// Writes a program by another process: while this one has it open, a test beside this may start something that inherits it, and
/// what is open for writing cannot be run.
fn write_program(path: &Path, text: &str) {
    let mut shell = Command::new("sh")
        .args(["-c", "cat > \"$0\" && chmod +x \"$0\""])
        .arg(path)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = shell.stdin.take().unwrap();
    input.write_all(text.as_bytes()).unwrap();
    drop(input);
    assert!(shell.wait().unwrap().success());
}

/// The lines of a log in these tests.
const SHORT: u64 = 3_000;

/// A short log of a workload with the oracle's answer.
fn log_of(folder: &Path, workload: Workload) -> Log {
    let mut bytes = Vec::new();
    write_log(workload, 1, SHORT, &mut bytes, &mut |_| true).unwrap();
    let (path, short) = (folder.join("log"), folder.join("short"));
    std::fs::write(&path, &bytes).unwrap();
    let end = bytes.iter().position(|&byte| byte == b'\n').unwrap();
    std::fs::write(&short, &bytes[..=end]).unwrap();
    Log {
        lines: SHORT,
        parameter: "",
        path,
        short,
        right: Answer {
            malformed: 0,
            rows: Oracle::of(&[&bytes]).rows(),
        },
    }
}

/// What a script prints to answer so.
fn printed(answer: &Answer) -> String {
    let rows = answer.rows.iter().map(|row| {
        format!(
            "{}\t{}\t{}\t{}\t{}\n",
            row.holder, row.route, row.hits, row.bytes, row.errors
        )
    });
    rows.collect()
}

fn judged(contender: &Contender, log: &Log) -> (Samples, String) {
    let mut samples = Samples::default();
    contest(&[(contender, log)], 1, &mut samples, &mut |_| {}).unwrap();
    let case = contender.case("");
    let answer = samples
        .noted(&case, "answer")
        .unwrap_or_default()
        .to_owned();
    (samples, answer)
}

#[test]
fn a_peer_is_right_or_wrong_in_places_that_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let log = log_of(folder.path(), Workload::Steady);
    let answer = folder.path().join("answer");
    let peer = fake(folder.path(), "fake", &format!("cat {}", answer.display()));

    std::fs::write(&answer, printed(&log.right)).unwrap();
    let (samples, said) = judged(&peer, &log);
    assert_eq!(said, format!("right in all {} rows", log.right.rows.len()));
    assert_eq!(samples.noted("peers/fake", "version"), Some("Fake 1"));
    assert_eq!(samples.of("peers/fake", "rows_wrong"), [0.0]);
    assert_eq!(samples.of("peers/fake", "lines"), [3_000.0]);

    let mut wrong = log.right.clone();
    let lost = wrong.rows.remove(4);
    wrong.rows[1].bytes += 1;
    std::fs::write(&answer, printed(&wrong) + "\t\t7\t0\t0\n").unwrap();
    let (samples, said) = judged(&peer, &log);
    assert!(
        said.starts_with("WRONG in 3 places: malformed: 7 for 0; "),
        "{said}"
    );
    assert!(
        said.contains(&format!("{} {} ", lost.holder, lost.route)),
        "{said}"
    );
    assert!(said.ends_with("is missing"), "{said}");
    assert_eq!(samples.of("peers/fake", "rows_wrong"), [3.0]);
    assert_eq!(
        samples.of("peers/fake", "seconds").len(),
        1,
        "timed all the same"
    );

    let mut turned = log.right.clone();
    turned.rows.reverse();
    std::fs::write(&answer, printed(&turned)).unwrap();
    assert!(judged(&peer, &log).1.contains("another order"));
}

#[test]
fn a_peer_that_is_missing_or_fails_is_filed_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let log = log_of(folder.path(), Workload::Steady);

    let mut missing = fake(folder.path(), "missing", "");
    write_program(
        &missing.program,
        "#!/bin/sh\necho 'no such module' >&2; exit 1\n",
    );
    let (samples, said) = judged(&missing, &log);
    assert_eq!(said, "not found: no such module");
    assert!(samples.of("peers/missing", "seconds").is_empty());
    missing.program = folder.path().join("nowhere");
    assert!(judged(&missing, &log).1.starts_with("not found: "));

    let crashes = fake(
        folder.path(),
        "crashes",
        "echo trace >&2; echo 'boom: 5' >&2; exit 3",
    );
    assert_eq!(judged(&crashes, &log).1, "failed: boom: 5");
    let babbles = fake(folder.path(), "babbles", "echo hello");
    assert_eq!(
        judged(&babbles, &log).1,
        "failed: it printed no row but “hello”"
    );
}

#[test]
fn a_peer_that_was_wrong_once_is_wrong_and_its_rate_is_that_of_all_lines() {
    let folder = tempfile::tempdir().unwrap();
    let log = log_of(folder.path(), Workload::Steady);
    let [answer, wrong, runs] = ["answer", "wrong", "runs"].map(|name| folder.path().join(name));
    std::fs::write(&answer, printed(&log.right)).unwrap();
    std::fs::write(&wrong, printed(&log.right) + "\t\t7\t0\t0\n").unwrap();
    // Each round runs it twice: on the first line, and on all. It is wrong in the first.
    let script = format!(
        "echo >> {runs}; [ $(wc -l < {runs}) -gt 2 ] && cat {answer} || cat {wrong}",
        runs = runs.display(),
        answer = answer.display(),
        wrong = wrong.display()
    );
    let peer = fake(folder.path(), "fickle", &script);
    let mut samples = Samples::default();
    contest(&[(&peer, &log)], 2, &mut samples, &mut |_| {}).unwrap();
    let said = samples.noted("peers/fickle", "answer").unwrap();
    assert!(said.starts_with("WRONG in 1 places"), "{said}");
    assert_eq!(samples.of("peers/fickle", "rows_wrong"), [1.0, 0.0]);
    assert_eq!(samples.of("peers/fickle", "lines"), [3_007.0, 3_000.0]);
    let of = |metric| samples.of("peers/fickle", metric)[0];
    let lines = of("lines_per_s") * of("seconds");
    assert!((lines - 3_000.0).abs() < 1.0, "{lines}");
}

#[test]
fn a_step_of_ours_must_be_right() {
    let folder = tempfile::tempdir().unwrap();
    let log = log_of(folder.path(), Workload::Steady);
    let mut step = fake(
        folder.path(),
        "s99-wrong",
        r#"echo '{"malformed":0,"rows":[]}'"#,
    );
    step.says = Says::Step;
    let judged = contest(&[(&step, &log)], 1, &mut Samples::default(), &mut |_| {});
    assert!(
        judged
            .unwrap_err()
            .to_string()
            .starts_with("peers/s99-wrong: WRONG")
    );
}

/// Each workload is a test of its own: most of a peer's time is its start, and they start side by side.
#[test]
fn the_installed_peers_answer_like_the_oracle() {
    assert_right(Workload::Steady);
}

#[test]
fn the_installed_peers_answer_like_the_oracle_about_many_routes() {
    assert_right(Workload::Wide);
}

fn assert_right(workload: Workload) {
    let code = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let log = log_of(folder.path(), workload);
    for (name, extension, says) in PEERS {
        let script = code.join(format!("bench/peers/with-{name}.{extension}"));
        let peer = contender::peer(name, &script, says, &code.join(TABLE), 2);
        if let Err(why) = peer.version() {
            eprintln!("SKIPPED: the peer {name} is not found here: {why}");
            continue;
        }
        let said = judged(&peer, &log).1;
        assert!(
            said.contains("right in all"),
            "{name} on {workload}: {said}"
        );
    }
}

#[test]
fn malformed_lines_are_counted_by_the_peers_too() {
    let code = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    let log = "1.2.3.4 - - [06/Jan/2025:00:00:00 +0000] \"GET /a?b HTTP/1.1\" 503 - \"-\" \"x\"\nno hit\n";
    std::fs::write(&path, log).unwrap();
    for (name, extension, says) in PEERS {
        let script = code.join(format!("bench/peers/with-{name}.{extension}"));
        let peer = contender::peer(name, &script, says, &code.join(TABLE), 2);
        if says == Says::GoAccess || peer.version().is_err() {
            continue;
        }
        let answer = peer.answer(&peer.run(&path).unwrap().output).unwrap();
        let row = Row {
            holder: "APNIC".into(),
            route: "/a".into(),
            hits: 1,
            bytes: 0,
            errors: 1,
        };
        assert_eq!((answer.malformed, answer.rows), (1, vec![row]), "{name}");
    }
}

#[test]
fn a_peer_that_keeps_a_log_is_a_case_of_its_own_and_its_first_reading_is_timed() {
    let folder = tempfile::tempdir().unwrap();
    let log = log_of(folder.path(), Workload::Steady);
    let answer = folder.path().join("answer");
    std::fs::write(&answer, printed(&log.right)).unwrap();
    let body = format!("[ \"$4\" = --keep ] || exit 1; cat {}", answer.display());
    let peer = fake(folder.path(), "fake", &body).with(KEEPS.1, KEEPS.2);
    let (samples, said) = judged(&peer, &log);
    assert_eq!(said, format!("right in all {} rows", log.right.rows.len()));
    assert_eq!(samples.of("peers/fake[kept=1]", "first_s").len(), 1);
    assert_eq!(samples.of("peers/fake[kept=1]", "seconds").len(), 1);
}
