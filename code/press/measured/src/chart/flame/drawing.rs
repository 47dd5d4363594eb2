//! Where the frames go. Each is a rectangle with its name, as far as there is room for it, and a
//! title that says the rest. Drawn without plotters, which has no titles.

use std::fmt::Write as _;

use directives::html::escape;

use super::super::canvas::{Ink, SMALL, width_of, wrapped};
use super::super::medium::Medium;
use super::data::Flame;
use super::name::{Name, Origin};
use super::stacks::Frame;
use crate::number;

/// From one row of frames to the next.
const ROW: i32 = 19;
/// From one row of text above the graph to the next.
const TEXT_ROW: i32 = 18;
/// Narrower frames are left out, and what they call.
const NARROWEST: f64 = 3.0;
/// Between the ends of a frame and its name.
const MARGIN: i32 = 5;
/// How wide the sample of a colour is.
const SWATCH: i32 = 12;

/// What the graph's form means.
const HOW_TO_READ: &str = "width: share of samples; above a function: its calls";

/// A frame in its place.
struct Placed<'f> {
    /// None for the one at the bottom, which is all samples.
    name: Option<&'f Name>,
    origin: Origin,
    samples: u64,
    depth: usize,
    from: f64,
    to: f64,
}

/// Draws the frames for a medium.
pub fn svg(flame: &Flame, medium: Medium) -> String {
    let width = medium.width();
    let mut frames = vec![Placed {
        name: None,
        origin: Origin::Thread,
        samples: flame.root.samples,
        depth: 0,
        from: 0.0,
        to: f64::from(width),
    }];
    let unit = f64::from(width) / flame.root.samples as f64;
    flame.place(&flame.root, (1, 0.0, unit), &mut frames);
    let mut svg = String::new();
    let top = head(&mut svg, &frames, width);
    let deepest = frames.iter().map(|frame| frame.depth).max().unwrap_or(0);
    let bottom = top + ROW * (deepest as i32 + 1);
    for frame in &frames {
        flame.draw(&mut svg, frame, bottom - ROW * (frame.depth as i32 + 1));
    }
    format!("<svg viewBox=\"0 0 {width} {bottom}\">{svg}</svg>")
}

impl Flame {
    /// Places what a frame calls, beginning at `from`, and what that calls, one row further up.
    fn place<'f>(
        &self,
        frame: &'f Frame,
        (depth, mut from, unit): (usize, f64, f64),
        frames: &mut Vec<Placed<'f>>,
    ) {
        for (name, call) in &frame.calls {
            let to = from + call.samples as f64 * unit;
            if to - from >= NARROWEST {
                frames.push(Placed {
                    name: Some(name),
                    origin: name.origin(&self.ours, depth == 1),
                    samples: call.samples,
                    depth,
                    from,
                    to,
                });
                self.place(call, (depth + 1, from, unit), frames);
            }
            from = to;
        }
    }

    fn draw(&self, svg: &mut String, frame: &Placed<'_>, y: i32) {
        let path = frame.name.map_or("all samples", |name| name.path.as_str());
        let title = format!(
            "{path}: {}, {} samples",
            self.share(frame.samples),
            number::quantity(frame.samples as f64, "")
        );
        // A line of the page's ground keeps neighbours apart.
        let (x, end) = (frame.from, frame.to - 1.0);
        let (ink, opacity) = colour(frame.origin);
        write!(
            svg,
            "<g><title>{}</title><rect x=\"{x:.1}\" y=\"{y}\" width=\"{:.1}\" height=\"{}\" \
             fill=\"{}\" fill-opacity=\"{opacity}\"/>",
            escape(&title),
            end - x,
            ROW - 1,
            ink.css(),
        )
        .expect("a string takes everything");
        let at = (x as i32 + MARGIN, y + ROW / 2);
        let room = (end - x) as i32 - 2 * MARGIN;
        text(svg, &self.written(frame, room), at, frame.origin);
        svg.push_str("</g>");
    }

    /// As much of a frame's name as there is room for.
    fn written(&self, frame: &Placed<'_>, room: i32) -> String {
        let Some(name) = frame.name else {
            let samples = number::quantity(frame.samples as f64, "");
            return format!("all {samples} samples");
        };
        let fits = |text: &String| width_of(text, size_of(frame.origin)) <= room;
        let (short, shortest) = (name.short(), name.shortest());
        let with_share = format!("{short} {}", self.share(frame.samples));
        let whole = [with_share, short, shortest.clone()];
        whole.into_iter().find(fits).unwrap_or_else(|| {
            let starts = shortest.char_indices().map(|(at, _)| &shortest[..at]);
            // A few letters name nothing.
            let starts = starts.skip(5).map(|start| format!("{start}…"));
            starts.filter(fits).last().unwrap_or_default()
        })
    }
}

/// What stands above the graph: how it is read, and whose code has which colour. Gives its height.
fn head(svg: &mut String, frames: &[Placed<'_>], width: i32) -> i32 {
    let rows = wrapped(HOW_TO_READ, SMALL, width);
    for (at, row) in rows.iter().enumerate() {
        line(svg, row, (0, 12 + TEXT_ROW * at as i32));
    }
    let y = 12 + TEXT_ROW * rows.len() as i32;
    let mut x = 0;
    let key = [
        (Origin::Ours, "this program (bold)"),
        (Origin::Library, "libraries"),
        (Origin::Kernel, "kernel"),
    ];
    for (origin, name) in key {
        if !frames.iter().any(|frame| frame.origin == origin) {
            continue;
        }
        let (ink, opacity) = colour(origin);
        write!(
            svg,
            "<rect x=\"{x}\" y=\"{}\" width=\"{SWATCH}\" height=\"{SWATCH}\" fill=\"{}\" \
             fill-opacity=\"{opacity}\"/>",
            y - SWATCH / 2,
            ink.css(),
        )
        .expect("a string takes everything");
        line(svg, name, (x + SWATCH + 6, y));
        x += SWATCH + 6 + width_of(name, SMALL) + 12;
    }
    y + TEXT_ROW
}

/// The colour of a frame and how strong it is: its name must be legible on it.
fn colour(origin: Origin) -> (Ink, f64) {
    match origin {
        Origin::Thread => (Ink::Grid, 0.6),
        Origin::Ours => (Ink::Data(0), 0.4),
        Origin::Library => (Ink::Data(5), 0.3),
        Origin::Kernel => (Ink::Data(1), 0.3),
    }
}

/// The size by which the room for a name is reckoned: ours are bold, which is wider.
fn size_of(origin: Origin) -> f64 {
    if origin == Origin::Ours {
        SMALL * 1.08
    } else {
        SMALL
    }
}

fn text(svg: &mut String, text: &str, (x, y): (i32, i32), origin: Origin) {
    if text.is_empty() {
        return;
    }
    let weight = if origin == Origin::Ours {
        " font-weight=\"bold\""
    } else {
        ""
    };
    write!(
        svg,
        "<text x=\"{x}\" y=\"{y}\" dy=\"0.35em\" font-size=\"{SMALL}\" fill=\"{}\"{weight}>{}</text>",
        Ink::Text.css(),
        escape(text)
    )
    .expect("a string takes everything");
}

/// A line of muted text.
fn line(svg: &mut String, text: &str, (x, y): (i32, i32)) {
    write!(
        svg,
        "<text x=\"{x}\" y=\"{y}\" dy=\"0.35em\" font-size=\"{SMALL}\" fill=\"{}\">{}</text>",
        Ink::Muted.css(),
        escape(text)
    )
    .expect("a string takes everything");
}
