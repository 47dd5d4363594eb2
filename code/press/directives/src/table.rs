//! The directives that a book may use, each with what it looks things up in.

use project::suggest;

use crate::directive::{Directive, Place, Rendered};

/// mdBook's own directives, which its preprocessor expands after us.
pub const MDBOOKS: [&str; 5] = [
    "include",
    "rustdoc_include",
    "playground",
    "playpen",
    "title",
];

/// All directives of a book.
#[derive(Default)]
pub struct Table<'s> {
    entries: Vec<Box<dyn Entry + 's>>,
}

impl<'s> Table<'s> {
    /// A table of none.
    pub fn new() -> Table<'s> {
        Table::default()
    }

    /// The same with these directives, too, which look things up in `sources`.
    #[must_use]
    pub fn with<S>(
        mut self,
        directives: &[&'static dyn Directive<S>],
        sources: &'s S,
    ) -> Table<'s> {
        for &directive in directives {
            self.entries.push(Box::new(Bound { directive, sources }));
        }
        self
    }

    /// Whether it has a directive of that name.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name() == name)
    }

    /// Renders the directive of that name.
    ///
    /// # Errors
    ///
    /// If there is none, or its argument is wrong: one sentence for the writer.
    pub fn render(
        &self,
        name: &str,
        argument: &str,
        place: &Place<'_>,
    ) -> Result<Rendered, String> {
        match self.entries.iter().find(|entry| entry.name() == name) {
            Some(entry) => entry.render(argument, place),
            None => {
                let ours = self.entries.iter().map(|entry| entry.name());
                let hint = suggest::hint(name, ours.chain(MDBOOKS));
                Err(format!("there is no directive `{name}`{hint}"))
            }
        }
    }

    /// Whether what is wrong with the directive of that name is told elsewhere, of its sources.
    pub fn only_follows(&self, name: &str) -> bool {
        let mut entries = self.entries.iter();
        entries.any(|entry| entry.name() == name && entry.only_follows())
    }
}

/// A directive of which it is known what it looks things up in.
trait Entry {
    fn name(&self) -> &'static str;
    fn only_follows(&self) -> bool;
    fn render(&self, argument: &str, place: &Place<'_>) -> Result<Rendered, String>;
}

struct Bound<'s, S: 'static> {
    directive: &'static dyn Directive<S>,
    sources: &'s S,
}

impl<S> Entry for Bound<'_, S> {
    fn name(&self) -> &'static str {
        self.directive.name()
    }

    fn only_follows(&self) -> bool {
        self.directive.only_follows(self.sources)
    }

    fn render(&self, argument: &str, place: &Place<'_>) -> Result<Rendered, String> {
        self.directive.render(argument, self.sources, place)
    }
}
