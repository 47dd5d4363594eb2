//! The names of lines, each at its line's end. They keep clear of each other, and those of lines that
//! end early of the other lines, too.

use super::super::canvas::{At, Ink, LABEL, Pen, Type, width_of, wrapped};
use super::data::Line;
use super::frame::Frame;

/// From one row of text to the next.
const ROW: i32 = 18;
/// A longer name takes several rows.
const LONGEST: i32 = 150;
/// How much wider than others bold letters are.
const BOLD: f64 = 1.06;
/// From the end of a line to its name.
const BESIDE: i32 = 12;
/// How far a name may move to keep clear of the lines.
const FARTHEST: i32 = 60;

/// A name in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    rows: Vec<String>,
    /// Its left end and its middle.
    at: At,
    width: i32,
    ink: Ink,
    /// The part of its line.
    pub part: usize,
}

/// The width of a line's name.
pub fn width(line: &Line) -> i32 {
    let rows = wrapped(written(line), LABEL * BOLD, LONGEST);
    let widths = rows.iter().map(|row| width_of(row, LABEL * BOLD));
    widths.max().unwrap_or(0)
}

/// What stands at the end of a line. The reader's is near the book's and has its marks: it need not
/// say again what it is.
fn written(line: &Line) -> &str {
    if line.own { "yours" } else { &line.label }
}

/// Finds the places of all names.
pub fn place(lines: &[Line], frame: &Frame) -> Vec<Name> {
    let drawn: Vec<Vec<At>> = lines.iter().map(|line| frame.points(line)).collect();
    let named = lines.iter().zip(&drawn);
    let names = named.filter_map(|(line, points)| {
        let &(x, y) = points.last()?;
        let width = width(line);
        Some(Name {
            rows: wrapped(written(line), LABEL * BOLD, LONGEST),
            at: (begin(x, width, frame.right) + BESIDE, y),
            width,
            ink: line.ink(),
            part: line.part,
        })
    });
    let mut names: Vec<Name> = names.collect();
    for (name, own) in names.iter_mut().zip(&drawn) {
        let others: Vec<&Vec<At>> = drawn.iter().filter(|points| *points != own).collect();
        name.avoid(&others, frame.bottom);
    }
    spread(&mut names, frame.bottom);
    names
}

/// Where the name of a line begins that ends at `x`: beside all lines, if it would otherwise stand half between them.
fn begin(x: i32, width: i32, right: i32) -> i32 {
    if x + BESIDE + width > right { right } else { x }
}

impl Name {
    fn height(&self) -> i32 {
        ROW * self.rows.len() as i32
    }

    /// Moves up or down, as little as needed, until no line runs through it.
    fn avoid(&mut self, lines: &[&Vec<At>], bottom: i32) {
        let wanted = self.at.1;
        let moves = (0..=FARTHEST)
            .step_by(3)
            .flat_map(|by| [wanted - by, wanted + by]);
        let within = moves.filter(|y| *y <= bottom && *y > 0);
        let clear = |y: &i32| !lines.iter().any(|line| self.is_crossed(*y, line));
        self.at.1 = within.into_iter().find(clear).unwrap_or(wanted);
    }

    /// Whether the line would run through the name if that was at `y`.
    fn is_crossed(&self, y: i32, line: &[At]) -> bool {
        let (top, bottom) = (y - self.height() / 2, y + self.height() / 2);
        let (left, right) = (self.at.0, self.at.0 + self.width);
        line.windows(2).any(|ends| {
            let [from, to] = [ends[0], ends[1]];
            if to.0 <= left || from.0 >= right {
                return false;
            }
            let slope = f64::from(to.1 - from.1) / f64::from((to.0 - from.0).max(1));
            let at = |x: i32| f64::from(from.1) + slope * f64::from(x - from.0);
            let (one, other) = (at(from.0.max(left)), at(to.0.min(right)));
            one.max(other) > f64::from(top) && one.min(other) < f64::from(bottom)
        })
    }

    fn is_beside(&self, other: &Name) -> bool {
        self.at.0 < other.at.0 + other.width && other.at.0 < self.at.0 + self.width
    }

    /// How far its middle must be from that of another name.
    fn distance(&self, other: &Name) -> i32 {
        (self.height() + other.height()) / 2
    }

    /// Clears its place of the grid; the lines are drawn after that.
    pub fn clear(&self, pen: &Pen<'_>) {
        let ((x, y), half) = (self.at, self.height() / 2);
        let (from, to) = ((x - 4, y - half), (x + self.width, y + half));
        pen.fill(from, to, Ink::Ground, 1.0);
    }

    /// Writes it.
    pub fn draw(&self, pen: &Pen<'_>) {
        let first = self.at.1 - (self.height() - ROW) / 2;
        for (row, y) in self.rows.iter().zip((first..).step_by(ROW as usize)) {
            let set = Type {
                ink: self.ink,
                bold: true,
                ..Type::label()
            };
            pen.text(row, (self.at.0, y), set);
        }
    }
}

/// Moves names apart that would cover each other, as little as needed and in their order.
fn spread(names: &mut [Name], bottom: i32) {
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|&at| names[at].at.1);
    for (place, &at) in order.iter().enumerate() {
        for &above in &order[..place] {
            if names[at].is_beside(&names[above]) {
                let least = names[above].at.1 + names[at].distance(&names[above]);
                names[at].at.1 = names[at].at.1.max(least);
            }
        }
    }
    // Those that were pushed out at the bottom push back.
    for (place, &at) in order.iter().enumerate().rev() {
        names[at].at.1 = names[at].at.1.min(bottom);
        for &below in &order[place + 1..] {
            if names[at].is_beside(&names[below]) {
                let most = names[below].at.1 - names[at].distance(&names[below]);
                names[at].at.1 = names[at].at.1.min(most);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(ends: &[At]) -> Vec<Name> {
        let name = |&at: &At| Name {
            rows: vec!["name".into()],
            at,
            width: 40,
            ink: Ink::Text,
            part: 0,
        };
        ends.iter().map(name).collect()
    }

    fn spread_out(ends: &[At], bottom: i32) -> Vec<i32> {
        let mut names = names(ends);
        spread(&mut names, bottom);
        names.iter().map(|name| name.at.1).collect()
    }

    #[test]
    fn names_move_apart_and_stay_in_the_drawing() {
        assert_eq!(
            spread_out(&[(9, 100), (9, 104), (9, 200)], 300),
            [100, 118, 200]
        );
        assert_eq!(spread_out(&[(9, 300), (9, 299)], 300), [300, 282]);
        assert_eq!(spread_out(&[(9, 100), (99, 100)], 300), [100, 100]);
    }

    #[test]
    fn a_name_keeps_clear_of_other_lines() {
        let [mut name] = names(&[(100, 50)]).try_into().unwrap();
        let line = vec![(0, 50), (200, 50)];
        name.avoid(&[&line], 300);
        assert_eq!(name.at.1, 41);
        name.avoid(&[&vec![(0, 41), (90, 41)]], 300);
        assert_eq!(name.at.1, 41, "the line ends before it");
    }

    #[test]
    fn a_name_that_would_reach_out_of_the_drawing_begins_beside_it() {
        assert_eq!([begin(650, 80, 700), begin(700, 80, 700)], [700, 700]);
        assert_eq!([begin(608, 80, 700), begin(609, 80, 700)], [608, 700]);
    }

    #[test]
    fn a_long_name_has_rows() {
        let line = Line::new(
            "predicted by the Universal Scalability Law".into(),
            Vec::new(),
        );
        assert!(width(&line) <= LONGEST);
    }
}
