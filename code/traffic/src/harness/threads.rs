//! Threads that the system does not give: one sentence and the exit code of what was refused.
//!
//! A thread that cannot be started is a panic, of the standard library and of Tokio alike, wherever it was asked for: a
//! step's scope, a runtime, the directory. A run without some of its threads would wait for them for ever, so it ends
//! there. What had been counted by then is lost; the sentence says so.

use std::panic::{self, PanicHookInfo};

use super::terminal::tell;

/// How such panics begin: of the standard library (`Scope::spawn`, `thread::spawn`), and of Tokio.
const REFUSALS: [&str; 2] = ["failed to spawn thread", "OS can't spawn worker thread"];

/// From now on the process ends when it is refused a thread. Other panics are told as before.
pub(super) fn end_when_refused(step: &'static str) {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if let Some(why) = refusal(info) {
            tell(format_args!(
                "{step}: the system gives no more threads ({why}), and nothing is reported; fewer --workers may do"
            ));
            std::process::exit(2);
        }
        usual(info);
    }));
}

/// The reason that the system gave, if a thread was refused.
fn refusal<'i>(info: &'i PanicHookInfo<'_>) -> Option<&'i str> {
    let message = info.payload_as_str()?;
    let reason = REFUSALS
        .iter()
        .find_map(|refusal| message.strip_prefix(refusal))?;
    // `: Os { code: 11, kind: WouldBlock, message: "Resource temporarily unavailable" }`
    let words = reason.split('"').nth(1);
    Some(words.unwrap_or(reason.trim_start_matches([':', ' '])))
}
