//! What a test keeps of a run, as a chart.

use super::chart_with;

const RECORD: &str = "# queue, wait\n0 -1\n10 30\n64 400\n\n64 50\n";

fn drawn(record: &str, keys: &str) -> Result<String, String> {
    let charts = format!(
        "[x]\ntitle = \"t\"\nalt = \"a\"\nkind = \"record\"\n{keys}\n\
         record = {{ file = \"code/look.txt\", command = \"cargo test -p look\", {record} }}\n"
    );
    chart_with("x", &charts, &[("code/look.txt", RECORD)])
}

#[test]
fn a_column_of_a_record_is_a_line_over_its_rows() {
    let html = drawn(
        "from = 1, rows = 3, columns = [2, 1]",
        "names = [\"wait\", \"queue\"]\nx_label = \"looks\"",
    );
    let html = html.unwrap();
    assert!(
        html.contains(">wait</text>") && html.contains(">queue</text>"),
        "{html}"
    );
    for row in [
        "<td>wait</td><td>0</td><td>30</td>",
        "<td>wait</td><td>2</td><td>50</td>",
        "<td>queue</td><td>1</td><td>64</td>",
    ] {
        assert!(html.contains(row), "{row} in {html}");
    }
    assert!(html.contains("recorded in code/look.txt; <code>cargo test -p look</code>"));
}

#[test]
fn what_was_not_there_has_no_point() {
    let html = drawn("from = 0, rows = 4, columns = [2]", "names = [\"wait\"]").unwrap();
    assert_eq!(html.matches("<td>wait</td>").count(), 3, "{html}");
}

#[test]
fn what_cannot_be_drawn_is_refused_in_one_sentence() {
    let two = "names = [\"a\"]";
    for (record, keys, message) in [
        (
            "from = 2, rows = 3, columns = [1]",
            two,
            "code/look.txt has 2 rows from row 2 on, and the chart shows 3",
        ),
        ("from = 0, rows = 0, columns = [1]", two, "has 0 rows"),
        (
            "from = 0, rows = 2, columns = [3]",
            two,
            "the record has no column 3",
        ),
        (
            "from = 0, rows = 2, columns = [0]",
            two,
            "the record has no column 0",
        ),
        (
            "from = 0, rows = 2, columns = [1, 2]",
            two,
            "has 1 names for 2 columns",
        ),
        (
            "from = 0, rows = 2, columns = [1]",
            "names = [\"a\"]\nmetric = \"m\"",
            "shows no cases or metrics",
        ),
    ] {
        let said = drawn(record, keys).unwrap_err();
        assert!(said.contains(message), "{record}: {said}");
    }
    let files = [("code/look.txt", "1 one\n")];
    let charts = |file: &str, kind: &str| {
        format!(
            "[x]\ntitle = \"t\"\nalt = \"a\"\nkind = \"{kind}\"\nnames = [\"a\"]\n\
             record = {{ file = \"{file}\", command = \"c\", from = 0, rows = 1, columns = [1] }}\n"
        )
    };
    for (file, kind, message) in [
        (
            "code/look.txt",
            "record",
            "code/look.txt has a row that is no numbers: `1 one`",
        ),
        ("code/none.txt", "record", "code/none.txt cannot be read"),
        ("code/look.txt", "series", "others have none"),
    ] {
        let said = chart_with("x", &charts(file, kind), &files).unwrap_err();
        assert!(said.contains(message), "{file}: {said}");
    }
}
