//! What a directive is: a command in the text of a chapter, `{{#name argument}}`.

use std::path::Path;

/// What stands in the page instead of a directive.
#[derive(Debug)]
pub struct Rendered {
    /// The HTML, on one line; or the Markdown, see [`Rendered::markdown`].
    pub html: String,
    /// Whether it is a block and must have its paragraph for itself.
    pub block: bool,
    /// Whether it is Markdown and may have directives in it.
    pub is_markdown: bool,
    /// What is wrong although something can be shown: a claim that does not hold.
    pub problem: Option<String>,
}

impl Rendered {
    /// Part of a sentence.
    pub fn inline(html: String) -> Rendered {
        Rendered {
            html,
            block: false,
            is_markdown: false,
            problem: None,
        }
    }

    /// A block of its own.
    pub fn block(html: String) -> Rendered {
        Rendered {
            html,
            block: true,
            is_markdown: false,
            problem: None,
        }
    }

    /// A block of Markdown with HTML around it: the book's renderer makes its HTML, as it does of the chapter's own text.
    /// Directives in it are expanded, too; one of them cannot become Markdown again.
    pub fn markdown(markdown: String) -> Rendered {
        Rendered {
            is_markdown: true,
            ..Rendered::block(markdown)
        }
    }
}

/// One of the commands that a chapter may use. What it shows it looks up in an `S`.
pub trait Directive<S: ?Sized>: Sync {
    /// Its name in the text, without the `#`.
    fn name(&self) -> &'static str;

    /// Whether it is looked at and not read: then it goes on a slide by itself.
    fn is_figure(&self) -> bool {
        false
    }

    /// Whether what is wrong with it may only follow from what is wrong with its sources, which is told elsewhere, once.
    fn only_follows(&self, _sources: &S) -> bool {
        false
    }

    /// What stands in the page in its place.
    ///
    /// # Errors
    ///
    /// If its argument is wrong, or names what is not there: one sentence for the writer.
    fn render(&self, argument: &str, sources: &S, place: &Place<'_>) -> Result<Rendered, String>;
}

/// Where a directive stands.
pub struct Place<'p> {
    /// The chapter's file, relative to the source folder: `evolution/s01-cache.md`.
    pub chapter: &'p Path,
    /// The line in it.
    pub line: usize,
    /// Counts the directives of the chapter, so that each can have an id of its own.
    pub ordinal: usize,
    /// Whether it is shown on a slide, and not on the chapter's page.
    pub is_slide: bool,
}

impl Place<'_> {
    /// The way from the chapter's page to the site's root: `../`.
    pub fn to_root(&self) -> String {
        let depth = self.chapter.components().count().saturating_sub(1);
        "../".repeat(depth)
    }

    /// The chapter's name: `s01-cache`.
    pub fn stem(&self) -> &str {
        self.chapter
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or("")
    }
}
