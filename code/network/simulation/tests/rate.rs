//! The simulated rate of a run that nothing happens to. Its time is simulated: nothing here depends on the machine.

use std::time::Duration;

use simulation::rate::{Costs, Machine, lines_per_s};

const COSTS: Costs = Costs {
    run_line: Duration::from_nanos(400),
    run_range: Duration::from_micros(100),
    worker_line: Duration::from_nanos(3_000),
    worker_range: Duration::from_micros(100),
};

const RANGE_LINES: usize = 500;

fn rate(processes: usize, cores: usize) -> f64 {
    let machine = Machine { processes, cores };
    lines_per_s(&COSTS, &machine, 40, RANGE_LINES).expect("a run")
}

/// What the processors could do if they never waited.
fn bound(cores: f64) -> f64 {
    let range = COSTS.run_range + COSTS.worker_range;
    let line = COSTS.run_line + COSTS.worker_line;
    let lines = RANGE_LINES as f64;
    cores * lines / (range.as_secs_f64() + line.as_secs_f64() * lines)
}

#[test]
fn processors_are_busy_and_do_no_more_than_they_can() {
    for (processes, cores) in [(1, 1), (2, 2)] {
        let (rate, bound) = (rate(processes, cores), bound(cores as f64));
        assert!(
            (0.8 * bound..=1.001 * bound).contains(&rate),
            "{processes} on {cores}: {rate} of {bound}"
        );
    }
}

#[test]
fn the_same_costs_are_the_same_rate() {
    assert_eq!(rate(2, 2).to_bits(), rate(2, 2).to_bits());
}
