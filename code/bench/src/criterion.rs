//! Reading what criterion left behind, and what a bench says beside it.

pub(crate) use results::criterion::{Samples, read};

/// What a bench says beside its times, a line for each: `also CASE METRIC VALUE UNIT`.
pub(crate) fn also(output: &[u8]) -> Vec<(String, String, f64, String)> {
    let text = String::from_utf8_lossy(output);
    text.lines()
        .filter_map(|line| {
            let mut words = line.strip_prefix("also ")?.split(' ').map(str::to_owned);
            let (case, metric) = (words.next()?, words.next()?);
            Some((case, metric, words.next()?.parse().ok()?, words.next()?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_bench_says_beside_its_times_is_read() {
        let output =
            b"Benchmarking\nalso shards/get[shards=1] contended_share 0.25 share\nalso not\n";
        let said = ("shards/get[shards=1]", "contended_share", 0.25, "share");
        let (case, metric, value, unit) = said;
        assert_eq!(
            also(output),
            [(case.into(), metric.into(), value, unit.into())]
        );
    }
}
