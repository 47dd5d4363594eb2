//! What the directory says about a client.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Who holds an address: a cheap handle to a shared name.
///
/// A client that the directory's table does not cover has the holder [`Holder::unknown`]; that is
/// an answer like any other.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Holder(Arc<str>);

/// The directory gave no answer in time: it was slow, silent, broken or gone.
///
/// Never worth caching: the next request may succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unresolved;

/// What a lookup brings: a holder, or the honest lack of one.
pub type Answer = Result<Holder, Unresolved>;

impl Holder {
    /// A holder of this name.
    pub fn new(name: &str) -> Holder {
        Holder(name.into())
    }

    /// The holder of every client that the table does not cover.
    pub fn unknown() -> Holder {
        Holder::new("unknown")
    }

    /// The holder's name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Serialize for Holder {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Holder {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Holder, D::Error> {
        String::deserialize(deserializer).map(|name| Holder::new(&name))
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unresolved")
    }
}

impl std::error::Error for Unresolved {}
