use super::*;

fn deck(seconds: &[u32]) -> Deck {
    let slides = seconds.iter().enumerate().map(|(at, &seconds)| Slide {
        id: format!("s{at}"),
        title: format!("Slide {at}"),
        seconds,
        cuts: vec![20],
        part: Some(if at < 2 { "Start" } else { "End" }.to_owned()),
        file: "book/a.md".into(),
        line: at + 1,
        ..Slide::default()
    });
    Deck {
        slides: slides.collect(),
    }
}

#[test]
fn the_running_order_has_times_parts_and_places() {
    let expected = "20 minutes: 3 slides, 2:35 planned\n  Start, 2:00\n   0:00   1:30  Slide 0  s0  book/a.md:1\n\
        \x20  1:30   0:30  Slide 1  s1  book/a.md:2\n  End, 0:35\n   2:00   0:35  Slide 2  s2  book/a.md:3\n";
    assert_eq!(table(&deck(&[90, 30, 35]), 20, None), expected);
    assert_eq!(
        table(&deck(&[]), 45, None),
        "45 minutes: 0 slides, 0:00 planned\n"
    );
}

#[test]
fn a_cut_that_is_too_long_says_by_how_much() {
    let text = table(&deck(&[600, 600, 65]), 20, None);
    assert!(
        text.starts_with("20 minutes: 3 slides, 21:05 planned: over by 1:05\n"),
        "{text}"
    );
    let text = table(&deck(&[600, 600]), 20, None);
    assert!(
        text.starts_with("20 minutes: 2 slides, 20:00 planned\n"),
        "{text}"
    );
}

/// One of 103 seconds.
fn rehearsal(slides: &str) -> Rehearsal {
    let text = format!(r#"{{"cut": 20, "real_s": 103.2, "slides": [{slides}]}}"#);
    Rehearsal::of(&text).expect("a rehearsal")
}

#[test]
fn a_rehearsal_stands_beside_the_plan() {
    // The whole is the clock's own: of each slide there are tenths.
    let whole = rehearsal(r#"{"id": "s0", "real_s": 100}, {"id": "s1", "real_s": 0}"#);
    let text = table(&deck(&[90, 30]), 20, Some(&whole));
    assert!(text.contains("   0:00   1:30    1:40  Slide 0"), "{text}");
    assert!(text.contains("   1:30   0:30       –  Slide 1"), "{text}");
    assert!(
        text.ends_with("\n  the rehearsal (cut 20) took 1:43\n"),
        "{text}"
    );
}

#[test]
fn time_on_slides_that_are_gone_is_named() {
    let some = rehearsal(
        r#"{"id": "s0", "real_s": 100}, {"id": "old", "real_s": 2}, {"id": "older", "real_s": 1}, {"id": "new", "real_s": 0}"#,
    );
    let text = table(&deck(&[90, 30]), 20, Some(&some));
    assert!(
        text.ends_with("took 1:43, 0:03 of it on slides that are gone: old, older\n"),
        "{text}"
    );
}

/// A part may come again, as a chorus does: each time it has its own length.
#[test]
fn a_part_that_comes_again_is_not_added_up() {
    let mut deck = deck(&[90, 30, 35, 5]);
    deck.slides[3].part = Some("Start".into());
    let text = table(&deck, 20, None);
    let parts: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .collect();
    assert_eq!(parts, ["  Start, 2:00", "  End, 0:35", "  Start, 0:05"]);
}
