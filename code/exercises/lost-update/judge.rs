// The judge of `lost-update`.

use std::process::ExitCode;

use drill::sync::Arc;
use drill::thread::{named, spawn};
use drill::{Promise, Verdict, schedules};
use lost_update::Counts;

const TRIES: u64 = 2_000;

const PROMISES: &[Promise] = &[
    Promise {
        name: "one-worker-counts",
        says: "What a single worker counts and renames is there.",
        check: one_worker_counts,
    },
    Promise {
        name: "no-update-is-lost",
        says: "Two workers count the same route, and both counts are there.",
        check: no_update_is_lost,
    },
    Promise {
        name: "a-rename-loses-none",
        says: "A route is renamed while a worker counts it, and no request is lost.",
        check: a_rename_loses_none,
    },
    Promise {
        name: "a-rename-is-not-seen",
        says: "The total, looked at while a route is renamed, is what it was.",
        check: a_rename_is_not_seen,
    },
];

fn one_worker_counts() -> Verdict {
    schedules(1, || {
        let counts = Counts::new();
        for route in ["/", "/a", "/", "/b"] {
            counts.count(route);
        }
        expect("the count of `/`", counts.of("/"), 2)?;
        expect(
            "the count of a route that was never asked for",
            counts.of("/c"),
            0,
        )?;
        counts.rename("/b", "/a");
        expect(
            "the count of `/a`, to which `/b` was renamed,",
            counts.of("/a"),
            2,
        )?;
        expect("the count of `/b`, which was renamed,", counts.of("/b"), 0)?;
        counts.rename("/a", "/a");
        expect("the count of `/a`, renamed to itself,", counts.of("/a"), 2)?;
        expect("the total", counts.total(), 4)
    })
}

fn no_update_is_lost() -> Verdict {
    schedules(TRIES, || {
        let counts = Arc::new(Counts::new());
        let workers = ["worker A", "worker B"].map(|name| {
            let counts = Arc::clone(&counts);
            spawn(named(name, move || counts.count("/")))
        });
        for worker in workers {
            worker.join().expect("the worker ends");
        }
        expect("the count after two requests", counts.of("/"), 2)
    })
}

fn a_rename_loses_none() -> Verdict {
    schedules(TRIES, || {
        let counts = Arc::new(Counts::new());
        counts.count("/old");
        counts.count("/new");
        let (counting, renaming) = (Arc::clone(&counts), Arc::clone(&counts));
        let worker = spawn(named("worker", move || {
            counting.count("/old");
            counting.count("/new");
        }));
        let renamer = spawn(named("renamer", move || renaming.rename("/old", "/new")));
        worker.join().expect("the worker ends");
        renamer.join().expect("the renamer ends");
        expect("the total after four requests", counts.total(), 4)
    })
}

fn a_rename_is_not_seen() -> Verdict {
    schedules(TRIES, || {
        let counts = Arc::new(Counts::new());
        counts.count("/old");
        counts.count("/old");
        let renaming = Arc::clone(&counts);
        let renamer = spawn(named("renamer", move || renaming.rename("/old", "/new")));
        let total = counts.total();
        renamer.join().expect("the renamer ends");
        expect("the total that was seen after two requests", total, 2)
    })
}

fn expect(what: &str, is: u64, expected: u64) -> Result<(), String> {
    if is == expected {
        Ok(())
    } else {
        Err(format!("Expected: {what} is {expected}. It is {is}."))
    }
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
