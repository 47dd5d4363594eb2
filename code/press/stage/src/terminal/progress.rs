//! Signs of life for work that takes a while: on a terminal only, on standard error.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// A spinner for work of unknown length. Indicatif hides it where there is no terminal.
pub fn working(what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new_spinner().with_message(what);
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}

/// A bar for so many steps, with the rate and the time left.
pub fn counting(total: u64, unit: &str) -> ProgressBar {
    let template =
        format!("{{bar:30}} {{human_pos}} of {{human_len}} {unit}, {{per_sec}}, {{eta}} left");
    let style = ProgressStyle::with_template(&template).expect("the template is well formed");
    ProgressBar::new(total).with_style(style)
}

/// A line for measurements: how many are made, of how many, and which one is going on.
pub fn measuring() -> ProgressBar {
    let style =
        ProgressStyle::with_template("{spinner} {bar:30} {pos} of {len}, {eta} left: {wide_msg}")
            .expect("the template is well formed");
    let bar = ProgressBar::new(0).with_style(style);
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}
