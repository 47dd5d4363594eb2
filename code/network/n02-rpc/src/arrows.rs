//! The contracts of the arrows that cross a process: what a caller may rely on, and what it may not.
//!
//! Every clause names the test that holds it. The book reads this file, too, and shows it: a contract is a
//! constant of type [`Arrow`], a clause a pair of texts, `field: ("what holds", "file::test")`.

/// The contract of one arrow between two processes.
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

/// From a caller to a service: the run to the front, and the front to the directory.
pub const CALLS: Arrow = Arrow {
    name: "calls, from a caller to a service",
    item: "holders(Clients), with the time that is left",
    order: (
        "none: calls are worked on at the same time",
        "outcomes::answers_overtake_one_another",
    ),
    duplicates: (
        "none: no call is sent twice",
        "outcomes::answers_come_whole_and_in_order_over_two_hops_and_the_cache_asks_once",
    ),
    loss: (
        "none while the connection stands; when it breaks, each call says that it is not known",
        "queues::a_dead_connection_with_a_hundred_calls_queued_gives_a_hundred_errors",
    ),
    bound: (
        "64 calls a connection, each 64 KiB of clients; together not more than 4.7 MB",
        "queues::a_receiver_that_takes_nothing_holds_callers_up_at_a_ceiling_in_bytes",
    ),
    deadline: (
        "what the caller has left, over all hops; the time of the journeys is not in it",
        "deadlines::a_deadline_is_smaller_two_hops_away",
    ),
    end: (
        "a caller that drops a call cancels it, at every hop",
        "cancellations::a_call_that_is_dropped_is_dropped_two_hops_away",
    ),
    failure: (
        "a connection that ends cancels what was asked over it, whether or not a word was said",
        "broken::a_crash_is_a_cancel_only_where_it_is_made_one",
    ),
    dies: (
        "a service that was started for the run ends with it, within a second, however it ends",
        "processes::services_end_with_a_run_that_is_killed",
    ),
};

/// From a service back to its caller, one for each call.
pub const OUTCOMES: Arrow = Arrow {
    name: "outcomes, from a service to its caller",
    item: "Outcome: yes with the answers, no, or unknown",
    order: (
        "within a call that of its clients; calls overtake one another",
        "outcomes::answers_overtake_one_another",
    ),
    duplicates: (
        "none: what comes after the first, or after the deadline, goes nowhere",
        "liars::an_outcome_that_comes_twice_counts_once",
    ),
    loss: (
        "all or nothing: too few answers are unknown",
        "liars::too_few_answers_are_unknown",
    ),
    bound: (
        "one a call, and no message above 1 MiB",
        "liars::a_message_that_is_too_large_ends_the_connection",
    ),
    deadline: (
        "the caller's own clock, also for a call that still waits to be written",
        "queues::a_silent_connection_with_a_hundred_calls_queued_gives_a_hundred_errors_at_their_deadline",
    ),
    end: (
        "one outcome; before it, silence, of which only the deadline makes an end",
        "processes::a_front_that_is_stopped_is_an_error_at_the_deadline",
    ),
    failure: (
        "no where nothing was sent, and unknown everywhere else; a no of the far hop arrives as such",
        "outcomes::a_no_of_the_directory_is_a_no_two_hops_away",
    ),
    dies: (
        "a run whose call has no answer ends with one sentence, and without a report",
        "processes::a_directory_that_is_killed_two_hops_away_is_an_error_that_names_it",
    ),
};

/// All of them.
pub const ARROWS: [Arrow; 2] = [CALLS, OUTCOMES];

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
        use crate::job::CLIENT_BYTES_MAX;
        use crate::transport::{CALLS_MAX, FRAME_BYTES_MAX, UNDER_WAY_BYTES_MAX};
        assert_eq!(CLIENT_BYTES_MAX, 64 * 1024);
        assert_eq!(CALLS_MAX, 64);
        assert!((4_550_000..4_700_000).contains(&UNDER_WAY_BYTES_MAX));
        assert_eq!(FRAME_BYTES_MAX, 1024 * 1024);
    }
}
