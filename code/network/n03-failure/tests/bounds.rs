//! What a run may have under way: how far it reads ahead of a worker that does nothing, and how large a report
//! gets.

mod common;

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use common::run_with;
use common::worker::{Hands, worker};
use n03_failure::work::LEASES_MAX;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use traffic::generator::{Workload, write_log};
use traffic::testing::in_time;
use traffic::{Counts, Directory, Holder, Input, Meter, Plan, Report};

#[test]
fn a_run_reads_no_further_than_its_leases_go() {
    let runtime = Runtime::new().expect("a runtime");
    let (go, gone) = oneshot::channel::<()>();
    let address = worker(&runtime, |start| async {
        let mut hands = Hands::of(start);
        hands.beat();
        let _ = gone.await;
    });
    let mut log = Vec::new();
    write_log(Workload::Steady, 5, 20_000, &mut log, &mut |_| true).expect("memory takes all");
    let input = Arc::new(Input::from_bytes(&[&log]).expect("a temporary file"));
    let range = 100;
    // Leased, one in the hands of the reader, and one between the two.
    let lines_max = (LEASES_MAX as u64 + 2) * range;
    let (reading, place) = (Arc::clone(&input), format!("lookup={address}"));
    let directory = Directory::at("127.0.0.1:9").expect("an address");
    let running = thread::spawn(move || {
        in_time(
            "n03-failure",
            "a worker that does nothing",
            directory,
            move |directory| {
                let own = vec![
                    ("place", place),
                    ("range", range.to_string()),
                    ("silence", "60s".into()),
                    ("restarts", "0".into()),
                ];
                run_with(own, &reading, &directory, &Plan::default(), &Meter::new())
            },
        )
    });
    let mut last = 0;
    loop {
        thread::sleep(Duration::from_millis(400));
        let (lines, _) = input.progress();
        assert!(
            lines <= lines_max,
            "{lines} lines were read, at most {lines_max} may be"
        );
        // On a busy machine it may not have begun yet, or not be done.
        if lines > 0 && lines == last {
            break;
        }
        last = lines;
    }
    // The rest would take this process itself a while, with a directory that is not there.
    input.stop();
    go.send(()).expect("it waits");
    let report = running.join().expect("no panic").expect("it is readable");
    assert_eq!(report.lines(), input.progress().0);
}

/// The worst case: every line is a row of its own, with the longest numbers.
#[test]
fn a_report_is_no_larger_than_its_range() {
    let (mut report, mut bytes) = (Report::new(), 0);
    for number in 0..4_000 {
        let route = format!("/{number}");
        // The shortest line that has such a row.
        bytes += format!("1.1.1.1 - - [] \"GET {route}\" 500 18446744073709551615\n").len();
        let counts = Counts {
            hits: 1,
            bytes: u128::from(u64::MAX),
            errors: 1,
        };
        report.add(&Ok(Holder::new("holder")), route.as_bytes(), counts);
    }
    // What remoc encodes with, if it is not told otherwise.
    let message = postbag::to_full_vec(&report).expect("it can be sent");
    assert!(
        message.len() <= bytes,
        "{} bytes for {bytes}",
        message.len()
    );
}
