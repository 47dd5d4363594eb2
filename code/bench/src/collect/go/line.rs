//! One line of a Go benchmark's report, and the name of the case that it is about.
//!
//! ```text
//! BenchmarkSend/capacity=64-2   5240312   228.4 ns/op   0 B/op   0 allocs/op
//! go/channels-are-queues/send[capacity=64]
//! ```

/// What one line reports.
#[derive(Debug, PartialEq)]
pub(super) struct Report {
    /// The name of the case.
    pub case: String,
    /// What Go calls it, without the number of cores.
    pub name: String,
    /// Metric, unit and value.
    pub figures: Vec<(String, String, f64)>,
}

/// Reads a line; none if it is not one of a benchmark. `cores` is what Go puts behind the name.
pub(super) fn report(twin: &str, line: &str, cores: usize) -> Option<Report> {
    let mut words = line.split_whitespace();
    let name = without_cores(words.next()?, cores);
    let operation = name.strip_prefix("Benchmark")?;
    let _iterations: u64 = words.next()?.parse().ok()?;
    let words: Vec<&str> = words.collect();
    let figures = words
        .chunks_exact(2)
        .filter_map(|figure| {
            let (metric, unit) = metric(figure[1]);
            Some((metric, unit, figure[0].parse().ok()?))
        })
        .collect();
    Some(Report {
        case: case(twin, operation),
        name: name.to_owned(),
        figures,
    })
}

/// The pattern that matches a benchmark of this name and no other. Each part of the name has a pattern of its own.
pub(super) fn pattern(name: &str) -> String {
    let mut pattern = "^".to_owned();
    for letter in name.chars() {
        if letter == '/' {
            pattern += "$/^";
            continue;
        }
        if letter.is_ascii_punctuation() {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern + "$"
}

fn without_cores(name: &str, cores: usize) -> &str {
    // One core is not told.
    let told = (cores > 1).then(|| format!("-{cores}"));
    told.and_then(|cores| name.strip_suffix(&cores))
        .unwrap_or(name)
}

/// The function that only holds others: its cases are named by what it calls them.
const HOLDER: &str = "Costs";

/// `RoundTrip/tcp/bytes=64` is `go/TWIN/round-trip/tcp[bytes=64]`, and so is `Costs/round-trip/tcp[bytes=64]`.
fn case(twin: &str, name: &str) -> String {
    let mut base = format!("go/{twin}");
    let mut parameters: Vec<&str> = Vec::new();
    for part in name.split('/').filter(|part| *part != HOLDER) {
        let (word, inside) = match part.split_once('[') {
            Some((word, inside)) => (word, inside.trim_end_matches(']')),
            None if part.contains('=') => ("", part),
            None => (part, ""),
        };
        if !word.is_empty() {
            base += "/";
            base += &hyphenated(word);
        }
        if !inside.is_empty() {
            parameters.push(inside);
        }
    }
    if parameters.is_empty() {
        base
    } else {
        format!("{base}[{}]", parameters.join(","))
    }
}

/// `RoundTrip` as `round-trip`, and what Go writes for a blank as a hyphen, too.
fn hyphenated(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        match letter {
            'A'..='Z' if !words.is_empty() && !words.ends_with('-') => {
                words.push('-');
                words.push(letter.to_ascii_lowercase());
            }
            '_' => words.push('-'),
            _ => words.push(letter.to_ascii_lowercase()),
        }
    }
    words
}

/// A metric and its unit by what Go calls them. One that a benchmark reports by itself says its unit last:
/// `p99-ns`, `idle-bytes`.
fn metric(unit: &str) -> (String, String) {
    match unit {
        "ns/op" => ("ns".into(), "ns".into()),
        "B/op" => ("bytes_per_op".into(), "bytes".into()),
        // Memory that something holds, as it is called for the programs in Rust: `B/node`.
        held if held.starts_with("B/") => ("memory_bytes".into(), "bytes".into()),
        "allocs/op" => ("allocs_per_op".into(), String::new()),
        "MB/s" => ("mb_per_s".into(), "MB/s".into()),
        own => {
            let known = ["ns", "bytes", "share", "s"];
            let unit = own.rsplit_once('-').map(|(_, unit)| unit);
            let unit = unit.filter(|unit| known.contains(unit)).unwrap_or_default();
            (own.replace('/', "_per_").replace('-', "_"), unit.into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_case_with_its_figures() {
        let line = "BenchmarkRoundTrip/tcp/bytes=64-2   \t 5240312\t 228.4 ns/op\t 912.5 p99-ns\t 16 B/op\t 1 allocs/op";
        let report = report("traits-are-rpc", line, 2).expect("a report");
        assert_eq!(report.case, "go/traits-are-rpc/round-trip/tcp[bytes=64]");
        assert_eq!(report.name, "BenchmarkRoundTrip/tcp/bytes=64");
        let figure = |metric: &str, unit: &str, value| (metric.to_owned(), unit.to_owned(), value);
        assert_eq!(
            report.figures,
            [
                figure("ns", "ns", 228.4),
                figure("p99_ns", "ns", 912.5),
                figure("bytes_per_op", "bytes", 16.0),
                figure("allocs_per_op", "", 1.0),
            ]
        );
    }

    #[test]
    fn the_number_of_cores_is_no_part_of_a_name() {
        let case = |line: &str, cores| report("t", line, cores).expect("a report").case;
        assert_eq!(case("BenchmarkSpawn-2 10 5 ns/op", 2), "go/t/spawn");
        assert_eq!(case("BenchmarkSpawn 10 5 ns/op", 1), "go/t/spawn");
        assert_eq!(
            case("BenchmarkSend/n=4-16 10 5 ns/op", 16),
            "go/t/send[n=4]"
        );
        assert_eq!(case("BenchmarkPingPong 10 5 ns/op", 2), "go/t/ping-pong");
    }

    #[test]
    fn parameters_may_be_written_as_in_the_book() {
        let case = |line: &str| report("t", line, 2).expect("a report").case;
        assert_eq!(
            case("BenchmarkCosts/select[ways=4]-2 1 5 ns/op"),
            "go/t/select[ways=4]"
        );
        assert_eq!(
            case("BenchmarkGet/holder=lock,threads=2-2 1 5 ns/op"),
            "go/t/get[holder=lock,threads=2]"
        );
        assert_eq!(metric("B/node"), ("memory_bytes".into(), "bytes".into()));
    }

    #[test]
    fn a_pattern_matches_one_benchmark() {
        assert_eq!(pattern("BenchmarkSpawn"), "^BenchmarkSpawn$");
        let pattern = pattern("BenchmarkCosts/select[ways=4]");
        assert_eq!(pattern, r"^BenchmarkCosts$/^select\[ways\=4\]$");
    }

    #[test]
    fn other_lines_are_none() {
        for line in [
            "",
            "goos: linux",
            "PASS",
            "BenchmarkSpawn",
            "BenchmarkSpawn\t--- FAIL",
            "ok  x 1.2s",
        ] {
            assert_eq!(report("t", line, 2), None, "{line}");
        }
    }
}
