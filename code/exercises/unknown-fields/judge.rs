// The judge of `unknown-fields`.

use std::process::ExitCode;

use drill::{Promise, Verdict};
use unknown_fields::{HITS, Malformed, Message, ROUTE};

const PROMISES: &[Promise] = &[
    Promise {
        name: "there-and-back",
        says: "What is written is read, with its fields in any order.",
        check: there_and_back,
    },
    Promise {
        name: "missing-fields-have-defaults",
        says: "A field that is missing has its default.",
        check: missing_fields_have_defaults,
    },
    Promise {
        name: "unknown-fields-are-skipped",
        says: "Fields that are not known do not disturb those that are, wherever they stand.",
        check: unknown_fields_are_skipped,
    },
    Promise {
        name: "unknown-fields-are-kept",
        says: "A message that is passed on has all fields that it came with.",
        check: unknown_fields_are_kept,
    },
    Promise {
        name: "nonsense-is-refused",
        says: "What goes beyond the end, or makes no sense, is no message.",
        check: nonsense_is_refused,
    },
];

fn field(tag: u8, bytes: &[u8]) -> Vec<u8> {
    [&[tag, bytes.len() as u8], bytes].concat()
}

fn expect(fields: &[Vec<u8>], route: &str, hits: u8) -> Verdict {
    let bytes = fields.concat();
    match Message::decode(&bytes) {
        Ok(message) if message.route == route && message.hits == hits => Ok(()),
        other => Err(format!(
            "The fields {fields:?} come, each a tag, a length and bytes. Expected: the route {route:?} and {hits} hits. It is {other:?}."
        )
        .into()),
    }
}

fn there_and_back() -> Verdict {
    expect(&[Message::new("/a", 7).encode()], "/a", 7)?;
    expect(&[field(HITS, &[7]), field(ROUTE, b"/a")], "/a", 7)?;
    expect(&[field(ROUTE, b""), field(HITS, &[0])], "", 0)
}

fn missing_fields_have_defaults() -> Verdict {
    expect(&[], "/", 1)?;
    expect(&[field(HITS, &[7])], "/", 7)?;
    expect(&[field(ROUTE, b"/a")], "/a", 1)
}

fn unknown_fields_are_skipped() -> Verdict {
    let new = field(9, b"from the future");
    expect(
        &[new.clone(), field(ROUTE, b"/a"), field(HITS, &[7])],
        "/a",
        7,
    )?;
    expect(
        &[field(ROUTE, b"/a"), new.clone(), field(HITS, &[7])],
        "/a",
        7,
    )?;
    expect(&[new, field(200, b"")], "/", 1)
}

/// What is passed on is read by a peer that knows all tags.
fn unknown_fields_are_kept() -> Verdict {
    let unknown = [field(9, b"first"), field(7, b""), field(9, b"second")];
    let bytes = [&[field(ROUTE, b"/a")][..], &unknown].concat().concat();
    let passed_on = Message::decode(&bytes).map(|message| message.encode());
    let expected = [&[field(ROUTE, b"/a"), field(HITS, &[1])][..], &unknown]
        .concat()
        .concat();
    if passed_on.as_ref() == Ok(&expected) {
        return Ok(());
    }
    Err(format!(
        "A message with the fields 1, 9, 7 and 9 comes, and is passed on.\nExpected: its bytes, with the number of hits that was \
         missing, are {expected:?}.\nThey are {passed_on:?}."
    )
    .into())
}

fn nonsense_is_refused() -> Verdict {
    let cases: [&[u8]; 6] = [
        &[ROUTE],
        &[ROUTE, 3, b'/'],
        &[9],
        &[9, 1],
        &[HITS, 0],
        &[ROUTE, 1, 0xff],
    ];
    for bytes in cases {
        let read = Message::decode(bytes);
        if read != Err(Malformed) {
            return Err(format!(
                "The bytes {bytes:?} come. Expected: they are refused. They are taken for {read:?}."
            )
            .into());
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
