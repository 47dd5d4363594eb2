//! What is to be measured, how thoroughly, and how far that has come.

/// What is to be measured.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// The suite's name.
    pub suite: &'a str,
    /// Only the cases whose name contains this, or one of these between commas; what was measured before of the others
    /// is kept.
    pub only: Option<&'a str>,
    /// How thoroughly.
    pub effort: Effort,
}

impl Order<'_> {
    pub(crate) fn has(&self, case: &str) -> bool {
        let is_meant = |only: &str| only.split(',').any(|part| case.contains(part));
        self.only.is_none_or(is_meant)
    }

    /// The command that measures it again. It tells when not all cases ran together.
    pub(super) fn command(&self) -> String {
        let mut command = format!("cargo run --release -- bench {}", self.suite);
        if let Some(only) = self.only {
            command += &format!(" --only {only}");
        }
        if self.effort == Effort::Quick {
            command += " --quick";
        }
        command
    }
}

/// How thorough a measurement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// One round with short times: an order of magnitude in a minute or two.
    Quick,
    /// Several rounds: what the book prints.
    Full,
}

/// How far a measurement has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Measurements made.
    pub done: usize,
    /// Measurements to make; 0 while the benches are being built.
    pub total: usize,
    /// What is being measured now.
    pub what: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_says_when_not_all_cases_ran_together() {
        let all = Order {
            suite: "evolution",
            only: None,
            effort: Effort::Full,
        };
        assert_eq!(all.command(), "cargo run --release -- bench evolution");
        let some = Order {
            only: Some("s08"),
            effort: Effort::Quick,
            ..all
        };
        assert_eq!(
            some.command(),
            "cargo run --release -- bench evolution --only s08 --quick"
        );
        assert!(some.has("evolution/s08-coalesce") && !some.has("evolution/s09-batch"));
        let two = Order {
            only: Some("s08,s09"),
            ..all
        };
        assert!(two.has("evolution/s08-coalesce") && two.has("evolution/s09-batch"));
        assert!(!two.has("evolution/s10-shard"));
    }
}
