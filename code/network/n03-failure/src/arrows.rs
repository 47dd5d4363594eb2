//! The contracts of the arrows that cross a process: what a stage may rely on, and what it may not.
//!
//! Every clause names the test that holds it. The book reads this file, too, and shows it: a contract is a
//! constant of type [`Arrow`], a clause a pair of texts, `field: ("what holds", "file::test")`.

/// The contract of one arrow between two stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// From where to where, and what goes there.
    pub name: &'static str,
    /// The type of what goes there.
    pub item: &'static str,
    /// In which order items arrive.
    pub order: Clause,
    /// Whether one may arrive twice.
    pub duplicates: Clause,
    /// Whether one may be lost, and who knows.
    pub loss: Clause,
    /// How many items, and how many bytes, may be under way.
    pub bound: Clause,
    /// How long an item may take.
    pub deadline: Clause,
    /// What the end looks like.
    pub end: Clause,
    /// What a failure looks like.
    pub failure: Clause,
    /// Which side ends when the other does.
    pub dies: Clause,
}

/// What holds, and the test that says so: its file in `tests/`, and its name.
pub type Clause = (&'static str, &'static str);

/// From the run to a worker: ranges of the input.
pub const TASKS: Arrow = Arrow {
    name: "ranges, from the run to a worker",
    item: "Task: a lease (which range, which token), and the range's lines",
    order: (
        "as they are leased, to each worker; none among several",
        "wire::ranges_come_in_order_with_growing_tokens_and_then_the_end",
    ),
    duplicates: (
        "a range may come again, to any worker, each time with a token of its own",
        "ledger::a_range_is_merged_once_whatever_is_lost_and_whatever_comes_twice",
    ),
    loss: (
        "any, at any time: a range is forgotten when its report is merged, and not before",
        "processes::workers_that_are_killed_again_and_again_cost_nothing_but_time",
    ),
    bound: (
        "4 leases a worker, each a message of at most 8 MiB; of 1,000 lines if not told otherwise",
        "bounds::a_run_reads_no_further_than_its_leases_go",
    ),
    deadline: (
        "10 s from lease to report, doubled with each try; after three the run does it itself",
        "liars::a_worker_that_keeps_a_range_is_given_up_though_it_is_not_silent",
    ),
    end: (
        "Ok(None), when every range is merged",
        "wire::ranges_come_in_order_with_growing_tokens_and_then_the_end",
    ),
    failure: (
        "Err, which is never the end: the worker has no run any more, and ends",
        "wire::a_broken_connection_is_an_error_and_never_the_end",
    ),
    dies: (
        "a worker that was started for the run ends with it, within a second, however it ends",
        "processes::workers_end_with_a_run_that_is_killed",
    ),
};

/// From a worker to the run: reports, and that it is there.
pub const WORDS: Arrow = Arrow {
    name: "words, from a worker to the run",
    item: "Word: alive, or the report on the range of a lease",
    order: (
        "none: ranges overtake one another, and a worker that was given up speaks when it speaks",
        "liars::a_late_report_is_fenced_off",
    ),
    duplicates: (
        "may come, and count once: a report counts while its lease stands, and ends it",
        "liars::a_report_that_comes_twice_is_counted_once",
    ),
    loss: (
        "any, at any time: the range is leased again",
        "weather::a_cut",
    ),
    bound: (
        "one report a range, of no more bytes than its lines and its holders' names; 4 wait at each end",
        "bounds::a_report_is_no_larger_than_its_range",
    ),
    deadline: (
        "1 s of silence; a worker says four times as often that it is there",
        "processes::a_worker_that_is_stopped_is_replaced_when_it_has_been_silent",
    ),
    end: (
        "a worker that says no more before every range is merged is lost, however gracefully",
        "liars::a_worker_that_leaves_is_lost",
    ),
    failure: (
        "the worker is given up: whether it is dead is not known, and does not matter",
        "liars::a_late_report_is_fenced_off",
    ),
    dies: (
        "nothing: a run that has lost all its workers does the work itself",
        "processes::a_run_whose_workers_are_all_killed_does_the_work_itself",
    ),
};

/// All of them.
pub const ARROWS: [Arrow; 2] = [TASKS, WORDS];

impl Arrow {
    /// The clauses with their names, in order.
    pub fn clauses(&self) -> [(&'static str, Clause); 8] {
        [
            ("order", self.order),
            ("duplicates", self.duplicates),
            ("loss", self.loss),
            ("bound", self.bound),
            ("deadline", self.deadline),
            ("end", self.end),
            ("failure", self.failure),
            ("dies", self.dies),
        ]
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn read(path: &str) -> String {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        std::fs::read_to_string(&path).unwrap_or_else(|err| panic!("{}: {err}", path.display()))
    }

    #[test]
    fn every_clause_has_its_test() {
        for arrow in ARROWS {
            for (clause, (says, test)) in arrow.clauses() {
                assert!(!says.is_empty(), "{}: {clause}", arrow.name);
                let (file, name) = test.split_once("::").expect("file::test");
                let text = read(&format!("tests/{file}.rs"));
                let is_there = text.contains(&format!("#[test]\nfn {name}()"));
                assert!(
                    is_there,
                    "{}: {clause}: there is no test {test}",
                    arrow.name
                );
            }
        }
    }

    #[test]
    fn the_bounds_are_those_of_the_code() {
        use crate::ledger::TRIES_MAX;
        use crate::ranges::RANGE_BYTES_MAX;
        use crate::terms::{LEASE, RANGE_LINES, SILENCE};
        use crate::work::LEASES_MAX;
        assert_eq!(RANGE_BYTES_MAX + traffic::LINE_BYTES_MAX, 8 << 20);
        assert_eq!((RANGE_LINES, LEASES_MAX, TRIES_MAX), (1_000, 4, 3));
        assert_eq!((SILENCE.as_secs(), LEASE.as_secs()), (1, 10));
    }
}
