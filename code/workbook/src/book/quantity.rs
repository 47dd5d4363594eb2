//! The directives that put one quantity into a sentence: `result`, `ratio`, `given`, `cited`.

use super::bibliography::PAGE;
use super::directive::Rendered;
use super::html::escape;
use super::number;
use super::reference::Reference;
use super::results::provenance;
use super::sources::{Place, Sources};

/// `{{#result evolution/s00-baseline lines_per_s}}`: one measured number with its unit.
///
/// # Errors
///
/// If the reference is malformed or means nothing that was measured.
pub fn result(argument: &str, sources: &Sources) -> Result<Rendered, String> {
    let found = sources.results.find(&Reference::parse(argument)?)?;
    let title = format!("{}; {}", found.in_full(), provenance(found.suite));
    Ok(measured(&found.median(), &title))
}

/// `{{#ratio A / B}}`: how many times the second the first is.
///
/// # Errors
///
/// If a reference is wrong, the units differ, or the second is zero.
pub fn ratio(argument: &str, sources: &Sources) -> Result<Rendered, String> {
    // Names of cases hold slashes too: the one that divides has blanks around it.
    let (over, under) = argument.split_once(" / ").ok_or_else(|| {
        format!("`ratio` takes two references with ` / ` between them, not `{argument}`")
    })?;
    let over = sources.results.find(&Reference::parse(over)?)?;
    let under = sources.results.find(&Reference::parse(under)?)?;
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
    Ok(measured(&number::ratio(ratio), &title))
}

/// `{{#given 500 µs}}`: a configured quantity.
///
/// # Errors
///
/// If it is empty.
pub fn given(argument: &str) -> Result<Rendered, String> {
    if argument.is_empty() {
        return Err("`given` takes the configured quantity, such as `500 µs`".into());
    }
    let text = escape(&number::join(argument, ""));
    let html = format!(r#"<span class="given" title="configured, not measured">{text}</span>"#);
    Ok(Rendered::inline(html))
}

/// `{{#cited 40 µs, key}}`: somebody else's figure.
///
/// # Errors
///
/// If it has no key or the bibliography does not.
pub fn cited(argument: &str, sources: &Sources, place: &Place<'_>) -> Result<Rendered, String> {
    // The figure may hold a comma itself.
    let (figure, key) = argument
        .rsplit_once(',')
        .map(|(figure, key)| (figure.trim(), key.trim()))
        .filter(|(figure, key)| !figure.is_empty() && !key.is_empty())
        .ok_or_else(|| {
            format!("`cited` takes a figure and a key, as in `40 µs, seda`, not `{argument}`")
        })?;
    sources.bibliography.check(key)?;
    let figure = escape(&number::join(figure, ""));
    let key = escape(key);
    let root = place.to_root();
    Ok(Rendered::inline(format!(
        r#"<span class="cited">{figure} <a class="citation" href="{root}{PAGE}#{key}">&#91;{key}&#93;</a></span>"#
    )))
}

fn measured(text: &str, title: &str) -> Rendered {
    let html = format!(
        r#"<span class="measured" title="{}">{}</span>"#,
        escape(title),
        escape(text)
    );
    Rendered::inline(html)
}
