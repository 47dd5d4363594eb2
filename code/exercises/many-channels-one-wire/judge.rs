// The judge of `many-channels-one-wire`.

use std::process::ExitCode;

use drill::{Promise, Verdict};
use many_channels_one_wire::{CHANNELS, Handle, Message, Received, Wire};

const PROMISES: &[Promise] = &[
    Promise {
        name: "items-come-to-their-channel",
        says: "What comes with a number comes to its receiver, in order, and then the end.",
        check: items_come_to_their_channel,
    },
    Promise {
        name: "strangers-do-no-harm",
        says: "Messages for numbers that are not known are thrown away.",
        check: strangers_do_no_harm,
    },
    Promise {
        name: "numbers-are-used-again",
        says: "256 channels may be open at a time, and more than that one after the other.",
        check: numbers_are_used_again,
    },
    Promise {
        name: "numbers-are-not-used-too-early",
        says: "What was sent to a receiver that has left comes to no other.",
        check: numbers_are_not_used_too_early,
    },
];

use Message::{End, Item};

fn opened(wire: &mut Wire) -> Result<(u8, Handle), String> {
    wire.open()
        .ok_or_else(|| "Expected: a channel can be opened. It cannot.".to_owned())
}

/// All that a receiver gets, until there is nothing or the end.
fn expect(what: &str, wire: &mut Wire, receiver: Handle, items: &[u32], last: Received) -> Verdict {
    let mut expected: Vec<Received> = items.iter().map(|item| Received::Item(*item)).collect();
    expected.push(last);
    let mut received = Vec::new();
    for _ in &expected {
        received.push(wire.receive(receiver));
    }
    if received == expected {
        return Ok(());
    }
    Err(format!("{what}. Expected: the receiver gets {expected:?}. It gets {received:?}.").into())
}

fn items_come_to_their_channel() -> Verdict {
    let mut wire = Wire::new();
    let (first, first_end) = opened(&mut wire)?;
    let (second, second_end) = opened(&mut wire)?;
    expect(
        "Nothing has come",
        &mut wire,
        first_end,
        &[],
        Received::Nothing,
    )?;
    for message in [
        Item(first, 1),
        Item(second, 20),
        Item(first, 2),
        End(first),
        Item(second, 21),
    ] {
        wire.come(&message);
    }
    expect(
        "Two items have come, and the end",
        &mut wire,
        first_end,
        &[1, 2],
        Received::End,
    )?;
    expect(
        "Two items have come for the other",
        &mut wire,
        second_end,
        &[20, 21],
        Received::Nothing,
    )?;
    wire.come(&End(second));
    expect("And its end", &mut wire, second_end, &[], Received::End)
}

fn strangers_do_no_harm() -> Verdict {
    let mut wire = Wire::new();
    let (number, receiver) = opened(&mut wire)?;
    for stranger in (0..=u8::MAX).filter(|other| *other != number) {
        wire.come(&Item(stranger, 1));
        wire.come(&End(stranger));
        wire.come(&Item(stranger, 2));
    }
    wire.come(&Item(number, 3));
    expect(
        "Messages for other numbers have come, and an item",
        &mut wire,
        receiver,
        &[3],
        Received::Nothing,
    )?;
    let (_, other) = opened(&mut wire)?;
    expect(
        "A channel is opened",
        &mut wire,
        other,
        &[],
        Received::Nothing,
    )?;
    wire.drop_receiver(receiver);
    wire.come(&Item(number, 4));
    wire.come(&End(number));
    expect(
        "The first receiver was dropped",
        &mut wire,
        other,
        &[],
        Received::Nothing,
    )
}

fn numbers_are_used_again() -> Verdict {
    let mut wire = Wire::new();
    let mut channels = Vec::new();
    for _ in 0..CHANNELS {
        channels.push(opened(&mut wire)?);
    }
    let mut numbers: Vec<u8> = channels.iter().map(|(number, _)| *number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.len() != CHANNELS || wire.open().is_some() {
        return Err(format!(
            "Expected: {CHANNELS} channels have {CHANNELS} numbers, and one more cannot be opened."
        )
        .into());
    }
    let (number, receiver) = channels[7];
    wire.come(&Item(number, 1));
    wire.come(&End(number));
    let (again, other) = opened(&mut wire)?;
    wire.come(&Item(again, 2));
    expect(
        "A channel has ended, and its number is used again",
        &mut wire,
        receiver,
        &[1],
        Received::End,
    )?;
    expect(
        "So it is, by this one",
        &mut wire,
        other,
        &[2],
        Received::Nothing,
    )?;
    wire.come(&End(again));
    for _ in 0..3 * CHANNELS {
        let (number, receiver) = opened(&mut wire)?;
        wire.drop_receiver(receiver);
        wire.come(&End(number));
    }
    Ok(())
}

fn numbers_are_not_used_too_early() -> Verdict {
    let mut wire = Wire::new();
    let (number, receiver) = opened(&mut wire)?;
    wire.drop_receiver(receiver);
    let (_, other) = opened(&mut wire)?;
    wire.come(&Item(number, 1));
    expect(
        "A receiver has left, a channel is opened, and an item comes for the first",
        &mut wire,
        other,
        &[],
        Received::Nothing,
    )?;
    wire.come(&End(number));
    expect("And then its end", &mut wire, other, &[], Received::Nothing)
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
