// The judge of `whose-numbers`.

use std::collections::BTreeMap;
use std::process::ExitCode;

use drill::{Promise, Verdict};
use whose_numbers::Counts;

const PROMISES: &[Promise] = &[
    Promise {
        name: "one-worker-counts",
        says: "What a single worker has counted is there.",
        check: one_worker_counts,
    },
    Promise {
        name: "a-route-has-one-row",
        says: "Each route that a worker has met stands in the merged rows once, under its name.",
        check: a_route_has_one_row,
    },
    Promise {
        name: "a-merge-is-by-name",
        says: "Workers that have met other routes, or the same in another order, have together what one would have counted.",
        check: a_merge_is_by_name,
    },
    Promise {
        name: "it-goes-on-counting",
        says: "After a merge a worker goes on, and what it counts then, or takes over from a third one, is right.",
        check: it_goes_on_counting,
    },
];

/// Which routes each worker meets, in their order.
const PARTS: [[&str; 2]; 9] = [
    ["/ /a /b", "/ /a /b"],
    ["/ /a /b /b", "/b /a / /"],
    ["/ /a", "/b /c"],
    ["/a /a /b", "/b /c /c /c /d /a"],
    ["/d /c /b /a", "/c"],
    ["/c", "/d /c /b /a /e"],
    ["/a /b /c", "/c /a /x /b /y"],
    ["/ /a / /b", ""],
    ["", "/ /a / /b"],
];

fn worker(routes: &str) -> Counts {
    let mut counts = Counts::new();
    for route in routes.split_whitespace() {
        counts.count(route);
    }
    counts
}

/// What the rows have to be, if all these routes were met by anyone.
fn expected<'a>(routes: &[&'a str]) -> Vec<(&'a str, u64)> {
    let mut rows = BTreeMap::new();
    for route in routes.iter().flat_map(|part| part.split_whitespace()) {
        *rows.entry(route).or_default() += 1;
    }
    rows.into_iter().collect()
}

fn rows_are(what: &str, counts: &Counts, routes: &[&str]) -> Result<(), String> {
    let (expected, rows) = (expected(routes), counts.rows());
    if rows == expected {
        return Ok(());
    }
    Err(format!(
        "{what}. Expected: the rows are {expected:?}. They are {rows:?}."
    ))
}

/// The same for what is looked up by name.
fn counts_are(what: &str, counts: &Counts, routes: &[&str]) -> Result<(), String> {
    for (route, hits) in expected(routes) {
        let of = counts.of(route);
        if of != hits {
            return Err(format!(
                "{what}. Expected: `{route}` was counted {hits} times. `of` says {of}."
            ));
        }
    }
    Ok(())
}

fn one_worker_counts() -> Verdict {
    let routes = "/ /a / /b";
    let (what, counts) = (format!("One worker meets {routes}"), worker(routes));
    rows_are(&what, &counts, &[routes])?;
    counts_are(&what, &counts, &[routes])?;
    if counts.of("/c") == 0 {
        return Ok(());
    }
    Err("Expected: a route that was never asked for was counted 0 times.".into())
}

fn merged(parts: &[&str]) -> Counts {
    let mut counts = worker(parts[0]);
    for part in &parts[1..] {
        counts.merge(worker(part));
    }
    counts
}

fn a_route_has_one_row() -> Verdict {
    // The same routes in the same order: here a number means the same to both.
    let parts = ["/ /a /b", "/ /a /b"];
    let counts = merged(&parts);
    let rows: Vec<&str> = counts.rows().into_iter().map(|(route, _)| route).collect();
    if rows == ["/", "/a", "/b"] {
        return Ok(());
    }
    Err(format!(
        "One worker meets {}, and so does the other. Expected: three rows. They are {rows:?}.",
        parts[0]
    )
    .into())
}

fn a_merge_is_by_name() -> Verdict {
    for parts in PARTS {
        let [one, other] = parts;
        let what = format!("One worker meets [{one}], the other [{other}]");
        rows_are(&what, &merged(&parts), &parts)?;
    }
    Ok(())
}

fn it_goes_on_counting() -> Verdict {
    for parts in PARTS {
        for later in ["/a /b /c", "/y /d /"] {
            let met = [parts[0], parts[1], later];
            let mut counts = merged(&parts);
            for route in later.split_whitespace() {
                counts.count(route);
            }
            let [one, other] = parts;
            let what = format!(
                "One worker meets [{one}], takes over from one that has met [{other}], and then meets [{later}]"
            );
            rows_are(&what, &counts, &met)?;
            counts_are(&what, &counts, &met)?;
            let what = format!("Three workers meet [{one}], [{other}] and [{later}]");
            rows_are(&what, &merged(&met), &met)?;
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
