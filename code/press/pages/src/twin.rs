//! `{{#twin channels-are-queues send}}`: the same piece of a program of Part I in Rust and in Go.
//!
//! Both pieces are in the page, one under the other; the page's script makes tabs of them. A side is found by
//! its anchor alone, in whatever file it is: an anchor is there once in a program, and once in its twin.

mod anchor;

use std::fmt::Write as _;
use std::path::Path;

use directives::html::escape;
use directives::{Directive, Place, Rendered};
use project::suggest;

use self::anchor::Piece;
use crate::shelf::Shelf;
use crate::source;

/// One of the two languages.
struct Language {
    /// As people say it.
    name: &'static str,
    /// As the highlighter and the page's script know it.
    code: &'static str,
    /// What its source files end in.
    extension: &'static str,
}

const RUST: Language = Language {
    name: "Rust",
    code: "rust",
    extension: "rs",
};

const GO: Language = Language {
    name: "Go",
    code: "go",
    extension: "go",
};

/// Both sides of one anchor.
pub struct Twin;

impl Directive<Shelf> for Twin {
    fn name(&self) -> &'static str {
        "twin"
    }

    fn is_figure(&self) -> bool {
        true
    }

    fn render(
        &self,
        argument: &str,
        sources: &Shelf,
        _place: &Place<'_>,
    ) -> Result<Rendered, String> {
        let words: Vec<&str> = argument.split_whitespace().collect();
        let [name, anchor] = words.as_slice() else {
            return Err(format!(
                "`twin` takes the name of a program and an anchor, not `{argument}`"
            ));
        };
        let mut programs = sources
            .programs
            .iter()
            .filter(|program| program.part.has_twins());
        let Some(program) = programs.clone().find(|program| program.name == *name) else {
            let hint = suggest::hint(name, programs.by_ref().map(|program| program.name.as_str()));
            return Err(format!("there is no program `{name}` with a twin{hint}"));
        };
        let twin = Path::new("code/go").join(name);
        if !sources.project.root.join(&twin).is_dir() {
            return Err(format!("there is no Go twin {}", twin.display()));
        }
        let mut html = r#"<div class="twin">"#.to_owned();
        for (language, folder) in [(RUST, &program.path), (GO, &twin)] {
            let piece = piece(&sources.project.root, folder, &language, anchor)?;
            side(&mut html, &language, &piece, sources);
        }
        html.push_str("</div>");
        Ok(Rendered::block(html))
    }
}

/// The piece of an anchor, in whatever file of the folder it is.
fn piece(root: &Path, folder: &Path, language: &Language, anchor: &str) -> Result<Piece, String> {
    let files = anchor::files(&root.join(folder), language.extension);
    let mut found: Option<Piece> = None;
    let mut known: Vec<String> = Vec::new();
    for path in files {
        let file = path.strip_prefix(root).unwrap_or(&path).to_path_buf();
        let text = project::read_text(&path)
            .map_err(|error| format!("cannot read {}: {error}", file.display()))?;
        known.extend(anchor::names(&text).map(str::to_owned));
        let Some(code) = anchor::code(&text, anchor) else {
            continue;
        };
        if let Some(first) = &found {
            return Err(format!(
                "`ANCHOR: {anchor}` is in {} and in {}",
                first.file.display(),
                file.display()
            ));
        }
        let code = code.map_err(|why| format!("{}: {why}", file.display()))?;
        found = Some(Piece { file, code });
    }
    found.ok_or_else(|| {
        let hint = suggest::hint(anchor, known.iter().map(String::as_str));
        format!(
            "{} has no `ANCHOR: {anchor}` in {}{hint}",
            folder.display(),
            language.name
        )
    })
}

fn side(html: &mut String, language: &Language, piece: &Piece, sources: &Shelf) {
    let (name, code) = (language.name, language.code);
    let file = source::linked(&piece.file, &piece.file.to_string_lossy(), sources);
    let text = escape(&piece.code);
    write!(
        html,
        r#"<figure class="twin-side" data-language="{code}"><figcaption><span class="twin-language">{name}</span> <span class="twin-file">{file}</span></figcaption><pre><code class="language-{code}">{text}</code></pre></figure>"#
    )
    .expect("a string takes everything");
}

#[cfg(test)]
mod tests {
    use directives::testing::rendered;
    use project::testing::sample;

    use super::*;

    fn twin(argument: &str) -> Result<String, String> {
        let (_folder, project) = sample();
        rendered(&Twin, argument, &crate::shelf::load(&project))
    }

    #[test]
    fn both_sides_are_shown_without_their_indentation_and_inner_marks() {
        let html = twin("queues send").unwrap();
        assert!(!html.contains('\n'), "a blank line would end the block");
        assert!(html.starts_with(
            "<div class=\"twin\"><figure class=\"twin-side\" data-language=\"rust\"><figcaption>\
             <span class=\"twin-language\">Rust</span> <span class=\"twin-file\">code/mapping/queues/src/lib.rs</span>"
        ));
        assert!(html.contains(
            "<code class=\"language-rust\">if room &lt; 1 &#123;&#10;    wait();&#10;&#125;</code>"
        ));
        assert!(html.contains("data-language=\"go\"") && html.contains("code/go/queues/main.go"));
        assert!(html.contains(
            "<code class=\"language-go\">if room &lt; 1 &#123;&#10;\twait()&#10;&#125;</code>"
        ));
        assert!(!html.contains("ANCHOR"));
        assert!(html.ends_with("</figure></div>"));
    }

    #[test]
    fn mistakes_are_said_in_one_sentence() {
        for (argument, message) in [
            (
                "queues",
                "`twin` takes the name of a program and an anchor, not `queues`",
            ),
            (
                "queuse send",
                "no program `queuse` with a twin; did you mean `queues`?",
            ),
            (
                "s01-cache run",
                "there is no program `s01-cache` with a twin",
            ),
            (
                "queues snd",
                "code/mapping/queues has no `ANCHOR: snd` in Rust; did you mean `send`?",
            ),
            (
                "queues only-rust",
                "code/go/queues has no `ANCHOR: only-rust` in Go",
            ),
            (
                "queues open",
                "code/mapping/queues/src/lib.rs: `ANCHOR: open` has no end",
            ),
            ("alone send", "there is no Go twin code/go/alone"),
        ] {
            let said = twin(argument).unwrap_err();
            assert!(said.contains(message), "{argument}: {said}");
        }
    }

    #[test]
    fn an_anchor_is_there_once() {
        let said = twin("queues twice").unwrap_err();
        assert_eq!(
            said,
            "`ANCHOR: twice` is in code/mapping/queues/src/lib.rs and in code/mapping/queues/src/main.rs"
        );
    }
}
