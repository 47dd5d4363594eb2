//! Small books, and the decks that they make.

use super::*;

fn deck(chapters: &[(&str, &str)]) -> (Deck, Vec<String>) {
    let project = Project::at("/p");
    let sources = chapters.iter().map(|&(path, text)| Source {
        path: Path::new(path),
        title: "Chapter",
        text,
    });
    let (deck, problems) = collect(sources, &project, &[]);
    (deck, problems.iter().map(ToString::to_string).collect())
}

fn ids(deck: &Deck) -> Vec<&str> {
    deck.slides.iter().map(|slide| &*slide.id).collect()
}

const FIRST: &str = "# A\n\n<!-- slide: 60s cut=20,45,90 part=\"Part I\" -->\n\n## Where we are\n\n<!-- notes: We are here. -->\n\n\
    <!-- /slide -->\n\n<!-- slide: 30s cut=90 -->\n\n## Next\n\n<!-- /slide -->\n";
const SECOND: &str = "# B\n\n<!-- slide: 1200s cut=20 -->\n<!-- /slide -->\n\n<!-- slide: 590s cut=20,90 -->\n\n## Where we are\n\n\
    <!-- /slide -->\n\n<!-- slide: 600s cut=20 id=last -->\n\n<!-- /slide -->\n";

#[test]
fn slides_are_in_the_order_of_the_book_and_know_their_part() {
    let (deck, problems) = deck(&[("a/one.md", FIRST), ("b/two.md", SECOND)]);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(
        problems[0].starts_with("book/b/two.md:3: a slide takes 1s to 600s"),
        "{problems:?}"
    );
    assert_eq!(
        ids(&deck),
        ["where-we-are", "next", "two-where-we-are", "last"]
    );
    let titles: Vec<_> = deck.slides.iter().map(|slide| &*slide.title).collect();
    assert_eq!(titles, ["Where we are", "Next", "Where we are", "Chapter"]);
    let first = &deck.slides[0];
    assert_eq!((first.line, &*first.file), (3, Path::new("book/a/one.md")));
    assert_eq!(first.notes[0].text, "We are here.");
    assert!(!first.is_title, "it has a heading of its own");
    let part = Some("Part I".to_owned());
    assert!(deck.slides.iter().all(|slide| slide.part == part));
}

#[test]
fn a_slide_may_be_the_last_although_chapters_follow() {
    let first = FIRST.replace(
        "cut=20,45,90 part=\"Part I\"",
        "cut=20 part=\"The end\" last",
    );
    let (deck, _) = deck(&[("a/one.md", &first), ("b/two.md", SECOND)]);
    // Of two slides of one name the later one has its chapter's in front.
    assert_eq!(
        ids(&deck),
        ["next", "where-we-are", "last", "one-where-we-are"]
    );
}

#[test]
fn a_title_is_a_heading_of_the_first_level_or_a_part_alone() {
    let slide = |inner: &str| format!("<!-- slide: 9s cut=20 {inner}\n\n<!-- /slide -->\n");
    let is_title = |inner: &str| {
        let (deck, problems) = deck(&[("a.md", &slide(inner))]);
        assert_eq!(problems, [""; 0]);
        deck.slides[0].is_title
    };
    assert!(is_title("part=\"One\" -->"));
    assert!(is_title("-->\n\n<!-- slide-only: # One -->"));
    assert!(!is_title("part=\"One\" -->\n\n## Two"));
    assert!(!is_title("-->"));
}

#[test]
fn a_cut_has_its_slides_and_its_length() {
    let (deck, _) = deck(&[("a/one.md", FIRST), ("b/two.md", SECOND)]);
    let of = |cut| deck.in_cut(cut).map(|slide| &*slide.id).collect::<Vec<_>>();
    assert_eq!(of(20), ["where-we-are", "two-where-we-are", "last"]);
    assert_eq!(of(45), ["where-we-are"]);
    assert_eq!(deck.seconds(20), 1250);
    assert_eq!(deck.over(20), Some(50));
    assert_eq!((deck.seconds(90), deck.over(90)), (680, None));
    let exactly = Deck {
        slides: vec![Slide {
            seconds: 20 * 60,
            cuts: vec![20],
            ..Slide::default()
        }],
    };
    assert_eq!(exactly.over(20), None);
}

#[test]
fn one_id_is_one_slide() {
    let named =
        |id: &str| format!("<!-- slide: 9s cut=20 id={id} -->\n\n## Other\n\n<!-- /slide -->\n");
    let unnamed = "<!-- slide: 9s cut=20 -->\n\n## Same\n\n<!-- /slide -->\n\n";
    let (found, problems) = deck(&[("a/one.md", &format!("{unnamed}{}", named("same")))]);
    assert_eq!(ids(&found), ["one-same", "same"], "a given name is kept");
    assert_eq!(problems, [""; 0]);
    let (_, problems) = deck(&[("a/one.md", &named("x")), ("a/two.md", &named("x"))]);
    assert_eq!(problems.len(), 1);
    assert!(
        problems[0].starts_with(
            "book/a/two.md:1: there is another slide with the id `x` (book/a/one.md:1)"
        ),
        "{problems:?}"
    );
    let (_, problems) = deck(&[("a/one.md", &unnamed.repeat(3))]);
    assert_eq!(problems.len(), 1, "two can be told apart, three cannot");
}

#[test]
fn a_derived_id_is_none_of_the_pages() {
    let slide =
        |title: &str| format!("<!-- slide: 9s cut=20 -->\n\n## {title}\n\n<!-- /slide -->\n");
    let (found, problems) = deck(&[("1-One.md", &slide("Deck")), ("b.md", &slide("2"))]);
    assert_eq!(ids(&found), ["slide-1-one-deck", "slide-2"]);
    assert_eq!(problems, [""; 0]);
}

#[test]
fn titles_become_addresses() {
    assert_eq!(
        slug("Where the analogy breaks!"),
        "where-the-analogy-breaks"
    );
    assert_eq!(slug("“s04”: a lock × a call"), "s04-a-lock-a-call");
    assert_eq!(slug("—"), "slide");
    assert_eq!(slug("10 000 users"), "slide-10-000-users");
}

#[test]
fn what_a_slide_cannot_show_alone_is_told_with_its_line() {
    let text = "<!-- slide: 9s cut=20 -->\n\n## {{#ratio a / b}}\n\n<!-- slide-only: [c] -->\n\n<!-- notes: d\n[c] -->\n\n\
        <!-- /slide -->\n\n[c]: https://c\n";
    let (_, problems) = deck(&[("a.md", text)]);
    let places: Vec<&str> = problems.iter().map(|told| &told[..12]).collect();
    assert_eq!(
        places,
        ["book/a.md:3:", "book/a.md:5:", "book/a.md:8:"],
        "{problems:?}"
    );
}
