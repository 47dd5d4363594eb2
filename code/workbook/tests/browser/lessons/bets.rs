//! Bets, and what comes of them.

use super::reader::Reader;

/// Bets too much, and sees what came of it, and the bet on the chart.
pub fn bets(reader: &Reader<'_>) {
    let page = reader.0;
    let chart = "getComputedStyle(document.querySelector('#chart-evolution svg')).visibility";
    assert_eq!(page.ask(chart), "hidden", "what follows is covered");
    assert_eq!(
        page.ask("getComputedStyle(document.querySelector('#the-surprise')).visibility"),
        "visible",
        "and no more than that"
    );
    let marks = "[...document.querySelectorAll('#predict-one-gain .predict-marks span')].map(mark => mark.textContent)";
    assert_eq!(
        page.ask_strings(marks),
        ["0.50\u{a0}×", "", "10\u{a0}×", "100\u{a0}×"],
        "1 × is too near to the end for its number"
    );
    reader.tab_to("#predict-one-gain input");
    page.press("Home");
    (0..3).for_each(|_| page.press("ArrowRight"));
    let now = "document.querySelector('#predict-one-gain input').ariaValueText ?? \
               document.querySelector('#predict-one-gain input').getAttribute('aria-valuetext')";
    assert_eq!(page.ask(now), "1.00\u{a0}×");
    reader.tab_to(".predict-place");
    page.press("Enter");
    reader.has_focus(".predict-told[role=status]");
    let told = reader.text("#predict-one-gain .predict-told");
    assert!(
        told.starts_with("✗ Too low. Your bet: 1.00\u{a0}×."),
        "{told}"
    );
    assert!(
        ["Measured: 10\u{a0}×", "The reply to care."]
            .iter()
            .all(|part| told.contains(part)),
        "{told}"
    );
    let answer = reader.text("#predict-one-gain .predict-answer");
    assert!(answer.contains("Why so much?"), "{answer}");
    assert!(
        !answer.contains("The reply to") && !answer.contains("does not wait"),
        "{answer}"
    );
    assert_eq!(page.ask(chart), "visible");
    // The bet was the baseline itself: the line is at the end of its bar.
    let apart = "[...document.querySelectorAll('#chart-evolution svg')].map(drawing => {
        const bar = drawing.querySelector('rect[fill=\"var(--chart-1)\"]');
        const line = drawing.querySelector('.bet-line');
        return String(Math.abs(line.x1.baseVal.value - bar.x.baseVal.value - bar.width.baseVal.value) <= 1);
    })";
    assert_eq!(page.ask_strings(apart), ["true", "true"]);
    reader.tab_to("#predict-one-gain .predict-because > summary");
    page.press("Enter");
    assert!(
        reader
            .text("#predict-one-gain .predict-because")
            .contains("does not wait")
    );
    reader.tab_to("#predict-one-choice input");
    page.press("ArrowDown");
    reader.tab_to("#predict-one-choice .predict-place");
    page.press("Enter");
    let told = reader.text("#predict-one-choice .predict-told");
    assert!(
        told.starts_with("✗ Not so. Your bet: No.") && told.contains("The reply to no."),
        "{told}"
    );
}
