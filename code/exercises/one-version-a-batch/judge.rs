// The judge of `one-version-a-batch`.

use std::process::ExitCode;

use drill::sync::Arc;
use drill::thread::{named, spawn};
use drill::{Promise, Verdict, schedules, trace};
use one_version_a_batch::{Table, Tables};

const TRIES: u64 = 1_000;

const PROMISES: &[Promise] = &[
    Promise {
        name: "the-newest",
        says: "A batch that begins after a publication sees it.",
        check: the_newest,
    },
    Promise {
        name: "versions-are-skipped",
        says: "A table that is newer by two versions is taken as well.",
        check: versions_are_skipped,
    },
    Promise {
        name: "publishing-does-not-wait",
        says: "A new table can be published while a batch is under way.",
        check: publishing_does_not_wait,
    },
    Promise {
        name: "one-version",
        says: "All answers of a batch are of one version, whatever is published meanwhile.",
        check: one_version,
    },
    Promise {
        name: "never-back",
        says: "No later batch has an older version, in whatever order the tables are published.",
        check: never_back,
    },
];

/// In version n both clients have the holder n.
fn table(version: u64) -> Table {
    let holder = version as u32;
    Table {
        version,
        holders: [(7, holder), (8, holder)].into(),
    }
}

/// The answers of one batch.
fn answers(tables: &Tables) -> (u64, [Option<u32>; 2]) {
    let batch = tables.begin();
    let answers = [7, 8].map(|client| batch.find(client));
    (batch.version(), answers)
}

fn expect(what: &str, tables: &Tables, version: u32) -> Result<(), String> {
    let expected = (u64::from(version), [Some(version); 2]);
    let found = answers(tables);
    if found == expected {
        return Ok(());
    }
    Err(format!(
        "{what}. Expected: version {version}, and the holders {:?}. It is version {}, and {:?}.",
        expected.1, found.0, found.1
    ))
}

fn the_newest() -> Verdict {
    schedules(1, || {
        let tables = Tables::new();
        if answers(&tables) != (0, [None; 2]) {
            return Err("Nothing was published. Expected: version 0, without any client.".into());
        }
        tables.publish(table(1));
        expect("Version 1 is published", &tables, 1)?;
        tables.publish(table(2));
        expect("Version 2 is published", &tables, 2)
    })
}

fn versions_are_skipped() -> Verdict {
    schedules(1, || {
        let tables = Tables::new();
        tables.publish(table(3));
        expect("Version 3 is published, and none was before", &tables, 3)
    })
}

fn publishing_does_not_wait() -> Verdict {
    let verdict = schedules(1, || {
        let tables = Tables::new();
        let batch = tables.begin();
        tables.publish(table(1));
        drop(batch);
        expect("Version 1 is published during a batch", &tables, 1)
    });
    verdict.map_err(|broken| {
        broken.with_note(
            "Here the table is published by the thread that is in the middle of a batch.",
        )
    })
}

fn one_version() -> Verdict {
    schedules(TRIES, || {
        let tables = Arc::new(Tables::new());
        tables.publish(table(1));
        let publishing = Arc::clone(&tables);
        let publisher = spawn(named("publisher", move || publishing.publish(table(2))));
        let batch = tables.begin();
        let answers = [7, 8].map(|client| {
            let answer = batch.find(client);
            trace::note(format!("the answer for {client} is {answer:?}"));
            answer
        });
        publisher.join().expect("the publisher ends");
        if answers[0] == answers[1] {
            return Ok(());
        }
        Err(format!(
            "In each version both clients have the same holder. Expected: so they have in a batch. They have {answers:?}."
        ))
    })
}

fn never_back() -> Verdict {
    schedules(TRIES, || {
        let tables = Arc::new(Tables::new());
        let publishers = [("publisher A", 2), ("publisher B", 1)].map(|(name, version)| {
            let tables = Arc::clone(&tables);
            spawn(named(name, move || tables.publish(table(version))))
        });
        let versions = [tables.begin().version(), tables.begin().version()];
        for publisher in publishers {
            publisher.join().expect("the publisher ends");
        }
        if versions[0] > versions[1] {
            return Err(format!(
                "Expected: a worker never goes back. It sees the versions {versions:?}."
            ));
        }
        expect("Versions 1 and 2 are published, in any order", &tables, 2)
    })
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
