//! Whether measurements bear a claim out.
//!
//! A claim holds when it does even for the unlucky ends of both spreads, fails when it does not even
//! for the lucky ends, and is undecided between: so noise neither proves nor refutes.

use results::{Suite, Summary};

use super::grammar::{Claim, Comparison, Operator, Term};
use crate::measurements::{Measured, Measurements};
use crate::number;

/// What the measurements say of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Even at the unlucky ends of the spreads.
    Holds,
    /// The spreads overlap.
    Undecided,
    /// Not even at the lucky ends.
    Fails,
}

impl Verdict {
    /// The word for it, which is also in the class of the mark.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Holds => "holds",
            Verdict::Undecided => "undecided",
            Verdict::Fails => "fails",
        }
    }

    /// The sign for it.
    pub fn mark(self) -> char {
        match self {
            Verdict::Holds => '✓',
            Verdict::Undecided => '?',
            Verdict::Fails => '✗',
        }
    }
}

/// One comparison with its evidence.
pub struct Judged<'r> {
    /// What came out.
    pub verdict: Verdict,
    left: Side<'r>,
    operator: Operator,
    right: Side<'r>,
}

/// One side, in the base unit of its kind.
struct Side<'r> {
    summary: Summary,
    times: f64,
    unit: &'r str,
    measured: Option<Measured<'r>>,
}

/// Judges every comparison of a claim.
///
/// # Errors
///
/// If something was not measured, or two kinds of things are compared.
pub fn judge<'r>(claim: &Claim, results: &'r Measurements) -> Result<Vec<Judged<'r>>, String> {
    claim
        .comparisons
        .iter()
        .map(|comparison| compare(comparison, results))
        .collect()
}

/// The verdict on all of them: that of the worst.
pub fn verdict(judged: &[Judged<'_>]) -> Verdict {
    judged
        .iter()
        .map(|one| one.verdict)
        .max()
        .unwrap_or(Verdict::Undecided)
}

fn compare<'r>(comparison: &Comparison, results: &'r Measurements) -> Result<Judged<'r>, String> {
    let (left, right) = (&comparison.left, &comparison.right);
    let (left, right) = match (measure(left, results)?, measure(right, results)?) {
        (Some(left), Some(right)) => (left, right),
        (Some(left), None) => {
            let right = plain(right, &left)?;
            (left, right)
        }
        (None, Some(right)) => (plain(left, &right)?, right),
        (None, None) => return Err("a claim needs a measurement".into()),
    };
    if let (Some(left), Some(right)) = (&left.measured, &right.measured) {
        left.on_the_machine_of(right)?;
    }
    if number::base(left.unit).0 != number::base(right.unit).0 {
        return Err(format!(
            "the claim compares {} with {}",
            named(left.unit),
            named(right.unit)
        ));
    }
    let (more, less, strict) = match comparison.operator {
        Operator::More => (&left, &right, true),
        Operator::AtLeast => (&left, &right, false),
        Operator::Less => (&right, &left, true),
        Operator::AtMost => (&right, &left, false),
    };
    let beats = |a: f64, b: f64| if strict { a > b } else { a >= b };
    let verdict = if beats(more.based(more.summary.low), less.based(less.summary.high)) {
        Verdict::Holds
    } else if beats(more.based(more.summary.high), less.based(less.summary.low)) {
        Verdict::Undecided
    } else {
        Verdict::Fails
    };
    Ok(Judged {
        verdict,
        left,
        operator: comparison.operator,
        right,
    })
}

fn named(unit: &str) -> &str {
    if unit.is_empty() { "a count" } else { unit }
}

fn measure<'r>(term: &Term, results: &'r Measurements) -> Result<Option<Side<'r>>, String> {
    let Term::Measured { times, reference } = term else {
        return Ok(None);
    };
    let measured = results.find(reference)?;
    let (summary, unit) = (measured.summary, measured.unit);
    Ok(Some(Side {
        summary,
        times: *times,
        unit,
        measured: Some(measured),
    }))
}

/// A plain number, brought to the unit of the measurement on the other side.
fn plain<'r>(term: &Term, other: &Side<'r>) -> Result<Side<'r>, String> {
    let Term::Plain { value, unit } = term else {
        unreachable!("what is not measured is plain");
    };
    let (kind, size) = number::base(other.unit);
    let factor = match number::base(unit) {
        _ if unit.is_empty() => 1.0,
        (own, own_size) if own == kind => own_size / size,
        _ => {
            return Err(format!(
                "the claim compares {} with {unit}",
                named(other.unit)
            ));
        }
    };
    let value = value * factor;
    let summary = Summary {
        median: value,
        low: value,
        high: value,
    };
    Ok(Side {
        summary,
        times: 1.0,
        unit: other.unit,
        measured: None,
    })
}

impl Side<'_> {
    /// A value of this side in the base unit, multiplied as the claim says.
    fn based(&self, value: f64) -> f64 {
        value * self.times * number::base(self.unit).1
    }

    /// `evolution/s01-cache 5,210 lines/s`: the unit tells which metric it is.
    fn shown(&self) -> String {
        let value = number::quantity(self.summary.median, self.unit);
        let value = match &self.measured {
            Some(measured) => format!("{} {value}", measured.reference.case),
            None => value,
        };
        if self.times == 1.0 {
            value
        } else {
            format!("{}\u{a0}× {value}", self.times)
        }
    }
}

impl<'r> Judged<'r> {
    /// The comparison with its medians: `A 5,200 lines/s > 3 × B 1,430 lines/s`.
    pub fn statement(&self) -> String {
        format!(
            "{} {} {}",
            self.left.shown(),
            self.operator.shown(),
            self.right.shown()
        )
    }

    /// Every measurement in it with its spread.
    pub fn details(&self) -> Vec<String> {
        let sides = [&self.left, &self.right].into_iter();
        sides
            .filter_map(|side| side.measured.as_ref())
            .map(Measured::in_full)
            .collect()
    }

    /// The suites that it rests on.
    pub fn suites(&self) -> Vec<&'r Suite> {
        let sides = [&self.left, &self.right].into_iter();
        sides
            .filter_map(|side| side.measured.as_ref())
            .map(|measured| measured.suite)
            .collect()
    }
}

#[cfg(test)]
mod tests;
