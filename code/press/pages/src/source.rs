//! Links from the pages to the code that they are about, where the repository is known: from the names in captions,
//! from under a code block, and from the top of a program's chapter.

use std::path::Path;

use directives::html::escape;
use directives::{Expander, Others, Table};

use crate::shelf::Shelf;

/// A text, which leads to that file or folder of the project if readers can open it.
pub fn linked(path: &Path, text: &str, sources: &Shelf) -> String {
    let text = escape(text);
    match &sources.repository {
        Some(repository) => repository.link(path, &text),
        None => text,
    }
}

/// What expands the directives of this table, with a link under the code that a chapter includes.
pub fn expander<'s>(shelf: &'s Shelf, table: Table<'s>) -> Expander<'s> {
    Expander {
        project: &shelf.project,
        table,
        others: Others::Judged,
        caption: Box::new(|path| caption(path, shelf)),
    }
}

/// What stands under code that was included from a file; nothing if it leads nowhere.
fn caption(path: &Path, sources: &Shelf) -> Option<String> {
    let repository = sources.repository.as_ref()?;
    let link = repository.link(path, &escape(&path.to_string_lossy()));
    Some(format!(r#"<p class="source">{link}</p>"#))
}

/// The opening paragraph of a chapter.
const LEDE: &str = r#"<p class="lede">"#;

/// A chapter, with a link to the source of its program behind its opening paragraph.
pub fn with_link(mut text: String, chapter: &Path, sources: &Shelf) -> String {
    let name = chapter.file_stem().and_then(|stem| stem.to_str());
    let program = sources
        .programs
        .iter()
        .find(|program| Some(program.name.as_str()) == name);
    let (Some(program), Some(repository)) = (program, &sources.repository) else {
        return text;
    };
    let what = match program.parent {
        Some(_) => "step",
        None => "program",
    };
    let path = escape(&program.path.to_string_lossy());
    let link = repository.link(&program.path, &path);
    let html = format!(r#"<p class="source">The source of this {what}: {link}</p>"#);
    let end_of_lede = text.find(LEDE).and_then(|start| {
        let length = text[start..].find("</p>")?;
        Some(start + length + "</p>".len())
    });
    match end_of_lede {
        Some(at) => text.insert_str(at, &format!("\n{html}")),
        None => text.push_str(&format!("\n\n{html}\n")),
    }
    text
}

#[cfg(test)]
mod tests {
    use mdbook_driver::config::Config;
    use project::testing::sample;

    use super::*;

    /// A chapter of the sample project as readers get it, with or without a repository.
    fn page(text: &str, repository: &str) -> String {
        let (_folder, project) = sample();
        let config: Config = format!("[output.html]\n{repository}")
            .parse()
            .expect("a configuration");
        let programs = project::catalog::programs(&project.root).expect("its programs");
        let shelf = Shelf::new(&project, &programs, &config);
        let expander = expander(&shelf, Table::new().with(crate::DIRECTIVES, &shelf));
        let chapter = Path::new("evolution/s01-cache.md");
        with_link(expander.chapter(chapter, text).text, chapter, &shelf)
    }

    const SET: &str = "git-repository-url = \"https://x/y\"";

    #[test]
    fn a_programs_chapter_leads_to_its_source() {
        let text = "# Cache\n\n<p class=\"lede\">Ask\nonce.</p>\n\nText.\n";
        let link = r#"<p class="source">The source of this step: <a class="source-link" href="https://x/y/tree/main/code/evolution/s01-cache">code/evolution/s01-cache</a></p>"#;
        assert_eq!(
            page(text, SET),
            text.replace("</p>\n", &format!("</p>\n{link}\n"))
        );
        assert!(page("# Cache\n", SET).ends_with(&format!("\n\n{link}\n")));
        assert_eq!(page(text, ""), text);
    }

    #[test]
    fn captions_lead_to_their_files() {
        let file = "https://x/y/blob/main/code/evolution/s01-cache/src/lib.rs";
        let diff = page("{{#diff s01-cache}}\n", SET);
        assert!(
            diff.contains(&format!(
                r#"→ <a class="source-link" href="{file}">s01-cache</a></figcaption>"#
            )),
            "{diff}"
        );
        assert!(!page("{{#diff s01-cache}}\n", "").contains("source-link"));
        let twin = page("{{#twin queues send}}\n", SET);
        assert!(
            twin.contains(
                r#"href="https://x/y/blob/main/code/go/queues/main.go">code/go/queues/main.go</a>"#
            ),
            "{twin}"
        );
        let fence =
            "```rust\n{{#include ../../code/evolution/s01-cache/src/lib.rs}}\n```\n\nText.\n";
        let caption = format!(
            r#"<p class="source"><a class="source-link" href="{file}">code/evolution/s01-cache/src/lib.rs</a></p>"#
        );
        assert!(
            page(fence, SET).contains(&format!("```\n\n{caption}\n\n")),
            "{}",
            page(fence, SET)
        );
        assert_eq!(page(fence, ""), fence);
    }
}
