//! The code of a slide: its lines and columns, as they are seen.

use std::sync::LazyLock;

use regex::Regex;

use super::super::tags;

/// The most characters of a line of one of two languages beside each other; what is longer goes on in the next line.
const SIDE_COLUMNS: usize = 46;

/// How much code a slide shows at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Code {
    /// Its lines. Of a change the old or the new ones are there, and the two sides of a twin stand beside each other.
    pub lines: usize,
    /// The characters of its longest line; of a twin, of both sides together.
    pub columns: usize,
    /// How many blocks stand one under the other.
    pub blocks: usize,
    /// Its lines on paper, where a change has its old and its new ones, and nothing takes the place of anything.
    pub paper: usize,
}

/// Measures the code of a slide.
pub fn code(html: &str) -> Code {
    let mut counting = Counting::default();
    let mut from = 0;
    for found in tags::TAG.find_iter(html) {
        counting.text(&html[from..found.start()]);
        counting.tag(found.as_str());
        from = found.end();
    }
    let longest = |sides: &[Code]| sides.iter().map(|side| side.lines).max();
    let (side, turn) = (longest(&counting.sides), longest(&counting.turns));
    let turns: usize = counting.turns.iter().map(|turn| turn.lines).sum();
    Code {
        lines: counting.total + side.unwrap_or(0) + turn.unwrap_or(0),
        columns: (counting.columns).max(counting.sides.iter().map(|side| side.columns).sum()),
        blocks: counting.blocks + usize::from(side.is_some()) + usize::from(turn.is_some()),
        paper: counting.paper + side.unwrap_or(0) + turns,
    }
}

#[derive(Default)]
struct Counting {
    total: usize,
    paper: usize,
    columns: usize,
    blocks: usize,
    /// Of the sides of twins.
    sides: Vec<Code>,
    in_side: bool,
    /// Blocks of which each takes the place of the one before: those with a bracket.
    turns: Vec<Code>,
    in_turn: bool,
    /// The text of the block of code that is being read; none outside of one, and in a diagram.
    block: Option<String>,
    /// Lines of a difference, by what became of them.
    same: usize,
    old: usize,
    new: usize,
    /// How deep in folded lines.
    folded: usize,
    in_diff: bool,
}

impl Counting {
    fn text(&mut self, text: &str) {
        if let Some(block) = &mut self.block {
            block.push_str(text);
        }
    }

    fn tag(&mut self, tag: &str) {
        match tags::name(tag).as_str() {
            "figure" if tags::has_class(tag, "twin-side") => self.in_side = true,
            "figure" if tags::has_class(tag, "diff") => self.in_diff = true,
            "/figure" => self.end_of_figure(),
            "details" => self.folded += 1,
            "/details" => self.folded -= 1,
            "pre" if !tags::has_class(tag, "mermaid") && self.folded == 0 => {
                self.block = Some(String::new());
            }
            "code" if self.block.is_some() => {
                let classes = tags::attribute(tag, "class").unwrap_or_default();
                self.in_turn = classes.contains("held=");
            }
            "/pre" => self.end_of_block(),
            "span" if self.block.is_some() && tags::has_class(tag, "line") => {
                self.same += usize::from(tags::has_class(tag, "same"));
                self.old += usize::from(tags::has_class(tag, "del"));
                self.new += usize::from(tags::has_class(tag, "add"));
            }
            _ => {}
        }
    }

    fn end_of_block(&mut self) {
        let Some(block) = self.block.take() else {
            return;
        };
        let lines = block.trim_end().lines().count();
        let columns = block.lines().map(characters).max().unwrap_or(0);
        if self.in_side {
            self.sides.push(Code {
                lines,
                columns: columns.min(SIDE_COLUMNS),
                blocks: 1,
                paper: lines,
            });
            return;
        }
        self.columns = self.columns.max(columns);
        if std::mem::take(&mut self.in_turn) {
            self.turns.push(Code {
                lines,
                ..Code::default()
            });
        } else if !self.in_diff {
            self.total += lines;
            self.paper += lines;
            self.blocks += 1;
        }
    }

    fn end_of_figure(&mut self) {
        if self.in_diff {
            self.total += self.same + self.old.max(self.new);
            self.paper += self.same + self.old + self.new;
            self.blocks += 1;
            (self.same, self.old, self.new) = (0, 0, 0);
        }
        self.in_side = false;
        self.in_diff = false;
    }
}

/// The characters of a line of HTML's text, in which some are written by their names.
fn characters(line: &str) -> usize {
    static NAMED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"&#?\w+;").expect("a valid pattern"));
    NAMED.replace_all(line.trim_end(), "x").chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_lines(html: &str) -> usize {
        code(html).lines
    }

    #[test]
    fn the_longest_line_is_as_long_as_it_looks() {
        let block = |text: &str| format!("<pre><code>{text}</code></pre>");
        let html = format!("{}{}", block("<b>a &lt; b</b>  \nc"), block("12345678"));
        assert_eq!(
            code(&html),
            Code {
                lines: 3,
                columns: 8,
                blocks: 2,
                paper: 3
            }
        );
        let side = |text| format!("<figure class=\"twin-side\">{}</figure>", block(text));
        assert_eq!(
            code(&format!("{}{}", side("1234"), side("123\n1"))).columns,
            7
        );
    }

    #[test]
    fn lines_are_counted_as_they_are_seen() {
        let code = |lines: usize| format!("<pre><code>{}</code></pre>", "<b>x</b>\n".repeat(lines));
        assert_eq!(code_lines(&code(3)), 3);
        assert_eq!(code_lines(&format!("{}{}", code(3), code(2))), 5);
        assert_eq!(
            code_lines("<pre class=\"mermaid\">a\nb</pre><p>c\nd</p>"),
            0
        );
        let side = |lines| {
            format!(
                "<figure class=\"twin-side\"><figcaption>c\n</figcaption>{}</figure>",
                code(lines)
            )
        };
        let twin = format!("<div class=\"twin\">{}{}</div>", side(4), side(7));
        assert_eq!(code_lines(&format!("{twin}{}", code(1))), 8);
    }

    #[test]
    fn of_a_change_the_longer_side_counts() {
        let line = |class: &str, times: usize| {
            format!("<span class=\"line {class}\" data-sign=\"+\">x\n</span>").repeat(times)
        };
        let hunk = |lines: String| format!("<pre class=\"diff-hunk\"><code>{lines}</code></pre>");
        let fold = format!(
            "<details class=\"diff-fold\">{}</details>",
            hunk(line("same", 50))
        );
        let shown = hunk(line("same", 4) + &line("del", 2) + &line("add", 5));
        let html = format!(
            "<figure class=\"diff\">{shown}{fold}{}</figure>",
            hunk(line("add", 1))
        );
        assert_eq!(code_lines(&html), 10);
        assert_eq!(code(&html).paper, 12, "on paper both sides are there");
        assert_eq!(code_lines(&format!("{html}{html}")), 20);
    }

    #[test]
    fn what_takes_the_place_of_another_needs_no_room() {
        let block = |held: &str, lines: usize| {
            let text = "x\n".repeat(lines);
            format!("<pre><code class=\"language-rust held={held}\">{text}</code></pre>")
        };
        let found = code(&format!("{}{}", block("1-3", 3), block("1|4", 5)));
        assert_eq!((found.lines, found.paper, found.blocks), (5, 8, 1));
    }
}
