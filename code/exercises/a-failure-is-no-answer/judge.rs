// The judge of `a-failure-is-no-answer`.

use std::process::ExitCode;

use a_failure_is_no_answer::{Cache, Failed, Holder, PAUSE_LINES};
use drill::{Promise, Verdict};

const PROMISES: &[Promise] = &[
    Promise {
        name: "answers-are-kept",
        says: "What the directory says is asked for once, also that it knows no holder.",
        check: answers_are_kept,
    },
    Promise {
        name: "a-dead-directory-has-peace",
        says: "After a failure the client's next ten lines ask nothing, and count as unresolved.",
        check: a_dead_directory_has_peace,
    },
    Promise {
        name: "a-failure-passes",
        says: "The line after those asks again, and an answer is kept for good.",
        check: a_failure_passes,
    },
    Promise {
        name: "clients-apart",
        says: "The failure of one client's question does not concern the others.",
        check: clients_apart,
    },
];

/// One line of a client: what came of it, and whether the directory was asked.
fn line(
    cache: &mut Cache,
    client: u32,
    says: Result<Holder, Failed>,
) -> (Result<Holder, Failed>, bool) {
    let mut was_asked = false;
    let answer = cache.get(client, |_| {
        was_asked = true;
        says
    });
    (answer, was_asked)
}

fn expect(
    what: &str,
    found: (Result<Holder, Failed>, bool),
    expected: (Result<Holder, Failed>, bool),
) -> Verdict {
    if found == expected {
        return Ok(());
    }
    let said = |(answer, was_asked): (Result<Holder, Failed>, bool)| {
        format!(
            "{answer:?}, {} a question",
            if was_asked { "with" } else { "without" }
        )
    };
    Err(format!(
        "{what}. Expected: {}. It is {}.",
        said(expected),
        said(found)
    )
    .into())
}

fn answers_are_kept() -> Verdict {
    for says in [Holder::Known(3), Holder::Unknown] {
        let mut cache = Cache::new();
        expect(
            "The first line of a client",
            line(&mut cache, 7, Ok(says)),
            (Ok(says), true),
        )?;
        let later = line(&mut cache, 7, Err(Failed));
        expect("The second line of a client", later, (Ok(says), false))?;
    }
    Ok(())
}

fn a_dead_directory_has_peace() -> Verdict {
    let mut cache = Cache::new();
    let first = line(&mut cache, 7, Err(Failed));
    expect("The directory fails", first, (Err(Failed), true))?;
    for number in 1..=PAUSE_LINES {
        let what = format!("Line {number} of the client after a failure");
        expect(
            &what,
            line(&mut cache, 7, Err(Failed)),
            (Err(Failed), false),
        )?;
    }
    Ok(())
}

fn a_failure_passes() -> Verdict {
    let mut cache = Cache::new();
    for round in 1..=3 {
        let what = match round {
            1 => "The first line of a client".to_owned(),
            _ => format!("Line {} after a failure", PAUSE_LINES + 1),
        };
        expect(&what, line(&mut cache, 7, Err(Failed)), (Err(Failed), true))?;
        for _ in 0..PAUSE_LINES {
            let _ = line(&mut cache, 7, Err(Failed));
        }
    }
    let known = Ok(Holder::Known(3));
    expect(
        "The directory answers again",
        line(&mut cache, 7, known),
        (known, true),
    )?;
    for _ in 0..2 * PAUSE_LINES {
        expect(
            "A later line",
            line(&mut cache, 7, Err(Failed)),
            (known, false),
        )?;
    }
    Ok(())
}

fn clients_apart() -> Verdict {
    let mut cache = Cache::new();
    let _ = line(&mut cache, 7, Err(Failed));
    let known = Ok(Holder::Known(3));
    expect("Another client", line(&mut cache, 8, known), (known, true))?;
    let _ = line(&mut cache, 9, Err(Failed));
    expect(
        "The first client",
        line(&mut cache, 7, known),
        (Err(Failed), false),
    )
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
