// The judge of `flapping-controller`.

use std::process::ExitCode;

use drill::{Promise, Verdict};
use flapping_controller::{Controller, Seen};

const WORKERS_MAX: usize = 64;

const PROMISES: &[Promise] = &[
    Promise {
        name: "within-the-limits",
        says: "There is always a worker, and never more than are allowed.",
        check: within_the_limits,
    },
    Promise {
        name: "it-rises-in-time",
        says: "When twenty times the work comes, there are enough workers within 150 looks.",
        check: it_rises_in_time,
    },
    Promise {
        name: "it-settles",
        says: "Under a steady load the number stays where it is.",
        check: it_settles,
    },
    Promise {
        name: "it-lets-go",
        says: "When the work is over, most of the workers go within 2,000 looks.",
        check: it_lets_go,
    },
    Promise {
        name: "it-is-enough",
        says: "Under a steady load no queue stays, and there are not many more workers than it takes.",
        check: it_is_enough,
    },
    Promise {
        name: "a-burst-is-let-pass",
        says: "A queue that is gone at the next look is no reason to hire.",
        check: a_burst_is_let_pass,
    },
];

/// A stage to which each look brings work for so many workers, on average: between half and one and a half times as much.
struct Stage {
    controller: Controller,
    workers: usize,
    waiting: f64,
    random: u64,
}

impl Stage {
    fn new() -> Stage {
        Stage {
            controller: Controller::new(WORKERS_MAX),
            workers: 1,
            waiting: 0.0,
            random: 7,
        }
    }

    /// The numbers of workers during so many looks.
    fn run(&mut self, demand: f64, looks: usize) -> Vec<usize> {
        (0..looks).map(|_| self.look(demand)).collect()
    }

    fn look(&mut self, demand: f64) -> usize {
        self.random = self
            .random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let jitter = 0.5 + (self.random >> 33) as f64 / f64::from(1_u32 << 31);
        self.waiting += demand * jitter;
        let busy = self.waiting.min(self.workers as f64);
        // A bounded channel: what has no room waits outside.
        self.waiting = (self.waiting - busy).min(64.0);
        self.workers = self.controller.decide(Seen {
            waiting: self.waiting as usize,
            idle: (self.workers as f64 - busy) as usize,
        });
        self.workers
    }
}

const DEMANDS: [f64; 6] = [0.5, 1.5, 3.0, 7.0, 20.0, 40.0];

fn within_the_limits() -> Verdict {
    for (demand, looks) in [(1_000.0, 500), (0.0, 5_000)] {
        let mut stage = Stage::new();
        let numbers = stage.run(demand, looks);
        let wrong = numbers
            .iter()
            .find(|number| !(1..=WORKERS_MAX).contains(*number));
        if let Some(wrong) = wrong {
            return Err(
                format!("Expected: 1 to {WORKERS_MAX} workers. There were {wrong}.").into(),
            );
        }
    }
    Ok(())
}

/// How the numbers begin: how many workers, and for how many looks.
fn stretches(numbers: &[usize]) -> String {
    let stretches = numbers.chunk_by(|one, next| one == next).take(6);
    let told: Vec<String> = stretches
        .map(|stretch| format!("{} ({})", stretch[0], stretch.len()))
        .collect();
    told.join(", ")
}

fn it_settles() -> Verdict {
    for demand in DEMANDS {
        let mut stage = Stage::new();
        stage.run(demand, 1_000);
        let numbers = stage.run(demand, 4_000);
        let changes = numbers.windows(2).filter(|pair| pair[0] != pair[1]).count();
        // A random load may well bring a run of heavy looks; one change or two is no flapping.
        if changes > 4 {
            return Err(format!(
                "Expected: with steady work for {demand} workers the number hardly changes in 4,000 looks. \
                 It changed {changes} times. It begins with these, for so many looks each: {}.",
                stretches(&numbers)
            )
            .into());
        }
    }
    Ok(())
}

fn it_is_enough() -> Verdict {
    for demand in DEMANDS {
        let mut stage = Stage::new();
        stage.run(demand, 1_000);
        let mut waited = 0.0;
        for _ in 0..4_000 {
            stage.look(demand);
            waited += stage.waiting;
        }
        let mean = waited / 4_000.0;
        let workers = stage.workers;
        if mean > 3.0 * demand.max(1.0) || workers as f64 > 2.0 * demand + 3.0 {
            return Err(format!(
                "Expected: work for {demand} workers has enough of them, and not many more. There are {workers}, and \
                 {mean:.1} items wait on average."
            )
            .into());
        }
    }
    Ok(())
}

fn it_rises_in_time() -> Verdict {
    let mut stage = Stage::new();
    stage.run(1.0, 2_000);
    let numbers = stage.run(20.0, 150);
    if numbers.last().is_some_and(|number| *number >= 20) {
        return Ok(());
    }
    Err(format!(
        "Expected: 150 looks after work for 20 workers came, there are 20. There are {}.",
        stage.workers
    )
    .into())
}

fn it_lets_go() -> Verdict {
    let mut stage = Stage::new();
    stage.run(40.0, 2_000);
    stage.run(1.0, 2_000);
    if stage.workers <= 5 {
        return Ok(());
    }
    Err(format!(
        "Expected: 2,000 looks after the work for 40 workers went down to that for 1, there are 5 at most. There are {}.",
        stage.workers
    )
    .into())
}

fn a_burst_is_let_pass() -> Verdict {
    let mut controller = Controller::new(WORKERS_MAX);
    let burst = Seen {
        waiting: 60,
        idle: 0,
    };
    let quiet = Seen {
        waiting: 0,
        idle: 1,
    };
    for look in 0..300 {
        let workers = controller.decide(if look % 10 == 0 { burst } else { quiet });
        if workers > 1 {
            return Err(format!(
                "Expected: one worker, for each burst is over at the next look. At look {look} there are {workers}."
            )
            .into());
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
