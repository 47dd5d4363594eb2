//! Watching a run: a progress bar for a person, events for a chart, and the ear for Ctrl-C.

use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, MultiProgress, ProgressBar, ProgressStyle};

use super::events::{emit, emit_all};
use super::interrupt;
use super::terminal::tell;
use crate::event::Event;
use crate::input::Input;
use crate::meter::{Meter, Reading};
use crate::plan::Plan;
use crate::units::thousands;

/// How soon Ctrl-C is heard.
const TICK: Duration = Duration::from_millis(50);

/// From one look to the next, if there is little to tell: often enough for a line on a chart to move, and seldom enough to
/// cost nothing.
const LOOK: Duration = Duration::from_millis(100);

/// What an event costs of the time until the next look: a run says twenty things a second at most, however many stages it
/// has.
const EVENT: Duration = Duration::from_millis(50);

/// How a run is watched.
pub(super) struct Watch {
    show: Show,
}

enum Show {
    Bar {
        both: MultiProgress,
        bar: ProgressBar,
        stages: ProgressBar,
    },
    Events {
        step: &'static str,
        plan: Plan,
    },
    Nothing,
}

/// What was seen at the last look, for rates.
struct Look {
    at: Duration,
    lines: u64,
    readings: Vec<Reading>,
}

impl Watch {
    /// A progress bar with rate and time left, and a live line of the stages.
    pub fn bar(input: &Input) -> Watch {
        let both = MultiProgress::new();
        let style =
            |template| ProgressStyle::with_template(template).expect("the template is constant");
        let bar = both.add(ProgressBar::no_length());
        bar.set_style(style(if input.is_len_known() {
            "{bar:32} {percent:>3}%  {msg}, {eta} left"
        } else {
            "{spinner} {binary_bytes} read, {msg}"
        }));
        let stages = both.add(ProgressBar::new_spinner());
        stages.set_style(style("{wide_msg}"));
        Watch {
            show: Show::Bar { both, bar, stages },
        }
    }

    /// JSON lines on standard output.
    pub fn events(step: &'static str, plan: &Plan) -> Watch {
        Watch {
            show: Show::Events {
                step,
                plan: plan.clone(),
            },
        }
    }

    /// Nothing to see; only Ctrl-C is listened for.
    pub fn interrupts() -> Watch {
        Watch {
            show: Show::Nothing,
        }
    }

    /// Watches `work` from another thread until it returns.
    pub fn over<T>(
        &self,
        input: &Input,
        meter: &Meter,
        start: Instant,
        work: impl FnOnce() -> T,
    ) -> T {
        std::thread::scope(|scope| {
            let (working, ended) = channel::<()>();
            scope.spawn(move || self.watch(input, meter, start, &ended));
            let result = work();
            drop(working);
            result
        })
    }

    fn watch(&self, input: &Input, meter: &Meter, start: Instant, ended: &Receiver<()>) {
        if let Show::Events { step, plan } = &self.show {
            let event = Event::start(step, input.len_bytes(), plan);
            stop_if_nobody_reads(input, emit(event, start.elapsed()));
        }
        let mut last = Look {
            at: Duration::ZERO,
            lines: 0,
            readings: Vec::new(),
        };
        let mut due = Instant::now();
        let mut is_interrupted = false;
        while ended.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
            if interrupt::is_pending() && !is_interrupted {
                is_interrupted = true;
                input.stop();
                self.show(interrupt::SENTENCE);
            }
            self.pass_on(meter);
            if Instant::now() >= due {
                last = self.look(input, meter, start, &last);
                // What a machine under load has missed is not made up for.
                due = (due + until_next(last.readings.len())).max(Instant::now());
            }
        }
        // A run shorter than a tick is shown too, and a longer one as it ended.
        self.pass_on(meter);
        self.look(input, meter, start, &last);
        if let Show::Bar { both, bar, stages } = &self.show {
            stages.finish_and_clear();
            bar.finish_and_clear();
            // A bar that ends under another leaves its line behind. That it cannot be cleared is no
            // reason to end a run.
            let _ = both.clear();
        }
    }

    /// Shows what the step has to tell, above the bar if there is one.
    fn pass_on(&self, meter: &Meter) {
        for sentence in meter.told() {
            self.show(&sentence);
        }
    }

    fn show(&self, sentence: &str) {
        match &self.show {
            Show::Bar { both, .. } => both.suspend(|| tell(format_args!("{sentence}"))),
            Show::Events { .. } | Show::Nothing => tell(format_args!("{sentence}")),
        }
    }

    fn look(&self, input: &Input, meter: &Meter, start: Instant, last: &Look) -> Look {
        let at = start.elapsed();
        let between = at.saturating_sub(last.at);
        let (lines, bytes) = input.progress();
        let readings = meter.read();
        let lines_per_s = (lines - last.lines) as f64 / between.as_secs_f64().max(1e-9);
        match &self.show {
            Show::Nothing => {}
            Show::Events { .. } => {
                let progress = Event::Progress {
                    lines,
                    bytes,
                    lines_per_s,
                };
                let stage = |(number, reading)| Event::stage(reading, last.readings.get(number));
                let stages = readings.iter().enumerate().map(stage);
                let events = std::iter::once(progress).chain(stages);
                stop_if_nobody_reads(input, emit_all(events, at));
            }
            Show::Bar { bar, stages, .. } => {
                if input.is_len_known() {
                    bar.set_length(input.len_bytes());
                }
                bar.set_position(bytes);
                bar.set_message(format!("{} lines/s", thousands(lines_per_s as u64)));
                stages.set_message(stage_line(&readings, last));
            }
        }
        Look {
            at,
            lines,
            readings,
        }
    }
}

/// How long after a look at so many stages the next one comes.
fn until_next(stages: usize) -> Duration {
    let progress_and_stages = 1 + u32::try_from(stages).unwrap_or(u32::MAX);
    LOOK.max(EVENT.saturating_mul(progress_and_stages))
}

/// `lookup 98 % busy, queue 12/64, 8 workers`, for each stage.
fn stage_line(readings: &[Reading], last: &Look) -> String {
    let stage = |(number, reading): (usize, &Reading)| {
        let busy = 100.0 * reading.busy_share(last.readings.get(number));
        let mut text = format!("{} {busy:.0} % busy", reading.name);
        if reading.capacity > 0 {
            text += &format!(", queue {}/{}", reading.depth, reading.capacity);
        }
        if reading.workers > 1 {
            text += &format!(", {} workers", reading.workers);
        }
        text
    };
    readings
        .iter()
        .enumerate()
        .map(stage)
        .collect::<Vec<_>>()
        .join("  |  ")
}

/// A run whose events nobody reads any more has no reason to go on.
fn stop_if_nobody_reads(input: &Input, written: std::io::Result<()>) {
    if written.is_err() {
        input.stop();
    }
}

/// Shows the spooling of the input on a terminal, and lets Ctrl-C end it.
pub(super) fn spooling() -> impl FnMut(u64) -> bool {
    // indicatif draws nothing where standard error is no terminal.
    let spinner = ProgressBar::new_spinner();
    spinner.set_style(
        ProgressStyle::with_template("{spinner} preparing the input: {msg}").expect("constant"),
    );
    move |amount| {
        spinner.tick();
        spinner.set_message(HumanBytes(amount).to_string());
        !interrupt::is_pending()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_says_twenty_things_a_second_at_most() {
        for stages in 0..20_u32 {
            let looks_a_second = 1.0 / until_next(stages as usize).as_secs_f64();
            let events = looks_a_second * f64::from(stages + 1);
            assert!(
                events <= 20.001,
                "{stages} stages: {events} events a second"
            );
            assert!(looks_a_second <= 10.001, "{stages} stages");
        }
    }
}
