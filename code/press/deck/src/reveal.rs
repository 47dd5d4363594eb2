//! Whether a block can do what the marks in front of it ask of it. That is known only when its directives are expanded:
//! a chart has parts when it is drawn, and a panel has its menus.

use directives::scan;
use project::Program;

use super::piece::Piece;
use super::{groups, prerun, steps};

/// What is wrong with the marks of a piece, each with its line; `expanded` is the piece with its directives expanded.
pub fn check(piece: &Piece, expanded: &str, programs: &[Program]) -> Vec<(usize, String)> {
    let own = || {
        let directives = scan::directives(&piece.text);
        let panel = directives.iter().find(|found| found.name == "run");
        panel.map(|found| found.argument.to_owned())
    };
    let told = marks(&piece.text).into_iter().filter_map(|(line, said)| {
        let (word, argument) = said.split_once(':')?;
        let message = match word {
            "steps" => groups::misfit(&groups::parse(argument).ok()?, steps::parts_of(expanded)),
            "run" => match own() {
                Some(own) => prerun::misfit(&prerun::parse(argument).ok()?, &own, programs),
                None => Some("only a panel can run something first".to_owned()),
            },
            _ => None,
        };
        Some((piece.line + line, message?))
    });
    told.collect()
}

/// The comments that a piece begins with, each with the lines before it.
fn marks(text: &str) -> Vec<(usize, &str)> {
    let mut marks = Vec::new();
    let mut rest = text;
    while let Some(comment) = rest.trim_start().strip_prefix("<!--") {
        let Some((said, behind)) = comment.split_once("-->") else {
            break;
        };
        let before = &text[..text.len() - comment.len()];
        marks.push((before.matches('\n').count(), said.trim()));
        rest = behind;
    }
    marks
}

#[cfg(test)]
mod tests {
    use project::testing::sample;

    use super::*;

    #[test]
    fn marks_ask_only_for_what_there_is() {
        let (_folder, project) = sample();
        let programs = project::catalog::programs(&project.root).unwrap();
        let told = |text: &str, expanded: &str| {
            let piece = Piece::new(10, text);
            check(&piece, expanded, &programs)
        };
        let chart = "<figure class=\"chart\"><svg><g data-part=\"1\"></g></svg></figure>";
        assert_eq!(told("<!-- steps: 2|1 -->\n\n{{#chart a}}", chart), []);
        assert_eq!(
            told("<!-- steps: 2|1,3 -->\n\n{{#chart a}}", chart),
            [(10, "the chart has 2 parts, and no part 3".to_owned())]
        );
        assert_eq!(told("<!-- steps: 1|2 -->\n- a\n- b", "- a\n- b").len(), 1);
        assert_eq!(told("<!-- steps -->\n- a", "- a"), []);
        let panel = "\n\n<!-- run: s00-baseline delay=0 -->\n<!-- step -->\n{{#run s01-cache}}";
        assert_eq!(told(panel, ""), []);
        assert_eq!(
            told(&panel.replace("delay", "dely"), ""),
            [(12, "s00-baseline has no parameter dely".to_owned())]
        );
        let words = "<!-- run: s00-baseline -->\n<!-- step -->\nWords.";
        assert_eq!(told(words, "")[0].1, "only a panel can run something first");
    }
}
