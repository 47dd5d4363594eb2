// The judge of `final-too-early`.

use std::process::ExitCode;

use drill::{Promise, Verdict};
use final_too_early::{Counter, Heard};

const PROMISES: &[Promise] = &[
    Promise {
        name: "an-epoch-is-whole",
        says: "When an epoch is told, nothing of it can come any more: its hits are all there.",
        check: an_epoch_is_whole,
    },
    Promise {
        name: "in-order-each-once",
        says: "Epochs are told in order, each once.",
        check: in_order_each_once,
    },
    Promise {
        name: "as-soon-as-it-is-known",
        says: "An epoch is told with the message that makes it final, and not with a later one.",
        check: as_soon_as_it_is_known,
    },
];

const WORKERS: usize = 3;
const EPOCHS: u64 = 4;
const SEEDS: u64 = 500;

/// What is said in one run, in the order in which it arrives.
struct Run {
    seed: u64,
    heard: Vec<Heard>,
    /// The hits of each epoch.
    hits: Vec<u64>,
}

/// Numbers by chance, the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

/// Parts arrive in any order. What a worker says when it is done arrives in its order, and before its parts or behind.
fn run(seed: u64) -> Run {
    let (mut dice, mut parts, mut hits) = (Dice(seed), Vec::new(), vec![0; EPOCHS as usize]);
    let mut done: Vec<Vec<Heard>> = Vec::new();
    for _ in 0..WORKERS {
        let mut says = Vec::new();
        for epoch in 0..EPOCHS {
            let number = dice.below(3);
            for _ in 0..number {
                let found = 1 + dice.below(9) as u64;
                hits[epoch as usize] += found;
                parts.push(Heard::Part { epoch, hits: found });
            }
            let parts = number as u64;
            says.push(Heard::Done { epoch, parts });
        }
        says.reverse();
        done.push(says);
    }
    let mut heard = Vec::new();
    while !parts.is_empty() || done.iter().any(|says| !says.is_empty()) {
        let way = dice.below(WORKERS + 2);
        match done.get_mut(way) {
            Some(says) => heard.extend(says.pop()),
            None if parts.is_empty() => {}
            None => heard.push(parts.swap_remove(dice.below(parts.len()))),
        }
    }
    Run { seed, heard, hits }
}

fn runs() -> impl Iterator<Item = Run> {
    (0..SEEDS).map(run)
}

/// Which epochs are final after so many messages: how many, from 0 on.
fn finals_after(heard: &[Heard]) -> u64 {
    let is_final = |wanted: &u64| {
        let (mut done, mut sent, mut come) = (0, 0, 0);
        for heard in heard {
            match heard {
                Heard::Part { epoch, .. } => come += u64::from(epoch == wanted),
                Heard::Done { epoch, parts } if epoch == wanted => {
                    (done, sent) = (done + 1, sent + parts);
                }
                Heard::Done { .. } => {}
            }
        }
        done == WORKERS && sent == come
    };
    (0..EPOCHS).take_while(is_final).count() as u64
}

/// What was said, in lines.
fn listed(heard: &[Heard]) -> String {
    let line = |heard: &Heard| match heard {
        Heard::Part { epoch, hits } => format!("\n  a part of epoch {epoch}, {hits} hits"),
        Heard::Done { epoch, parts } => {
            format!("\n  a worker is done with epoch {epoch}, {parts} parts")
        }
    };
    heard.iter().map(line).collect()
}

fn an_epoch_is_whole() -> Verdict {
    for Run { seed, heard, hits } in runs() {
        let mut counter = Counter::new(WORKERS);
        for number in 0..heard.len() {
            for (epoch, told) in counter.hear(heard[number]) {
                let all = hits.get(epoch as usize).copied().unwrap_or(0);
                if told != all {
                    return Err(format!(
                        "{WORKERS} workers, run {seed}. Expected: epoch {epoch} is told with all of its {all} hits. It was told with \
                         {told}, after:{}",
                        listed(&heard[..=number])
                    )
                    .into());
                }
            }
        }
    }
    Ok(())
}

fn in_order_each_once() -> Verdict {
    for Run { seed, heard, .. } in runs() {
        let mut counter = Counter::new(WORKERS);
        let told: Vec<u64> = heard
            .iter()
            .flat_map(|&heard| counter.hear(heard))
            .map(|(epoch, _)| epoch)
            .collect();
        let is_in_order = told.windows(2).all(|two| two[0] < two[1]);
        if !is_in_order || told.iter().any(|epoch| *epoch >= EPOCHS) {
            return Err(format!(
                "Run {seed}. Expected: epochs 0 to {} in order. Told were {told:?}.",
                EPOCHS - 1
            )
            .into());
        }
    }
    Ok(())
}

fn as_soon_as_it_is_known() -> Verdict {
    for Run { seed, heard, .. } in runs() {
        let (mut counter, mut told) = (Counter::new(WORKERS), 0);
        for number in 0..heard.len() {
            told += counter.hear(heard[number]).len() as u64;
            let expected = finals_after(&heard[..=number]);
            if told < expected {
                return Err(format!(
                    "{WORKERS} workers, run {seed}. Expected: {expected} epochs are told by now. There were {told}, after:{}",
                    listed(&heard[..=number])
                )
                .into());
            }
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
