//! From a file of folded stacks to the figure in the page.

use super::super::tests::chart_with;

const CHARTS: &str =
    "[f]\ntitle = \"Where\"\nkind = \"flame\"\nprofile = \"s01-cache\"\nalt = \"a\"\n";

const STACKS: &str = "# Model 1, 2 cores; 2026-11-22; workbook bench process\n\
    lookup-1;clone3;s01_cache::lookup::h0123456789abcdef;std::io::Write::write_all;tcp_sendmsg_[k] 600\n\
    lookup-1;clone3;s01_cache::lookup::h0123456789abcdef 300\n\
    main;s01_cache::parse;<traffic::Hit<'a>>::parse 99\n\
    main;s01_cache::parse;memchr::memchr 1\n";

fn flame(stacks: &str) -> Result<String, String> {
    chart_with(
        "f",
        CHARTS,
        &[("book/results/s01-cache@here.folded", stacks)],
    )
}

#[test]
fn frames_are_as_wide_as_their_share_and_say_more_in_a_title() {
    let html = flame(STACKS).unwrap();
    // 760 units are a thousand samples; a line is between neighbours.
    let frame = "<title>s01&#95;cache::lookup: 90.0\u{a0}%, 900 samples</title>\
                 <rect x=\"0.0\" y=\"86\" width=\"683.0\"";
    assert!(html.contains(frame), "{html}");
    for text in [
        "all 1,000 samples",
        "lookup-1 90.0\u{a0}%",
        "Write::write&#95;all 60.0\u{a0}%",
        "kernel",
    ] {
        assert!(html.contains(text), "{text} in {html}");
    }
    assert!(html.contains("Model 1, 2 cores; 2026-11-22; <code>workbook bench process</code>"));
    assert!(!html.contains("clone3"), "it only calls");
    assert!(!html.contains("memchr::memchr: "), "too narrow");
    assert!(html.contains("fill=\"var(--chart-1)\"") && !html.contains('\n'));
}

#[test]
fn the_table_names_the_widest_functions_and_no_threads() {
    let html = flame(STACKS).unwrap();
    let rows =
        "<tbody><tr><td>s01&#95;cache::lookup</td><td>90.0\u{a0}%</td><td>30.0\u{a0}%</td></tr>";
    assert!(html.contains(rows), "{html}");
    assert!(html.contains("<td>memchr::memchr</td><td>0.100\u{a0}%</td>"));
    assert!(!html.contains("<td>lookup-1</td>"));
}

#[test]
fn recursion_is_counted_once() {
    let html = flame("# m; d; c\na::f;a::f;a::g 1\na::f;a::f 3\n").unwrap();
    assert!(
        html.contains("<td>a::f</td><td>100\u{a0}%</td><td>75.0\u{a0}%</td>"),
        "{html}"
    );
}

#[test]
fn mistakes_are_said_in_one_sentence() {
    for (stacks, message) in [
        (
            "a;b 1\n",
            "book/results/s01-cache@here.folded does not begin with a line `# machine; date; command`",
        ),
        (
            "# m; d; c\na;b\n",
            "book/results/s01-cache@here.folded:2: `a;b` is no stack",
        ),
        (
            "# m; d; c\n",
            "book/results/s01-cache@here.folded holds no samples",
        ),
    ] {
        let said = flame(stacks).unwrap_err();
        assert!(said.starts_with(message), "{said}");
    }
    let missing = chart_with(
        "f",
        CHARTS,
        &[("book/results/s01-cash@here.folded", STACKS)],
    );
    assert_eq!(
        missing.unwrap_err(),
        "book/results holds no profile `s01-cache@<machine>.folded`; did you mean `s01-cash`?"
    );
}
