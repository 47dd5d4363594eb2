//! The contracts of the arrows that cross a process: what a worker may rely on, and what it may not.
//!
//! Every clause names the test that holds it. The book reads this file, too, and shows it: a contract is a
//! constant of type [`Arrow`], a clause a pair of texts, `field: ("what holds", "file::test")`.

/// The contract of one arrow between two workers.
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

/// From each worker to each other one.
pub const PARTS: Arrow = Arrow {
    name: "parts, from a worker to the worker that counts their rows",
    item: "Part: a holder, a route and counts, with its epoch",
    order: (
        "epochs in order, from each worker; none between workers: a slow one is behind",
        "frontier::parts_of_a_slow_worker_come_behind_those_of_later_epochs",
    ),
    duplicates: (
        "none: a part is sent once, and what is lost is not sent again",
        "places::three_processes_in_small_epochs",
    ),
    loss: (
        "none, as long as all processes live; with one that is lost there is no report",
        "dies::with_one_process_all_end",
    ),
    bound: (
        "parts of 2 epochs of each worker; the engine's own queues have no bound",
        "frontier::a_worker_runs_no_further_ahead_than_two_epochs",
    ),
    deadline: (
        "none for a part; 30 s in which nothing becomes final end the run",
        "dies::a_process_that_is_stopped_ends_the_run_when_patience_does",
    ),
    end: (
        "the frontier passes the epoch: no part of it can come any more, from any worker",
        "frontier::an_epoch_is_final_when_the_slowest_worker_is_done_with_it_and_not_before",
    ),
    failure: (
        "all or nothing: one sentence, and no report",
        "dies::with_one_process_all_end",
    ),
    dies: (
        "each process with any other, and all of them with the run, however it ends",
        "dies::processes_end_with_a_run_that_is_killed",
    ),
};

/// From all workers to the first.
pub const FINALS: Arrow = Arrow {
    name: "what is final, from all workers to the first",
    item: "Told: what was read and counted of an epoch; at the end the rows",
    order: (
        "epochs in order; the rows behind all of them",
        "frontier::epochs_become_final_in_order_each_once",
    ),
    duplicates: (
        "none: an epoch is final once",
        "places::each_epoch_is_final_once",
    ),
    loss: ("as above: all or nothing", "dies::with_one_process_all_end"),
    bound: (
        "two short messages an epoch and worker, and at the end each row once",
        "frontier::an_epoch_is_final_when_the_slowest_worker_is_done_with_it_and_not_before",
    ),
    deadline: (
        "as above",
        "dies::a_process_that_is_stopped_ends_the_run_when_patience_does",
    ),
    end: (
        "End, behind the last row: the frontier is empty",
        "frontier::rows_come_at_the_end_and_then_the_end",
    ),
    failure: ("as above", "dies::with_one_process_all_end"),
    dies: (
        "as above; an interrupt is no failure: all stop reading, and what was read is reported",
        "dies::an_interrupt_ends_the_input_of_all",
    ),
};

/// All of them.
pub const ARROWS: [Arrow; 2] = [PARTS, FINALS];

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
        assert_eq!(crate::work::AHEAD_MAX, 2);
        assert_eq!(crate::flags::PATIENCE.as_secs(), 30);
    }
}
