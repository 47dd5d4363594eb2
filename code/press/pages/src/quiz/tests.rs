//! Quizzes from their files to the Markdown of a page, and the sentences about what is wrong with them.

use directives::testing::rendered;
use project::testing::sample;

use super::Quiz;

const WHOLE: &str = r#"
[[questions]]
id = "s01-why"
type = "MultipleChoice"
prompt.prompt = """Why is the *second* question
    free?"""
prompt.distractors = ["It is `fast`", "It is small"]
answer.answer = "It is not asked"
context = "The map has the answer."
wrong = ["It is as slow as the first.", "Its size does not matter."]

[[questions]]
id = "s01-short"
type = "ShortAnswer"
prompt.prompt = "What holds the answers?"
answer.answer = "map"
answer.alternatives = ["a map", "hash map"]
context = "A `HashMap`."
wrong = { "list" = "It would be searched." }

[[questions]]
id = "s01-prints"
type = "Tracing"
prompt.program = """
fn main() {
    println!("{}", 1 + 1);
}"""
answer.doesCompile = true
answer.stdout = "2"
context = "It adds."
wrong = {}

[[questions]]
id = "s01-fails"
type = "Tracing"
prompt.program = """
fn main() {
    let x: u8 = "a";
}"""
answer.doesCompile = false
answer.lineNumber = 2
context = "A text is no number."
"#;

/// What becomes of a file, and what is told of it.
fn quiz(text: &str) -> (Result<String, String>, Vec<String>) {
    let (_folder, project) = sample();
    let folder = project.book().join("quizzes");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("s01-cache.toml"), text).expect("written");
    let shelf = crate::shelf::load(&project);
    let problems = shelf.quizzes.problems.iter().map(ToString::to_string);
    let problems = problems.collect();
    (rendered(&Quiz, "s01-cache", &shelf), problems)
}

#[test]
fn questions_and_answers_are_in_the_page() {
    let (markdown, problems) = quiz(WHOLE);
    let markdown = markdown.expect("a quiz");
    assert_eq!(problems, [""; 0]);
    for part in [
        "data-question=\"s01-why\" data-type=\"choice\" data-right=",
        "<legend>Question 1 of 4</legend>",
        "Why is the *second* question\nfree?",
        "<li>\n\nIt is `fast`\n\n</li>",
        "Not ",
        "It is as slow as the first.",
        "data-type=\"short\" data-accepted=\"&#91;&quot;map&quot;,",
        "The answer is <b>map</b>.",
        "<li data-answer=\"list\">",
        "data-type=\"tracing\" data-prints=\"2\"",
        "```rust\nfn main() {\n    println!(\"{}\", 1 + 1);\n}\n```",
        "```text\n2\n```",
        "data-fails-at=\"2\"",
        "The map has the answer.",
    ] {
        assert!(markdown.contains(part), "{part} in {markdown}");
    }
    assert_eq!(markdown.matches("<fieldset").count(), 4);
}

/// The order is that of the options' own names, and not that of the file, in which the right one is always apart.
#[test]
fn options_have_an_order_that_stays() {
    let (first, _) = quiz(WHOLE);
    assert_eq!(first, quiz(WHOLE).0);
    let place = |id: &str| {
        let (markdown, _) = quiz(&WHOLE.replace("s01-why", id));
        let markdown = markdown.expect("a quiz");
        let right = markdown.split("data-right=\"").nth(1).expect("a place");
        right[..1].to_owned()
    };
    let places: std::collections::BTreeSet<String> =
        (0..20).map(|n| place(&format!("s01-why{n}"))).collect();
    assert_eq!(places.len(), 3, "{places:?}");
}

/// Puts one text in the place of another, and holds what is told of it.
fn tells(cases: &[(&str, &str, &str)]) {
    for (from, to, told) in cases {
        let text = WHOLE.replacen(from, to, 1);
        assert_ne!(text, WHOLE, "{from}");
        let (_, problems) = quiz(&text);
        assert_eq!(problems.len(), 1, "{to}: {problems:?}");
        let told = format!("book/quizzes/s01-cache.toml{told}");
        assert!(problems[0].starts_with(&told), "{}", problems[0]);
    }
}

#[test]
fn what_is_wrong_with_options_is_told_with_its_line() {
    tells(&[
        (
            "wrong = [\"It is as slow as the first.\", \"Its size does not matter.\"]",
            "wrong = [\"It is as slow as the first.\"]",
            ":2: `wrong` does not say what is wrong with `It is small`",
        ),
        (
            "wrong = [\"It is as slow as the first.\", \"Its size does not matter.\"]",
            "",
            ":2: `wrong` does not say what is wrong with `It is `fast``",
        ),
        (
            "\"It is small\"",
            "\"It is not asked\"",
            ":2: the answer `It is not asked` is among the distractors",
        ),
        (
            "\"It is small\"",
            "\"It is `fast`\"",
            ":2: the option `It is `fast`` is there twice",
        ),
    ]);
}

#[test]
fn what_is_wrong_with_a_question_is_told_with_its_line() {
    tells(&[
        (
            "id = \"s01-short\"",
            "id = \"s01-why\"",
            ":12: another question has the id `s01-why`",
        ),
        ("id = \"s01-short\"", "", ":12: the question has no `id`"),
        (
            "context = \"A `HashMap`.\"",
            "contxt = \"x\"\ncontext = \"y\"",
            ":12: there is no key `contxt`",
        ),
        (
            "answer.alternatives",
            "answer.alternative",
            ":12: there is no key `answer.alternative`",
        ),
        (
            "context = \"A `HashMap`.\"",
            "",
            ":12: the question has no `context`",
        ),
        (
            "{ \"list\" =",
            "{ \"map\" =",
            ":12: `map` is both accepted and wrong",
        ),
        (
            "answer.stdout = \"2\"",
            "",
            ":21: a program that compiles has `answer.stdout`",
        ),
        (
            "answer.lineNumber = 2",
            "answer.lineNumber = 7",
            ":33: the program has 3 lines, and `lineNumber` is 7",
        ),
        ("answer.answer = \"map\"", "", ":12: missing field `answer`"),
        (
            "type = \"ShortAnswer\"",
            "type = \"Short\"",
            ":12: unknown variant `Short`",
        ),
        ("id = \"s01-fails\"", "id = s01", ":34: "),
    ]);
}

#[test]
fn a_quiz_that_there_is_not_is_told() {
    let (_folder, project) = sample();
    let said = rendered(&Quiz, "s01-cash", &crate::shelf::load(&project)).unwrap_err();
    assert_eq!(said, "there is no quiz book/quizzes/s01-cash.toml");
}
