//! The messages between nodes.

use tokio::sync::oneshot;

// ANCHOR: message
/// What can be said to a node.
#[derive(Debug)]
pub enum Message {
    /// Count this.
    Add(u64),
    /// Say what you have counted, to this address.
    Read(oneshot::Sender<u64>),
    /// Something that it was not made for.
    Nonsense,
}
// ANCHOR_END: message
