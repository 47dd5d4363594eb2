//! "Topology doesn't change": which keys move when one more node comes.

/// SplitMix64's mixing of bits, by Sebastiano Vigna: a hash that is the same everywhere.
fn hash(key: u64) -> u64 {
    let mut bits = key.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// A rule that says to which of so many nodes a key belongs.
pub type Owner = fn(u64, u64) -> u64;

// ANCHOR: owners
/// The owner by remainder: the obvious way.
pub fn remainder(key: u64, nodes: u64) -> u64 {
    hash(key) % nodes
}

/// The owner by rendezvous: every node makes a bid for the key, and the highest
/// wins. One more node makes one more bid, so a key moves only to the new node
/// (Thaler and Ravishankar, 1998).
pub fn rendezvous(key: u64, nodes: u64) -> u64 {
    let bid = |node: &u64| hash(key ^ hash(*node));
    (0..nodes).max_by_key(bid).expect("there is a node")
}
// ANCHOR_END: owners

/// How many of these keys have another owner when one more node has come. It is also how many messages go to the
/// wrong node while the sender does not know of it yet.
pub fn moved(keys: u64, nodes: u64, owner: Owner) -> usize {
    let moves = |key: &u64| owner(*key, nodes) != owner(*key, nodes + 1);
    (0..keys).filter(moves).count()
}
