//! `{{#chart evolution}}`: a chart of measurements, drawn as the book is built.
//!
//! What a chart shows is said in one file, `book/charts.toml`; each kind of chart is one file here. A chart is
//! drawn anew for every [`Medium`]: for wide and for narrow pages and for slides, because text in a picture that
//! shrinks with the page cannot be read on a phone, and text of a page cannot be read from the last row.

mod bars;
mod canvas;
mod curve;
mod definition;
mod distribution;
mod dots;
mod flame;
mod lines;
mod measured;
mod medium;
mod pick;
mod picture;
mod record;
mod scale;
mod series;

use std::fmt::Write as _;

use directives::html::escape;
use directives::{Directive, Place, Rendered};

pub use self::definition::Definitions;
use self::definition::{Definition, Kind};
use self::medium::Medium;
use self::picture::{Drawn, Provenance, Table};
use crate::evidence::Evidence;
use crate::measurements::{machine_in_short, provenance, provenance_in_short};

/// A chart by its name.
pub struct Chart;

impl Directive<Evidence> for Chart {
    fn name(&self) -> &'static str {
        "chart"
    }

    fn is_figure(&self) -> bool {
        true
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
        let definition = sources.charts.find(argument)?;
        definition.check()?;
        let drawn = match definition.kind {
            Kind::Bars => bars::draw(definition, sources, place),
            Kind::Dots => dots::draw(definition, sources),
            Kind::Curve => curve::draw(definition, sources),
            Kind::Series => series::draw(definition, sources),
            Kind::Distribution => distribution::draw(definition, sources),
            Kind::Flame => flame::draw(definition, sources),
            Kind::Record => record::draw(definition, sources),
        };
        let html = if place.is_slide {
            on_slide(definition, &drawn?)
        } else {
            figure(argument, definition, drawn?)
        };
        Ok(Rendered::block(html))
    }
}

fn figure(name: &str, definition: &Definition, drawn: Drawn<'_>) -> String {
    let wide = told(definition, &drawn.picture.svg(Medium::Page));
    let narrow = drawn.picture.svg(Medium::Phone);
    // Both say the same: one of them is enough for whoever listens.
    let narrow = narrow.replacen("<svg ", r#"<svg aria-hidden="true" "#, 1);
    format!(
        "<figure class=\"chart\" id=\"chart-{name}\"><div class=\"chart-wide\">{wide}</div>\
         <div class=\"chart-narrow\">{narrow}</div><figcaption>{}</figcaption>\
         <details class=\"chart-data\"><summary>The numbers</summary>{}</details></figure>",
        caption(definition, &drawn),
        table(&drawn.picture.table()),
        name = escape(name),
    )
}

/// The one drawing of a slide. Its numbers and commands are on the page of its chapter.
fn on_slide(definition: &Definition, drawn: &Drawn<'_>) -> String {
    let suites = drawn.suites.iter().copied().map(provenance_in_short);
    let profile = drawn.profile.as_ref().map(|profile| profile.taken.clone());
    let mut taken: Vec<String> = suites.chain(profile).collect();
    taken.sort();
    taken.dedup();
    let mut machines: Vec<String> = (drawn.suites.iter().copied())
        .map(machine_in_short)
        .collect();
    machines.sort();
    machines.dedup();
    format!(
        "<figure class=\"chart\" data-machine=\"{}\"><div class=\"chart-wide\">{}</div><figcaption>\
         <span class=\"chart-title\">{}</span> <span class=\"chart-source\">{}</span></figcaption></figure>",
        escape(&machines.join("; ")),
        told(definition, &drawn.picture.svg(Medium::Slide)),
        escape(&titled(definition, drawn)),
        escape(&taken.join("; ")),
    )
}

/// A drawing that says what it shows to whoever listens.
fn told(definition: &Definition, svg: &str) -> String {
    let alt = escape(&definition.alt);
    svg.replacen(
        "<svg ",
        &format!(r#"<svg role="img" aria-label="{alt}" "#),
        1,
    )
}

/// Where the data of a chart comes from.
fn origins(drawn: &Drawn<'_>) -> Vec<Provenance> {
    let mut suites = drawn.suites.clone();
    suites.sort_by_key(|suite| &suite.suite);
    suites.dedup_by_key(|suite| &suite.suite);
    let suites = suites.into_iter().map(|suite| Provenance {
        taken: provenance(suite),
        command: suite.command.clone(),
    });
    suites.chain(drawn.profile.clone()).collect()
}

/// The title of a chart, and what must be said of how it is drawn.
fn titled(definition: &Definition, drawn: &Drawn<'_>) -> String {
    match drawn.picture.note() {
        "" => definition.title.clone(),
        note => format!("{}. {note}", definition.title),
    }
}

fn caption(definition: &Definition, drawn: &Drawn<'_>) -> String {
    let mut caption = format!(
        r#"<span class="chart-title">{}</span>"#,
        escape(&titled(definition, drawn))
    );
    for Provenance { taken, command } in origins(drawn) {
        write!(
            caption,
            " <span class=\"chart-source\">{}; <code>{}</code></span>",
            escape(&taken),
            escape(&command)
        )
        .expect("a string takes everything");
    }
    if let Some(suite) = drawn.own.first() {
        write!(
            caption,
            " <span class=\"chart-source\">Yours: {}</span>",
            escape(&provenance(suite))
        )
        .expect("a string takes everything");
    }
    for suite in &drawn.forks {
        write!(
            caption,
            " <span class=\"chart-source\">{} and its parent beside it, yours: compare these two with each \
             other only; {}; {}; <code>{}</code></span>",
            escape(&suite.suite),
            escape(&suite.workload),
            escape(&provenance(suite)),
            escape(&suite.command)
        )
        .expect("a string takes everything");
    }
    caption
}

fn table(table: &Table) -> String {
    let row = |cells: &[String], tag: &str| {
        let cells = cells
            .iter()
            .map(|cell| format!("<{tag}>{}</{tag}>", escape(cell)));
        format!("<tr>{}</tr>", cells.collect::<String>())
    };
    let body: String = table.rows.iter().map(|cells| row(cells, "td")).collect();
    format!(
        "<div class=\"table-wrapper\"><table><thead>{}</thead><tbody>{body}</tbody></table></div>",
        row(&table.head, "th")
    )
}

#[cfg(test)]
mod tests;
