//! Nine programs that Rust refuses: what it says of each, and what comes of the same mistake in Go.
//!
//! That it really says so is the business of a test, which gives each of them to the compiler; what comes of them in
//! Go is found out by the twin, whose output must be the same.

/// A mistake: what it is called in `refused/`, what it is among people, and what the two languages make of it.
#[derive(Clone, Copy, Debug)]
pub struct Mistake {
    /// The name of the file.
    pub file: &'static str,
    /// In words of the network.
    pub name: &'static str,
    /// All that the compiler says.
    pub said: &'static str,
    /// What comes of it in Go, which compiles all of them.
    pub in_go: &'static str,
}

impl Mistake {
    /// The first line of what the compiler says.
    pub fn headline(&self) -> &'static str {
        self.said.lines().next().unwrap_or_default()
    }
}

macro_rules! mistake {
    ($file:literal, $name:literal, $in_go:literal) => {
        Mistake {
            file: $file,
            name: $name,
            said: include_str!(concat!("../refused/", $file, ".stderr")),
            in_go: $in_go,
        }
    };
}

/// All of them, in the order of the chapter.
#[rustfmt::skip] // One mistake is easier to compare with another when each stands in the same lines.
pub const MISTAKES: [Mistake; 9] = [
    mistake!("sent", "a letter is changed after it was posted",
        "it arrives as \"Dear nobody\""),
    mistake!("handle", "a handle leaves the machine on which it means something",
        "no harm: every pointer may travel"),
    mistake!("shared", "two machines write to one memory",
        "the race detector finds it, if it happens while it looks"),
    mistake!("writers", "two leaders at a time",
        "the runtime ends the program, if it notices"),
    mistake!("gone", "an address outlives the node",
        "no harm: what has an address is kept, \"node-7\""),
    mistake!("lease", "something is used after its lease has ended",
        "what was \"a job\" is \"another job\""),
    mistake!("held", "a lock is held while a remote answer is waited for",
        "until it comes, no other task gets the lock"),
    mistake!("ignored", "the sender does not look whether its message went",
        "it did not, and the sender never knows"),
    mistake!("unknown", "a message that the receiver does not know",
        "it is counted as 0 bytes"),
];
