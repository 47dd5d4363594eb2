//! "There is one administrator": an upgrade, one node after another.
//!
//! The parts of a process are all of one version, since one compiler made them at one moment. Nodes have owners, and
//! owners have calendars.

/// What a node writes: since the second version with a region at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// `hit 512`
    Old,
    /// `hit 512 eu`
    New,
}

impl Version {
    /// A message of this version.
    pub fn write(self) -> &'static str {
        match self {
            Version::Old => "hit 512",
            Version::New => "hit 512 eu",
        }
    }

    /// How many words a message of this version has.
    fn words(self) -> usize {
        self.write().split(' ').count()
    }
}

/// How a node of some version reads a message: the bytes of the hit, if it understands it.
pub type Reader = fn(Version, &str) -> Option<u64>;

// ANCHOR: readers
/// The bytes of a hit, read by a node that takes only what it would have written
/// itself.
pub fn strict(reader: Version, message: &str) -> Option<u64> {
    let is_known = message.split(' ').count() == reader.words();
    is_known.then(|| message.split(' ').nth(1)?.parse().ok())?
}

/// The same, by a node that does without what is missing, and passes over what it
/// does not know.
pub fn tolerant(_reader: Version, message: &str) -> Option<u64> {
    message.split(' ').nth(1)?.parse().ok()
}
// ANCHOR_END: readers

/// Of all messages from each of so many nodes to each other one: how many are refused, before the upgrade and after each
/// node's.
pub fn refused(nodes: usize, read: Reader) -> Vec<usize> {
    let version = |node, upgraded| {
        if node < upgraded {
            Version::New
        } else {
            Version::Old
        }
    };
    (0..=nodes)
        .map(|upgraded| {
            let pairs = (0..nodes).flat_map(|from| (0..nodes).map(move |to| (from, to)));
            pairs
                .filter(|(from, to)| from != to)
                .filter(|&(from, to)| {
                    let message = version(from, upgraded).write();
                    read(version(to, upgraded), message) != Some(512)
                })
                .count()
        })
        .collect()
}
