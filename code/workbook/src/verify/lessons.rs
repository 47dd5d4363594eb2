//! Each chapter asks its reader, and leaves something with them: it has a prediction, a quiz, an exercise and a card.

use pages::cards;
use pages::quiz::Quizzes;
use project::{Part, Problem, Project, line_of};

use super::texts::Text;

/// A quiz has at least so many questions.
const QUESTIONS_MIN: usize = 5;

/// Chapters that compare and list, and have nothing to ask; nor have the first pages of parts.
const WITHOUT: [&str; 2] = ["peers", "not-done"];

/// What is wanted of every chapter: of a book in which a chapter has such a thing, all have one.
#[derive(Clone, Copy)]
struct Wanted {
    prediction: bool,
    quiz: bool,
    exercise: bool,
    card: bool,
}

/// A chapter has all four.
const WANTED: Wanted = Wanted {
    prediction: true,
    quiz: true,
    exercise: true,
    card: true,
};

/// What chapters lack of it, and what is wrong with what they have.
pub fn check(project: &Project, texts: &[Text]) -> Vec<Problem> {
    check_for(project, texts, WANTED)
}

fn check_for(project: &Project, texts: &[Text], wanted: Wanted) -> Vec<Problem> {
    let quizzes = Quizzes::load(project);
    let lessons = || texts.iter().filter(|text| is_lesson(text));
    let has = |is: fn(&Text) -> bool| lessons().any(is);
    let wanted = Wanted {
        prediction: wanted.prediction && has(has_prediction),
        quiz: wanted.quiz && has(has_quiz),
        exercise: wanted.exercise && has(has_exercise),
        card: wanted.card && has(has_card),
    };
    let mut problems = Vec::new();
    for text in lessons() {
        let name = &text.chapter.name;
        if wanted.prediction && !has_prediction(text) {
            problems.push(text.lacks(0, "a prediction (`{{#predict …}}`)"));
        }
        if wanted.quiz && !has_quiz(text) {
            problems.push(text.lacks(0, &format!("its quiz (`{{{{#quiz {name}}}}}`)")));
        }
        if wanted.exercise && !has_exercise(text) {
            problems.push(text.lacks(0, "an exercise (`{{#exercise …}}`)"));
        }
        if wanted.card && !has_card(text) {
            problems.push(text.lacks(0, "its card (`<div class=\"card\">`)"));
        }
        let questions = quizzes.of(name).map(<[_]>::len);
        if let Some(questions) = questions.filter(|count| *count < QUESTIONS_MIN) {
            problems.push(Problem {
                file: project
                    .shown(&project.book())
                    .join("quizzes")
                    .join(format!("{name}.toml")),
                line: Some(1),
                message: format!(
                    "the quiz has {questions} questions, and not {QUESTIONS_MIN} or more"
                ),
            });
        }
        problems.extend(rows_in_order(text));
    }
    problems
}

/// Whether a chapter is one that teaches something.
fn is_lesson(text: &Text) -> bool {
    let chapter = &text.chapter;
    chapter.part().is_some() && !chapter.is_first_page() && !WITHOUT.contains(&&*chapter.name)
}

fn has_prediction(text: &Text) -> bool {
    text.directives("predict").next().is_some()
}

fn has_quiz(text: &Text) -> bool {
    let name = &text.chapter.name;
    text.directives("quiz")
        .any(|(_, argument)| argument == name)
}

fn has_exercise(text: &Text) -> bool {
    text.directives("exercise").next().is_some()
}

fn has_card(text: &Text) -> bool {
    cards::of(&text.markdown).is_some()
}

/// The rows that a card begins with, by what its chapter is about.
fn rows(text: &Text) -> &'static [&'static str] {
    let is_step = text.chapter.is_numbered();
    match text.chapter.part() {
        Some(Part::Mapping) => &["The pair", "What carries over", "Where it breaks"],
        Some(Part::Evolution) if is_step => {
            &["Rate", "Questions", "Processor", "Queue", "Next suspect"]
        }
        Some(Part::Network) if is_step => &["The arrow", "Promised", "Not promised", "Price"],
        Some(Part::Evolution | Part::Network | Part::Fork) | None => &[],
    }
}

fn rows_in_order(text: &Text) -> Option<Problem> {
    let (at, card) = cards::of(&text.markdown)?;
    let lines = card.lines().filter(|line| line.starts_with('|'));
    // Behind its head and the line below that.
    let first_cells = lines.skip(2).filter_map(|line| line.split('|').nth(1));
    let found: Vec<&str> = first_cells.map(str::trim).collect();
    let wanted = rows(text);
    if found.starts_with(wanted) {
        return None;
    }
    let message = format!("the card begins with the rows {}", wanted.join(", "));
    let line = Some(line_of(&text.markdown, at));
    Some(Problem {
        file: text.file.clone(),
        line,
        message,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::texts;

    const ALL: Wanted = Wanted {
        prediction: true,
        quiz: true,
        exercise: true,
        card: true,
    };

    const CARD: &str = "\n<div class=\"card\">\n\n| A | b |\n|---|---|\n| The pair | x |\n| What carries over | y |\n\
        | Where it breaks | z |\n\n</div>\n";

    fn whole(name: &str) -> String {
        format!("# A\n\n{{{{#predict a}}}}\n\n{{{{#exercise a}}}}\n\n{{{{#quiz {name}}}}}\n{CARD}")
    }

    fn messages(chapters: &[(&str, &str)], quiz: &str) -> Vec<String> {
        let (_folder, project) = project::testing::sample();
        let folder = project.book().join("quizzes");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("queues.toml"), quiz).expect("written");
        let texts: Vec<Text> = (chapters.iter())
            .map(|(path, markdown)| texts::text(path, markdown))
            .collect();
        let problems = check_for(&project, &texts, ALL);
        problems.iter().map(ToString::to_string).collect()
    }

    fn questions(count: usize) -> String {
        let one = |number| {
            format!(
                "[[questions]]\nid = \"q{number}\"\ntype = \"ShortAnswer\"\nprompt.prompt = \"?\"\n\
                 answer.answer = \"a\"\ncontext = \"c\"\n"
            )
        };
        (0..count).map(one).collect()
    }

    #[test]
    fn what_a_chapter_lacks_is_told() {
        let queues = whole("queues");
        let path = "mapping/queues.md";
        let lacking = |from: &str| {
            let maps = whole("maps").replace(from, "");
            messages(
                &[(path, &queues), ("mapping/maps.md", &maps)],
                &questions(5),
            )
        };
        assert_eq!(lacking("nothing"), [""; 0]);
        for (from, told) in [
            ("{{#predict a}}", "lacks a prediction"),
            ("{{#quiz maps}}", "lacks its quiz (`{{#quiz maps}}`)"),
            ("{{#exercise a}}", "lacks an exercise"),
            (CARD, "lacks its card"),
            (
                "| What carries over | y |\n",
                "the card begins with the rows The pair, What carries over, Where it breaks",
            ),
        ] {
            let found = lacking(from);
            assert_eq!(found.len(), 1, "{from}: {found:?}");
            assert!(found[0].starts_with("book/mapping/maps.md:"), "{found:?}");
            assert!(found[0].contains(told), "{found:?}");
        }
        let few = messages(&[(path, &queues)], &questions(4));
        assert_eq!(
            few,
            ["book/quizzes/queues.toml:1: the quiz has 4 questions, and not 5 or more"]
        );
    }

    #[test]
    fn a_book_without_any_wants_none_and_first_pages_have_none() {
        assert_eq!(
            messages(&[("mapping/queues.md", "# A\n")], &questions(5)),
            [""; 0]
        );
        let others = [
            ("mapping/queues.md", &*whole("queues")),
            ("mapping/README.md", "# B\n"),
            ("evolution/peers.md", "# C\n"),
            ("start/idea.md", "# D\n"),
        ];
        assert_eq!(messages(&others, &questions(5)), [""; 0]);
    }
}
