//! Counts the ways through a graph.

use crate::graph::{End, Position};

/// Counts the ways through a graph without circles.
///
/// # Panics
///
/// If there is a circle: then there is no end of schedules, and a model has to say how often a party tries.
pub fn schedules(positions: &[Position]) -> (u64, u64) {
    let mut known = vec![None; positions.len()];
    let mut under_way = vec![false; positions.len()];
    ways(positions, 0, &mut known, &mut under_way)
}

/// All ways from a position to an end, and those to a bad one.
fn ways(
    positions: &[Position],
    here: usize,
    known: &mut [Option<(u64, u64)>],
    under_way: &mut [bool],
) -> (u64, u64) {
    if let Some(ways) = known[here] {
        return ways;
    }
    assert!(!under_way[here], "position {here} comes back to itself");
    under_way[here] = true;
    let position = &positions[here];
    let counted = match position.end {
        Some(End::Good) => (1, 0),
        Some(End::Bad(_)) => (1, 1),
        None => position.choices.iter().fold((0, 0), |(all, bad), choice| {
            let (more, worse) = ways(positions, choice.to, known, under_way);
            (all + more, bad + worse)
        }),
    };
    known[here] = Some(counted);
    counted
}
