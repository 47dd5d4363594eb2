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

/// From a run to each of its servers.
pub const QUESTIONS: Arrow = Arrow {
    name: "questions, from a run to a server",
    item: "holders(Clients) of the server's shard, with the time that is left",
    order: (
        "none between servers; each takes its questions in turn",
        "fleet::answers_are_put_back_in_the_order_of_the_questions",
    ),
    duplicates: (
        "on purpose: a late question goes to a second server, one of a server that is gone to the next; twice is \
         once, as a lookup changes nothing",
        "fleet::a_late_server_is_not_waited_for_and_is_told_so",
    ),
    loss: (
        "none, as long as a server is left",
        "upsets::any_server_may_be_killed_or_slow_and_one_may_be_added",
    ),
    bound: (
        "64 calls a server, each 64 KiB of clients; together not more than 4.7 MB",
        "fleet::a_server_that_takes_nothing_holds_callers_up",
    ),
    deadline: (
        "what the caller has left, which a second attempt does not make longer",
        "processes::a_server_that_is_stopped_and_has_no_replica_is_an_error_at_the_deadline",
    ),
    end: (
        "a call that is dropped is dropped at its server, and takes no time there if its turn has not come",
        "fleet::a_late_server_is_not_waited_for_and_is_told_so",
    ),
    failure: (
        "a connection that ends is a server that is gone: what it had is asked elsewhere",
        "processes::a_server_that_is_killed_is_not_missed",
    ),
    dies: (
        "a server that was started for the run ends with it, within a second, however it ends",
        "processes::servers_end_with_a_run_that_is_killed",
    ),
};

/// From a server back to the run, one for each call.
pub const OUTCOMES: Arrow = Arrow {
    name: "outcomes, from a server to the run",
    item: "Outcome: yes with the answers, no, or unknown",
    order: (
        "within a call that of its clients, over all shards",
        "fleet::answers_are_put_back_in_the_order_of_the_questions",
    ),
    duplicates: (
        "the first counts, and another goes nowhere",
        "fleet::a_late_server_is_not_waited_for_and_is_told_so",
    ),
    loss: (
        "all or nothing: too few answers are unknown, and the run ends",
        "fleet::too_few_answers_are_unknown",
    ),
    bound: (
        "one a call, with as many answers as it has clients",
        "fleet::too_few_answers_are_unknown",
    ),
    deadline: (
        "the caller's own clock",
        "processes::a_server_that_is_stopped_and_has_no_replica_is_an_error_at_the_deadline",
    ),
    end: (
        "one outcome; before it silence, for which another replica is asked, too, where there is one and the budget \
         allows it",
        "fleet::a_late_server_is_not_waited_for_and_is_told_so",
    ),
    failure: (
        "a server that has too much to do says no; those lines are unresolved, and counted",
        "fleet::what_is_refused_is_unresolved",
    ),
    dies: (
        "a run without a server ends with one sentence, and without a report",
        "processes::a_run_whose_last_server_is_killed_ends_with_a_sentence",
    ),
};

/// All of them.
pub const ARROWS: [Arrow; 2] = [QUESTIONS, OUTCOMES];

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
