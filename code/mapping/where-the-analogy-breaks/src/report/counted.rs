//! What comes out the same in every run, and in the twin.

use std::fmt::{Result, Write};
use std::time::Duration;

use super::options::{HITS, Options};
use crate::reliable::{self, TAKEN};
use crate::topology::{self, Owner};
use crate::versions::{self, Reader};
use crate::{clock, transport, trust};

/// Keys that have an owner.
const KEYS: u64 = 100_000;

/// Messages that carry a time.
const STAMPED: usize = 1000;

pub(super) fn all(options: &Options, text: &mut String) -> Result {
    reliable(options, text)?;
    secure(text)?;
    topology(options, text)?;
    administrator(options, text)?;
    transport(text)?;
    clock(options, text)
}

fn reliable(options: &Options, text: &mut String) -> Result {
    let messages = usize::from(options.messages);
    writeln!(
        text,
        "\n1. The network is reliable. The receiver takes {TAKEN} of {messages} messages, and goes:\n"
    )?;
    for (name, delivery) in [
        (
            "a channel",
            reliable::channel(messages, options.capacity.into()),
        ),
        ("TCP", reliable::tcp(messages)),
        ("TCP, answered one by one", reliable::acknowledged(messages)),
    ] {
        let (sent, processed, lost) = (delivery.accepted, delivery.processed, delivery.lost());
        writeln!(
            text,
            "   {name:26}{sent:>5} sent, {processed:>3} processed, {lost:>4} lost"
        )?;
    }
    Ok(())
}

fn secure(text: &mut String) -> Result {
    writeln!(
        text,
        "\n4. The network is secure. Two friends and a stranger come, and are served:\n"
    )?;
    for (name, served) in [
        ("a channel", trust::channel()),
        ("TCP", trust::tcp(None)),
        ("TCP, with a secret", trust::tcp(Some("open sesame"))),
    ] {
        writeln!(text, "   {name:26}{served:>5}")?;
    }
    Ok(())
}

fn topology(options: &Options, text: &mut String) -> Result {
    let nodes = u64::from(options.nodes);
    writeln!(
        text,
        "\n5. Topology doesn't change. There are {nodes} nodes, and one more comes. Of {KEYS} keys move:\n"
    )?;
    let owners: [(&str, Owner); 2] = [
        ("by remainder", topology::remainder),
        ("by rendezvous", topology::rendezvous),
    ];
    for (name, owner) in owners {
        let moved = topology::moved(KEYS, nodes, owner);
        writeln!(text, "   {name:26}{moved:>6}")?;
    }
    Ok(())
}

fn administrator(options: &Options, text: &mut String) -> Result {
    let nodes = usize::from(options.nodes);
    writeln!(
        text,
        "\n6. There is one administrator. {nodes} nodes are upgraded one by one. Messages refused on the way:\n"
    )?;
    let readers: [(&str, Reader); 2] = [
        ("strict readers", versions::strict),
        ("tolerant readers", versions::tolerant),
    ];
    for (name, read) in readers {
        let refused = versions::refused(nodes, read);
        let refused: Vec<String> = (refused.iter())
            .map(|refused| format!("{refused:>3}"))
            .collect();
        writeln!(text, "   {name:20}{}", refused.join(" "))?;
    }
    Ok(())
}

fn transport(text: &mut String) -> Result {
    let moved = size_of::<Vec<transport::Hit>>();
    let encoded = transport::encode(&transport::hits(HITS)).len();
    writeln!(
        text,
        "\n7. Transport cost is zero. To hand over {HITS} hits:\n"
    )?;
    writeln!(text, "   {:26}{moved:>6} bytes", "in a channel")?;
    writeln!(text, "   {:26}{encoded:>6} bytes", "as text on a wire")
}

fn clock(options: &Options, text: &mut String) -> Result {
    let behind = Duration::from_millis(options.behind_ms.into());
    writeln!(
        text,
        "\n9. There is one clock. Of {STAMPED} messages arrive before they were sent:\n"
    )?;
    for (name, early) in [
        (
            "one clock".to_owned(),
            clock::backwards(STAMPED, Duration::ZERO),
        ),
        (
            format!("two, one {} ms behind", options.behind_ms),
            clock::backwards(STAMPED, behind),
        ),
        ("two that count".to_owned(), clock::logical(STAMPED)),
    ] {
        writeln!(text, "   {name:26}{early:>6}")?;
    }
    Ok(())
}
