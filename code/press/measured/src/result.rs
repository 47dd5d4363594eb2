//! `{{#result evolution/s00-baseline lines_per_s}}`: one measured number with its unit.

use directives::{Directive, Place, Rendered};

use crate::evidence::Evidence;
use crate::{quantity, value};

/// The median that a reference means.
pub struct Median;

impl Directive<Evidence> for Median {
    fn name(&self) -> &'static str {
        "result"
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
        let value = value::median(argument, sources)?;
        Ok(quantity::of(&value, place))
    }
}
