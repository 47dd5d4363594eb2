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

/// From the run to a worker: batches of clients.
pub const JOBS: Arrow = Arrow {
    name: "jobs, from the run to a worker",
    item: "Job: clients, since when the first waits, and the channel for the answers",
    order: (
        "kept to each worker; none among several",
        "wire::jobs_come_in_order_once_and_none_is_lost_and_then_the_end",
    ),
    duplicates: (
        "none: no job is sent twice",
        "wire::jobs_come_in_order_once_and_none_is_lost_and_then_the_end",
    ),
    loss: (
        "none while the connection stands; when it breaks, every job that was accepted and not answered",
        "wire::a_broken_connection_is_an_error_and_never_the_end",
    ),
    bound: (
        "each job 64 KiB of clients; under way not more than capacity / workers jobs, nor 1.2 MB",
        "wire::a_receiver_that_takes_nothing_holds_the_sender_up_at_a_ceiling_in_bytes",
    ),
    deadline: (
        "5 s of silence; the pings of both sides break it, so that idle is not silent",
        "processes::a_worker_that_is_stopped_is_an_error_when_it_has_been_silent_for_too_long",
    ),
    end: (
        "Ok(None), when the run has no more",
        "wire::jobs_come_in_order_once_and_none_is_lost_and_then_the_end",
    ),
    failure: (
        "Err, which is never the end: no job was taken that is not whole",
        "wire::a_broken_connection_is_an_error_and_never_the_end",
    ),
    dies: (
        "a worker that was started for the run ends with it, within a second, however it ends",
        "processes::workers_end_with_a_run_that_is_killed",
    ),
};

/// From a worker back to the run, one message over a channel that came with the job.
pub const ANSWERS: Arrow = Arrow {
    name: "answers, from a worker to the run",
    item: "Answers: one for each client, and how long the worker had the job",
    order: (
        "within a job that of its clients; jobs overtake one another",
        "wire::answers_overtake_one_another",
    ),
    duplicates: (
        "none: the run takes one message, and what comes after it goes nowhere",
        "liars::answers_that_come_twice_are_counted_once",
    ),
    loss: (
        "all or nothing: answers come whole, and too few are an error",
        "liars::too_few_answers_are_an_error",
    ),
    bound: (
        "one message a job, with as many answers as questions and each holder's name once",
        "liars::too_many_answers_are_an_error",
    ),
    deadline: (
        "60 s from job to answers, and the same 5 s of silence",
        "liars::a_job_that_is_kept_too_long_is_an_error_though_the_worker_is_not_silent",
    ),
    end: (
        "after one message; before it, the worker has let the job go, which is an error",
        "liars::a_job_that_is_let_go_is_an_error",
    ),
    failure: (
        "Err on every channel that waits: whether the job was done is not known",
        "wire::a_dead_connection_with_a_hundred_jobs_gives_a_hundred_errors",
    ),
    dies: (
        "a run whose worker is lost ends with one sentence, and without a report",
        "processes::a_worker_that_is_killed_is_an_error_and_no_report",
    ),
};

/// All of them.
pub const ARROWS: [Arrow; 2] = [JOBS, ANSWERS];

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
        use crate::job::{CLIENT_BYTES_MAX, CLIENTS_MAX};
        use crate::peer::JOB_MAX;
        use crate::wire::{SILENCE_MAX, UNDER_WAY_BYTES_MAX};
        assert_eq!(CLIENT_BYTES_MAX, 64 * 1024);
        assert_eq!(CLIENTS_MAX, 4_096);
        assert!((1_100_000..1_200_000).contains(&UNDER_WAY_BYTES_MAX));
        assert_eq!((SILENCE_MAX.as_secs(), JOB_MAX.as_secs()), (5, 60));
    }
}
