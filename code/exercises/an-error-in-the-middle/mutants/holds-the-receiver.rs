//! A pipeline of three stages: lines are read, parsed and summed up.

use drill::channel::bounded;
use drill::thread::{named, spawn};

/// A line was no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed {
    /// So many lines came before it.
    pub before: usize,
}

/// The sum of all lines.
///
/// # Errors
///
/// If a line is no number: the first one of them.
pub fn run(mut read: impl FnMut() -> Option<&'static str> + Send + 'static) -> Result<u64, Failed> {
    let (lines_in, lines) = bounded::<&str>(1);
    let held = lines.clone();
    let (numbers_in, numbers) = bounded::<u64>(1);
    let reader = spawn(named("reader", move || {
        while let Some(line) = read() {
            if lines_in.send(line).is_err() {
                return; // The parser has left; it says why.
            }
        }
    }));
    let parser = spawn(named("parser", move || {
        for (before, line) in lines.into_iter().enumerate() {
            let number = line.parse().map_err(|_| Failed { before })?;
            if numbers_in.send(number).is_err() {
                break;
            }
        }
        Ok(())
    }));
    let counter = spawn(named("counter", move || numbers.into_iter().sum()));
    reader.join().expect("the reader ends");
    // The counter has seen an end, whatever was the cause of it.
    parser.join().expect("the parser ends")?;
    drop(held);
    Ok(counter.join().expect("the counter ends"))
}
