//! Who mostly waits for somebody far away leaves cores idle that others of the kind can wait on.

use std::collections::BTreeMap;
use std::thread;

use results::{Case, Suite};

/// Of the machine's cores, those that wait beside one another may ask for so much together, and one of them for half of
/// that: with two cores, one is left to whoever needs it at the wrong moment.
const ROOM: f64 = 0.5;

/// A shorter run is soon over by itself, and more of it is its start.
const LONG_S: f64 = 0.5;

/// What is known of one that waits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Waiting {
    seconds: f64,
    /// How much of a core's time it needs, of its own.
    share: f64,
}

impl Waiting {
    /// One that took so long, and so much processor time in that; none if it does not mostly wait.
    pub(super) fn of(seconds: f64, cpu_s: f64, room: f64) -> Option<Waiting> {
        let share = cpu_s / seconds;
        (seconds > LONG_S && share <= room / 2.0).then_some(Waiting { seconds, share })
    }
}

/// Who of a suite has waited when it was measured before, by the names of the cases.
pub(super) fn known(suite: &Suite, room: f64) -> BTreeMap<String, Waiting> {
    let of = |case: &Case| {
        let median = |metric: &str| Some(case.metrics.get(metric)?.summary().median);
        Waiting::of(median("seconds")?, median("cpu_s")?, room)
    };
    let cases = suite.cases.iter();
    cases
        .filter_map(|(id, case)| Some((id.clone(), of(case)?)))
        .collect()
}

/// How many cores those that wait may ask for together.
pub(super) fn room() -> f64 {
    ROOM * thread::available_parallelism().map_or(1.0, |cores| cores.get() as f64)
}

/// Who of those that wait has a turn at one time. The longest come first, each beside the first that leave room for it
/// (first fit, decreasing), because a group takes as long as its longest.
pub(super) fn groups(waiting: &BTreeMap<usize, Waiting>, room: f64) -> Vec<Vec<usize>> {
    let mut longest_first: Vec<(usize, Waiting)> = waiting.iter().map(|(&n, &w)| (n, w)).collect();
    longest_first.sort_by(|(_, a), (_, b)| b.seconds.total_cmp(&a.seconds));
    let mut groups: Vec<(f64, Vec<usize>)> = Vec::new();
    for (number, Waiting { share, .. }) in longest_first {
        match groups.iter_mut().find(|(asked, _)| asked + share <= room) {
            Some((asked, group)) => {
                *asked += share;
                group.push(number);
            }
            None => groups.push((share, vec![number])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_busy_or_soon_over_does_not_wait() {
        let waits = |seconds, cpu_s| Waiting::of(seconds, cpu_s, 1.0).is_some();
        assert!(waits(5.0, 1.0));
        assert!(waits(5.0, 2.5));
        assert!(!waits(5.0, 2.6));
        assert!(!waits(0.5, 0.1));
        assert!(!waits(0.0, 0.0));
    }

    #[test]
    fn those_of_about_one_length_wait_together_as_far_as_there_is_room() {
        let of = |seconds: f64, share: f64| Waiting::of(seconds, seconds * share, 1.0).unwrap();
        let waiting = [
            (3, of(2.0, 0.25)),
            (4, of(5.0, 0.5)),
            (7, of(5.0, 0.25)),
            (8, of(1.0, 0.125)),
            (9, of(3.0, 0.375)),
        ];
        let groups = groups(&BTreeMap::from(waiting), 1.0);
        assert_eq!(groups, [vec![4, 7, 3], vec![9, 8]]);
    }

    #[test]
    fn half_of_the_cores_is_room() {
        let cores = thread::available_parallelism().unwrap().get() as f64;
        assert_eq!(room() * 2.0, cores);
    }
}
