//! Nine programs that Rust refuses, and the first line of what it says.
//!
//! That it really says so is the business of a test, which gives each of them to the compiler.

/// A mistake: what it is called in `refused/`, what it is among people, and what the compiler says.
#[derive(Clone, Copy, Debug)]
pub struct Mistake {
    /// The name of the file.
    pub file: &'static str,
    /// In words of the network.
    pub name: &'static str,
    /// All that the compiler says.
    pub said: &'static str,
}

impl Mistake {
    /// The first line of what the compiler says.
    pub fn headline(&self) -> &'static str {
        self.said.lines().next().unwrap_or_default()
    }
}

macro_rules! mistake {
    ($file:literal, $name:literal) => {
        Mistake {
            file: $file,
            name: $name,
            said: include_str!(concat!("../refused/", $file, ".stderr")),
        }
    };
}

/// All of them.
pub const MISTAKES: [Mistake; 9] = [
    mistake!("sent", "a letter is changed after it was posted"),
    mistake!(
        "handle",
        "a handle leaves the machine on which it means something"
    ),
    mistake!("shared", "two machines write to one memory"),
    mistake!("writers", "two leaders at a time"),
    mistake!("gone", "an address outlives the node"),
    mistake!("lease", "something is used after its lease has ended"),
    mistake!("held", "a lock is held while a remote answer is waited for"),
    mistake!("ignored", "nobody looks whether the message went"),
    mistake!("unknown", "a message that the receiver does not know"),
];
