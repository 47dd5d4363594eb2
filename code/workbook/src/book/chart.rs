//! `{{#chart evolution}}`: a chart of measurements, drawn as the book is built.
//!
//! What a chart shows is said in `book/charts.toml`; each kind of chart is one file here. A chart is
//! drawn twice, for wide and for narrow pages, because text in a picture that shrinks with the page
//! cannot be read on a phone.

mod bars;
mod canvas;
mod curve;
mod definition;
mod distribution;
mod dots;
mod flame;
mod lines;
mod measured;
mod pick;
mod scale;
mod series;

use std::fmt::Write as _;

use bench::results::Suite;

pub use self::definition::Definitions;
use self::definition::{Definition, Kind};
use super::directive::Rendered;
use super::html::escape;
use super::results::provenance;
use super::sources::{Place, Sources};

/// The width of the drawing for wide pages, in its own units.
const WIDE: u32 = 760;
/// The width of the drawing for narrow pages.
const NARROW: u32 = 360;

/// A chart with its data in place.
trait Picture {
    /// Draws it so wide.
    fn svg(&self, width: u32) -> String;
    /// The data behind it.
    fn table(&self) -> Table;
}

/// The numbers of a chart.
struct Table {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// A picture and the suites that it rests on, the book's and the reader's.
struct Drawn<'s> {
    picture: Box<dyn Picture>,
    suites: Vec<&'s Suite>,
    own: Vec<&'s Suite>,
    /// The suites of the reader's forks, each of which holds a fork and its parent.
    forks: Vec<&'s Suite>,
    /// Where a profile was taken.
    profile: Option<Provenance>,
}

/// Where and how a profile was taken.
struct Provenance {
    /// Machine and date.
    taken: String,
    command: String,
}

/// Renders a chart by its name.
///
/// # Errors
///
/// If there is no such chart, or nothing that it could show was measured.
pub fn render(argument: &str, sources: &Sources, place: &Place<'_>) -> Result<Rendered, String> {
    let definition = sources.charts.find(argument)?;
    definition.check()?;
    let drawn = match definition.kind {
        Kind::Bars => bars::draw(definition, sources, place),
        Kind::Dots => dots::draw(definition, sources),
        Kind::Curve => curve::draw(definition, sources),
        Kind::Series => series::draw(definition, sources),
        Kind::Distribution => distribution::draw(definition, sources),
        Kind::Flame => flame::draw(definition, sources),
    };
    Ok(Rendered::block(figure(argument, definition, drawn?)))
}

fn figure(name: &str, definition: &Definition, drawn: Drawn<'_>) -> String {
    let wide = drawn.picture.svg(WIDE);
    let narrow = drawn.picture.svg(NARROW);
    let alt = escape(&definition.alt);
    // Both say the same: one of them is enough for whoever listens.
    let wide = wide.replacen(
        "<svg ",
        &format!(r#"<svg role="img" aria-label="{alt}" "#),
        1,
    );
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

fn caption(definition: &Definition, drawn: &Drawn<'_>) -> String {
    let mut caption = format!(
        r#"<span class="chart-title">{}</span>"#,
        escape(&definition.title)
    );
    let mut suites = drawn.suites.clone();
    suites.sort_by_key(|suite| &suite.suite);
    suites.dedup_by_key(|suite| &suite.suite);
    let suites = suites
        .into_iter()
        .map(|suite| (provenance(suite), suite.command.as_str()));
    let profile = drawn.profile.as_ref();
    let profile = profile.map(|profile| (profile.taken.clone(), profile.command.as_str()));
    for (taken, command) in suites.chain(profile) {
        write!(
            caption,
            " <span class=\"chart-source\">{}; <code>{}</code></span>",
            escape(&taken),
            escape(command)
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
