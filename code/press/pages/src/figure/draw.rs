//! Draws a figure as SVG: each part once, with the words and signs of both readings, of which the style sheet shows one.

use std::fmt::Write as _;

use directives::html::escape;

use super::description::{Arrow, Box, Description, Kind, Pair, Shape, View};

/// Half the width and half the height of a box.
const TASK: [f64; 2] = [66.0, 30.0];
const MAP: [f64; 2] = [60.0, 34.0];
const CHOICE: [f64; 2] = [68.0, 24.0];
const SERVICE: [f64; 2] = [62.0, 28.0];

/// How long the head of an arrow is, and half as wide.
const HEAD: f64 = 13.0;

/// How much of a figure is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// The words and signs of both readings.
    All,
    /// Boxes and arrows.
    Shapes,
}

/// The figure, as one view shows it.
pub fn svg(figure: &Description, view: &View, detail: Detail) -> String {
    let [width, height] = figure.size;
    let mut svg = String::new();
    put(
        &mut svg,
        format_args!(
            r#"<svg viewBox="0 0 {width} {height}" role="img" aria-label="{}: {}">"#,
            escape(&figure.title),
            escape(match detail {
                Detail::All => view.said.as_ref().unwrap_or(&figure.said),
                Detail::Shapes => &view.about,
            })
        ),
    );
    let is_there = |arrow: &&Arrow| !arrow.spare || view.with.contains(&arrow.name);
    for arrow in figure.arrows.iter().filter(is_there) {
        draw_arrow(&mut svg, figure, arrow, view, detail);
    }
    for part in &figure.boxes {
        draw_box(&mut svg, figure, part, view, detail);
    }
    svg.push_str("</svg>");
    svg
}

fn draw_arrow(svg: &mut String, figure: &Description, arrow: &Arrow, view: &View, detail: Detail) {
    let Arrow { name, along, .. } = arrow;
    let (Some(first), Some(last)) = (along.first(), along.last()) else {
        return;
    };
    let kind = if along.len() == 2 { "L" } else { "C" };
    let points: Vec<String> = along[1..].iter().map(|[x, y]| format!("{x} {y}")).collect();
    put(
        svg,
        format_args!(
            r#"<g class="figure-arrow{}" data-part="{name}"><path d="M{} {}{kind}{}"/>"#,
            view.classes(name),
            first[0],
            first[1],
            points.join(" ")
        ),
    );
    head(svg, *last, along[along.len() - 2]);
    if arrow.both {
        head(svg, *first, along[1]);
    }
    if let (Detail::All, Some(kind), Some([x, y])) = (detail, arrow.kind, arrow.words) {
        let (pair, anchor) = match kind {
            Kind::Channel => (&figure.words.channel, "middle"),
            Kind::Interface => (&figure.words.interface, "start"),
        };
        words(svg, pair, [x, y], anchor);
    }
    svg.push_str("</g>");
}

/// A head at `end`, of an arrow that comes from `before`.
fn head(svg: &mut String, [x, y]: [f64; 2], before: [f64; 2]) {
    let turned = (y - before[1]).atan2(x - before[0]).to_degrees();
    let half = HEAD / 2.0;
    put(
        svg,
        format_args!(
            r#"<path class="head" transform="translate({x} {y}) rotate({turned:.0})" d="M2 0L-{HEAD} {half}V-{half}Z"/>"#
        ),
    );
}

fn draw_box(svg: &mut String, figure: &Description, part: &Box, view: &View, detail: Detail) {
    let Box {
        name, at: [x, y], ..
    } = part;
    put(
        svg,
        format_args!(
            r#"<g class="figure-box{}" data-part="{name}" transform="translate({x} {y})">"#,
            view.classes(name)
        ),
    );
    if detail == Detail::Shapes {
        bare(svg, part.shape);
        svg.push_str("</g>");
        return;
    }
    let words_of = &figure.words;
    match part.shape {
        Shape::Sheet => svg.push_str(r#"<path class="shape" d="M-32 -32H20L32 -20V32H-32Z"/><path class="sign" d="M20 -32V-20H32M-20 -8H18M-20 4H18M-20 16H8"/>"#),
        Shape::Task => {
            outline(svg, TASK, 8.0);
            // A loop that runs; a machine in a rack.
            svg.push_str(r#"<path class="sign program" d="M-43.5 -7.8A9 9 0 1 1 -52.5 -7.8M-52.5 -7.8l-6 -0.5M-52.5 -7.8l-2.5 5.4"/><g class="sign cluster"><path d="M-59 -10H-41V0H-59ZM-59 0H-41V10H-59Z"/><path d="M-55 -5h1M-55 5h1"/></g>"#);
            words(svg, &words_of.task, [10.0, -8.0], "middle");
        }
        Shape::Map => {
            let [w, h] = MAP;
            put(svg, format_args!(r#"<path class="shape program" d="M-{w} -{h}H{w}V{h}H-{w}Z"/><path class="sign program" d="M-{w} -12H{w}M-14 -{h}V-12"/>"#));
            put(svg, format_args!(r#"<path class="shape cluster" d="M-{w} -24C-{w} -38 {w} -38 {w} -24V24C{w} 38 -{w} 38 -{w} 24Z"/><path class="sign cluster" d="M-{w} -24C-{w} -10 {w} -10 {w} -24"/>"#));
            words(svg, &words_of.map, [0.0, 12.0], "middle");
        }
        Shape::Service => outline(svg, SERVICE, 8.0),
        Shape::Choice => {
            outline(svg, CHOICE, CHOICE[1]);
            words(svg, &words_of.choice, [0.0, 0.0], "middle");
        }
    }
    if let Some(does) = view.does.get(name).or(part.does.as_ref()) {
        let (class, x, y, anchor) = match part.shape {
            Shape::Task => ("does", 10, 14, "middle"),
            Shape::Sheet => ("does", -44, 0, "end"),
            Shape::Service | Shape::Map | Shape::Choice => ("name", 0, 0, "middle"),
        };
        put(
            svg,
            format_args!(
                r#"<text class="{class}" x="{x}" y="{y}" text-anchor="{anchor}">{}</text>"#,
                escape(does)
            ),
        );
    }
    svg.push_str("</g>");
}

/// A box without anything in it.
fn bare(svg: &mut String, shape: Shape) {
    let ([w, h], round) = match shape {
        Shape::Sheet => ([32.0, 32.0], 4.0),
        Shape::Task => (TASK, 8.0),
        Shape::Map => (MAP, 0.0),
        Shape::Service => (SERVICE, 8.0),
        Shape::Choice => (CHOICE, CHOICE[1]),
    };
    let (width, height) = (2.0 * w, 2.0 * h);
    put(
        svg,
        format_args!(
            r#"<rect class="shape" x="-{w}" y="-{h}" width="{width}" height="{height}" rx="{round}"/>"#
        ),
    );
}

/// The line around a box: in a program a plain one; a machine has a second one around it, for a place of its own.
fn outline(svg: &mut String, [w, h]: [f64; 2], round: f64) {
    for (class, gap) in [("machine cluster", 5.0), ("shape", 0.0)] {
        let (x, y) = (w + gap, h + gap);
        put(
            svg,
            format_args!(
                r#"<rect class="{class}" x="-{x}" y="-{y}" width="{}" height="{}" rx="{}"/>"#,
                2.0 * x,
                2.0 * y,
                round + gap
            ),
        );
    }
}

/// A word of a program and its cousin, at the same place.
fn words(svg: &mut String, [program, cluster]: &Pair, [x, y]: [f64; 2], anchor: &str) {
    for (class, word) in [("program", program), ("cluster", cluster)] {
        put(
            svg,
            format_args!(
                r#"<text class="name {class}" x="{x}" y="{y}" text-anchor="{anchor}">{}</text>"#,
                escape(word)
            ),
        );
    }
}

fn put(svg: &mut String, what: std::fmt::Arguments<'_>) {
    svg.write_fmt(what).expect("a string takes everything");
}
