//! `{{#ratio A / B}}`: how many times the second the first is.

use directives::{Directive, Place, Rendered};

use crate::evidence::Evidence;
use crate::{quantity, value};

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
        place: &Place<'_>,
    ) -> Result<Rendered, String> {
        let value = value::ratio(argument, sources)?;
        Ok(quantity::of(&value, place))
    }
}
