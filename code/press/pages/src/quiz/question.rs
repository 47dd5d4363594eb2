//! One question of a quiz, checked: from the schema of mdbook-quiz and our key beside it to what a page shows.

use std::collections::BTreeMap;

use mdbook_quiz_schema as schema;
use schema::{MultipleChoiceAnswerFormat, QuestionFields};
use serde::Deserialize;
use toml::{Table, Value};

/// Our key beside those of the schema: what is wrong with each wrong answer.
const WRONG: &str = "wrong";

/// A question with all that is told of its answers. Its texts are Markdown.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its name, which no other question of the book has.
    pub id: String,
    /// Where it begins in its file.
    pub line: usize,
    /// What is asked, and what is right.
    pub asks: Asks,
    /// The explanation after an answer, right or wrong.
    pub context: String,
}

/// What is asked.
#[derive(Clone, Debug)]
pub enum Asks {
    /// One of several options.
    Choice {
        /// The question.
        prompt: String,
        /// All options in the order in which they are shown, each with what is wrong with it: nothing with the right one.
        options: Vec<(String, Option<String>)>,
    },
    /// A word or two.
    Short {
        /// The question.
        prompt: String,
        /// What is right; the first is shown.
        accepted: Vec<String>,
        /// What is wrong with some answers that are likely.
        wrong: BTreeMap<String, String>,
    },
    /// What a program does.
    Tracing {
        /// The program, in Rust.
        program: String,
        /// What it does.
        does: Does,
        /// What is wrong with some answers that are likely.
        wrong: BTreeMap<String, String>,
    },
}

/// What a program does that is to be traced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Does {
    /// It compiles, and prints this.
    Prints(String),
    /// It does not compile: the error is in this line, counted from 1.
    FailsAt(usize),
}

impl Question {
    /// Reads and checks a question.
    ///
    /// # Errors
    ///
    /// If it is not whole: one sentence for its writer.
    pub fn read(table: &Table, line: usize) -> Result<Question, String> {
        let mut table = table.clone();
        let wrong = table.remove(WRONG);
        let read = schema::Question::deserialize(Value::Table(table.clone()))
            .map_err(|error| error.to_string().trim().replace('\n', " "))?;
        unknown_keys(&table, &read)?;
        match read {
            schema::Question::MultipleChoice(schema::MultipleChoice(fields)) => {
                let (id, context, fields) = common(fields)?;
                let asks = choice(&id, fields, wrong)?;
                Ok(Question {
                    id,
                    line,
                    asks,
                    context,
                })
            }
            schema::Question::ShortAnswer(schema::ShortAnswer(fields)) => {
                let (id, context, fields) = common(fields)?;
                let mut accepted = vec![fields.answer.answer];
                accepted.extend(fields.answer.alternatives.unwrap_or_default());
                let wrong = reasons(wrong)?;
                if let Some(both) = wrong.keys().find(|answer| accepted.contains(answer)) {
                    return Err(format!("`{both}` is both accepted and wrong"));
                }
                let prompt = fields.prompt.prompt.0;
                let asks = Asks::Short {
                    prompt,
                    accepted,
                    wrong,
                };
                Ok(Question {
                    id,
                    line,
                    asks,
                    context,
                })
            }
            schema::Question::Tracing(schema::Tracing(fields)) => {
                let (id, context, fields) = common(fields)?;
                let program = fields.prompt.program.trim_end().to_owned();
                let does = does(&fields.answer, program.lines().count())?;
                let wrong = reasons(wrong)?;
                let asks = Asks::Tracing {
                    program,
                    does,
                    wrong,
                };
                Ok(Question {
                    id,
                    line,
                    asks,
                    context,
                })
            }
        }
    }
}

/// What all kinds of questions have, and the rest.
fn common<P, A>(
    mut fields: QuestionFields<P, A>,
) -> Result<(String, String, QuestionFields<P, A>), String> {
    if fields.multipart.is_some() || fields.prompt_explanation.is_some() {
        return Err("`multipart` and `promptExplanation` are not shown in this book".to_owned());
    }
    let id = fields.id.take().ok_or("the question has no `id`")?;
    let context = fields.context.take();
    let context = context.ok_or("the question has no `context`, the explanation of its answer")?;
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.is_empty() || !id.chars().all(allowed) {
        return Err(format!(
            "`{id}` is no `id`: it has small letters, digits and hyphens"
        ));
    }
    Ok((id, context.0, fields))
}

fn choice(
    id: &str,
    fields: QuestionFields<schema::MultipleChoicePrompt, schema::MultipleChoiceAnswer>,
    wrong: Option<Value>,
) -> Result<Asks, String> {
    let schema::MultipleChoicePrompt {
        prompt,
        distractors,
        answer_index,
        sort_answers,
    } = fields.prompt;
    let right = match fields.answer.answer {
        MultipleChoiceAnswerFormat::Single(right) => right.0,
        MultipleChoiceAnswerFormat::Multi(mut all) if all.len() == 1 => all.remove(0).0,
        MultipleChoiceAnswerFormat::Multi(_) => {
            return Err("the question has more than one right answer: ask for one".to_owned());
        }
    };
    let distractors: Vec<String> = distractors.into_iter().map(|each| each.0).collect();
    if distractors.contains(&right) {
        return Err(format!("the answer `{right}` is among the distractors"));
    }
    let reasons: Vec<String> = match wrong {
        None => Vec::new(),
        Some(value) => value
            .try_into()
            .map_err(|_| "`wrong` is a list of texts, one for each distractor")?,
    };
    if distractors.is_empty() {
        return Err("the question has no distractors".to_owned());
    }
    let lacking = distractors.get(reasons.len());
    let lacking = lacking.or_else(|| {
        let empty = reasons.iter().position(|reason| reason.trim().is_empty())?;
        distractors.get(empty)
    });
    if let Some(distractor) = lacking {
        return Err(format!(
            "`wrong` does not say what is wrong with `{distractor}`"
        ));
    }
    if reasons.len() > distractors.len() {
        return Err("`wrong` has more reasons than there are distractors".to_owned());
    }
    let mut options: Vec<(String, Option<String>)> = distractors
        .into_iter()
        .zip(reasons.into_iter().map(Some))
        .collect();
    match (answer_index, sort_answers) {
        (Some(at), _) => options.insert(at.min(options.len()), (right, None)),
        (None, Some(true)) => {
            options.push((right, None));
            options.sort();
        }
        (None, _) => {
            options.push((right, None));
            options.sort_by_key(|(text, _)| stirred(&format!("{id} {text}")));
        }
    }
    if let Some(twice) = (options.iter().enumerate())
        .find(|(at, (text, _))| options[..*at].iter().any(|(other, _)| other == text))
    {
        return Err(format!("the option `{}` is there twice", twice.1.0));
    }
    let prompt = prompt.0;
    Ok(Asks::Choice { prompt, options })
}

fn does(answer: &schema::TracingAnswer, lines: usize) -> Result<Does, String> {
    match (answer.does_compile, &answer.stdout, answer.line_number) {
        (true, Some(printed), None) => Ok(Does::Prints(printed.trim_end().to_owned())),
        (false, None, Some(line)) if (1..=lines).contains(&line) => Ok(Does::FailsAt(line)),
        (false, None, Some(line)) => Err(format!(
            "the program has {lines} lines, and `lineNumber` is {line}"
        )),
        (true, ..) => {
            Err("a program that compiles has `answer.stdout`, and nothing else".to_owned())
        }
        (false, ..) => Err(
            "a program that does not compile has `answer.lineNumber`, and nothing else".to_owned(),
        ),
    }
}

/// The reasons against answers that are typed.
fn reasons(wrong: Option<Value>) -> Result<BTreeMap<String, String>, String> {
    match wrong {
        None => Ok(BTreeMap::new()),
        Some(value) => value.try_into().map_err(|_| {
            "`wrong` is a table: answers that are likely, each with its reason".to_owned()
        }),
    }
}

/// The schema takes keys that it does not know; written back, it tells which it knows.
fn unknown_keys(table: &Table, read: &schema::Question) -> Result<(), String> {
    let known = serde_json::to_value(read).map_err(|error| error.to_string())?;
    let mut keys: Vec<(String, bool)> = Vec::new();
    for (key, value) in table {
        keys.push((key.clone(), known.get(key).is_some()));
        if let (Some(inner), true) = (value.as_table(), key != WRONG) {
            let has = |inside: &str| known.get(key).is_some_and(|all| all.get(inside).is_some());
            keys.extend(
                inner
                    .keys()
                    .map(|inside| (format!("{key}.{inside}"), has(inside))),
            );
        }
    }
    match keys.iter().find(|(_, is_known)| !is_known) {
        Some((key, _)) => Err(format!(
            "there is no key `{key}` in a question of this type"
        )),
        None => Ok(()),
    }
}

/// A number that stays the same on every machine and in every version (FNV-1a): options are shown in its order.
fn stirred(text: &str) -> u64 {
    let (basis, prime) = (0xcbf2_9ce4_8422_2325, 0x0000_0100_0000_01b3);
    (text.bytes()).fold(basis, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(prime)
    })
}
