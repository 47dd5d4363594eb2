//! `{{#figure cluster}}`: the book's own picture, which is read as a program and as a cluster.
//!
//! A file `book/figures/NAME.svg` is a drawing for a slide, shown as it is, in the colours of the theme; its groups with a
//! number, `data-part`, can come by steps.
//!
//! The picture is drawn from one description, `book/figures/NAME.toml`. A chapter that has a view there shows the figure small, with what
//! the chapter is about in red; any other, and a slide, shows it whole. `{{#figure cluster s04-release}}` names a view. The
//! two readings are switched without a script.

mod description;
mod draw;

use directives::html::escape;
use directives::{Directive, Place, Rendered};
use project::suggest;

use self::description::{Description, Reading, View};
use self::draw::Detail;
use crate::shelf::Shelf;

/// Where figures are described, in the folder of the book.
const FOLDER: &str = "figures";

/// What stands behind a figure that is only shapes: for the corner of a slide.
const SMALL: &str = "small";

/// A figure in two readings.
pub struct Figure;

impl Directive<Shelf> for Figure {
    fn name(&self) -> &'static str {
        "figure"
    }

    fn is_figure(&self) -> bool {
        true
    }

    fn render(
        &self,
        argument: &str,
        sources: &Shelf,
        place: &Place<'_>,
    ) -> Result<Rendered, String> {
        let words: Vec<&str> = argument.split_whitespace().collect();
        let (name, named, is_mute) = match words[..] {
            [name] => (name, None, false),
            [name, SMALL] => (name, None, true),
            [name, view] => (name, Some(view), false),
            [name, view, SMALL] => (name, Some(view), true),
            _ => {
                return Err("a figure is shown by its name, and perhaps one of its views: `cluster s04-release`".into());
            }
        };
        if let Some(svg) = drawn(name, sources) {
            return Ok(Rendered::block(format!(
                r#"<figure class="drawing">{svg}</figure>"#
            )));
        }
        let figure = described(name, sources)?;
        let whole = View::default();
        let view = match named {
            Some(named) => figure.views.get(named).ok_or_else(|| {
                let known = figure.views.keys().map(String::as_str);
                let hint = suggest::hint(named, known);
                format!("the figure `{name}` has no view `{named}`{hint}")
            })?,
            None => figure.views.get(place.stem()).unwrap_or(&whole),
        };
        if is_mute {
            let svg = draw::svg(&figure, view, Detail::Shapes);
            return Ok(Rendered::block(format!(
                r#"<figure class="picture is-mute">{svg}</figure>"#
            )));
        }
        // The page for printing has all chapters: the buttons of one figure must not be those of another.
        let id = format!("figure-{}-{}", escape(place.stem()), place.ordinal);
        let svg = draw::svg(&figure, view, Detail::All);
        let choice = choice(&id, view.reading);
        let is_small = !view.about.is_empty() && !place.is_slide;
        let class = if is_small {
            "picture is-small"
        } else {
            "picture"
        };
        let about = match view.about.as_str() {
            "" => String::new(),
            about => format!("<figcaption>{}</figcaption>", escape(about)),
        };
        Ok(Rendered::block(format!(
            r#"<figure class="{class}">{svg}{choice}{about}</figure>"#
        )))
    }
}

/// A drawing that is kept as one, on one line.
fn drawn(name: &str, sources: &Shelf) -> Option<String> {
    let folder = sources.project.book().join(FOLDER);
    let text = project::read_text(folder.join(name).with_extension("svg")).ok()?;
    is_plain(name).then(|| text.lines().map(str::trim).collect())
}

/// Whether a name is one of a file, and not a way to one.
fn is_plain(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

fn described(name: &str, sources: &Shelf) -> Result<Description, String> {
    let folder = sources.project.book().join(FOLDER);
    let file = folder.join(name).with_extension("toml");
    let shown = sources.project.shown(&file).display().to_string();
    let text = match project::read_text(&file) {
        Ok(text) if is_plain(name) => text,
        _ => {
            return Err(format!(
                "there is no figure `{name}`: {shown} cannot be read"
            ));
        }
    };
    Description::parse(&text).map_err(|error| format!("{shown}: {error}"))
}

/// Two buttons, of which one is pressed.
fn choice(id: &str, reading: Reading) -> String {
    let button = |value: &str, is_chosen: bool| {
        let checked = if is_chosen { " checked" } else { "" };
        format!(
            r#"<input type="radio" name="{id}" id="{id}-{value}" value="{value}"{checked}><label for="{id}-{value}">{value}</label>"#
        )
    };
    format!(
        r#"<fieldset class="picture-choice"><legend>Read it as a</legend>{}{}</fieldset>"#,
        button("program", reading == Reading::Program),
        button("cluster", reading == Reading::Cluster)
    )
}

#[cfg(test)]
mod tests;
