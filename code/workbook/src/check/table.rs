//! What is said of a wrong fork: which rows differ, on which log, and how to see it again.

use traffic::Counts;
use traffic::harness::thousands;
use traffic::oracle::Difference;

use super::trials::{Failure, How, Judgement};

/// How many rows are shown: a mistake is found by the first ones.
const ROWS_MAX: usize = 10;

/// Longer names are cut: a route may have a megabyte.
const LETTERS_MAX: usize = 40;

/// All that is wrong with a fork; nothing if it is right.
pub fn text(name: &str, judgement: &Judgement) -> String {
    let Some((first, others)) = judgement.failures.split_first() else {
        return String::new();
    };
    let mut text = format!(
        "{name} is wrong on {}: {}\n",
        first.log,
        in_short(&first.how)
    );
    if let How::Differs(differences) = &first.how {
        text += &table(differences);
    }
    text += &again(name, first);
    if !others.is_empty() {
        text += "\nand elsewhere:\n";
    }
    for failure in others {
        text += &format!("\non {}: {}\n", failure.log, in_short(&failure.how));
        text += &again(name, failure);
    }
    text
}

/// The command that repeats a run. CSV has a row a line, which is easier to search than JSON.
fn again(name: &str, failure: &Failure) -> String {
    format!(
        "  cargo run --release -- run {name} -- {} --format csv\n",
        failure.arguments
    )
}

/// `2 rows differ`
fn in_short(how: &How) -> String {
    match how {
        How::NoReport(why) => why.clone(),
        How::Differs(differences) => match differences.as_slice() {
            [Difference::Misplaced(..)] => "its rows are not in order".to_owned(),
            differences => {
                let rows = differences
                    .iter()
                    .filter(|difference| !matches!(difference, Difference::Total(..)))
                    .count();
                let totals = differences.len() - rows;
                match (rows, totals) {
                    (0, _) => format!("{} differ", project::count(totals, "total")),
                    (1, _) => "1 row differs".to_owned(),
                    _ => format!("{rows} rows differ"),
                }
            }
        },
    }
}

fn table(differences: &[Difference]) -> String {
    let head = ["holder", "route", "should be", "is"].map(str::to_owned);
    let shown = &differences[..differences.len().min(ROWS_MAX)];
    let rows: Vec<[String; 4]> = std::iter::once(head)
        .chain(shown.iter().map(cells))
        .collect();
    let widths = [0, 1, 2].map(|column| {
        let widths = rows.iter().map(|row| row[column].chars().count());
        widths.max().unwrap_or(0)
    });
    let [holder, route, should] = widths;
    let mut text = String::from("\n");
    for row in &rows {
        text += &format!(
            "  {:holder$}  {:route$}  {:should$}  {}\n",
            row[0], row[1], row[2], row[3]
        );
    }
    let more = differences.len() - shown.len();
    if more > 0 {
        text += &format!("  and {more} more\n");
    }
    text + "\n"
}

fn cells(difference: &Difference) -> [String; 4] {
    match difference {
        Difference::Total(name, expected, found) => [
            "all".to_owned(),
            "all".to_owned(),
            format!("{} {name}", thousands(*expected)),
            format!("{} {name}", thousands(*found)),
        ],
        Difference::Row {
            holder,
            route,
            expected,
            found,
        } => [
            printable(holder),
            printable(route),
            expected.map_or_else(|| "no such row".to_owned(), counts),
            found.map_or_else(|| "missing".to_owned(), counts),
        ],
        Difference::Twice(holder, route) => [
            printable(holder),
            printable(route),
            "one row".into(),
            "several rows".into(),
        ],
        Difference::Misplaced(holder, route) => [
            printable(holder),
            printable(route),
            "further up".into(),
            "too late".into(),
        ],
    }
}

fn counts(counts: Counts) -> String {
    let of = |number: u128, thing: &str| {
        format!(
            "{} {thing}{}",
            thousands(number),
            if number == 1 { "" } else { "s" }
        )
    };
    [
        of(counts.hits.into(), "hit"),
        of(counts.bytes, "byte"),
        of(counts.errors.into(), "error"),
    ]
    .join(", ")
}

/// A name without what would change the terminal, and not too long.
fn printable(name: &str) -> String {
    let mut letters = name.chars();
    let mut text: String = letters
        .by_ref()
        .take(LETTERS_MAX)
        .map(|char| if char.is_control() { '·' } else { char })
        .collect();
    if letters.next().is_some() {
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(route: &str, expected: Option<u64>, found: Option<u64>) -> Difference {
        let counts = |hits: u64| Counts {
            hits,
            bytes: u128::from(hits) * 1_000,
            errors: 1,
        };
        Difference::Row {
            holder: "RIPE NCC".to_owned(),
            route: route.to_owned(),
            expected: expected.map(counts),
            found: found.map(counts),
        }
    }

    fn judged(differences: Vec<Difference>) -> Judgement {
        let hang = Failure {
            log: "one newline".to_owned(),
            arguments: "target/check/one-newline.log --workers 1".to_owned(),
            how: How::NoReport("it hangs".to_owned()),
        };
        let first = Failure {
            log: "the workload steady".to_owned(),
            arguments: "--lines 3000 --workers 1".to_owned(),
            how: How::Differs(differences),
        };
        Judgement {
            failures: vec![first, hang],
            runs: 90,
            logs: 20,
            stopped: false,
        }
    }

    #[test]
    fn rows_stand_beside_what_they_should_be() {
        let text = text(
            "my-own",
            &judged(vec![
                Difference::Total("lines", 3_000, 2_999),
                row("/a", Some(1), None),
                row("/b", None, Some(12)),
            ]),
        );
        let expected = "\
my-own is wrong on the workload steady: 2 rows differ

  holder    route  should be                    is
  all       all    3,000 lines                  2,999 lines
  RIPE NCC  /a     1 hit, 1,000 bytes, 1 error  missing
  RIPE NCC  /b     no such row                  12 hits, 12,000 bytes, 1 error

  cargo run --release -- run my-own -- --lines 3000 --workers 1 --format csv

and elsewhere:

on one newline: it hangs
  cargo run --release -- run my-own -- target/check/one-newline.log --workers 1 --format csv
";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_table_is_short_whatever_it_holds() {
        let long = format!("/\x1b[2J{}", "x".repeat(1 << 20));
        let rows = (0..25).map(|_| row(&long, Some(1), None)).collect();
        let text = text("my-own", &judged(rows));
        assert!(
            text.contains("25 rows differ") && text.contains("and 15 more"),
            "{text}"
        );
        assert!(text.len() < 4_000 && !text.contains('\x1b'), "{text}");
    }
}
