//! What of a region goes on its slide, and what to the speaker.
//!
//! A slide shows what is looked at: headings, code, diagrams, tables that are short, and the directives that are
//! figures. What is read, paragraphs and lists above all, is for the readers of the book, unless a mark says
//! otherwise. Each piece knows its line, so that what is wrong in it is told where it stands.

use std::ops::Range;

use directives::scan::{self, MARKDOWN};
use project::line_of;
use pulldown_cmark::{Event, Parser, Tag};

use super::heading::heading;
use super::marks::{Mark, Mistake, Says};
use super::piece::Piece;
use super::regions::Region;

/// The most rows that a table on a slide may have.
pub const ROWS_MAX: usize = 6;

/// A block of a region.
struct Block {
    range: Range<usize>,
    kind: Kind,
}

/// What a block is, as far as slides care.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Heading,
    Code,
    Table { rows: usize },
    Paragraph,
    Html,
    Other,
}

/// What the speaker says to a region.
pub fn notes(text: &str, region: &Region<'_>) -> Vec<Piece> {
    let notes = region.marks.iter().filter_map(|mark| match &mark.says {
        Says::Notes(range) => Some(piece(text, &[], range.clone())),
        _ => None,
    });
    notes.filter(|piece| !piece.text.is_empty()).collect()
}

/// What the slide of a region shows, in the order of the chapter, and what is wrong with its marks. The directives of
/// these names are figures.
pub fn slide(text: &str, region: &Region<'_>, figures: &[&str]) -> (Vec<Piece>, Vec<Mistake>) {
    // A slide has one heading: that of the slide alone takes the place of the chapter's.
    let has_own_heading = region.marks.iter().any(|mark| match &mark.says {
        Says::SlideOnly(range) => heading(&text[range.clone()]).is_some(),
        _ => false,
    });
    let mut taking = Taking::default();
    for block in blocks(text, &region.body) {
        let inside = |mark: &&Mark<'_>| block.range.contains(&mark.range.start);
        let mut marks = region.marks.iter().filter(inside).peekable();
        if block.kind == Kind::Html && marks.peek().is_some() {
            marks.for_each(|mark| taking.mark(text, mark));
            continue;
        }
        let is_looked_at = match block.kind {
            Kind::Heading => !has_own_heading,
            Kind::Code => true,
            Kind::Table { rows } => rows <= ROWS_MAX,
            Kind::Paragraph => is_figure(&text[block.range.clone()], figures),
            Kind::Html | Kind::Other => false,
        };
        taking.block(text, &block, is_looked_at);
    }
    taking.end();
    (taking.pieces, taking.mistakes)
}

/// What was taken from a region, and which marks wait for their block.
#[derive(Default)]
struct Taking<'t> {
    pieces: Vec<Piece>,
    mistakes: Vec<Mistake>,
    on_slide: Option<&'t Mark<'t>>,
    /// What the next panel is to run before its own step.
    prerun: Option<&'t Mark<'t>>,
    reveal: Option<&'t Mark<'t>>,
}

impl<'t> Taking<'t> {
    fn mark(&mut self, text: &str, mark: &'t Mark<'t>) {
        match &mark.says {
            Says::SlideOnly(range) if range.is_empty() => {}
            Says::SlideOnly(range) => {
                // It goes on the slide by itself.
                if let Some(unused) = self.on_slide.take() {
                    self.unused(unused);
                }
                self.take(text, range.clone());
            }
            Says::OnSlide => {
                if let Some(unused) = self.on_slide.replace(mark) {
                    self.unused(unused);
                }
            }
            Says::Step | Says::Steps => {
                if let Some(unused) = self.reveal.replace(mark) {
                    self.unused(unused);
                }
            }
            Says::Run => {
                if let Some(unused) = self.prerun.replace(mark) {
                    self.unused(unused);
                }
            }
            Says::Notes(_) | Says::Opens(_) | Says::Closes => {}
        }
    }

    fn block(&mut self, text: &str, block: &Block, is_looked_at: bool) {
        let is_asked_for = self.on_slide.take().is_some();
        if is_looked_at || is_asked_for {
            self.take(text, block.range.clone());
        }
        self.end();
    }

    /// Takes a piece with the marks that wait for it.
    fn take(&mut self, text: &str, range: Range<usize>) {
        let mut marks = Vec::new();
        if self.reveal.is_some_and(|mark| mark.says == Says::Step) {
            marks.extend(self.prerun.take());
        }
        marks.extend(self.reveal.take());
        marks.sort_by_key(|mark| mark.range.start);
        self.pieces.push(piece(text, &marks, range));
    }

    /// Tells the marks that nothing came for.
    fn end(&mut self) {
        let waiting = [self.on_slide.take(), self.prerun.take(), self.reveal.take()];
        waiting
            .into_iter()
            .flatten()
            .for_each(|mark| self.unused(mark));
    }

    fn unused(&mut self, mark: &Mark<'_>) {
        let message = match mark.says {
            Says::OnSlide => "what `on-slide` would show is not there",
            Says::Run => "a `run` must stand in front of a `step` and a panel, and here is none",
            _ => "what this step would reveal is not on the slide",
        };
        self.mistakes.push(Mistake {
            at: mark.range.start,
            message: message.to_owned(),
        });
    }
}

/// A piece of the chapter behind its marks, which come through mdBook as comments. Each line has its place.
fn piece(text: &str, marks: &[&Mark<'_>], range: Range<usize>) -> Piece {
    let ranges = marks.iter().map(|mark| mark.range.clone()).chain([range]);
    let mut piece = Piece {
        line: 0,
        text: String::new(),
    };
    for range in ranges {
        let line = line_of(text, range.start);
        if piece.line == 0 {
            piece.line = line;
        } else {
            let behind = piece.line + piece.text.matches('\n').count();
            piece.text += &"\n".repeat(line.saturating_sub(behind).max(1));
        }
        piece.text += text[range].trim_end();
    }
    piece
}

/// The blocks of the first level.
fn blocks(text: &str, body: &Range<usize>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut depth = 0;
    for (event, range) in Parser::new_ext(&text[body.clone()], MARKDOWN).into_offset_iter() {
        let range = body.start + range.start..body.start + range.end;
        match event {
            Event::Start(tag) => {
                if depth == 0 {
                    let kind = kind(&tag);
                    blocks.push(Block { range, kind });
                } else if matches!(tag, Tag::TableRow)
                    && let Some(Block {
                        kind: Kind::Table { rows },
                        ..
                    }) = blocks.last_mut()
                {
                    *rows += 1;
                }
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            Event::Rule if depth == 0 => blocks.push(Block {
                range,
                kind: Kind::Other,
            }),
            _ => {}
        }
    }
    blocks
}

fn kind(tag: &Tag<'_>) -> Kind {
    match tag {
        Tag::Heading { .. } => Kind::Heading,
        Tag::CodeBlock(_) => Kind::Code,
        Tag::Table(_) => Kind::Table { rows: 0 },
        Tag::Paragraph => Kind::Paragraph,
        Tag::HtmlBlock => Kind::Html,
        _ => Kind::Other,
    }
}

/// Whether a paragraph is nothing but directives that are figures.
fn is_figure(paragraph: &str, figures: &[&str]) -> bool {
    let found = scan::directives(paragraph);
    let mut rest = paragraph.to_owned();
    for directive in found.iter().rev() {
        rest.replace_range(directive.range.clone(), "");
    }
    let are_figures = found.iter().all(|found| figures.contains(&found.name));
    !found.is_empty() && are_figures && rest.trim().is_empty()
}

#[cfg(test)]
mod tests;
