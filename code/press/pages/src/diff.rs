//! `{{#diff s01-cache}}`: what a step changes in its parent's `src/lib.rs`, unchanged parts folded; or, by
//! `{{#diff s01-cache: cache.get}}`, only the one change that has these words.
//!
//! Of a long difference the first lines of code are open, and what is before and behind them is folded, too.
//!
//! Every stretch is a code block of its own, so that the book's highlighter colours it; the
//! highlighter keeps the spans of the lines.

mod lines;

use std::fmt::Write as _;
use std::ops::Range;

use directives::html::escape;
use directives::{Directive, Place, Rendered};
use project::Program;
use project::suggest;
use similar::ChangeTag;

use self::lines::Line;
use crate::shelf::Shelf;
use crate::source;

/// The file that steps are compared by.
const CODE: &str = "src/lib.rs";

/// The difference of a step to its parent, or of two named steps.
pub struct Diff;

impl Directive<Shelf> for Diff {
    fn name(&self) -> &'static str {
        "diff"
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
        let (names, words) = match argument.split_once(':') {
            Some((names, words)) => (names, Some(words.trim())),
            None => (argument, None),
        };
        if words == Some("") {
            return Err("`diff` takes the words of a change behind its colon".to_owned());
        }
        let names: Vec<&str> = names.split_whitespace().collect();
        let (before, after) = match names.as_slice() {
            [step] => {
                let step = find(step, sources)?;
                let parent = step.parent.as_deref().ok_or_else(|| {
                    format!(
                        "`{}` has no parent to differ from; name two steps, or include its code",
                        step.name
                    )
                })?;
                (find(parent, sources)?, step)
            }
            [one, other] => (find(one, sources)?, find(other, sources)?),
            _ => {
                return Err(format!(
                    "`diff` takes the name of a step, or of two, not `{argument}`"
                ));
            }
        };
        let (old, new) = (text(before, sources)?, text(after, sources)?);
        let title = format!("{} → {}", name(before, sources), name(after, sources));
        let mut lines = changes(&old, &new);
        if let Some(words) = words {
            lines = lines::change_with(&lines, words).ok_or_else(|| {
                format!(
                    "no line that `{}` changes has the words `{words}`",
                    after.name
                )
            })?;
        }
        // On a slide nothing can be opened.
        let open = if place.is_slide {
            0..lines.len()
        } else {
            lines::open(&lines)
        };
        Ok(Rendered::block(figure(&title, &lines, open)))
    }
}

/// The lines of both sources, without the marks for mdBook's `include`.
fn changes(old: &str, new: &str) -> Vec<Line> {
    lines::changes(&lines::without_anchors(old), &lines::without_anchors(new))
}

fn find<'s>(name: &str, sources: &'s Shelf) -> Result<&'s Program, String> {
    let programs = &sources.programs;
    programs
        .iter()
        .find(|program| program.name == name)
        .ok_or_else(|| {
            let hint = suggest::hint(name, programs.iter().map(|program| program.name.as_str()));
            format!("there is no step `{name}`{hint}")
        })
}

/// A step's name, which leads to its code.
fn name(program: &Program, sources: &Shelf) -> String {
    source::linked(&program.path.join(CODE), &program.name, sources)
}

fn text(program: &Program, sources: &Shelf) -> Result<String, String> {
    let path = program.path.join(CODE);
    project::read_text(sources.project.root.join(&path))
        .map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// The title is HTML. What is not `open` is folded.
fn figure(title: &str, lines: &[Line], open: Range<usize>) -> String {
    let mut html = format!(r#"<figure class="diff"><figcaption>{title}</figcaption>"#);
    let folded = |html: &mut String, lines: &[Line], what: &str| {
        let changed = lines
            .iter()
            .filter(|line| line.0 != ChangeTag::Equal)
            .count();
        if changed > 0 {
            let changed = counted(changed, "changed");
            fold(html, &format!("{what}: {changed}"), lines, stretches);
        }
    };
    folded(
        &mut html,
        &lines[..open.start],
        "What the file says of itself and uses",
    );
    stretches(&mut html, &lines[open.clone()]);
    folded(&mut html, &lines[open.end..], "The rest");
    html.push_str("</figure>");
    html
}

/// Changed lines with some around them, and between them folds.
fn stretches(html: &mut String, lines: &[Line]) {
    let mut from = 0;
    for (start, end) in lines::folds(lines) {
        hunk(html, &lines[from..start]);
        let unchanged = counted(end - start, "unchanged");
        fold(html, &unchanged, &lines[start..end], hunk);
        from = end;
    }
    hunk(html, &lines[from..]);
}

fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what} line{plural}")
}

fn fold(html: &mut String, summary: &str, lines: &[Line], inside: fn(&mut String, &[Line])) {
    write!(
        html,
        r#"<details class="diff-fold"><summary>{summary}</summary>"#
    )
    .expect("a string takes everything");
    inside(html, lines);
    html.push_str("</details>");
}

fn hunk(html: &mut String, lines: &[Line]) {
    if lines.is_empty() {
        return;
    }
    html.push_str(r#"<pre class="diff-hunk"><code class="language-rust">"#);
    for (tag, text) in lines {
        let (class, sign) = match tag {
            ChangeTag::Insert => ("add", "+"),
            ChangeTag::Delete => ("del", "−"),
            ChangeTag::Equal => ("same", " "),
        };
        let text = escape(text);
        // The line's end belongs to the line, or an empty one would have no height.
        write!(
            html,
            r#"<span class="line {class}" data-sign="{sign}">{text}&#10;</span>"#
        )
        .expect("a string takes everything");
    }
    html.push_str("</code></pre>");
}

#[cfg(test)]
mod tests {
    use directives::testing::rendered;
    use project::testing::sample;

    use super::*;

    fn diff(argument: &str) -> Result<String, String> {
        let (_folder, project) = sample();
        rendered(&Diff, argument, &crate::shelf::load(&project))
    }

    fn whole(lines: &[Line]) -> String {
        figure("t", lines, 0..lines.len())
    }

    #[test]
    fn of_a_long_difference_the_first_code_is_open() {
        let code: String = (0..60).map(|n| format!("    go({n});\n")).collect();
        let lines = changes(
            "//! One.\n\nuse a;\n\nfn run() {\n",
            &format!("//! Two.\n\nuse b;\n\nfn run() {{\n{code}"),
        );
        let html = figure("t", &lines, lines::open(&lines));
        assert!(
            html.contains(
                "<summary>What the file says of itself and uses: 4 changed lines</summary>"
            ),
            "{html}"
        );
        assert!(
            html.contains("<summary>The rest: 21 changed lines</summary>"),
            "{html}"
        );
        let open = html.rsplit_once("<details").unwrap().0;
        assert!(open.contains("go(38)") && !open.contains("go(39)"));
        assert!(!whole(&lines).contains("<details"));
    }

    #[test]
    fn a_step_is_compared_with_its_parent() {
        let html = diff("s01-cache").unwrap();
        assert!(html.contains("<figcaption>s00-baseline → s01-cache</figcaption>"));
        assert!(html.contains(r#"<span class="line del" data-sign="−">    ask();&#10;</span>"#));
        assert!(
            html.contains(
                r#"<span class="line add" data-sign="+">    remember(ask());&#10;</span>"#
            )
        );
        assert!(
            html.contains("//! One."),
            "module docs belong to the difference"
        );
        assert!(!html.contains('\n'));
        assert_eq!(diff("s00-baseline s01-cache").unwrap(), html);
    }

    #[test]
    fn one_change_is_found_by_its_words() {
        let html = diff("s01-cache: ask()").unwrap();
        assert!(html.contains(r#"<span class="line del" data-sign="−">    ask();&#10;</span>"#));
        assert!(
            html.contains(
                r#"<span class="line add" data-sign="+">    remember(ask());&#10;</span>"#
            )
        );
        assert_eq!(diff("s00-baseline s01-cache: remember").unwrap(), html);
        let said = diff("s01-cache: forget").unwrap_err();
        assert_eq!(
            said,
            "no line that `s01-cache` changes has the words `forget`"
        );
        assert!(
            diff("s01-cache: fn run").is_err(),
            "it is there, but did not change"
        );
    }

    #[test]
    fn mistakes_are_said_in_one_sentence() {
        assert!(
            diff("s01-cash")
                .unwrap_err()
                .ends_with("did you mean `s01-cache`?")
        );
        assert!(diff("s00-baseline").unwrap_err().contains("has no parent"));
        assert!(diff("a b c").unwrap_err().starts_with("`diff` takes"));
        let said = diff("s01-cache: ").unwrap_err();
        assert_eq!(said, "`diff` takes the words of a change behind its colon");
    }

    #[test]
    fn long_unchanged_runs_fold_to_three_lines_of_context() {
        let lines = |last: &str| (1..=10).map(|n| format!("{n}\n")).collect::<String>() + last;
        let figure = |old: &str, new: &str| whole(&changes(old, new));
        let html = figure(&lines("old\n"), &lines("new\n"));
        assert!(html.contains("<summary>7 unchanged lines</summary>"));
        let short = |last: &str| (1..=6).map(|n| format!("{n}\n")).collect::<String>() + last;
        assert!(!figure(&short("old\n"), &short("new\n")).contains("<details"));
    }

    #[test]
    fn the_marks_of_includes_are_left_out() {
        let html = whole(&changes("// ANCHOR: run\na\n", "    // ANCHOR: run\nb\n"));
        assert!(!html.contains("ANCHOR"));
    }

    #[test]
    fn code_is_escaped_for_html_and_markdown() {
        let html = whole(&changes("", "let v: Vec<_> = a && b; // *x*\n"));
        assert!(html.contains("Vec&lt;&#95;&gt; = a &amp;&amp; b; // &#42;x&#42;"));
    }
}
