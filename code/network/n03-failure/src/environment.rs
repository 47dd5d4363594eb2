//! Configuration by environment, as managers of containers and services give it: `N03_FAILURE_KEYS` is for `--keys`.
//!
//! What stands in the environment becomes flags, and the program begins again with them. So there is one way to read
//! them and one to refuse them, a misspelt one too; the effective values are a command line, which is printed and which
//! `ps` shows; and the workers that a run starts inherit none of it.

use std::ffi::{OsStr, OsString};
use std::os::unix::process::CommandExt;
use std::process::Command;

/// What the names of the variables begin with.
pub const PREFIX: &str = "N03_FAILURE_";

/// The flag that may be given several times: its variable has several values, with blanks between them.
const REPEATED: &str = "--place";

/// Begins again, if the environment says something. Comes back if it does not, or if that fails.
///
/// # Errors
///
/// One clause about why it cannot begin again.
pub fn take_over(given: &[OsString]) -> Result<(), String> {
    let variables: Vec<(OsString, OsString)> = ours(std::env::vars_os()).collect();
    if variables.is_empty() {
        return Ok(());
    }
    let line = CommandLine::of(given, &variables);
    eprintln!("{}", line.told());
    let program = std::env::current_exe().map_err(|err| err.to_string())?;
    let mut command = Command::new(program);
    for (name, _) in &variables {
        command.env_remove(name);
    }
    // Only a failure comes back: the process goes on as the new one, with its number.
    Err(command.args(line.arguments).exec().to_string())
}

/// The variables that are for this program. An empty one is as none.
fn ours(
    variables: impl Iterator<Item = (OsString, OsString)>,
) -> impl Iterator<Item = (OsString, OsString)> {
    variables.filter(|(name, value)| {
        name.as_encoded_bytes().starts_with(PREFIX.as_bytes()) && !value.is_empty()
    })
}

// ANCHOR: line
/// The command line as it is with the environment.
#[derive(Debug, PartialEq, Eq)]
struct CommandLine {
    arguments: Vec<OsString>,
    /// The variables that count.
    by_environment: Vec<String>,
    /// Those that do not, since the command line has the flag.
    overruled: Vec<String>,
}

impl CommandLine {
    fn of(given: &[OsString], variables: &[(OsString, OsString)]) -> CommandLine {
        let mut line = CommandLine {
            arguments: Vec::new(),
            by_environment: Vec::new(),
            overruled: Vec::new(),
        };
        let mut variables = variables.to_vec();
        variables.sort();
        for (name, value) in &variables {
            let name = name.to_string_lossy().into_owned();
            let flag = name[PREFIX.len()..].to_lowercase().replace('_', "-");
            let flag = format!("--{flag}");
            if given.iter().any(|argument| is(argument, &flag)) {
                line.overruled.push(name);
                continue;
            }
            for value in values(&flag, value) {
                line.arguments.extend([OsString::from(&flag), value]);
            }
            line.by_environment.push(name);
        }
        line.arguments.extend_from_slice(given);
        line
    }
    // ANCHOR_END: line

    /// The effective values, and where they are from.
    fn told(&self) -> String {
        let shown = self
            .arguments
            .iter()
            .map(|argument| argument.to_string_lossy());
        let shown: Vec<_> = shown.collect();
        let mut told = format!("{} {}", env!("CARGO_PKG_NAME"), shown.join(" "));
        for (what, names) in [
            ("from the environment", &self.by_environment),
            ("overruled by the command line", &self.overruled),
        ] {
            if !names.is_empty() {
                told += &format!("\n  {what}: {}", names.join(", "));
            }
        }
        told
    }
}

/// Whether an argument is this flag, with its value or in front of it.
fn is(argument: &OsStr, flag: &str) -> bool {
    let rest = argument.as_encoded_bytes().strip_prefix(flag.as_bytes());
    rest.is_some_and(|rest| rest.is_empty() || rest[0] == b'=')
}

fn values(flag: &str, value: &OsStr) -> Vec<OsString> {
    match value.to_str() {
        Some(text) if flag == REPEATED => text.split_whitespace().map(OsString::from).collect(),
        _ => vec![value.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(given: &[&str], variables: &[(&str, &str)]) -> CommandLine {
        let given: Vec<OsString> = given.iter().map(OsString::from).collect();
        let variables = variables.iter();
        let variables = variables.map(|(name, value)| (name.into(), value.into()));
        let variables: Vec<_> = ours(variables).collect();
        CommandLine::of(&given, &variables)
    }

    #[test]
    fn a_variable_is_a_flag_and_several_places_are_several() {
        let line = line(
            &["access.log"],
            &[
                ("N03_FAILURE_RANGE", "50"),
                ("N03_FAILURE_PLACE", "lookup=a:1  lookup=b:2"),
                ("N03_FAILURE_KEYS", ""),
                ("N03_KILLS", "7"),
                ("PATH", "/bin"),
            ],
        );
        assert_eq!(
            line.told(),
            "n03-failure --place lookup=a:1 --place lookup=b:2 --range 50 access.log\n  from the environment: \
             N03_FAILURE_PLACE, N03_FAILURE_RANGE"
        );
    }

    #[test]
    fn the_command_line_wins() {
        for given in [&["--range=7"][..], &["--range", "7"]] {
            let line = line(
                given,
                &[("N03_FAILURE_RANGE", "50"), ("N03_FAILURE_LEASE", "2s")],
            );
            assert_eq!(line.arguments[..2], ["--lease", "2s"]);
            assert_eq!(line.arguments[2..], *given);
            assert_eq!(line.overruled, ["N03_FAILURE_RANGE"]);
        }
    }

    #[test]
    fn a_flag_that_only_begins_alike_is_another() {
        let line = line(&["--range-of-it", "7"], &[("N03_FAILURE_RANGE", "50")]);
        assert_eq!(line.overruled, [""; 0]);
    }
}
