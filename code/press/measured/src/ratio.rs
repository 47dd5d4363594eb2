//! `{{#ratio A / B}}`: how many times the second the first is.

use directives::{Directive, Place, Rendered};
use results::Reference;

use super::{number, quantity};
use crate::evidence::Evidence;
use crate::measurements::provenance;

/// The quotient of two medians.
pub struct Ratio;

impl Directive<Evidence> for Ratio {
    fn name(&self) -> &'static str {
        "ratio"
    }

    fn only_follows(&self, sources: &Evidence) -> bool {
        !sources.results.is_whole()
    }

    fn render(
        &self,
        argument: &str,
        sources: &Evidence,
        _place: &Place<'_>,
    ) -> Result<Rendered, String> {
        // Names of cases hold slashes too: the one that divides has blanks around it.
        let (over, under) = argument.split_once(" / ").ok_or_else(|| {
            format!("`ratio` takes two references with ` / ` between them, not `{argument}`")
        })?;
        let over = sources.results.find(&Reference::parse(over)?)?;
        let under = sources.results.find(&Reference::parse(under)?)?;
        over.on_the_machine_of(&under)?;
        let ((unit, factor), (other, other_factor)) =
            (number::base(over.unit), number::base(under.unit));
        if unit != other {
            return Err(format!(
                "`ratio` compares {} with {}",
                over.unit, under.unit
            ));
        }
        let ratio = over.summary.median * factor / (under.summary.median * other_factor);
        if !ratio.is_finite() {
            return Err(format!(
                "`{}` is zero, so there is no ratio to it",
                under.reference
            ));
        }
        let title = format!(
            "{}; {}; {}",
            over.in_full(),
            under.in_full(),
            provenance(over.suite)
        );
        Ok(quantity::measured(&number::ratio(ratio), &title))
    }
}
