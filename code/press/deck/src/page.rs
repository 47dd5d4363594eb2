//! The two pages of the talk, made from the templates of the theme.
//!
//! Both hold all slides: the speaker's page shows the one that is on now and the one that comes next, and each slide's
//! notes. The deck has no notes, so that nobody reads them over a shoulder; it fetches them from the speaker's page
//! when they are to be printed.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use directives::html;
use mdbook_driver::config::Config;
use pages::diagram;
use project::Project;
use regex::{Captures, Regex};

use super::render::Shown;
use super::slide::Slide;
use super::{adapt, measure, tags};
use crate::cuts::CUTS;
use crate::talk::Talk;

/// Where the templates are, in the book's folder.
const TEMPLATES: &str = "theme/talk";
/// The deck: its template, its place in a site, and the way from there to the root.
const DECK: Page = Page {
    template: "deck.hbs",
    path: "talk/index.html",
    to_root: "../",
    has_notes: false,
};
/// The speaker's page.
const SPEAKER: Page = Page {
    template: "speaker.hbs",
    path: "talk/speaker/index.html",
    to_root: "../../",
    has_notes: true,
};

struct Page {
    template: &'static str,
    path: &'static str,
    to_root: &'static str,
    has_notes: bool,
}

/// Writes both pages into a site, and the script that draws diagrams if a slide has one.
///
/// # Errors
///
/// If the theme has no templates for a talk, or a page cannot be written.
pub fn write(project: &Project, config: &Config, talk: &Talk, out: &Path) -> Result<()> {
    if has_diagram(talk) {
        diagram::place(out)?;
    }
    let highlighter = highlighter(out)?;
    for page in [DECK, SPEAKER] {
        let path = project.book().join(TEMPLATES).join(page.template);
        let template = project::read_text(&path).with_context(|| {
            let shown = project.shown(&path).display();
            format!("the book has slides, but the theme has no template {shown} for them")
        })?;
        let text = filled(&template, &values(config, talk, &page, &highlighter));
        let path = out.join(page.path);
        let folder = path.parent().context("a page has a folder")?;
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&path, text))
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// What stands in a template in the place of `{{name}}`.
fn values(
    config: &Config,
    talk: &Talk,
    page: &Page,
    highlighter: &str,
) -> BTreeMap<&'static str, String> {
    let Page { to_root, .. } = page;
    let plain = |text: &Option<String>| html::escape(text.as_deref().unwrap_or_default());
    let script = |path: &str| format!("<script src=\"{to_root}{path}\"></script>");
    let mut scripts = script(highlighter);
    if has_diagram(talk) {
        scripts += &diagram::script(to_root);
    }
    let all = talk.deck.slides.iter().zip(&talk.shown);
    let sections = all.map(|(slide, shown)| section(slide, shown, page));
    BTreeMap::from([
        ("language", plain(&config.book.language)),
        ("title", plain(&config.book.title)),
        ("cuts", CUTS.map(|cut| cut.to_string()).join(",")),
        ("root", (*to_root).to_owned()),
        ("scripts", scripts),
        ("slides", sections.collect::<Vec<_>>().join("\n")),
    ])
}

/// One slide. The names are those of reveal.js, for whoever knows them.
fn section(slide: &Slide, shown: &Shown, page: &Page) -> String {
    let cuts: Vec<String> = slide.cuts.iter().map(u32::to_string).collect();
    let part = match &slide.part {
        Some(part) => format!(" data-part=\"{}\"", html::escape(part)),
        None => String::new(),
    };
    let class = if slide.is_title {
        "slide is-title"
    } else {
        "slide"
    };
    let notes = if page.has_notes {
        let notes = adapt::rooted(&shown.notes, page.to_root);
        format!("<aside class=\"notes\">{notes}</aside>")
    } else {
        String::new()
    };
    format!(
        "<section class=\"{class}\" id=\"{id}\" role=\"group\" aria-roledescription=\"slide\" aria-label=\"{title}\" \
         data-seconds=\"{seconds}\" data-cuts=\"{cuts}\" data-chapter=\"{to_root}{chapter}\"{part} data-steps=\"{steps}\">\
         <div class=\"slide-inside\"{fit}>{inside}</div>{machine}{notes}</section>",
        machine = machine(&shown.slide),
        fit = fit(&shown.slide),
        id = slide.id,
        title = html::escape(&slide.title),
        seconds = slide.seconds,
        cuts = cuts.join(","),
        to_root = page.to_root,
        chapter = html::escape(&slide.page()),
        steps = shown.steps,
        inside = adapt::rooted(&shown.slide, page.to_root),
    )
}

/// Where the numbers of a slide were measured, below it.
fn machine(html: &str) -> String {
    let mut machines: Vec<&str> = (tags::TAG.find_iter(html))
        .filter_map(|tag| tags::attribute(tag.as_str(), "data-machine"))
        .flat_map(|machines| machines.split("; "))
        .filter(|machine| !machine.is_empty())
        .collect();
    machines.sort_unstable();
    machines.dedup();
    match machines.as_slice() {
        [] => String::new(),
        machines => format!("<p class=\"slide-machine\">{}</p>", machines.join("; ")),
    }
}

/// What the style sheet needs to know to set the code of a slide as large as it fits.
fn fit(html: &str) -> String {
    let code = measure::code(html);
    if code.blocks == 0 {
        return String::new();
    }
    format!(
        " style=\"--columns: {}; --lines: {}; --paper-lines: {}; --blocks: {}\"",
        code.columns.max(1),
        code.lines.max(1),
        code.paper.max(1),
        code.blocks
    )
}

/// A template with its values; what it names and nobody knows stays there, to be seen.
fn filled(template: &str, values: &BTreeMap<&'static str, String>) -> String {
    let name = Regex::new(r"\{\{(\w+)\}\}").expect("a valid pattern");
    let value = |found: &Captures<'_>| match values.get(&found[1]) {
        Some(value) => value.clone(),
        None => found[0].to_owned(),
    };
    name.replace_all(template, value).into_owned()
}

fn has_diagram(talk: &Talk) -> bool {
    let mut all = talk.shown.iter();
    all.any(|shown| shown.slide.contains("<pre class=\"mermaid"))
}

/// The highlighter of the book's pages: mdBook puts it at the root, with a hash in its name.
fn highlighter(out: &Path) -> Result<String> {
    let unreadable = || format!("cannot read {}", out.display());
    for entry in std::fs::read_dir(out).with_context(unreadable)? {
        let name = entry.with_context(unreadable)?.file_name();
        let name = name.to_string_lossy();
        if is_highlighter(&name) {
            return Ok(name.into_owned());
        }
    }
    anyhow::bail!("mdBook has put no highlighter into {}", out.display())
}

/// `highlight.js` or `highlight-493f70e1.js`, and nothing that a writer has put beside it.
fn is_highlighter(name: &str) -> bool {
    let is_hash = |hash: &str| !hash.is_empty() && hash.bytes().all(|b| b.is_ascii_hexdigit());
    let between = name
        .strip_prefix("highlight")
        .and_then(|rest| rest.strip_suffix(".js"));
    between
        .is_some_and(|between| between.is_empty() || between.strip_prefix('-').is_some_and(is_hash))
}

#[cfg(test)]
mod tests;
