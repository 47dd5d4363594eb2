//! The questions at the end of a chapter, answered.

use super::reader::Reader;

impl Reader<'_> {
    /// Chooses an option of the first question, from which the focus goes on by arrows, and has it judged.
    fn chooses(&self, is_right: bool) {
        let page = self.0;
        let chosen = "document.querySelector('#ask-one-choice :checked')?.value ?? ''";
        let right = page.ask("document.querySelector('#ask-one-choice').dataset.right");
        page.press(" ");
        while (page.ask(chosen) == right) != is_right {
            page.press("ArrowDown");
        }
        page.press("Enter");
    }

    /// What is said of the answer to a question.
    fn told(&self, id: &str) -> String {
        self.text(&format!("#ask-{id} .quiz-told[role=status]"))
    }

    fn is_right(&self, id: &str) {
        let told = self.told(id);
        assert!(told.contains("✓ Right."), "{told}");
    }
}

/// Answers the first question wrong, and is told why.
fn errs(reader: &Reader<'_>) {
    let page = reader.0;
    reader.tab_to("#ask-one-choice input");
    page.press("Enter");
    assert_eq!(reader.told("one-choice"), "Choose an answer first.");
    reader.chooses(false);
    let said = reader.told("one-choice");
    assert!(
        said.contains("✗ Not that one.") && said.contains("The context of the choice."),
        "{said}"
    );
    let option =
        page.ask("document.querySelector('#ask-one-choice :checked').closest('label').innerText");
    let which = if option == "The first" {
        "first"
    } else {
        "second"
    };
    assert!(
        said.contains(&format!("What is wrong with the {which}.")),
        "{option}: {said}"
    );
    // The right one is named and marked, and all is said before the way to the next question.
    assert!(said.contains("The answer: The third"), "{said}");
    let marked = "[...document.querySelectorAll('#ask-one-choice .is-right')].map(option => option.innerText.trim())";
    assert_eq!(page.ask_strings(marked), ["The third"]);
    let is_after = "document.querySelector('#ask-one-choice .quiz-told').compareDocumentPosition(
        document.querySelector('#ask-one-choice .quiz-check')) === Node.DOCUMENT_POSITION_FOLLOWING";
    assert!(reader.is(is_after), "the button follows what is said");
    reader.has_focus("#ask-one-choice .quiz-check");
    page.press("Enter");
}

/// Answers all questions, the first of them wrong, and that again.
pub fn answers(reader: &Reader<'_>) {
    let page = reader.0;
    errs(reader);
    reader.has_focus("#ask-one-short input");
    reader.types("A Hash-map!");
    page.press("Enter");
    reader.is_right("one-short");
    page.press("Enter");
    reader.has_focus("#ask-one-prints input");
    page.press(" ");
    reader.tab_to("#ask-one-prints textarea");
    reader.types("2");
    reader.tab_to("#ask-one-prints .quiz-check");
    page.press("Enter");
    reader.is_right("one-prints");
    page.press("Enter");
    page.press("ArrowDown");
    reader.tab_to("#ask-one-fails select");
    (0..2).for_each(|_| page.press("ArrowDown"));
    page.press("Enter");
    reader.is_right("one-fails");
    page.press("Enter");
    reader.has_focus("#ask-one-more input");
    reader.types("no");
    page.press("Enter");
    assert_eq!(reader.text(".quiz-sum[role=status]"), "4 of 5 are right.");
    page.press("Enter");
    reader.has_focus(".quiz-again");
    page.press("Enter");
    reader.has_focus("#ask-one-choice input");
    reader.chooses(true);
    assert_eq!(reader.text(".quiz-sum[role=status]"), "All 5 are right.");
}
