//! What is to be measured, how thoroughly, and how far that has come.

use anyhow::{Result, ensure};

/// What is to be measured.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// The suite's name.
    pub suite: &'a str,
    /// Only the cases whose name contains this, or one of these between commas, of which those in brackets are a name's; what
    /// was measured before of the others is kept.
    pub only: Option<&'a str>,
    /// How thoroughly.
    pub effort: Effort,
}

impl<'a> Order<'a> {
    /// An order of a suite, or of some of its cases.
    ///
    /// # Errors
    ///
    /// If it is about some cases only, and names none.
    pub fn new(suite: &'a str, only: Option<&'a str>, effort: Effort) -> Result<Order<'a>> {
        let order = Order {
            suite,
            only,
            effort,
        };
        let names_some = order.parts().is_none_or(|mut parts| parts.next().is_some());
        ensure!(
            names_some,
            "`--only` needs a part of a case's name, or several between commas"
        );
        Ok(order)
    }

    pub(crate) fn has(&self, case: &str) -> bool {
        self.parts()
            .is_none_or(|mut parts| parts.any(|part| case.contains(part)))
    }

    /// The parts of names that are meant, if not all cases are. A comma between brackets is part of a name, and nothing between
    /// commas is no part.
    pub(super) fn parts(&self) -> Option<impl Iterator<Item = &'a str>> {
        let mut is_inside = false;
        let is_between = move |letter: char| {
            is_inside = letter == '[' || is_inside && letter != ']';
            letter == ',' && !is_inside
        };
        let parts = self.only?.split(is_between);
        Some(parts.map(str::trim).filter(|part| !part.is_empty()))
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

    #[test]
    fn a_comma_between_brackets_is_part_of_a_name() {
        let hop = "network/hop/tokio[batch=64,size=4096]";
        let order = |only| Order::new("network", Some(only), Effort::Full).expect("an order");
        let only = format!("{hop},n03");
        let parts: Vec<&str> = order(&only).parts().expect("some").collect();
        assert_eq!(parts, [hop, "n03"]);
        assert!(order(&only).has(hop) && order(&only).has("network/n03-failure[ack=none]"));
        assert!(!order(&only).has("network/hop/tokio[batch=1,size=4096]"));
        assert!(order("tokio[batch=64,").has(hop), "a name's beginning");
    }

    #[test]
    fn nothing_between_commas_does_not_mean_everything() {
        let order = |only| Order::new("evolution", Some(only), Effort::Full);
        let some = order("s08,, s09 ,").expect("an order");
        assert!(some.has("evolution/s08-coalesce") && some.has("evolution/s09-batch"));
        assert!(!some.has("evolution/s10-shard"));
        for none in ["", ",", " , "] {
            assert!(order(none).is_err(), "{none:?}");
        }
        assert!(Order::new("evolution", None, Effort::Full).is_ok());
    }
}
