//! What the program prints: what is counted, and what is timed.

mod counted;
mod options;
mod timed;

pub use self::options::Options;

/// What comes out the same in every run.
pub fn counted(options: &Options) -> String {
    let mut text = "Counted: the same in every run.\n".to_owned();
    counted::all(options, &mut text).expect("a string takes all");
    text
}

/// What is timed here and now.
pub fn timed(options: &Options) -> String {
    let mut text = "\nTimed: on this machine, just now.\n".to_owned();
    timed::all(options, &mut text).expect("a string takes all");
    text
}
