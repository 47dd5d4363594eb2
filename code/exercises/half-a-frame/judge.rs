// The judge of `half-a-frame`.

use std::process::ExitCode;

use drill::{Promise, Verdict};
use half_a_frame::{FRAME_MAX, Frames, Wrong};

const PROMISES: &[Promise] = &[
    Promise {
        name: "whole-frames",
        says: "A frame that comes whole is an item, also one of no bytes.",
        check: whole_frames,
    },
    Promise {
        name: "many-in-one-read",
        says: "Several frames may come with one read.",
        check: many_in_one_read,
    },
    Promise {
        name: "cut-anywhere",
        says: "However the bytes are cut, the items are the same, and each comes as soon as it is whole.",
        check: cut_anywhere,
    },
    Promise {
        name: "too-long-is-refused",
        says: "A frame that is too long is refused when its length is known.",
        check: too_long_is_refused,
    },
    Promise {
        name: "an-end-in-the-middle",
        says: "An end behind a whole frame is an end; in the middle of one it is an error.",
        check: an_end_in_the_middle,
    },
];

const ITEMS: [&[u8]; 4] = [b"one", b"", b"a longer one", b"4"];

fn frame(item: &[u8]) -> Vec<u8> {
    let mut bytes = (item.len() as u32).to_be_bytes().to_vec();
    bytes.extend_from_slice(item);
    bytes
}

/// What comes out when these reads are made.
fn expect(what: &str, reads: &[&[u8]], expected: &[&[u8]]) -> Verdict {
    let mut frames = Frames::new();
    let mut items = Vec::new();
    for read in reads {
        match frames.read(read) {
            Ok(some) => items.extend(some),
            Err(wrong) => {
                return Err(format!("{what}. Expected: no error. It is {wrong:?}.").into());
            }
        }
    }
    if items == expected {
        return Ok(());
    }
    let shown = |item: &[u8]| String::from_utf8_lossy(item).into_owned();
    let items: Vec<_> = items.iter().map(|item| shown(item)).collect();
    let expected: Vec<_> = expected.iter().map(|item| shown(item)).collect();
    Err(format!("{what}. Expected: the items {expected:?}. They are {items:?}.").into())
}

fn whole_frames() -> Verdict {
    for item in ITEMS {
        expect("A frame comes whole", &[&frame(item)], &[item])?;
    }
    let all = ITEMS.map(frame);
    let reads: Vec<&[u8]> = all.iter().map(Vec::as_slice).collect();
    expect("Four frames come with a read each", &reads, &ITEMS)
}

fn many_in_one_read() -> Verdict {
    expect(
        "Four frames come with one read",
        &[&ITEMS.map(frame).concat()],
        &ITEMS,
    )
}

fn cut_anywhere() -> Verdict {
    let bytes = ITEMS.map(frame).concat();
    for place in 0..=bytes.len() {
        let (first, second) = bytes.split_at(place);
        let what = format!(
            "Four frames come in two reads, of {} bytes and {}",
            first.len(),
            second.len()
        );
        expect(&what, &[first, second], &ITEMS)?;
    }
    for size in 1..6 {
        let reads: Vec<&[u8]> = bytes.chunks(size).collect();
        expect(
            &format!("Four frames come in reads of {size} bytes"),
            &reads,
            &ITEMS,
        )?;
    }
    let two = [frame(b"one"), frame(b"two")].concat();
    expect("One frame and a half have come", &[&two[..9]], &[b"one"])
}

fn too_long_is_refused() -> Verdict {
    for (length, expected) in [
        (FRAME_MAX, Ok(())),
        (FRAME_MAX + 1, Err(Wrong::TooLong)),
        (u32::MAX as usize, Err(Wrong::TooLong)),
    ] {
        let mut frames = Frames::new();
        let head = (length as u32).to_be_bytes();
        let found = frames.read(&head).map(|_| ());
        if found != expected {
            return Err(format!(
                "The length of a frame has come, {length} bytes, and nothing behind it. Expected: {expected:?}. It is {found:?}."
            )
            .into());
        }
    }
    Ok(())
}

fn an_end_in_the_middle() -> Verdict {
    let bytes = frame(b"one");
    for place in 0..=bytes.len() {
        let mut frames = Frames::new();
        let _ = frames.read(&bytes[..place]);
        let is_between = place == 0 || place == bytes.len();
        let expected = if is_between { Ok(()) } else { Err(Wrong::Cut) };
        let found = frames.end();
        if found != expected {
            return Err(format!(
                "Of a frame of {} bytes {place} have come, and the connection ends. Expected: {expected:?}. It is {found:?}.",
                bytes.len()
            )
            .into());
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
