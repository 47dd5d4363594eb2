//! What a claim may look like.
//!
//! ```text
//! claim      = comparison { "and" comparison }
//! comparison = term ( ">" | "<" | ">=" | "<=" ) term
//! term       = [ number "*" ] reference | number [ unit ]
//! ```

use results::Reference;

/// Comparisons that must all hold.
#[derive(Debug, PartialEq)]
pub struct Claim {
    /// At least one.
    pub comparisons: Vec<Comparison>,
}

/// Two terms and how they are said to relate.
#[derive(Debug, PartialEq)]
pub struct Comparison {
    /// The left term.
    pub left: Term,
    /// The relation.
    pub operator: Operator,
    /// The right term.
    pub right: Term,
}

/// How two terms relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `<`
    Less,
    /// `<=`
    AtMost,
}

impl Operator {
    /// As it is written for people.
    pub fn shown(self) -> &'static str {
        match self {
            Operator::More => ">",
            Operator::AtLeast => "≥",
            Operator::Less => "<",
            Operator::AtMost => "≤",
        }
    }
}

/// One side of a comparison.
#[derive(Debug, PartialEq)]
pub enum Term {
    /// A measurement, so many times.
    Measured {
        /// How many times.
        times: f64,
        /// Of what.
        reference: Reference,
    },
    /// A plain number; without a unit it has the unit of the other side.
    Plain {
        /// The number.
        value: f64,
        /// Its unit, or nothing.
        unit: String,
    },
}

impl Claim {
    /// Reads a claim.
    ///
    /// # Errors
    ///
    /// If it does not follow the grammar.
    pub fn parse(text: &str) -> Result<Claim, String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let parts = words.split(|word| *word == "and");
        let comparisons = parts
            .map(|part| comparison(&part.join(" ")))
            .collect::<Result<_, _>>()?;
        Ok(Claim { comparisons })
    }
}

fn comparison(text: &str) -> Result<Comparison, String> {
    let wrong = || {
        format!(
            "a claim compares two terms by >, <, >= or <=, as in `A > 3 * B`, which `{text}` does not"
        )
    };
    let at = text.find(['<', '>']).ok_or_else(wrong)?;
    let (left, rest) = text.split_at(at);
    let (operator, right) = if let Some(right) = rest.strip_prefix(">=") {
        (Operator::AtLeast, right)
    } else if let Some(right) = rest.strip_prefix("<=") {
        (Operator::AtMost, right)
    } else if let Some(right) = rest.strip_prefix('>') {
        (Operator::More, right)
    } else {
        (Operator::Less, &rest[1..])
    };
    if left.trim().is_empty()
        || right.trim().is_empty()
        || right.contains(['<', '>', '=']) && !right.contains('[')
    {
        return Err(wrong());
    }
    let comparison = Comparison {
        left: term(left)?,
        operator,
        right: term(right)?,
    };
    if let (Term::Plain { .. }, Term::Plain { .. }) = (&comparison.left, &comparison.right) {
        return Err(format!("`{text}` compares two numbers and no measurement"));
    }
    Ok(comparison)
}

fn term(text: &str) -> Result<Term, String> {
    let text = text.trim();
    if let Some((times, reference)) = text.split_once(['*', '×']) {
        let times =
            number(times.trim()).ok_or_else(|| format!("`{}` is no number", times.trim()))?;
        return Ok(Term::Measured {
            times,
            reference: Reference::parse(reference)?,
        });
    }
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return Ok(Term::Measured {
            times: 1.0,
            reference: Reference::parse(text)?,
        });
    }
    let end = text
        .find(|c: char| !c.is_ascii_digit() && !",._".contains(c))
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let value = number(digits).ok_or_else(|| format!("`{digits}` is no number"))?;
    let (word, unit) = rest.trim().split_once(' ').unwrap_or((rest.trim(), ""));
    let (value, unit) = match word {
        "million" => (value * 1e6, unit),
        "billion" => (value * 1e9, unit),
        _ => (value, rest),
    };
    Ok(Term::Plain {
        value,
        unit: unit.trim().to_owned(),
    })
}

/// A number as people write it: `1,430`, `1_430`, `0.5`.
fn number(text: &str) -> Option<f64> {
    let plain: String = text.chars().filter(|c| !",_".contains(*c)).collect();
    plain.parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(times: f64, text: &str) -> Term {
        Term::Measured {
            times,
            reference: Reference::parse(text).unwrap(),
        }
    }

    #[test]
    fn terms_factors_and_chains_are_read() {
        let claim =
            Claim::parse("a/b > 3 * a/c lines_per_s and a/c[n=1]<=1.2 million lines/s").unwrap();
        assert_eq!(claim.comparisons[0].left, measured(1.0, "a/b"));
        assert_eq!(claim.comparisons[0].right, measured(3.0, "a/c"));
        assert_eq!(claim.comparisons[1].left, measured(1.0, "a/c[n=1]"));
        assert_eq!(claim.comparisons[1].operator, Operator::AtMost);
        let unit = "lines/s".to_owned();
        assert_eq!(
            claim.comparisons[1].right,
            Term::Plain { value: 1.2e6, unit }
        );
    }

    #[test]
    fn numbers_may_have_separators() {
        let claim = Claim::parse("a/b >= 1,430").unwrap();
        assert_eq!(
            claim.comparisons[0].right,
            Term::Plain {
                value: 1430.0,
                unit: String::new()
            }
        );
    }

    #[test]
    fn mistakes_are_said_in_one_sentence() {
        for (text, message) in [
            ("a/b", "compares two terms"),
            ("a/b >", "compares two terms"),
            ("a/b > 1 > 2", "compares two terms"),
            ("a/b = 2", "compares two terms"),
            ("3 > 2", "two numbers and no measurement"),
            ("a/b > x * a/c", "`x` is no number"),
            ("a/b > 3 and", "compares two terms"),
            ("a/b > 1.2.3", "`1.2.3` is no number"),
        ] {
            let said = Claim::parse(text).unwrap_err();
            assert!(said.contains(message), "{text}: {said}");
        }
    }
}
