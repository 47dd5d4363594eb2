//! Numbers what a slide reveals, key by key, in the order of the page.
//!
//! | what | gets | and takes |
//! |---|---|---|
//! | the block behind `<!-- step -->` | `class="fragment" data-step` | one step |
//! | the items or rows of the block behind `<!-- steps -->` | the same, each | one step each |
//! | a chart or a drawing behind `<!-- steps -->` | `data-parts`: the step of each of its bars, rows, lines or groups | one step each |
//! | a chart behind `<!-- steps: 1-3\|4 -->` | the same: 0 for the first group, which is there at once | one step for each other group |
//! | a run panel behind `<!-- step -->` | `data-run`: the step starts it | one step |
//! | the same behind `<!-- run: s03-replicas workers=8 -->`, too | `data-earlier data-earlier-run`: what runs first, and its step | two steps |
//! | a diff | `data-morph`: the step turns the old code into the new | one step |
//! | code with `lines=1-3\|5` | `data-line-numbers data-lines-from`: the first group is there at once | one step for each other group |
//!
//! A step's number is how many keys it takes until it has happened: the first is 1.

use std::sync::LazyLock;

use regex::Regex;

use super::groups::{self, Groups};
use super::{prerun, tags};

/// What the next block is to do.
enum Next {
    Nothing,
    Step,
    Steps(Option<Groups>),
}

/// Numbers the steps of a slide, and counts them.
pub fn number(html: &str) -> (String, usize) {
    let mut numbering = Numbering {
        taken: 0,
        next: Next::Nothing,
        prerun: None,
        items_until: None,
    };
    let mut numbered = String::with_capacity(html.len());
    let mut from = 0;
    for found in tags::TAG.find_iter(html) {
        numbered.push_str(&html[from..found.start()]);
        from = found.end();
        numbered.push_str(&numbering.tag(found.as_str(), &html[found.end()..]));
    }
    numbered.push_str(&html[from..]);
    (numbered, numbering.taken)
}

struct Numbering {
    taken: usize,
    next: Next,
    /// What the next panel is to run first.
    prerun: Option<String>,
    /// The end of the list or table whose items are revealed one after the other.
    items_until: Option<&'static str>,
}

impl Numbering {
    /// A tag with its steps; `rest` is what follows it.
    fn tag(&mut self, tag: &str, rest: &str) -> String {
        if let Some(comment) = tag.strip_prefix("<!--") {
            return self.comment(tag, comment.trim_end_matches("-->").trim());
        }
        let name = tags::name(tag);
        if self.items_until == Some(name.as_str()) {
            self.items_until = None;
        }
        if name.starts_with('/') {
            return tag.to_owned();
        }
        let mut tag = match std::mem::replace(&mut self.next, Next::Nothing) {
            Next::Nothing => tag.to_owned(),
            Next::Step if tags::has_class(tag, "run") => self.run(tag),
            Next::Step => self.fragment(tag),
            Next::Steps(groups) => self.parts(tag, &name, rest, groups.as_ref()),
        };
        self.prerun = None;
        // The head of a table is there from the start: it stands in `thead`, whose row has no cells of `td`.
        let is_item = name == "li" || (name == "tr" && starts_with_cells(rest));
        if self.items_until.is_some() && is_item {
            tag = self.fragment(&tag);
        }
        if tags::has_class(&tag, "diff") {
            tag = tags::with(&tag, "data-morph", &self.take(1).to_string());
        }
        if name == "code" {
            tag = self.lines(&tag);
        }
        tag
    }

    fn comment(&mut self, tag: &str, said: &str) -> String {
        let (word, argument) = said.split_once(':').unwrap_or((said, ""));
        match word {
            "step" => self.next = Next::Step,
            "steps" => self.next = Next::Steps(groups::parse(argument).ok()),
            // What is no name of a program was told, and does not get into an attribute.
            "run" if prerun::parse(argument).is_ok() => {
                self.prerun = Some(argument.trim().to_owned());
            }
            _ => return tag.to_owned(),
        }
        String::new()
    }

    /// A panel that is started by a step, perhaps with another program first.
    fn run(&mut self, tag: &str) -> String {
        let mut tag = tag.to_owned();
        if let Some(prerun) = self.prerun.take() {
            let step = self.take(1).to_string();
            tag = tags::with(&tag, "data-earlier", &prerun);
            tag = tags::with(&tag, "data-earlier-run", &step);
        }
        tags::with(&tag, "data-run", &self.take(1).to_string())
    }

    /// Takes so many steps, and says the number of the first.
    fn take(&mut self, steps: usize) -> usize {
        self.taken += steps;
        self.taken + 1 - steps
    }

    fn fragment(&mut self, tag: &str) -> String {
        let step = self.take(1).to_string();
        tags::with_class(&tags::with(tag, "data-step", &step), "fragment")
    }

    /// A block whose parts are revealed one after the other; what has no parts is revealed as a whole.
    fn parts(&mut self, tag: &str, name: &str, rest: &str, groups: Option<&Groups>) -> String {
        self.items_until = match name {
            "ul" => Some("/ul"),
            "ol" => Some("/ol"),
            "div" if tags::has_class(tag, "table-wrapper") => Some("/table"),
            _ => None,
        };
        if self.items_until.is_some() {
            return tag.to_owned();
        }
        let parts = parts_of(rest);
        let is_drawn = tags::has_class(tag, "chart") || tags::has_class(tag, "drawing");
        if !is_drawn || parts == 0 {
            return self.fragment(tag);
        }
        let steps: Vec<usize> = match groups {
            Some(groups) => groups::steps(groups, parts, self.take(groups.len() - 1)),
            None => (self.take(parts)..).take(parts).collect(),
        };
        let steps: Vec<String> = steps.iter().map(usize::to_string).collect();
        tags::with(tag, "data-parts", &steps.join(","))
    }

    /// Code with groups of lines: `class="language-rust lines=1-3|5"`.
    fn lines(&mut self, tag: &str) -> String {
        static LINES: LazyLock<Regex> = LazyLock::new(|| {
            // mdBook takes the comma of `1-3,5` for the end of a class.
            Regex::new(r" ?\blines=([\d|-]+(?: [\d|-]+)*)").expect("a valid pattern")
        });
        let Some(found) = LINES.captures(tag) else {
            return tag.to_owned();
        };
        let groups = found[1].replace(' ', ",");
        let bare = tag.replacen(&found[0], "", 1);
        let from = self.take(groups.matches('|').count()).to_string();
        tags::with(
            &tags::with(&bare, "data-line-numbers", &groups),
            "data-lines-from",
            &from,
        )
    }
}

fn starts_with_cells(rest: &str) -> bool {
    tags::TAG
        .find(rest)
        .is_some_and(|tag| tags::name(tag.as_str()) == "td")
}

/// How many parts the first drawing of some HTML has: the canvas of charts numbers them.
pub fn parts_of(rest: &str) -> usize {
    static PART: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#" data-part="(\d+)""#).expect("a valid pattern"));
    let drawing = rest.split("</svg>").next().unwrap_or_default();
    let parts = PART.captures_iter(drawing);
    let parts = parts.filter_map(|found| found[1].parse::<usize>().ok());
    parts.max().map_or(0, |last| last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slide_without_marks_has_no_steps() {
        let html = "<h2>A</h2><!-- other --><ul><li>b</li></ul><pre><code class=\"language-rust\">c</code></pre>";
        assert_eq!(number(html), (html.to_owned(), 0));
    }

    #[test]
    fn blocks_are_revealed_in_their_order() {
        let (html, steps) =
            number("<!-- step -->\n<p>a</p><p>b</p><!-- step --><pre class=\"mermaid\">c</pre>");
        assert_eq!(
            html,
            "\n<p data-step=\"1\" class=\"fragment\">a</p><p>b</p><pre class=\"mermaid fragment\" data-step=\"2\">c</pre>"
        );
        assert_eq!(steps, 2);
    }

    #[test]
    fn items_and_rows_are_revealed_one_by_one() {
        let (html, steps) =
            number("<!-- steps --><ol><li>a</li><li>b</li></ol><ul><li>c</li></ul>");
        assert_eq!(steps, 2);
        assert!(
            html.ends_with("<li data-step=\"2\" class=\"fragment\">b</li></ol><ul><li>c</li></ul>"),
            "{html}"
        );
        let (html, steps) = number(
            "<!-- steps --><div class=\"table-wrapper\"><table><thead><tr><th>h</th></tr></thead><tbody>\n<tr>\n<td>a</td></tr>\
             <tr><td>b</td></tr></tbody></table></div>",
        );
        assert_eq!(steps, 2);
        assert!(
            html.contains("<thead><tr><th>")
                && html.contains("<tr data-step=\"1\" class=\"fragment\">\n<td>"),
            "{html}"
        );
    }

    #[test]
    fn figures_have_steps_of_their_own_kind() {
        let (html, steps) = number(
            "<figure class=\"diff\"></figure><!-- step --><figure class=\"diff\"></figure>\
             <!-- step --><section class=\"run\" id=\"r\"></section>",
        );
        assert!(
            html.starts_with("<figure class=\"diff\" data-morph=\"1\">"),
            "{html}"
        );
        assert!(
            html.contains("<figure class=\"diff fragment\" data-step=\"2\" data-morph=\"3\">"),
            "{html}"
        );
        assert!(
            html.contains("<section class=\"run\" id=\"r\" data-run=\"4\">"),
            "{html}"
        );
        assert_eq!(steps, 4);
        let chart = "<figure class=\"chart\"><svg><g data-part=\"0\"></g><g data-part=\"1\"></g><g data-part=\"0\"></g></svg>\
            <svg><g data-part=\"7\"></g></svg></figure>";
        let (html, steps) = number(&format!("<!-- steps -->{chart}{chart}"));
        assert!(
            html.starts_with("<figure class=\"chart\" data-parts=\"1,2\">"),
            "{html}"
        );
        assert_eq!((steps, html.matches("data-parts=").count()), (2, 1));
        let (html, steps) = number(&format!("<p></p><!-- steps: 2|1 -->{chart}"));
        assert!(html.contains(" data-parts=\"1,0\">"), "{html}");
        assert_eq!(steps, 1, "the first group is there");
        let drawing = chart.replace("\"chart\"", "\"drawing\"");
        let (html, steps) = number(&format!("<!-- steps: 1|2 -->{drawing}"));
        assert!(
            html.contains("class=\"drawing\" data-parts=\"0,1\">"),
            "{html}"
        );
        assert_eq!(steps, 1);
        let (html, _) = number("<!-- steps --><figure class=\"chart\"><svg></svg></figure>");
        assert!(
            html.contains("class=\"chart fragment\""),
            "a chart without parts comes as a whole"
        );
    }

    #[test]
    fn a_panel_may_run_something_else_first() {
        let panel = "<section class=\"run\"></section>";
        let (html, steps) = number(&format!(
            "<!-- run: s03-replicas workers=8 -->\n<!-- step -->\n{panel}<!-- step -->{panel}"
        ));
        assert_eq!(
            html,
            "\n\n<section class=\"run\" data-earlier=\"s03-replicas workers=8\" data-earlier-run=\"1\" data-run=\"2\">\
             </section><section class=\"run\" data-run=\"3\"></section>"
        );
        assert_eq!(steps, 3);
    }

    #[test]
    fn lines_of_code_come_in_groups() {
        let (html, steps) = number(
            "<pre><code class=\"language-rust lines=1-3|5 7|9 noplayground\">c</code></pre><!-- step --><p>",
        );
        assert!(
            html.contains("<code class=\"language-rust noplayground\" data-line-numbers=\"1-3|5,7|9\" data-lines-from=\"1\">"),
            "{html}"
        );
        assert!(html.contains("<p data-step=\"3\""), "{html}");
        assert_eq!(steps, 3);
        let (html, steps) = number("<code class=\"lines=2\">c</code>");
        assert_eq!(steps, 0);
        assert!(
            html.contains("data-line-numbers=\"2\" data-lines-from=\"1\""),
            "{html}"
        );
    }
}
