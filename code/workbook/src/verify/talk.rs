//! A talk that a stranger can give: each slide says one thing, each has its speech, and each cut ends in time.

use deck::measure::{code, has_points, spoken, words};
use deck::{CUTS, Deck, Shown, Slide, Talk, clock};
use measured::typed_in;
use project::Problem;

use crate::book;

/// The most words on a slide, besides code.
const WORDS_MAX: usize = 40;
/// The most lines of code on a slide.
const LINES_MAX: usize = 8;
/// How many words a second a speaker can say at most. Who reads the news says fewer.
const PACE_MAX: f64 = 3.0;

/// What is wrong with the talk, besides what its directives say.
pub fn check(talk: &Talk) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (slide, shown) in talk.deck.slides.iter().zip(&talk.shown) {
        problems.extend(on_slide(slide, shown));
        problems.extend(in_notes(slide));
        problems.extend(typed_in(slide));
    }
    problems.extend(too_long(&talk.deck));
    problems.extend(empty(&talk.deck));
    problems
}

fn on_slide(slide: &Slide, shown: &Shown) -> Vec<Problem> {
    let words = words(&slide.pieces, &book::figures());
    let lines = code(&shown.slide).lines;
    let mut problems = Vec::new();
    if words == 0 && lines == 0 && shown.slide.trim().is_empty() && !slide.is_title {
        let message =
            "it shows nothing: paragraphs and lists stay in the book (`<!-- on-slide -->`)";
        problems.push(of(slide, message.to_owned()));
    }
    if words > WORDS_MAX {
        let message =
            format!("it has {words} words besides code: at most {WORDS_MAX} can be taken in");
        problems.push(of(slide, message));
    }
    if lines > LINES_MAX {
        let message = format!("it shows {lines} lines of code: at most {LINES_MAX} can be read");
        problems.push(of(slide, message));
    }
    problems
}

fn in_notes(slide: &Slide) -> Vec<Problem> {
    let words: usize = slide.notes.iter().map(|piece| spoken(&piece.text)).sum();
    let mut problems = Vec::new();
    if words == 0 {
        let message = "it has no notes: nobody else could give it (`<!-- notes: … -->`)";
        problems.push(of(slide, message.to_owned()));
    }
    if slide.notes.iter().any(|piece| has_points(&piece.text)) {
        let message = "its notes are points: write down what is said";
        problems.push(of(slide, message.to_owned()));
    }
    if words as f64 > PACE_MAX * f64::from(slide.seconds) {
        let message = format!("nobody says {words} words in {} s", slide.seconds);
        problems.push(of(slide, message));
    }
    problems
}

fn of(slide: &Slide, message: String) -> Problem {
    Problem {
        file: slide.file.clone(),
        line: Some(slide.line),
        message: format!("the slide `{}`: {message}", slide.id),
    }
}

/// Numbers on slides and in notes come from measurements as all others do. Where they stand they are comments, which
/// the check of the chapter does not read.
fn typed_in(slide: &Slide) -> Vec<Problem> {
    let pieces = slide.pieces.iter().chain(&slide.notes);
    let problems = pieces.flat_map(|piece| {
        // So that each line has its number.
        let markdown = "\n".repeat(piece.line - 1) + &piece.text;
        typed_in::check(&slide.file, &markdown)
    });
    problems.collect()
}

fn too_long(deck: &Deck) -> Vec<Problem> {
    let problems = CUTS.into_iter().filter_map(|cut| {
        let over = deck.over(cut)?;
        let last = deck.in_cut(cut).last()?;
        Some(Problem {
            file: last.file.clone(),
            line: Some(last.line),
            message: format!(
                "with this slide the cut of {cut} minutes is over its length by {} (`workbook list --talk --cut {cut}`)",
                clock(over)
            ),
        })
    });
    problems.collect()
}

/// A book without slides has no talk, and one with slides has one of each length.
fn empty(deck: &Deck) -> Vec<Problem> {
    let Some(first) = deck.slides.first() else {
        return Vec::new();
    };
    let cuts = CUTS.into_iter();
    let empty = cuts.filter(|cut| deck.in_cut(*cut).next().is_none());
    let problems = empty.map(|cut| Problem {
        file: first.file.clone(),
        line: Some(first.line),
        message: format!(
            "no slide is in the cut of {cut} minutes: this is the first that could be"
        ),
    });
    problems.collect()
}

#[cfg(test)]
mod tests {
    use deck::Piece;

    use super::*;

    /// A slide that is as it should be.
    fn sound() -> (Slide, Shown) {
        let slide = Slide {
            id: "one".into(),
            seconds: 60,
            cuts: CUTS.to_vec(),
            chapter: "a.md".into(),
            file: "book/a.md".into(),
            line: 3,
            pieces: vec![Piece::new(5, "## A heading")],
            notes: vec![Piece::new(9, "We say what we say.")],
            ..Slide::default()
        };
        let shown = Shown {
            slide: "<h2>A heading</h2>".into(),
            ..Shown::default()
        };
        (slide, shown)
    }

    fn told(change: impl FnOnce(&mut Slide, &mut Shown)) -> Vec<String> {
        let (mut slide, mut shown) = sound();
        change(&mut slide, &mut shown);
        let talk = Talk {
            deck: Deck {
                slides: vec![slide],
            },
            shown: vec![shown],
        };
        let problems = check(&talk);
        problems.iter().map(ToString::to_string).collect()
    }

    fn expect(words: &str, change: impl FnOnce(&mut Slide, &mut Shown)) {
        let told = told(change);
        assert!(
            told.len() == 1 && told[0].contains(words),
            "{words}: {told:?}"
        );
    }

    #[test]
    fn a_sound_slide_passes() {
        assert_eq!(told(|_, _| {}), [""; 0]);
    }

    #[test]
    fn each_way_of_being_too_much_is_told() {
        expect(
            "book/a.md:3: the slide `one`: it has no notes",
            |slide, _| slide.notes.clear(),
        );
        expect("its notes are points", |slide, _| {
            slide.notes[0].text = "- this\n- that".into();
        });
        expect("nobody says 200 words in 60 s", |slide, _| {
            slide.notes[0].text = "word ".repeat(200);
        });
        expect("it has 41 words besides code", |slide, _| {
            slide.pieces[0].text = "word ".repeat(41);
        });
        expect("it shows 9 lines of code", |_, shown| {
            shown.slide = format!("<pre><code>{}</code></pre>", "x\n".repeat(9));
        });
        expect(
            "book/a.md:3: with this slide the cut of 20 minutes is over its length by 1:05 (",
            |slide, _| {
                slide.seconds = 1265;
            },
        );
        expect(
            "book/a.md:3: no slide is in the cut of 45 minutes",
            |slide, _| slide.cuts = vec![20, 90],
        );
        expect(
            "it shows nothing: paragraphs and lists stay in the book (`<!-- on-slide -->`)",
            |slide, shown| {
                slide.pieces.clear();
                shown.slide.clear();
            },
        );
    }

    #[test]
    fn numbers_need_a_source_on_slides_and_in_notes() {
        expect("book/a.md:5: “5 ms” is a measurement", |slide, _| {
            slide.pieces[0].text = "It takes 5 ms.".into();
        });
        expect("book/a.md:11: “twice as fast” is", |slide, _| {
            slide.notes[0].text = "We say:\n\nit is twice as fast.".into();
        });
        assert_eq!(
            told(|slide, _| slide.notes[0].text = "Wait {{#given 5 s}}.".into()),
            [""; 0]
        );
    }

    #[test]
    fn what_is_just_enough_is_not_too_much() {
        let told = told(|slide, shown| {
            slide.seconds = 20 * 60;
            slide.pieces[0].text = "word ".repeat(40);
            shown.slide = format!("<pre><code>{}</code></pre>", "x\n".repeat(8));
        });
        assert_eq!(told, [""; 0]);
    }
}
