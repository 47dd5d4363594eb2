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

/// From the run to the queue, and from the queue to a worker: ranges of the input.
pub const RANGES: Arrow = Arrow {
    name: "ranges, from the run through the queue to a worker",
    item: "a range's lines, under its name: its number, and a sum over its bytes",
    order: (
        "as they were cut, and then as they are given again",
        "wire::ranges_come_in_order_and_a_second_time_when_they_are_not_acknowledged",
    ),
    duplicates: (
        "a range may come again, to any worker, also when it was reported",
        "wire::ranges_come_in_order_and_a_second_time_when_they_are_not_acknowledged",
    ),
    loss: (
        "none that the server acknowledged, as long as its files are there; and if they are not, the run gives the range again",
        "kills::a_queue_that_loses_its_files_loses_no_line",
    ),
    bound: (
        "32 ranges that are not merged, each a message of at most 8 MiB; of 1,000 lines if not told otherwise; 4 a worker",
        "wire::a_run_reads_no_further_than_its_ranges_go",
    ),
    deadline: (
        "1 s of silence; a worker says four times as often that it is at it, for a minute at most",
        "wire::a_range_that_is_in_progress_is_not_given_again",
    ),
    end: (
        "none: there are no more for now; a worker is ended, and does not end",
        "processes::nothing_is_left_of_a_run_that_ends_well",
    ),
    failure: (
        "none that a worker sees: it waits for the server to come back",
        "kills::every_report_is_exact",
    ),
    dies: (
        "nothing with the run, or with a worker; what the run has started ends with it, within a second",
        "processes::all_ends_with_a_run_that_is_killed",
    ),
};

/// From a worker to the queue, and from the queue to the run: reports.
pub const REPORTS: Arrow = Arrow {
    name: "reports, from a worker through the queue to the run",
    item: "the report on a range, under the range's name",
    order: (
        "none",
        "once::a_range_is_merged_once_whatever_comes_twice_and_in_which_order",
    ),
    duplicates: (
        "may come, and count once: a report counts while its range waits under that name",
        "once::a_range_is_merged_once_whatever_comes_twice_and_in_which_order",
    ),
    loss: (
        "none that the server acknowledged, as above; a range without a report is looked for after 5 s, and given again",
        "kills::a_queue_that_loses_its_files_loses_no_line",
    ),
    bound: (
        "one a range, of no more bytes than its lines and its holders' names",
        "wire::a_run_reads_no_further_than_its_ranges_go",
    ),
    deadline: (
        "3 s without any: the run works, too",
        "processes::a_run_whose_workers_are_all_stopped_does_the_work_itself",
    ),
    end: (
        "none: the run knows by itself when no range waits",
        "processes::nothing_is_left_of_a_run_that_ends_well",
    ),
    failure: (
        "30 s without the server end the run, with one sentence",
        "processes::a_queue_that_does_not_come_back_is_an_error",
    ),
    dies: (
        "nothing: a run of the same name goes on from what is in the queue",
        "kills::a_run_that_was_killed_goes_on",
    ),
};

/// From a worker to the shared cache: what it knows, and what it is to know.
pub const ANSWERS: Arrow = Arrow {
    name: "answers, between a worker and the shared cache",
    item: "the holders of up to a batch of clients, each with the time that it may be kept",
    order: (
        "none is needed: each answer was true when it was given",
        "cache::what_one_has_asked_another_need_not_ask",
    ),
    duplicates: (
        "do nothing: an answer that is kept twice is kept",
        "cache::what_one_has_asked_another_need_not_ask",
    ),
    loss: (
        "any, at any time: the directory is asked",
        "cache::a_cache_that_is_lost_costs_no_answer",
    ),
    bound: (
        "64 MiB in the server, of which the least recently used goes; 65,536 answers in a worker",
        "cache::a_small_cache_of_its_own_stays_small",
    ),
    deadline: (
        "250 ms; then it is left alone for as long, and the directory is asked",
        "cache::a_cache_that_is_stopped_costs_no_answer",
    ),
    end: ("none", "cache::what_one_has_asked_another_need_not_ask"),
    failure: (
        "as if it knew nothing",
        "cache::a_cache_that_is_lost_costs_no_answer",
    ),
    dies: (
        "nothing: it is started again, empty",
        "kills::every_report_is_exact",
    ),
};

/// All of them.
pub const ARROWS: [Arrow; 3] = [RANGES, REPORTS, ANSWERS];

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
        use crate::AHEAD_MAX;
        use crate::queue::MESSAGE_BYTES_MAX;
        use crate::ranges::RANGE_BYTES_MAX;
        use crate::settings::{NEAR, PATIENCE, RANGE_LINES, SILENCE};
        use crate::working::RANGES_MAX;
        assert_eq!(RANGE_BYTES_MAX + traffic::LINE_BYTES_MAX, 8 << 20);
        const { assert!(MESSAGE_BYTES_MAX > 8 << 20) };
        assert_eq!((RANGE_LINES, RANGES_MAX, AHEAD_MAX), (1_000, 4, 32));
        assert_eq!((SILENCE.as_secs(), PATIENCE.as_secs()), (1, 30));
        assert_eq!(NEAR.size, 65_536);
    }
}
