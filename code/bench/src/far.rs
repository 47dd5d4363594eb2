//! How far it goes, on paper: what the parts of n03 cost by the network's measurements, and what follows from that
//! for more nodes than we have.
//!
//! It is arithmetic, of the kind that the USE method and Little's law ask for: a part that is busy all the time is the
//! limit. What is assumed stands here as a constant, and is said in the chapter.

use anyhow::{Context, Result, ensure};
use results::{Metric, Suite};
use traffic::generator::{Workload, write_log};

/// The nodes that are asked about.
const NODES: [u32; 7] = [1, 3, 10, 100, 1_000, 10_000, 100_000];

/// Assumed: lines that each node has to count.
const LINES: f64 = 10e6;

/// Assumed: a node fails once in so many days.
const DAYS_TO_FAIL: f64 = 3.0 * 365.25;

/// Assumed: one node in so many is slow at any time.
const ONE_SLOW_IN: f64 = 100.0;

/// Assumed: so many reports are merged in one place of a tree.
const FAN_IN: f64 = 32.0;

/// How often a worker of n03 says that it is there, a second.
const BEATS: f64 = 4.0;

/// Ranges that a worker of n03 has at a time, and their lines.
const LEASES: f64 = 4.0;
const RANGE_LINES: f64 = 1_000.0;

/// A number that was worked out: its case, its metric, its unit.
pub(crate) type Figure = (String, &'static str, &'static str, f64);

/// What the parts of a run cost in processor time, in seconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Costs {
    /// To read a line.
    read: f64,
    /// To merge what is in a line, where a report is of a thousand.
    merge: f64,
    /// To the run, for a line: it is read, sent and merged.
    pub run_line: f64,
    /// To a worker, for a line.
    pub worker_line: f64,
    /// To either of them, for a range: that is what a range costs beside its lines, halved.
    pub range: f64,
    /// To merge the report on many lines, as of the largest ranges that were measured.
    report: f64,
    /// For a message by itself, at one of its ends, at most: half of the time that it and its answer take.
    message: f64,
    /// Bytes of a line.
    line_bytes: f64,
}

impl Costs {
    /// Reads them from what was measured of the network.
    ///
    /// # Errors
    ///
    /// If something was not measured, or the measurements make no sense together.
    pub(crate) fn of(network: &Suite) -> Result<Costs> {
        let n03 = |range: u32, metric: &str| median(network, &n03(range), metric);
        let hop = |wire, batch, size| {
            let case = format!("network/hop/{wire}[batch={batch},size={size}]");
            Ok::<_, anyhow::Error>(median(network, &case, "ns")? / 1e9)
        };
        // Two equations, of many ranges and of few: processor time = lines * line + ranges * range.
        let (lines, many, few) = (n03(100, "lines")?, 100, 8_000);
        let more = n03(many, "done.ranges")? - n03(few, "done.ranges")?;
        let range = (n03(many, "cpu_s")? - n03(few, "cpu_s")?) / more;
        let line = (n03(few, "cpu_s")? - n03(few, "done.ranges")? * range) / lines;
        let busy = |of, stage: &str| {
            let share = n03(of, &format!("busy_share.{stage}"))?;
            Ok::<_, anyhow::Error>(share * n03(of, "seconds")?)
        };
        let (read, merge) = (busy(1_000, "read")? / lines, busy(1_000, "merge")? / lines);
        let line_bytes = line_bytes()?;
        // What a byte costs is paid half at either end.
        let send = line_bytes * hop("remoc-unix", 64, 4096)? / 4096.0 / 2.0;
        let run_line = read + send + merge;
        let costs = Costs {
            read,
            merge,
            run_line,
            worker_line: line - run_line,
            range: range / 2.0,
            report: busy(64_000, "merge")? / n03(64_000, "done.ranges")? + range / 2.0,
            message: hop("remoc-tcp", 1, 64)? / 2.0,
            line_bytes,
        };
        ensure!(
            costs.worker_line > 0.0 && costs.range > 0.0,
            "the measurements of n03 do not fit together: {costs:?}"
        );
        Ok(costs)
    }

    /// All that is worked out from them.
    pub(crate) fn figures(&self) -> Vec<Figure> {
        let mut figures = self.parts();
        figures.extend(self.walls());
        for nodes in NODES {
            figures.extend(self.at(nodes));
        }
        figures
    }

    fn parts(&self) -> Vec<Figure> {
        let of = |metric, s: f64| ("far/costs".to_owned(), metric, "ns", s * 1e9);
        vec![
            of("run_line", self.run_line),
            of("worker_line", self.worker_line),
            of("range", self.range),
            of("report", self.report),
            of("message", self.message),
        ]
    }

    /// How many nodes it takes until something else is the limit.
    fn walls(&self) -> Vec<Figure> {
        let of = |metric, nodes| ("far/walls".to_owned(), metric, "", nodes);
        let pays = |line: f64| line + self.range / RANGE_LINES;
        vec![
            of("run", pays(self.worker_line) / pays(self.run_line)),
            of(
                "partition",
                pays(self.worker_line + self.read) / pays(self.merge),
            ),
            of("combine", LINES * self.own_line() / self.report),
            of("beats", 1.0 / (BEATS * self.message)),
            of("slow", 0.5_f64.ln() / (1.0 - 1.0 / ONE_SLOW_IN).ln()),
            of("fails_daily", DAYS_TO_FAIL),
        ]
    }

    /// What becomes of so many nodes.
    fn at(&self, nodes: u32) -> Vec<Figure> {
        let case = |shape: &str| format!("far/nodes[nodes={nodes}{shape}]");
        let n = f64::from(nodes);
        let pays = |line: f64| line + self.range / RANGE_LINES;
        // Many lines through one run: the slower of the two sides.
        let through = |worker: f64, run: f64| (n / pays(worker)).min(1.0 / pays(run));
        // Its own lines on each node, and then all reports.
        let own = |merging: f64| n * LINES / (LINES * self.own_line() + merging);
        let rates = [
            ("run", through(self.worker_line, self.run_line)),
            (
                "partition",
                through(self.worker_line + self.read, self.merge),
            ),
            ("combine", own(n * self.report)),
            ("tree", own(self.tree(n))),
        ];
        let mut figures: Vec<Figure> = rates
            .into_iter()
            .map(|(shape, rate)| {
                let case = case(&format!(",shape={shape}"));
                (case, "lines_per_s", "lines/s", rate)
            })
            .collect();
        let daily = n / DAYS_TO_FAIL;
        let of = |metric, unit, value| (case(""), metric, unit, value);
        figures.extend([
            of("merging_s", "s", n * self.report),
            of("tree_s", "s", self.tree(n)),
            of("failures_per_day", "", daily),
            of("fails_every_s", "s", 86_400.0 / daily),
            of(
                "slow_share",
                "share",
                1.0 - (1.0 - 1.0 / ONE_SLOW_IN).powf(n),
            ),
            of("beats_cores", "", n * BEATS * self.message),
            of(
                "memory_bytes",
                "bytes",
                n * LEASES * RANGE_LINES * self.line_bytes,
            ),
        ]);
        figures
    }

    /// What a node that has its lines pays for each of them.
    fn own_line(&self) -> f64 {
        self.read + self.worker_line
    }

    /// How long the last report waits in a tree: on each level a place merges so many, all places at the same time.
    fn tree(&self, nodes: f64) -> f64 {
        let (mut left, mut time) = (nodes, 0.0);
        while left > 1.0 {
            time += left.min(FAN_IN) * self.report;
            left = (left / FAN_IN).ceil();
        }
        time
    }
}

/// The case of n03 with two processes and ranges of so many lines.
fn n03(range: u32) -> String {
    format!("network/n03-failure[lines=300000,processes=2,range={range}]")
}

fn median(suite: &Suite, case: &str, metric: &str) -> Result<f64> {
    let found = suite.cases.get(case);
    let found = found.and_then(|case| case.metrics.get(metric));
    let found: &Metric = found.with_context(|| format!("{case} {metric} is not measured"))?;
    Ok(found.summary().median)
}

/// How long a line of the log is that was measured.
fn line_bytes() -> Result<f64> {
    const LINES: u64 = 10_000;
    let mut log = Vec::new();
    write_log(Workload::Steady, 1, LINES, &mut log, &mut |_| true)?;
    Ok(log.len() as f64 / LINES as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COSTS: Costs = Costs {
        read: 0.1e-6,
        merge: 0.1e-6,
        run_line: 0.3e-6,
        worker_line: 3e-6,
        range: 100e-6,
        report: 1e-3,
        message: 50e-6,
        line_bytes: 200.0,
    };

    fn of(case: &str, metric: &str) -> f64 {
        let figures = COSTS.figures();
        let found = figures.iter().find(|(c, m, ..)| c == case && *m == metric);
        found.unwrap_or_else(|| panic!("{case} {metric}")).3
    }

    fn rate(nodes: u32, shape: &str) -> f64 {
        of(
            &format!("far/nodes[nodes={nodes},shape={shape}]"),
            "lines_per_s",
        )
    }

    #[test]
    fn a_run_is_full_at_its_wall_and_no_faster_behind_it() {
        let wall = of("far/walls", "run");
        assert!((7.7..7.8).contains(&wall), "{wall}");
        assert!(rate(3, "run") > 2.9 * rate(1, "run"));
        assert_eq!(rate(10, "run"), rate(100_000, "run"));
    }

    #[test]
    fn each_shape_goes_further_than_the_one_before() {
        let rates = ["run", "partition", "combine", "tree"].map(|shape| rate(100_000, shape));
        assert!(rates.is_sorted(), "{rates:?}");
        // At its wall the one place that merges takes as long as all the counting: half the rate is left.
        let wall = of("far/walls", "combine");
        assert!((30_999.0..31_001.0).contains(&wall), "{wall}");
    }

    #[test]
    fn a_tree_waits_for_one_place_a_level() {
        assert_eq!(COSTS.tree(1.0), 0.0);
        assert!((COSTS.tree(10.0) - 0.010).abs() < 1e-9);
        assert!((COSTS.tree(32.0 * 32.0) - 0.064).abs() < 1e-9);
    }

    #[test]
    fn what_was_not_measured_is_told() {
        let suite = r#"{"suite":"network","machine":{"name":"m","cpu":"c","cores":2,"memory_bytes":1,"os":"o","kernel":"k"},
            "rustc":"r","commit":"c","date":"d","command":"c","workload":"w","load_average":[0,0],"cases":{}}"#;
        let suite: Suite = serde_json::from_str(suite).expect("a suite");
        let err = Costs::of(&suite).expect_err("nothing is measured");
        assert!(err.to_string().contains("is not measured"), "{err}");
    }
}
