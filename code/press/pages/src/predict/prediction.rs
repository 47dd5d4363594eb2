//! One prediction: as it is written, and with what came of it.

use std::path::Path;

use measured::{Evidence, TIMES, Value, typed_in};
use serde::Deserialize;

use super::stops::{self, Stop};

/// So far a bet may be off, as a factor, and still be right.
const WITHIN: f64 = 1.5;

/// A prediction as its file has it. Its texts are Markdown, and may have directives in them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    id: String,
    question: String,
    /// The chart that the bet is drawn on; it stands in the chapter, behind the question.
    chart: Option<String>,
    why: String,
    because: String,

    // Of a quantity.
    /// What it was: a reference to a measurement, or two with ` / ` between them.
    truth: Option<String>,
    from: Option<String>,
    to: Option<String>,
    within: Option<f64>,
    /// Whether more of it is better; it is, if nothing is said.
    more: Option<More>,
    replies: Option<Replies>,

    // Of choices.
    choices: Option<Vec<Choice>>,
    /// What makes the right choice right.
    claim: Option<String>,
}

/// Whether more of a quantity is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum More {
    /// Lines per second.
    #[default]
    Better,
    /// Memory, or time.
    Worse,
}

/// What is said of a bet on a quantity.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replies {
    /// It is near.
    pub right: String,
    /// It is too hopeful.
    pub hopeful: String,
    /// It is too careful.
    pub careful: String,
    /// Of a ratio: the bet was on a gain, and it was a loss.
    pub slower: Option<String>,
    /// Of a ratio: the bet was on a loss, and it was a gain.
    pub faster: Option<String>,
}

/// One of several choices.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What may be.
    pub option: String,
    /// What is said of a bet on it.
    pub reply: String,
    /// Whether it was so.
    #[serde(default)]
    pub right: bool,
}

/// A prediction with what came of it.
#[derive(Debug)]
pub struct Prediction {
    /// Its name.
    pub id: String,
    /// The question.
    pub question: String,
    /// What the reader bets on.
    pub bet: Bet,
    /// The chart that the bet is drawn on.
    pub chart: Option<String>,
    /// The question after it.
    pub why: String,
    /// The answer to that.
    pub because: String,
}

/// What the reader bets on.
#[derive(Debug)]
pub enum Bet {
    /// A number.
    Quantity(Box<Quantity>),
    /// One of several choices, of which one is right.
    Choice {
        /// In the order of the file.
        choices: Vec<Choice>,
        /// What makes the right one right.
        claim: Option<String>,
    },
}

/// A number that is bet on.
#[derive(Debug)]
pub struct Quantity {
    /// The reference to it.
    pub reference: String,
    /// What it was.
    pub truth: Value,
    /// The numbers that can be bet on.
    pub stops: Vec<Stop>,
    /// So far a bet may be off, as a factor, and still be right.
    pub within: f64,
    /// Whether more is better.
    pub more: More,
    /// What is said of it.
    pub replies: Replies,
}

impl Prediction {
    /// Checks a prediction, and looks up what came of it.
    ///
    /// # Errors
    ///
    /// If it is not whole: one sentence for its writer.
    pub fn of(mut written: Written, evidence: &Evidence) -> Result<Prediction, String> {
        let id = written.id.clone();
        let bet = written.bet(evidence);
        let bet = bet.map_err(|message| format!("`{id}`: {message}"))?;
        Ok(Prediction {
            id,
            question: written.question,
            bet,
            chart: written.chart,
            why: written.why,
            because: written.because,
        })
    }
}

impl Written {
    fn bet(&mut self, evidence: &Evidence) -> Result<Bet, String> {
        let mut typed_in = self.texts().into_iter();
        if let Some(problem) =
            typed_in.find_map(|text| typed_in::check(Path::new(""), text).into_iter().next())
        {
            return Err(problem.message);
        }
        match (self.truth.take(), self.choices.take()) {
            (Some(reference), None) => self.quantity(reference, evidence),
            (None, Some(choices)) => self.choice(choices),
            _ => Err("it has either a `truth` or `choices`".to_owned()),
        }
    }

    fn quantity(&mut self, reference: String, evidence: &Evidence) -> Result<Bet, String> {
        if self.claim.is_some() {
            return Err("`claim` is for choices".to_owned());
        }
        let truth = evidence.value(&reference)?;
        let (Some(from), Some(to)) = (&self.from, &self.to) else {
            return Err("a quantity has `from` and `to`, such as \"0.1 ×\"".to_owned());
        };
        let stops = stops::between(from, to, &truth)?;
        let replies = self.replies.take().ok_or("it has no `replies`")?;
        if truth.unit != TIMES && (replies.slower.is_some() || replies.faster.is_some()) {
            return Err("the replies `slower` and `faster` are for ratios".to_owned());
        }
        Ok(Bet::Quantity(Box::new(Quantity {
            reference,
            truth,
            stops,
            within: self.within.unwrap_or(WITHIN),
            more: self.more.unwrap_or_default(),
            replies,
        })))
    }

    fn choice(&mut self, choices: Vec<Choice>) -> Result<Bet, String> {
        let of_quantities = [
            self.from.is_some(),
            self.to.is_some(),
            self.within.is_some(),
            self.more.is_some(),
            self.replies.is_some(),
        ];
        if of_quantities.contains(&true) {
            return Err(
                "`from`, `to`, `within`, `more` and `replies` are for quantities".to_owned(),
            );
        }
        let right = choices.iter().filter(|choice| choice.right).count();
        if choices.len() < 2 || right != 1 {
            return Err("of two or more `choices` one has `right = true`".to_owned());
        }
        let claim = self.claim.take();
        Ok(Bet::Choice { choices, claim })
    }

    /// All that readers see of it.
    fn texts(&self) -> Vec<&str> {
        let mut texts = vec![&*self.question, &self.why, &self.because];
        for choice in self.choices.iter().flatten() {
            texts.extend([&*choice.option, &choice.reply]);
        }
        if let Some(replies) = &self.replies {
            texts.extend([&*replies.right, &replies.hopeful, &replies.careful]);
            texts.extend(replies.slower.as_deref());
            texts.extend(replies.faster.as_deref());
        }
        texts
    }
}
