//! The parts of the book, and what is different about the programs of each.
//!
//! Every `match` here names all parts: a new one does not compile until each of these questions is answered for it.

use std::fmt;

/// Where a program belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Part I: what each primitive is beside its distributed cousin.
    Mapping,
    /// Part II: one program, step by step.
    Evolution,
    /// Part III: the same program on a network.
    Network,
    /// The reader's own forks, which are no part of the book.
    Fork,
}

impl Part {
    /// The parts of the book, in its order.
    pub const OF_THE_BOOK: [Part; 3] = [Part::Mapping, Part::Evolution, Part::Network];

    /// The part of the book that has this name.
    pub fn named(name: &str) -> Option<Part> {
        let mut parts = Part::OF_THE_BOOK.into_iter();
        parts.find(|part| part.name() == name)
    }

    /// Its name in the paths of chapters and in the names of cases: `evolution`.
    pub fn name(self) -> &'static str {
        match self {
            Part::Mapping => "mapping",
            Part::Evolution => "evolution",
            Part::Network => "network",
            Part::Fork => "my-work",
        }
    }

    /// The folder of its crates, relative to the project's root.
    pub fn folder(self) -> &'static str {
        match self {
            Part::Mapping => "code/mapping",
            Part::Evolution => "code/evolution",
            Part::Network => "code/network",
            Part::Fork => "my-work",
        }
    }

    /// What one of its programs is: a step has a place in a tree.
    pub fn kind(self) -> &'static str {
        match self {
            Part::Mapping => "program",
            Part::Evolution | Part::Network => "step",
            Part::Fork => "fork",
        }
    }

    /// Whether a program's name begins with its number, `s01-cache`: then that number is its place in the part. The
    /// names of others do not say when they are told, so they have the places of their chapters.
    pub fn is_numbered(self) -> bool {
        match self {
            Part::Evolution | Part::Network => true,
            Part::Mapping | Part::Fork => false,
        }
    }

    /// Whether its programs have the command line of a step, and so can tell what they do while they run.
    pub fn speaks_in_events(self) -> bool {
        match self {
            Part::Mapping => false,
            Part::Evolution | Part::Network | Part::Fork => true,
        }
    }

    /// Whether its programs print a report that an oracle can judge: only such a program can be forked.
    pub fn has_reports(self) -> bool {
        match self {
            Part::Mapping => false,
            Part::Evolution | Part::Network | Part::Fork => true,
        }
    }

    /// Whether each of its programs has a twin in Go.
    pub fn has_twins(self) -> bool {
        match self {
            Part::Mapping => true,
            Part::Evolution | Part::Network | Part::Fork => false,
        }
    }

    /// The suite whose cases measure its programs; forks are measured one by one, beside their parents.
    pub fn suite(self) -> Option<&'static str> {
        match self {
            Part::Mapping => Some("mapping"),
            Part::Evolution => Some("evolution"),
            // Its measurements come with its steps.
            Part::Network | Part::Fork => None,
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_found_by_its_name() {
        for part in Part::OF_THE_BOOK {
            assert_eq!(Part::named(part.name()), Some(part));
            assert_eq!(part.folder(), format!("code/{part}"));
        }
        assert_eq!(Part::named("start"), None);
    }
}
