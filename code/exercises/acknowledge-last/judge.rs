// The judge of `acknowledge-last`.

use std::collections::BTreeSet;
use std::process::ExitCode;

use acknowledge_last::{Killed, Queues, Range, Report, Tally, work};
use drill::{Promise, Verdict};

const PROMISES: &[Promise] = &[
    Promise {
        name: "nothing-is-lost",
        says: "Whichever call a worker is killed behind, and whichever acknowledgement is lost, there is a report on each range in the end.",
        check: nothing_is_lost,
    },
    Promise {
        name: "each-is-counted-once",
        says: "Reports that come twice, late or in another order are counted once, and none is taken for another.",
        check: each_is_counted_once,
    },
    Promise {
        name: "it-comes-to-an-end",
        says: "Where nothing is killed and nothing is lost, each range is taken, reported and acknowledged once.",
        check: it_comes_to_an_end,
    },
];

const RANGES: u64 = 4;

// A worker that has done nothing useful in so many lives never will.
const LIVES_MAX: usize = 200;

// Both queues, as a server has them, and the life of the worker that is connected.
struct Server {
    waiting: Vec<Range>,
    reports: Vec<Report>,
    calls: usize,
    // The worker is killed behind this call of its life.
    killed_behind: usize,
    published: usize,
    // Of each publication: whether it arrives, and whether its acknowledgement does. The last one is for all others.
    fates: &'static [(bool, bool)],
}

impl Server {
    fn new(fates: &'static [(bool, bool)]) -> Server {
        let range = |number| Range {
            number,
            answers: vec![number, 10, 10],
        };
        Server {
            waiting: (0..RANGES).map(range).collect(),
            reports: Vec::new(),
            calls: 0,
            killed_behind: usize::MAX,
            published: 0,
            fates,
        }
    }

    fn called<T>(&mut self, answer: T) -> Result<T, Killed> {
        self.calls += 1;
        if self.calls >= self.killed_behind {
            return Err(Killed);
        }
        Ok(answer)
    }

    // One worker after the other, each killed behind the same number of calls, until one is not.
    fn serve(&mut self, killed_behind: usize) -> bool {
        for life in 0..LIVES_MAX {
            self.calls = 0;
            // A worker that is killed too early each time would get nowhere: they live longer and longer.
            self.killed_behind = killed_behind + life;
            if work(self).is_ok() {
                return true;
            }
        }
        false
    }
}

impl Queues for Server {
    fn take(&mut self) -> Result<Option<Range>, Killed> {
        let next = self.waiting.first().cloned();
        self.called(next)
    }

    fn publish(&mut self, report: Report) -> Result<bool, Killed> {
        let last = self.fates.len() - 1;
        let (arrives, is_acknowledged) = self.fates[self.published.min(last)];
        self.published += 1;
        if arrives {
            self.reports.push(report);
        }
        self.called(is_acknowledged)
    }

    fn acknowledge(&mut self, number: u64) -> Result<(), Killed> {
        self.waiting.retain(|range| range.number != number);
        self.called(())
    }
}

const ALL_WELL: &[(bool, bool)] = &[(true, true)];

fn nothing_is_lost() -> Verdict {
    let weathers: [(&str, &'static [(bool, bool)]); 4] = [
        ("nothing else goes wrong", ALL_WELL),
        (
            "the first report does not arrive",
            &[(false, false), (true, true)],
        ),
        (
            "the first three reports do not arrive",
            &[(false, false), (false, false), (false, false), (true, true)],
        ),
        (
            "the first acknowledgement is lost",
            &[(true, false), (true, true)],
        ),
    ];
    for (what, fates) in weathers {
        for killed_behind in (1..16).chain([100_000]) {
            let mut server = Server::new(fates);
            let ended = server.serve(killed_behind);
            let killed = format!(
                "A worker is killed behind call {killed_behind}, those after it live longer, and {what}."
            );
            if !ended {
                return Err(format!(
                    "{killed} Expected: an end. There is none in {LIVES_MAX} lives."
                )
                .into());
            }
            let reported: BTreeSet<u64> =
                server.reports.iter().map(|report| report.number).collect();
            if let Some(lost) = (0..RANGES).find(|number| !reported.contains(number)) {
                return Err(format!("{killed} Expected: a report on each range. There is none on range {lost}, which is acknowledged.").into());
            }
        }
    }
    Ok(())
}

fn each_is_counted_once() -> Verdict {
    let schedules: [&[(u64, u64)]; 5] = [
        &[(0, 7), (1, 5), (2, 1)],
        &[(0, 7), (0, 7), (1, 5)],
        &[(0, 7), (1, 5), (0, 7), (1, 5)],
        &[(0, 7), (1, 7), (2, 7)],
        &[(2, 1), (0, 7), (2, 1), (1, 7), (0, 7), (1, 7)],
    ];
    for schedule in schedules {
        let mut tally = Tally::default();
        let mut expected = 0;
        let mut counted = BTreeSet::new();
        for &(number, bytes) in schedule {
            tally.merge(&Report { number, bytes });
            if counted.insert(number) {
                expected += bytes;
            }
        }
        if tally.bytes() != expected {
            return Err(format!(
                "Reports come as (range, bytes): {schedule:?}. Expected: {expected} bytes, each range once. The tally has {}.",
                tally.bytes()
            )
            .into());
        }
    }
    Ok(())
}

fn it_comes_to_an_end() -> Verdict {
    let mut server = Server::new(ALL_WELL);
    // Three calls a range, and one that finds that there are no more; and some to spare.
    let most = 4 * RANGES as usize + 4;
    server.killed_behind = most;
    if work(&mut server).is_err() {
        return Err(format!("Nothing goes wrong with {RANGES} ranges. Expected: the work is done in {most} calls. It is not.").into());
    }
    if server.reports.len() != RANGES as usize || !server.waiting.is_empty() {
        let (reports, waiting) = (server.reports.len(), server.waiting.len());
        return Err(format!("Nothing goes wrong with {RANGES} ranges. Expected: one report each. There are {reports}, and {waiting} ranges are not acknowledged.").into());
    }
    Ok(())
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
