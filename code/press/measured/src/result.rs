//! `{{#result evolution/s00-baseline lines_per_s}}`: one measured number with its unit.

use directives::{Directive, Place, Rendered};
use results::Reference;

use crate::evidence::Evidence;
use crate::measurements::provenance;
use crate::quantity;

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
        _place: &Place<'_>,
    ) -> Result<Rendered, String> {
        let found = sources.results.find(&Reference::parse(argument)?)?;
        let title = format!("{}; {}", found.in_full(), provenance(found.suite));
        Ok(quantity::measured(&found.median(), &title))
    }
}
