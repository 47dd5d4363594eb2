//! Flags that only one step has: what the harness has to know of them.

use clap::{Arg, ArgAction};

/// A flag with a value, which may be given several times; the values come in [`Plan::own`](crate::Plan::own).
#[derive(Clone, Copy, Debug)]
pub struct Own {
    /// Its name, without hyphens.
    pub name: &'static str,
    /// What its value is called.
    pub value_name: &'static str,
    /// What it does, for `--help`.
    pub help: &'static str,
    /// Looks at a value, before any work: one clause for the user if it is wrong.
    pub check: fn(&str) -> Result<(), String>,
}

impl Own {
    pub(super) fn argument(self) -> Arg {
        Arg::new(self.name)
            .long(self.name)
            .value_name(self.value_name)
            .help(self.help)
            .help_heading("This step's own")
            .action(ArgAction::Append)
            .value_parser(move |value: &str| (self.check)(value).map(|()| value.to_owned()))
    }
}
