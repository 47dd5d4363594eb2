// The judge of `one-look-for-all`.

use std::process::ExitCode;

use drill::{Promise, Verdict};
use one_look_for_all::{Far, find};

const PROMISES: &[Promise] = &[
    Promise {
        name: "each-is-found",
        says: "Of each address it says how many numbers are not above it, in a table of any size.",
        check: each_is_found,
    },
    Promise {
        name: "no-journey-for-nothing",
        says: "No journey is made that asks for nothing.",
        check: no_journey_for_nothing,
    },
    Promise {
        name: "as-many-journeys-as-for-one",
        says: "A thousand addresses take no more journeys than one of them could.",
        check: as_many_journeys_as_for_one,
    },
    Promise {
        name: "no-more-looks",
        says: "No more numbers are asked for than searches one by one ask for.",
        check: no_more_looks,
    },
];

/// A table whose journeys are counted.
struct Counting {
    numbers: Vec<u32>,
    /// How many places each journey asked for.
    journeys: Vec<usize>,
}

impl Far for Counting {
    fn size(&self) -> usize {
        self.numbers.len()
    }

    fn ask(&mut self, places: &[usize]) -> Vec<u32> {
        self.journeys.push(places.len());
        places.iter().map(|&place| self.numbers[place]).collect()
    }
}

/// 10, 20, 30 and so on.
fn table(size: usize) -> Counting {
    Counting {
        numbers: (1..=size as u32).map(|number| 10 * number).collect(),
        journeys: Vec::new(),
    }
}

/// So many addresses, scattered over a table of this size and a little over its ends.
fn addresses(count: usize, size: usize) -> Vec<u32> {
    let span = 10 * (size as u32 + 2);
    (0..count as u32)
        .map(|number| number.wrapping_mul(0x9e37_79b9) % span)
        .collect()
}

/// The looks that a search needs at most: the table is halved so often until nothing is left.
fn looks_max(size: usize) -> usize {
    (usize::BITS - size.leading_zeros()) as usize
}

fn each_is_found() -> Verdict {
    for size in [0, 1, 2, 3, 7, 8, 100] {
        let mut sought = addresses(40, size);
        // On each number, and beside it.
        sought.extend((0..=10 * (size as u32 + 1)).step_by(5));
        sought.push(u32::MAX);
        let found = find(&mut table(size), &sought);
        if found.len() != sought.len() {
            return Err(format!(
                "Expected: an answer for each of {} addresses. There are {}.",
                sought.len(),
                found.len()
            )
            .into());
        }
        for (address, found) in sought.iter().zip(found) {
            let expected = size.min(*address as usize / 10);
            if found != expected {
                return Err(format!(
                    "The table is 10, 20 and so on, {size} numbers. Expected: {expected} of them are not above {address}. It says {found}."
                )
                .into());
            }
        }
    }
    Ok(())
}

fn no_journey_for_nothing() -> Verdict {
    for (count, size) in [(0, 100), (10, 0), (1, 1), (10, 100)] {
        let mut table = table(size);
        find(&mut table, &addresses(count, size));
        if table.journeys.contains(&0) {
            return Err(format!(
                "{count} addresses, and a table of {size} numbers. Expected: each journey asks for something. Their numbers of places were {:?}.",
                table.journeys
            )
            .into());
        }
    }
    Ok(())
}

fn as_many_journeys_as_for_one() -> Verdict {
    for size in [1, 4, 100, 1000] {
        let mut table = table(size);
        find(&mut table, &addresses(1000, size));
        let (journeys, most) = (table.journeys.len(), looks_max(size));
        if journeys > most {
            return Err(format!(
                "1000 addresses, and a table of {size} numbers. Expected: {most} journeys at most. There were {journeys}."
            )
            .into());
        }
    }
    Ok(())
}

fn no_more_looks() -> Verdict {
    for (count, size) in [(1, 1000), (10, 1000), (1000, 1000)] {
        let mut table = table(size);
        find(&mut table, &addresses(count, size));
        let (looks, most) = (
            table.journeys.iter().sum::<usize>(),
            count * looks_max(size),
        );
        if looks > most {
            return Err(format!(
                "{count} addresses, and a table of {size} numbers. Expected: {most} numbers asked for at most. There were {looks}."
            )
            .into());
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
