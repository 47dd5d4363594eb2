//! The command line: what can be asked for, in the words that `--help` prints.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use pages::site::Address;
use traffic::directory::Fault;
use traffic::generator::Workload;
use traffic::harness;

/// The Network Is the Computer: build, serve, run and check the book.
///
/// Without a command the book is built and served, and rebuilt on every change.
#[derive(Parser)]
#[command(name = "workbook", version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The options of `serve`, which is what is done without a command.
    #[command(flatten)]
    pub serve: Serve,
}

/// The commands.
#[derive(Subcommand)]
pub enum Command {
    /// Build the book, serve it on this machine, rebuild it and reload the page on every change.
    Serve(Serve),
    /// Build the static site.
    Build(Build),
    /// Print the whole book into a PDF file, by a Chromium of this machine.
    Pdf(Pdf),
    /// List the chapters, programs, plays and exercises of the book.
    List(List),
    /// Build and run one program of the book, or a fork; explore a play.
    Run(Run),
    /// Copy a step into my-work, to change it, check it and measure it beside the book's.
    Fork(Fork),
    /// Judge an exercise or a fork: what is right, and what is not. The first time, it begins the exercise.
    Check(Check),
    /// Show one more hint to an exercise.
    Hint(Hint),
    /// Show the book's solution of an exercise that is solved, or given up.
    Solution(Solution),
    /// Begin an exercise again; what was there is kept.
    Reset(Reset),
    /// Write an access log, the same for the same seed on every machine.
    Generate(Generate),
    /// Run the directory as a process of its own, until Ctrl-C.
    Directory(Directory),
    /// Make keys and certificates for the workers of a step on other machines (mutual TLS).
    Keys(Keys),
    /// Measure on this machine; the results are shown beside the book's when it is served here.
    Bench(Bench),
    /// Run programs and keep what they say: what the static site replays.
    Record(Record),
    /// Check what the book promises about itself: its text, its numbers, its links.
    Verify(Verify),
    /// Resolve the book's directives for `mdbook build`.
    #[command(hide = true)]
    Preprocess(Preprocess),
}

/// `workbook serve`
#[derive(Args)]
pub struct Serve {
    /// The port, which must be free [default: 3000, or the next free one]
    #[arg(long, value_name = "P")]
    pub port: Option<u16>,
    /// Open the book in the browser.
    #[arg(long)]
    pub open: bool,
    /// First build every program that can be run from a page.
    #[arg(long)]
    pub prepare: bool,
}

/// `workbook build`
#[derive(Args)]
pub struct Build {
    /// The folder for the site: a new or empty one, or one that holds an earlier build
    /// [default: target/book]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Where the site will be published: gives its pages canonical links and previews, and the site a
    /// sitemap [default: unknown, and the site works from any address]
    #[arg(long, value_name = "ADDRESS")]
    pub url: Option<Address>,
}

/// `workbook pdf`
#[derive(Args)]
pub struct Pdf {
    /// The file to write [default: target/book.pdf]
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// `workbook list`
#[derive(Args)]
pub struct List {
    /// Print a JSON array of objects with name, title, kind, path, parent and fastest; of the talk: with cut,
    /// begins_s, planned_s, real_s, id, title, part, file and line.
    #[arg(long)]
    pub json: bool,
    /// The running order of the talk instead, with its times.
    #[arg(long)]
    pub talk: bool,
    /// Only the cut of so many minutes: 20, 45 or 90 [default: all]
    #[arg(long, value_name = "MINUTES", requires = "talk")]
    pub cut: Option<u32>,
    /// The times of a rehearsal beside the planned ones: a file that the speaker view has exported
    #[arg(long, value_name = "FILE", requires = "talk")]
    pub rehearsal: Option<PathBuf>,
}

/// `workbook run`
#[derive(Args)]
pub struct Run {
    /// The program's name, as `workbook list` shows it: s00-baseline
    pub name: String,
    /// What the program is given; its own --help tells more.
    #[arg(last = true, value_name = "ARGS")]
    pub args: Vec<std::ffi::OsString>,
}

/// `workbook fork`
#[derive(Args)]
pub struct Fork {
    /// The step to copy, as `workbook list` shows it: s09-batch
    pub step: String,
    /// What the copy is called: lower-case letters and digits, with a hyphen between words, as in my-batch
    pub name: String,
}

/// `workbook check`
#[derive(Args)]
pub struct Check {
    /// The exercise or the fork [default: a list of all exercises, and the one that was checked last]
    pub name: Option<String>,
    /// Judge it again each time that it is changed, until it is right.
    #[arg(long)]
    pub watch: bool,
    /// Build a fork without optimisation: slower to run, but a number that overflows is noticed.
    #[arg(long)]
    pub debug: bool,
}

/// `workbook hint`
#[derive(Args)]
pub struct Hint {
    /// The exercise [default: the one that was worked on last]
    pub name: Option<String>,
}

/// `workbook solution`
#[derive(Args)]
pub struct Solution {
    /// The exercise [default: the one that was worked on last]
    pub name: Option<String>,
    /// Show it although the exercise is not solved.
    #[arg(long)]
    pub give_up: bool,
}

/// `workbook reset`
#[derive(Args)]
pub struct Reset {
    /// The exercise [default: the one that was worked on last]
    pub name: Option<String>,
}

/// `workbook generate`
#[derive(Args)]
pub struct Generate {
    /// How many lines: 500000, 1_000_000, 250k, 10M
    #[arg(long, value_name = "N", value_parser = harness::count)]
    pub lines: u64,
    /// What the log is like.
    #[arg(long, value_name = "W", value_enum, default_value_t)]
    pub workload: Workload,
    /// The same seed gives the same log.
    #[arg(long, value_name = "S", value_parser = harness::count, default_value_t = 1)]
    pub seed: u64,
    /// The file to write; `-` is standard output, which is the default
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `workbook directory`
#[derive(Args)]
pub struct Directory {
    /// The port on 127.0.0.1 [default: any free one]
    #[arg(long, value_name = "P", default_value_t = 0, hide_default_value = true)]
    pub port: u16,
    /// From a request's arrival to its answer: 500us, 2ms, 1s
    #[arg(long, value_name = "D", default_value = "500us", value_parser = harness::duration)]
    pub delay: Duration,
    /// A CSV file of first,last,holder rows [default: the IANA IPv4 registry]
    #[arg(long, value_name = "FILE")]
    pub table: Option<PathBuf>,
    /// Misbehave: slow, refuse, hang, garbage or die
    #[arg(long, value_name = "F")]
    pub fault: Option<Fault>,
    /// Publish a new version every so often, in which holder `X` is called `X #7` if it is the seventh
    #[arg(long, value_name = "TIME", value_parser = harness::duration)]
    pub changes: Option<Duration>,
}

/// `workbook keys`
#[derive(Args)]
pub struct Keys {
    /// The folder for them, which may be new; keys that it holds are not overwritten
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The step whose workers they are for [default: the last one that has workers on other machines]
    #[arg(long = "for", value_name = "STEP")]
    pub step: Option<String>,
    /// Build the step without optimisation: for the tests of this tool, which are in a hurry.
    #[arg(long, hide = true)]
    pub debug: bool,
}

/// `workbook bench`
#[derive(Args)]
pub struct Bench {
    /// The suite to measure, or a fork, which is measured beside its parent [default: all suites]
    pub suite: Option<String>,
    /// Only the cases whose name contains this, or one of these between commas that are not in brackets; what was measured before
    /// of the others is kept.
    #[arg(long, value_name = "PART", requires = "suite")]
    pub only: Option<String>,
    /// Few and short samples: a look, not a measurement to quote.
    #[arg(long)]
    pub quick: bool,
    /// Tell the progress as JSON lines on standard output: for the pages that measure.
    #[arg(long, hide = true)]
    pub events: bool,
    /// Measure a fork as it is without optimisation: for the tests of this tool, which are in a hurry.
    #[arg(long, hide = true)]
    pub debug: bool,
}

/// `workbook record`
#[derive(Args)]
pub struct Record {
    /// The program [default: all that can be run from a page]
    pub name: Option<String>,
}

/// `workbook verify`
#[derive(Args)]
pub struct Verify {
    /// Also refuse results whose source has changed, compile everything, and judge all exercises.
    #[arg(long)]
    pub all: bool,
}

/// `workbook preprocess`
#[derive(Args)]
pub struct Preprocess {
    /// What mdBook asks before it sends the book.
    #[command(subcommand)]
    pub supports: Option<Supports>,
}

/// The question that mdBook puts first.
#[derive(Subcommand)]
pub enum Supports {
    /// Whether a renderer is supported: told by the exit code.
    Supports {
        /// The renderer's name: html
        renderer: String,
    },
}
