//! `{{#predict s03-eight-workers}}`: the reader places a bet before the answer is shown.
//!
//! The page gets the question, and behind a fold what came of it, with a reply to each way of being wrong. The page's script
//! makes fields of it, covers what follows until the bet is placed, and draws the bet on the chart. Without scripts, and on
//! paper, the fold stays. On a slide there is the question only.

mod file;
mod prediction;
mod stops;
mod written;

use directives::{Directive, Place, Rendered, scan};
use project::suggest;

pub use self::file::Predictions;
pub use self::prediction::Prediction;
use crate::shelf::Shelf;

/// A prediction of a chapter.
pub struct Predict;

impl Directive<Shelf> for Predict {
    fn name(&self) -> &'static str {
        "predict"
    }

    fn only_follows(&self, sources: &Shelf) -> bool {
        !sources.predictions.problems.is_empty()
    }

    fn render(
        &self,
        argument: &str,
        sources: &Shelf,
        place: &Place<'_>,
    ) -> Result<Rendered, String> {
        let Some(prediction) = sources.predictions.of(argument) else {
            let hint = suggest::hint(argument, sources.predictions.names());
            return Err(format!(
                "there is no prediction `{argument}` in book/predictions{hint}"
            ));
        };
        if place.is_slide {
            return Ok(Rendered::markdown(written::question(prediction)));
        }
        if let Some(chart) = &prediction.chart {
            chart_follows(chart, argument, sources, place)?;
        }
        Ok(Rendered::markdown(written::whole(prediction)))
    }
}

/// That a bet can be drawn: its chart stands in the same chapter, behind the question.
fn chart_follows(
    chart: &str,
    prediction: &str,
    sources: &Shelf,
    place: &Place<'_>,
) -> Result<(), String> {
    let file = sources.project.book().join(place.chapter);
    // What cannot be read is told of elsewhere.
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let found = scan::directives(&text);
    let mut behind = found
        .iter()
        .skip_while(|one| one.name != Predict.name() || one.argument != prediction);
    match behind.any(|one| one.name == "chart" && one.argument == chart) {
        true => Ok(()),
        false => Err(format!(
            "the chart of `{prediction}`, `{chart}`, does not stand behind it in this chapter"
        )),
    }
}

#[cfg(test)]
mod tests;
