//! `{{#machine evolution}}`: the facts about the machine that a suite was measured on.

use std::fmt::Write as _;

use directives::html::escape;
use directives::{Directive, Place, Rendered};
use project::suggest;

use crate::evidence::Evidence;
use crate::number;

/// The facts of a suite as a table.
pub struct Facts;

impl Directive<Evidence> for Facts {
    fn name(&self) -> &'static str {
        "machine"
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
        let suites = sources.results.suites();
        let suite = suites
            .iter()
            .find(|suite| suite.suite == argument)
            .ok_or_else(|| {
                let hint = suggest::hint(argument, suites.iter().map(|suite| suite.suite.as_str()));
                format!("no suite `{argument}` was measured on the book's machine{hint}")
            })?;
        let machine = &suite.machine;
        let [before, after] = suite.load_average;
        let facts = [
            ("processor", escape(&machine.cpu)),
            ("logical cores", machine.cores.to_string()),
            (
                "memory",
                number::quantity(machine.memory_bytes as f64, "bytes"),
            ),
            ("operating system", escape(&machine.os)),
            ("kernel", escape(&machine.kernel)),
            ("compiler", escape(&suite.rustc)),
            ("commit", format!("<code>{}</code>", escape(&suite.commit))),
            ("date", escape(&suite.date)),
            (
                "command",
                format!("<code>{}</code>", escape(&suite.command)),
            ),
            ("workload", escape(&suite.workload)),
            (
                "load average",
                format!("{before:.2} before, {after:.2} after"),
            ),
        ];
        let mut html = r#"<div class="table-wrapper"><table class="machine"><tbody>"#.to_owned();
        for (name, value) in facts {
            write!(
                html,
                "<tr><th scope=\"row\">{name}</th><td>{value}</td></tr>"
            )
            .expect("a string takes everything");
        }
        html.push_str("</tbody></table></div>");
        Ok(Rendered::block(html))
    }
}
