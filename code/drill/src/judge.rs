//! The judge: promises, held or broken, and how it is told.
//!
//! A judge is the `main` of a test without a harness. It prints for people, and if the variable `DRILL_REPORT` names a file
//! it writes the same there, where nothing that an exercise prints comes in between: `workbook check` reads that.

use std::fs::File;
use std::io::Write;
use std::panic::catch_unwind;
use std::process::ExitCode;

use crate::execution::said;
use crate::table::written;
use crate::trace::Trace;

/// The variable that names the file for the report.
pub const REPORT: &str = "DRILL_REPORT";

/// The variable that says that no time is to be measured.
pub const UNTIMED: &str = "DRILL_UNTIMED";

/// Whether a promise may be about time: for a learner, and not where the judges themselves are tested, on a machine that has other
/// things to do.
pub fn is_timed() -> bool {
    std::env::var_os(UNTIMED).is_none()
}

/// One thing that an exercise must do.
pub struct Promise {
    /// Its name: words with hyphens.
    pub name: &'static str,
    /// What is promised, in a sentence.
    pub says: &'static str,
    /// Whether it is held.
    pub check: fn() -> Verdict,
}

/// Whether a promise is held, and if not, how it was broken.
pub type Verdict = Result<(), Broken>;

/// How a promise was broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    why: String,
}

impl Broken {
    /// By this, in sentences for the learner.
    pub fn new(why: impl Into<String>) -> Broken {
        Broken { why: why.into() }
    }

    /// With the schedule in which it happened.
    #[must_use]
    pub fn with_schedule(mut self, trace: &Trace) -> Broken {
        self.why += &written(trace);
        self
    }

    /// With a remark behind all else.
    #[must_use]
    pub fn with_note(mut self, note: impl AsRef<str>) -> Broken {
        self.why += "\n\n";
        self.why += note.as_ref();
        self
    }
}

impl<T: Into<String>> From<T> for Broken {
    fn from(why: T) -> Broken {
        Broken::new(why)
    }
}

/// Judges all promises, one after the other.
pub fn judge(promises: &[Promise]) -> ExitCode {
    let mut out = Out::open();
    let mut held = true;
    for Promise { name, says, check } in promises {
        out.line(&format!("judging {name}: {says}"));
        let verdict = catch_unwind(check).unwrap_or_else(|panic| Err(Broken::new(said(&*panic))));
        match verdict {
            Ok(()) => out.line(&format!("held {name}")),
            Err(broken) => {
                held = false;
                out.line(&format!("broken {name}"));
                for line in broken.why.lines() {
                    out.line(&format!("  {line}"));
                }
            }
        }
    }
    out.line("judged");
    if held {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Standard output, and the file if there is one.
struct Out(Option<File>);

impl Out {
    fn open() -> Out {
        let path = std::env::var_os(REPORT);
        Out(path.map(|path| File::create(path).expect("the report's file can be written")))
    }

    /// Line by line: what ends the judge in the middle leaves what was told before.
    fn line(&mut self, text: &str) {
        match &mut self.0 {
            Some(file) => writeln!(file, "{text}").expect("the report's file can be written"),
            None => println!("{text}"),
        }
    }
}
