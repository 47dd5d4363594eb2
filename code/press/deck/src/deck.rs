//! All slides in the order of the book, and the cuts of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Result;
use mdbook_driver::book::Book;
use project::Problem;
use project::Project;
use project::chapters;
use project::line_of;

use super::header::RESERVED;
use super::heading;
use super::marks::Mistake;
use super::pieces;
use super::regions::{self, Region};
use super::slide::{self, Slide};
use super::undefined_references;

/// The slides of the book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deck {
    /// In the order of the book, but for the last ones.
    pub slides: Vec<Slide>,
}

/// A chapter as the deck reads it.
struct Source<'t> {
    /// Relative to the book's source folder.
    path: &'t Path,
    title: &'t str,
    text: &'t str,
}

impl Deck {
    /// The slides of a book whose directives are not expanded yet, and what is wrong with their marks. The directives
    /// of these names go on a slide by themselves.
    pub fn of(book: &Book, project: &Project, figures: &[&str]) -> (Deck, Vec<Problem>) {
        let sources = book.chapters().filter_map(|chapter| {
            let path = chapter.source_path.as_deref().or(chapter.path.as_deref())?;
            Some(Source {
                path,
                title: &chapter.name,
                text: &chapter.content,
            })
        });
        collect(sources, project, figures)
    }

    /// The slides of the chapters as they are on disk: for whoever builds no book.
    ///
    /// # Errors
    ///
    /// If there is no summary. A chapter that cannot be read has no slides.
    pub fn read(project: &Project, figures: &[&str]) -> Result<(Deck, Vec<Problem>)> {
        let chapters: Vec<(PathBuf, String, String)> = chapters::chapters(project)?
            .into_iter()
            .filter_map(|chapter| {
                let text = project::read_text(project.book().join(&chapter.path)).ok()?;
                Some((chapter.path, chapter.title, text))
            })
            .collect();
        let sources = chapters
            .iter()
            .map(|(path, title, text)| Source { path, title, text });
        Ok(collect(sources, project, figures))
    }

    /// The slides of one cut, in order.
    pub fn in_cut(&self, cut: u32) -> impl Iterator<Item = &Slide> {
        slide::in_cut(&self.slides, cut)
    }

    /// How long a cut is planned to take, in seconds.
    pub fn seconds(&self, cut: u32) -> u32 {
        slide::seconds(&self.slides, cut)
    }

    /// By how many seconds a cut is over its length.
    pub fn over(&self, cut: u32) -> Option<u32> {
        self.seconds(cut)
            .checked_sub(cut * 60)
            .filter(|over| *over > 0)
    }
}

fn collect<'t>(
    sources: impl Iterator<Item = Source<'t>>,
    project: &Project,
    figures: &[&str],
) -> (Deck, Vec<Problem>) {
    let mut deck = Deck::default();
    let mut problems = Vec::new();
    let mut part: Option<String> = None;
    for source in sources {
        let file = project.shown(&project.book()).join(source.path);
        let mut tell = |line: usize, message: String| {
            problems.push(Problem {
                file: file.clone(),
                line: Some(line),
                message,
            });
        };
        let line_of = |mistake: &Mistake| line_of(source.text, mistake.at);
        let (regions, mistakes) = regions::regions(source.text);
        mistakes
            .into_iter()
            .for_each(|mistake| tell(line_of(&mistake), mistake.message));
        for region in &regions {
            part = region.header.part.clone().or(part);
            let (slide, mistakes) = slide(&source, region, part.clone(), &file, figures);
            mistakes
                .into_iter()
                .for_each(|mistake| tell(line_of(&mistake), mistake.message));
            heading::directives(&slide.pieces)
                .into_iter()
                .chain(undefined_references::undefined(source.text, &slide.pieces))
                .chain(undefined_references::undefined(source.text, &slide.notes))
                .for_each(|(line, message)| tell(line, message));
            deck.slides.push(slide);
        }
    }
    // Stable: else they stay in the order of the book.
    deck.slides.sort_by_key(|slide| slide.is_last);
    problems.extend(name(&mut deck.slides));
    (deck, problems)
}

/// One slide; until all are known its id is only what was asked for.
fn slide(
    source: &Source<'_>,
    region: &Region<'_>,
    part: Option<String>,
    file: &Path,
    figures: &[&str],
) -> (Slide, Vec<Mistake>) {
    let (pieces, mistakes) = pieces::slide(source.text, region, figures);
    let heading = pieces
        .iter()
        .find_map(|piece| heading::heading(&piece.text));
    let opened = region.header.part.clone();
    let is_title = (heading.as_ref()).map_or(opened.is_some(), |heading| heading.is_title);
    let slide = Slide {
        id: region.header.id.clone().unwrap_or_default(),
        title: heading
            .map(|heading| heading.text)
            .or_else(|| opened.clone())
            .unwrap_or_else(|| source.title.to_owned()),
        seconds: region.header.seconds,
        cuts: region.header.cuts.clone(),
        part,
        is_last: region.header.is_last,
        is_title,
        chapter: source.path.to_path_buf(),
        file: file.to_path_buf(),
        line: line_of(source.text, region.at),
        notes: pieces::notes(source.text, region),
        pieces,
    };
    (slide, mistakes)
}

/// Names the slides that were not named: by their title, and if there is another of that title, by the chapter, too.
/// What the writer has named twice is a mistake.
fn name(slides: &mut [Slide]) -> Vec<Problem> {
    // Given names first: a slide that comes earlier in the book must not take them.
    let given = slides.iter().map(|slide| slide.id.clone());
    let mut taken: BTreeSet<String> = given.chain(RESERVED.map(str::to_owned)).collect();
    for slide in slides.iter_mut().filter(|slide| slide.id.is_empty()) {
        let slug = slug(&slide.title);
        let stem = slide.chapter.file_stem().unwrap_or_default();
        let full = self::slug(&format!("{} {slug}", stem.to_string_lossy()));
        slide.id = if taken.contains(&slug) { full } else { slug };
        taken.insert(slide.id.clone());
    }
    let mut first: BTreeMap<&str, &Slide> = BTreeMap::new();
    let mut problems = Vec::new();
    for slide in slides.iter() {
        let Some(other) = first.get(slide.id.as_str()) else {
            first.insert(&slide.id, slide);
            continue;
        };
        problems.push(Problem {
            file: slide.file.clone(),
            line: Some(slide.line),
            message: format!(
                "there is another slide with the id `{}` ({}:{}): give this one an `id=` of its own",
                slide.id,
                other.file.display(),
                other.line
            ),
        });
    }
    problems
}

/// A title as it stands in an address: `Where we are` is `where-we-are`. It begins with a letter, as a given id does.
fn slug(title: &str) -> String {
    let mut slug = String::new();
    for c in title.to_lowercase().chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    match slug.chars().next() {
        None => "slide".to_owned(),
        Some('0'..='9') => format!("slide-{slug}"),
        Some(_) => slug.to_owned(),
    }
}

#[cfg(test)]
mod tests;
