//! Declared dead on real code: every schedule of the model is put to the ledger that decides in n03 which report counts.
//!
//! Where the model merges, the ledger merges; the naive one counts twice in those schedules in which the model does, and
//! the fenced one in none. That whole runs do the same is for n03's own tests, `liars`.

use std::sync::Arc;
use std::time::Duration;

use ledger::{Ledger, Verdict};
use play::{End, Graph, PLAYS, Play};
use proofs::leased::{ranges, terms};
use ranges::{Lease, Part, Range};
use terms::Repair;
use tokio::time::Instant;

#[allow(dead_code, reason = "the plays need a part of it")]
#[path = "../../network/n03-failure/src/ledger.rs"]
mod ledger;

const A: usize = 0;
const B: usize = 1;
const HITS: u64 = 3;

/// Each schedule of a model: the choices from its beginning to an end, and the end.
fn schedules(graph: &Graph) -> Vec<(Vec<&str>, usize)> {
    let mut found = Vec::new();
    let mut open = vec![(Vec::new(), 0)];
    while let Some((way, here)) = open.pop() {
        for choice in &graph.positions[here].choices {
            let mut way: Vec<&str> = way.clone();
            way.push(&graph.texts[choice.does]);
            open.push((way, choice.to));
        }
        if graph.positions[here].end.is_some() {
            found.push((way, here));
        }
    }
    found
}

/// The hits that the real ledger lets count under a schedule.
fn total(repair: Repair, schedule: &[&str]) -> u64 {
    let (mut ledger, now) = (Ledger::new(repair), Instant::now());
    let mut leases: [Option<Lease>; 2] = [None; 2];
    let mut total = 0;
    ledger.add(Range {
        number: 7,
        part: Arc::new(Part(1)),
    });
    for &step in schedule {
        match step {
            "gives the range to A" => leases[A] = lend(&mut ledger, A, now),
            "declares A dead" => {
                ledger.take_back(A, now);
                leases[B] = lend(&mut ledger, B, now);
            }
            "receives A’s sum" | "receives B’s sum" => {
                let from = if step.contains('A') { A } else { B };
                let lease = leases[from].expect("it has the range");
                if let Verdict::Merge(_) = ledger.judge(from, lease, 1) {
                    total += HITS;
                }
            }
            "receives the range" | "counts" | "sends its sum" | "dies" => {}
            other => panic!("the model has a step that the ledger does not know: {other}"),
        }
    }
    total
}

fn lend(ledger: &mut Ledger, to: usize, now: Instant) -> Option<Lease> {
    let task = ledger.hand_out(to, now, Some(Duration::from_secs(1)));
    task.map(|task| task.lease)
}

/// How many schedules there are, and in how many of them the ledger counts twice.
fn counted_twice(graph: &Graph, repair: Repair) -> (u64, u64) {
    let shown = graph.shown.iter().position(|name| name == "the total");
    let shown = shown.expect("the play shows its total");
    let schedules = schedules(graph);
    let mut twice = 0;
    for (schedule, end) in &schedules {
        let position = &graph.positions[*end];
        let total = total(repair, schedule);
        let says = &graph.texts[position.values[shown]];
        assert_eq!(&total.to_string(), says, "{repair:?}: {schedule:#?}");
        let is_bad = matches!(position.end, Some(End::Bad(_)));
        assert_eq!(total > HITS, is_bad, "{repair:?}: {schedule:#?}");
        twice += u64::from(total > HITS);
    }
    (schedules.len() as u64, twice)
}

fn declared_dead() -> &'static Play {
    let mut plays = PLAYS.iter();
    plays
        .find(|play| play.name == "declared-dead")
        .expect("a play")
}

#[test]
fn the_naive_ledger_counts_twice_where_the_model_does() {
    let graph = declared_dead().broken();
    let (schedules, twice) = counted_twice(&graph, Repair::Naive);
    assert_eq!(schedules, graph.counts.schedules);
    assert_eq!(twice, graph.counts.bad_schedules);
    assert!(twice > 0);
    let shortest = graph.shortest_way();
    let shortest = shortest
        .iter()
        .map(|(_, choice)| &*graph.texts[choice.does]);
    let shortest: Vec<&str> = shortest.collect();
    assert_eq!(total(Repair::Naive, &shortest), 2 * HITS);
    assert_eq!(total(Repair::Fenced, &shortest), HITS, "the same schedule");
}

#[test]
fn the_fenced_ledger_counts_once_in_every_schedule() {
    let graph = declared_dead().repaired();
    let (schedules, twice) = counted_twice(&graph, Repair::Fenced);
    assert_eq!(schedules, graph.counts.schedules);
    assert_eq!(twice, 0);
}
