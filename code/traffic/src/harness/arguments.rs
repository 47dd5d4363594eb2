//! The flags of a step.

use std::path::PathBuf;
use std::time::Duration;

use clap::{CommandFactory, FromArgMatches, Parser};

use super::own::Own;
use super::terminal::tell;
use crate::directory::{DELAY_DEFAULT, Fault};
use crate::generator::Workload;
use crate::pace::Pace;
use crate::plan::{Parameter, Plan};
use crate::units;

/// Reads web-server access logs and reports who asks for what.
#[derive(Debug, Parser)]
#[command(version)]
pub(super) struct Arguments {
    /// Access logs in Common or Combined Log Format, gzip too; `-` is standard input. Without a file a log is generated
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// Read at most so many lines; without a file, generate so many
    #[arg(long, value_name = "N", value_parser = units::count)]
    pub lines: Option<u64>,
    /// Let lines arrive at a rate of their own, so many a second, or alternating (2k-40k)
    #[arg(long, value_name = "R")]
    pub rate: Option<Pace>,
    /// What the generated log is like: steady, cold, flash, skew, wide or messy [default: steady]
    #[arg(long, value_name = "W", help_heading = "Generated input")]
    workload: Option<Workload>,
    /// The generated log's seed: the same seed gives the same bytes [default: 1]
    #[arg(long, value_name = "S", value_parser = units::count, help_heading = "Generated input")]
    seed: Option<u64>,

    /// Ask this directory instead of starting one
    #[arg(long, value_name = "HOST:PORT", help_heading = "Directory")]
    pub directory: Option<String>,
    /// The simulated distance, from a request's arrival to its answer [default: 500us]
    #[arg(long, value_name = "TIME", value_parser = units::duration, help_heading = "Directory")]
    delay: Option<Duration>,
    /// A CSV file of `first,last,holder` rows, gzip too, instead of the IANA IPv4 registry
    #[arg(long, value_name = "FILE", help_heading = "Directory")]
    pub table: Option<PathBuf>,
    /// What is wrong with the directory: slow, refuse, hang, garbage, die, or blink (dies and returns)
    #[arg(long, value_name = "FAULT", help_heading = "Directory")]
    pub fault: Option<Fault>,
    /// Publish a new version of the table every so often, in which holder `X` is called `X #7` if it is the seventh
    #[arg(long, value_name = "TIME", value_parser = units::duration, help_heading = "Directory")]
    pub changes: Option<Duration>,

    /// How many workers, or how many at most [1 to 4096]
    #[arg(long, value_name = "N", value_parser = workers, help_heading = "Parameters of the step")]
    workers: Option<usize>,
    /// How many messages a queue holds [0 to 65536]
    #[arg(long, value_name = "N", value_parser = capacity, help_heading = "Parameters of the step")]
    capacity: Option<usize>,
    /// How many travel together [1 to 65536]
    #[arg(long, value_name = "N", value_parser = batch, help_heading = "Parameters of the step")]
    batch: Option<usize>,
    /// How long a batch waits to be full
    #[arg(long, value_name = "TIME", value_parser = units::duration, help_heading = "Parameters of the step")]
    linger: Option<Duration>,
    /// Into how many parts the cache is split [1 to 65536]
    #[arg(long, value_name = "N", value_parser = shards, help_heading = "Parameters of the step")]
    shards: Option<usize>,
    /// How often a copy of the directory's table is checked for a newer version
    #[arg(long, value_name = "TIME", value_parser = units::duration, help_heading = "Parameters of the step")]
    refresh: Option<Duration>,

    /// How many rows the table shows
    #[arg(long, value_name = "N", value_parser = units::count, default_value_t = 20, help_heading = "Output")]
    top: u64,
    /// How the report is printed; json and csv have all rows, and csv a `'` in front of what a spreadsheet
    /// would take for a formula [default: table]
    #[arg(long, value_enum, value_name = "FORMAT", help_heading = "Output")]
    format: Option<Format>,
    /// Print JSON lines while it runs, at most 20 a second, and the report as the last one
    #[arg(long, conflicts_with = "format", help_heading = "Output")]
    pub events: bool,

    /// The values of the step's own flags.
    #[arg(skip)]
    own: Vec<(&'static str, String)>,
}

/// How the report is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    Table,
    Json,
    Csv,
}

fn workers(text: &str) -> Result<usize, String> {
    within(text, 1, Parameter::Workers)
}

fn capacity(text: &str) -> Result<usize, String> {
    within(text, 0, Parameter::Capacity)
}

fn batch(text: &str) -> Result<usize, String> {
    within(text, 1, Parameter::Batch)
}

fn shards(text: &str) -> Result<usize, String> {
    within(text, 1, Parameter::Shards)
}

/// A count from `min` up to what the parameter may be at most.
fn within(text: &str, min: usize, parameter: Parameter) -> Result<usize, String> {
    let max = parameter.max().unwrap_or(usize::MAX);
    match usize::try_from(units::count(text)?) {
        Ok(number) if (min..=max).contains(&number) => Ok(number),
        _ if min > 0 => Err(format!("it must be from {min} to {max}")),
        _ => Err(format!("it must be at most {max}")),
    }
}

impl Arguments {
    /// Parses the command line, or ends the process as clap does: 0 for help, 2 for a mistake.
    pub fn of(step: &'static str, own: &[Own]) -> Arguments {
        let command = Arguments::command().name(step);
        let command = command.args(own.iter().map(|flag| flag.argument()));
        let matches = command.get_matches();
        let mut arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|err| err.exit());
        for flag in own {
            let values = matches.get_many::<String>(flag.name).unwrap_or_default();
            let values = values.map(|value| (flag.name, value.clone()));
            arguments.own.extend(values);
        }
        arguments
    }

    pub fn workload(&self) -> Workload {
        self.workload.unwrap_or_default()
    }

    pub fn seed(&self) -> u64 {
        self.seed.unwrap_or(1)
    }

    pub fn delay(&self) -> Duration {
        self.delay.unwrap_or(DELAY_DEFAULT)
    }

    pub fn top(&self) -> usize {
        usize::try_from(self.top).unwrap_or(usize::MAX)
    }

    pub fn format(&self) -> Format {
        self.format.unwrap_or(Format::Table)
    }

    /// What was given, so many workers if that was not, and defaults for the rest.
    pub fn plan(&self, workers: usize) -> Plan {
        let default = Plan::default();
        Plan {
            workers: self.workers.unwrap_or(workers),
            capacity: self.capacity.unwrap_or(default.capacity),
            batch: self.batch.unwrap_or(default.batch),
            linger: self.linger.unwrap_or(default.linger),
            shards: self.shards.unwrap_or(default.shards),
            refresh: self.refresh.unwrap_or(default.refresh),
            own: self.own.clone(),
        }
    }

    /// Says once which of the given flags change nothing, so that a sweep may name them for all steps.
    pub fn note_what_has_no_use(&self, uses: &[Parameter], maps: bool) {
        let generated = self.files.is_empty();
        let own_directory = self.directory.is_none();
        let flags = [
            ("rate", self.rate.is_some(), !maps),
            ("workload", self.workload.is_some(), generated),
            ("seed", self.seed.is_some(), generated),
            ("delay", self.delay.is_some(), own_directory),
            ("table", self.table.is_some(), own_directory),
            ("fault", self.fault.is_some(), own_directory),
            ("changes", self.changes.is_some(), own_directory),
        ];
        let parameters = Parameter::ALL.map(|parameter| {
            let is_used = uses.contains(&parameter);
            (parameter.name(), self.is_given(parameter), is_used)
        });
        let idle: Vec<String> = flags
            .iter()
            .chain(&parameters)
            .filter(|(_, given, used)| *given && !used)
            .map(|(name, ..)| format!("--{name}"))
            .collect();
        if !idle.is_empty() {
            tell(format_args!(
                "note: {} changes nothing here",
                idle.join(", ")
            ));
        }
    }

    fn is_given(&self, parameter: Parameter) -> bool {
        match parameter {
            Parameter::Workers => self.workers.is_some(),
            Parameter::Capacity => self.capacity.is_some(),
            Parameter::Batch => self.batch.is_some(),
            Parameter::Linger => self.linger.is_some(),
            Parameter::Shards => self.shards.is_some(),
            Parameter::Refresh => self.refresh.is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flags_are_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_plan_has_what_was_given_and_defaults_for_the_rest() {
        let arguments = Arguments::parse_from([
            "step",
            "--workers",
            "7",
            "--linger",
            "2ms",
            "--capacity",
            "0",
        ]);
        let plan = arguments.plan(64);
        assert_eq!((plan.workers, plan.capacity), (7, 0));
        assert_eq!(plan.linger, Duration::from_millis(2));
        assert_eq!(plan.batch, Plan::default().batch);
        assert_eq!(Arguments::parse_from(["step"]).plan(64).workers, 64);
    }

    #[test]
    fn all_numbers_are_read_alike() {
        let arguments = Arguments::parse_from([
            "step",
            "--lines",
            "2k",
            "--seed",
            "1_000",
            "--top",
            "1k",
            "--workers",
            "4,096",
        ]);
        assert_eq!((arguments.lines, arguments.seed()), (Some(2_000), 1_000));
        assert_eq!((arguments.top(), arguments.plan(8).workers), (1_000, 4_096));
    }

    #[test]
    fn the_help_states_what_a_parameter_may_be_at_most() {
        let help = Arguments::command().render_long_help().to_string();
        for parameter in Parameter::ALL {
            if let Some(max) = parameter.max() {
                let flag = help.split(&format!("--{}", parameter.name())).nth(1);
                let text = flag.and_then(|flag| flag.split("--").next()).unwrap();
                assert!(text.contains(&format!(" to {max}]")), "{parameter:?}");
            }
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for flags in [
            ["--workers", "0"],
            ["--workers", "4097"],
            ["--workers", "33k"],
            ["--workers", "1M"],
            ["--capacity", "65537"],
            ["--batch", "0"],
            ["--batch", "65537"],
            ["--shards", "0"],
            ["--shards", "65537"],
            ["--shards", "2M"],
            ["--lines", "1,5"],
            ["--top", "1,5"],
            ["--seed", "-1"],
            ["--fault", "rain"],
            ["--delay", "5"],
        ] {
            assert!(
                Arguments::try_parse_from([&["step"][..], &flags].concat()).is_err(),
                "{flags:?}"
            );
        }
    }
}
