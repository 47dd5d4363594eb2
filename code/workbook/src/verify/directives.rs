//! The appendix describes every directive that there is, and no other.

use directives::scan;
use project::Problem;

use super::texts::Text;
use crate::book;

/// The chapter that describes them.
const APPENDIX: &str = "appendix/directives.md";

/// What that chapter lacks, and what it describes that there is not. Other chapters describe none.
pub fn check(text: &Text) -> Vec<Problem> {
    if !text.chapter.path.ends_with(APPENDIX) {
        return Vec::new();
    }
    let written = scan::directives(&text.markdown);
    let described = |name: &str| written.iter().any(|one| one.name == name);
    let missing = book::directives().filter(|(name, _)| !described(name));
    let missing = missing.map(|(name, _)| text.lacks(0, &format!("the directive `{name}`")));
    let unknown = written.iter().filter(|one| {
        // Outside of code the build tells of it.
        let is_shown = one.inside.is_some();
        is_shown && !book::is_directive(one.name)
    });
    let unknown = unknown.map(|one| {
        let message = format!("there is no directive `{}` to describe", one.name);
        text.problem(one.range.start, message)
    });
    missing.chain(unknown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::texts;

    /// A chapter in which all directives are described.
    fn whole() -> String {
        let names = book::directives().map(|(name, _)| format!("- `{{{{#{name} x}}}}`\n"));
        "# The directives\n\n".to_owned() + &names.collect::<String>()
    }

    fn messages(path: &str, markdown: &str) -> Vec<String> {
        let problems = check(&texts::text(path, markdown));
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_is_described_is_what_there_is() {
        assert_eq!(messages(APPENDIX, &whole()), [""; 0]);
        let mdbooks = whole() + "- `{{#include x}}`\n";
        assert_eq!(messages(APPENDIX, &mdbooks), [""; 0]);
        assert_eq!(messages("start/idea.md", "`{{#reslt x}}`"), [""; 0]);
    }

    #[test]
    fn both_ways_of_differing_are_told() {
        let without = whole().replace("#chart", "#chrat");
        assert_eq!(
            messages(APPENDIX, &without),
            [
                "book/appendix/directives.md:1: the chapter lacks the directive `chart`",
                "book/appendix/directives.md:8: there is no directive `chrat` to describe",
            ]
        );
    }
}
