//! Reading what criterion left behind: the samples, not its summary.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;
use walkdir::WalkDir;

/// One benchmark's samples, in seconds an iteration.
#[derive(Debug)]
pub struct Samples {
    /// The benchmark's full name: `evolution/s00-baseline`.
    pub id: String,
    /// Elements or bytes an iteration; 1 where the benchmark does not say.
    pub amount: f64,
    /// Each sample, in seconds an iteration.
    pub seconds: Vec<f64>,
}

#[derive(Deserialize)]
struct Benchmark {
    full_id: String,
    throughput: Option<Throughput>,
}

#[derive(Deserialize)]
enum Throughput {
    Elements(u64),
    Bytes(u64),
}

#[derive(Deserialize)]
struct Sample {
    iters: Vec<f64>,
    times: Vec<f64>,
}

/// Reads all benchmarks below criterion's output folder.
///
/// # Errors
///
/// If the folder holds none, or files that are not criterion's.
pub fn read(home: &Path) -> Result<Vec<Samples>> {
    let mut all = Vec::new();
    for entry in WalkDir::new(home).sort_by_file_name() {
        let entry = entry.with_context(|| format!("cannot read {}", home.display()))?;
        // The latest measurement of a benchmark is in a folder `new`.
        if entry.path().ends_with("new") && entry.path().join("sample.json").is_file() {
            all.push(samples(entry.path())?);
        }
    }
    anyhow::ensure!(!all.is_empty(), "criterion measured nothing");
    Ok(all)
}

fn samples(folder: &Path) -> Result<Samples> {
    let benchmark: Benchmark = json(&folder.join("benchmark.json"))?;
    let sample: Sample = json(&folder.join("sample.json"))?;
    let amount = match benchmark.throughput {
        Some(Throughput::Elements(amount) | Throughput::Bytes(amount)) => amount as f64,
        None => 1.0,
    };
    // Criterion's times are nanoseconds for all iterations of a sample together.
    let seconds = sample
        .times
        .iter()
        .zip(&sample.iters)
        .map(|(time, iters)| time / iters / 1e9)
        .collect();
    Ok(Samples {
        id: benchmark.full_id,
        amount,
        seconds,
    })
}

fn json<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<T> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not criterion's", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_read_as_criterion_writes_them() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("evolution/s00-baseline/new");
        std::fs::create_dir_all(&folder).unwrap();
        let benchmark = r#"{"group_id":"evolution","full_id":"evolution/s00-baseline","throughput":{"Elements":400}}"#;
        std::fs::write(folder.join("benchmark.json"), benchmark).unwrap();
        let sample = r#"{"sampling_mode":"Flat","iters":[2.0,1.0],"times":[4e9,3e9]}"#;
        std::fs::write(folder.join("sample.json"), sample).unwrap();
        let read = read(home.path()).unwrap();
        assert_eq!(
            (read[0].id.as_str(), read[0].amount),
            ("evolution/s00-baseline", 400.0)
        );
        assert_eq!(read[0].seconds, [2.0, 3.0]);
    }

    #[test]
    fn an_empty_folder_is_an_error() {
        assert!(read(tempfile::tempdir().unwrap().path()).is_err());
    }
}
