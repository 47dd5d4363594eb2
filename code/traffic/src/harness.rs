//! The command line that every step has: one set of flags, one JSON, one way to watch it work.
//!
//! The order is the same for all: everything that can be wrong is looked at first (exit code 2, one
//! sentence); then the input is spooled and the directory started; then the clock runs, from the first
//! byte of input to the sorted report; then the answer is printed.

mod arguments;
mod csv;
mod ends;
mod events;
mod interrupt;
mod live;
mod output;
mod own;
mod remarks;
mod staleness;
mod table;
mod terminal;
mod threads;

use std::io::IsTerminal;
use std::num::NonZero;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use crate::directory::{Config, Directory, Server, Table};
use crate::error::Error;
use crate::event::{Outcome, Staleness};
use crate::input::Input;
use crate::meter::Meter;
use crate::plan::{Parameter, Plan};
use crate::report::Report;
use arguments::Arguments;
use live::Watch;
use terminal::tell;

pub use crate::units::{count, duration, thousands};
pub use ends::outlive_full_files;
pub use own::Own;

/// A step's whole public face.
pub type Run = fn(&Input, &Directory, &Plan, &Meter) -> Result<Report, Error>;

/// A step, as the command line knows it.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    name: &'static str,
    run: Run,
    lines: u64,
    uses: &'static [Parameter],
    workers: usize,
    maps: bool,
    own: &'static [Own],
}

impl Step {
    /// A step by its crate's name.
    pub fn new(name: &'static str, run: Run) -> Step {
        Step {
            name,
            run,
            lines: 1_000,
            uses: &[],
            workers: Plan::default().workers,
            maps: false,
            own: &[],
        }
    }

    /// How many lines it works on when it is given neither a file nor a number: a few seconds' worth.
    #[must_use]
    pub fn lines(self, lines: u64) -> Step {
        Step { lines, ..self }
    }

    /// The parameters of the plan that it has a use for.
    #[must_use]
    pub fn uses(self, uses: &'static [Parameter]) -> Step {
        Step { uses, ..self }
    }

    /// How many workers it has, or has at most, when it is not told.
    #[must_use]
    pub fn workers(self, workers: usize) -> Step {
        Step { workers, ..self }
    }

    /// One worker for each processor that this process may use, when it is not told: for workers that
    /// work and do not wait. Where the system does not say how many those are, one.
    #[must_use]
    pub fn worker_per_core(self) -> Step {
        self.workers(std::thread::available_parallelism().map_or(1, NonZero::get))
    }

    /// Says that it maps its input into memory, whose lines do not arrive one by one: it has no use for a
    /// rate.
    #[must_use]
    pub fn maps(self) -> Step {
        Step { maps: true, ..self }
    }

    /// The flags that only this step has.
    #[must_use]
    pub fn own(self, own: &'static [Own]) -> Step {
        Step { own, ..self }
    }

    /// Runs the step as its command line says.
    pub fn main(self) -> ExitCode {
        threads::end_when_refused(self.name);
        outlive_full_files();
        let arguments = Arguments::of(self.name, self.own);
        arguments.note_what_has_no_use(self.uses, self.maps);
        match self.prepare(&arguments) {
            Err(err) => {
                tell(format_args!("{}: {err}", self.name));
                ExitCode::from(2)
            }
            Ok(stage) => match self.perform(&arguments, &stage) {
                Ok(code) => code,
                Err(err) => {
                    tell(format_args!("{}: {err}", self.name));
                    match err {
                        Error::Refused(_) => ExitCode::from(2),
                        _ => ExitCode::FAILURE,
                    }
                }
            },
        }
    }

    /// Everything that can be wrong before any work.
    fn prepare(&self, arguments: &Arguments) -> Result<Stage, Error> {
        ends::is_there()?;
        let (directory, server) = match &arguments.directory {
            Some(address) => (Directory::at(address.as_str())?, None),
            None => {
                let table = match &arguments.table {
                    Some(path) => Table::read(path)?,
                    None => Table::iana(),
                };
                let server = Server::start(Config {
                    delay: arguments.delay(),
                    table: Arc::new(table),
                    fault: arguments.fault,
                    changes: arguments.changes,
                    ..Config::default()
                })?;
                (Directory::at(server.address())?, Some(server))
            }
        };
        // Before there is anything to report, Ctrl-C may end the process as it does by itself: a table may come
        // through a pipe, too.
        interrupt::listen();
        let mut spooling = live::spooling();
        let input = if arguments.files.is_empty() {
            let lines = arguments.lines.unwrap_or(self.lines);
            Input::generate(arguments.workload(), arguments.seed(), lines, &mut spooling)?
        } else if self.maps {
            Input::open_spooled(&arguments.files, arguments.lines, &mut spooling)?
        } else {
            Input::open(&arguments.files, arguments.lines, &mut spooling)?
        };
        let input = match &arguments.rate {
            Some(pace) => input.paced(pace.clone()),
            None => input,
        };
        let partial = interrupt::take();
        if partial {
            tell(format_args!("{}", interrupt::SENTENCE));
        }
        Ok(Stage {
            input,
            directory,
            partial,
            server,
        })
    }

    /// The work, watched, and the answer.
    fn perform(&self, arguments: &Arguments, stage: &Stage) -> Result<ExitCode, Error> {
        let (input, meter) = (&stage.input, Meter::new());
        let plan = arguments.plan(self.workers);
        let watch = if arguments.events {
            Watch::events(self.name, &plan)
        } else if std::io::stderr().is_terminal() {
            Watch::bar(input)
        } else {
            Watch::interrupts()
        };
        let start = Instant::now();
        let (report, rows, seconds) = watch.over(input, &meter, start, || {
            let report = (self.run)(input, &stage.directory, &plan, &meter)?;
            let rows = report.rows();
            let seconds = meter.ready().unwrap_or(start).elapsed().as_secs_f64();
            Ok::<_, Error>((report, rows, seconds))
        })?;
        let is_interrupted = stage.partial || input.is_stopped();
        let is_damaged = input.damages().next().is_some();
        let partial = is_interrupted || is_damaged;
        let outcome = Outcome::new(self.name, &report, rows, seconds, partial);
        remarks::on_lines(input, &report);
        remarks::on_unresolved(&stage.directory, &report);
        let shown = if arguments.events {
            let stats = stage.directory.stats();
            let staleness = stage.staleness(arguments, &outcome);
            events::totals(&stats, &meter, staleness, start.elapsed())
                .and_then(|()| events::end(outcome, start.elapsed()))
        } else {
            let why_partial = if is_damaged {
                "the input could not be read to its end"
            } else {
                "the input was ended early"
            };
            output::print(&outcome, why_partial, arguments.format(), arguments.top())
        };
        output::unless_nobody_reads(shown)?;
        remarks::on_wrong_files(input, &report);
        Ok(if is_interrupted {
            ExitCode::from(interrupt::exit_code())
        } else if is_damaged {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        })
    }
}

/// What a run needs, ready.
struct Stage {
    input: Input,
    directory: Directory,
    /// Whether the spooling was interrupted.
    partial: bool,
    server: Option<Server>,
}

impl Stage {
    /// How old the answers were, where both the lines and the directory's versions come by the clock.
    fn staleness(&self, arguments: &Arguments, outcome: &Outcome) -> Option<Staleness> {
        let (server, pace) = (self.server.as_ref()?, arguments.rate.as_ref()?);
        let lines = usize::try_from(outcome.lines).unwrap_or(usize::MAX);
        let version_at = |time| server.version_due(time);
        let due = pace.due().take(lines);
        staleness::measure(&outcome.rows, due, version_at, arguments.changes?)
    }
}
