//! What was lost with a worker, until it is merged: so that the run can say when a loss is mended, and how long
//! that took.

use std::collections::BTreeSet;

use tokio::time::Instant;

/// The losses that are not mended yet.
#[derive(Debug, Default)]
pub struct Repairs(Vec<Repair>);

/// Ranges that a worker was given up with, and that are not merged yet.
#[derive(Debug)]
struct Repair {
    name: String,
    last_word: Instant,
    left: BTreeSet<u64>,
}

impl Repairs {
    /// A worker was given up with ranges, of which there is at least one.
    pub fn begin(&mut self, name: String, last_word: Instant, ranges: Vec<u64>) {
        let left = ranges.into_iter().collect();
        self.0.push(Repair {
            name,
            last_word,
            left,
        });
    }

    /// A range was merged: a sentence for each loss that is mended with it. A range that was lost twice is in two.
    pub fn merged(&mut self, range: u64) -> Vec<String> {
        let is_mended = |repair: &mut Repair| {
            repair.left.remove(&range);
            repair.left.is_empty()
        };
        let mended = self.0.extract_if(.., is_mended);
        let sentence = |repair: Repair| {
            let (name, ms) = (repair.name, repair.last_word.elapsed().as_millis());
            format!("what {name} had is merged, {ms} ms after its last word")
        };
        mended.map(sentence).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loss_is_mended_with_the_last_of_its_ranges() {
        let mut repairs = Repairs::default();
        let names_told = |repairs: &mut Repairs, range| -> Vec<String> {
            let told = repairs.merged(range).into_iter();
            told.map(|sentence| {
                sentence
                    .split_whitespace()
                    .nth(1)
                    .expect("a name")
                    .to_owned()
            })
            .collect()
        };
        repairs.begin("a".into(), Instant::now(), vec![3, 4]);
        repairs.begin("b".into(), Instant::now(), vec![4, 9]);
        assert!(names_told(&mut repairs, 1).is_empty());
        assert!(names_told(&mut repairs, 4).is_empty());
        assert_eq!(names_told(&mut repairs, 3), ["a"]);
        assert!(names_told(&mut repairs, 3).is_empty(), "told once");
        // Given up with a range that was another's before: the same range mends both.
        repairs.begin("c".into(), Instant::now(), vec![9]);
        assert_eq!(names_told(&mut repairs, 9), ["b", "c"]);
    }
}
