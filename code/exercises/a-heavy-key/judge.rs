// The judge of `a-heavy-key`.

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use a_heavy_key::{KEPT_MAX, Sender, owner};
use drill::{Promise, Verdict};

const PROMISES: &[Promise] = &[
    Promise {
        name: "sums-are-exact",
        says: "In the end the hits of each client have all been sent, once.",
        check: sums_are_exact,
    },
    Promise {
        name: "one-owner",
        says: "All hits of a client are sent to its owner.",
        check: one_owner,
    },
    Promise {
        name: "little-is-kept",
        says: "A sender keeps 64 clients at most.",
        check: little_is_kept,
    },
    Promise {
        name: "the-owner-has-less-to-do",
        says: "If one client is most of the traffic, its owner gets less than twice as many messages as another worker.",
        check: the_owner_has_less_to_do,
    },
    Promise {
        name: "a-late-heavy-client",
        says: "It is so, too, if the heavy client comes after many others.",
        check: a_late_heavy_client,
    },
];

const WORKERS: usize = 4;

/// What the workers got: for each of them its messages.
struct Sent {
    messages: Vec<usize>,
    hits: BTreeMap<u32, u64>,
    workers: BTreeMap<u32, BTreeSet<usize>>,
    kept: usize,
}

fn sent(clients: &[u32]) -> Sent {
    let mut sender = Sender::new(WORKERS);
    let mut all = Sent {
        messages: vec![0; WORKERS],
        hits: BTreeMap::new(),
        workers: BTreeMap::new(),
        kept: 0,
    };
    let mut kept = 0;
    let mut send = |worker: usize, (client, hits)| {
        all.messages[worker] += 1;
        *all.hits.entry(client).or_insert(0) += hits;
        all.workers.entry(client).or_default().insert(worker);
    };
    for client in clients {
        sender.line(*client, &mut send);
        kept = kept.max(sender.kept());
    }
    sender.finish(&mut send);
    Sent { kept, ..all }
}

/// Lines of which so many of ten are of one client, and the others of many.
fn traffic(lines: u32, heavy_of_ten: u32, clients: u32) -> Vec<u32> {
    let line = |number: u32| {
        let mixed = number.wrapping_mul(2_246_822_519) >> 8;
        if mixed % 10 < heavy_of_ten {
            7
        } else {
            1_000 + mixed / 10 % clients
        }
    };
    (0..lines).map(line).collect()
}

fn sums_are_exact() -> Verdict {
    for clients in [
        vec![],
        vec![7; 5],
        traffic(1_000, 6, 50),
        traffic(1_000, 6, 500),
    ] {
        let mut expected = BTreeMap::new();
        for client in &clients {
            *expected.entry(*client).or_insert(0) += 1;
        }
        let sent = sent(&clients).hits;
        let wrong = expected
            .iter()
            .find(|(client, hits)| sent.get(client) != Some(hits));
        if let Some((client, hits)) = wrong {
            return Err(format!(
                "Of {} lines {hits} are of client {client}. Expected: so many hits are sent. There are {}.",
                clients.len(),
                sent.get(client).unwrap_or(&0)
            )
            .into());
        }
    }
    Ok(())
}

fn one_owner() -> Verdict {
    for (client, workers) in sent(&traffic(2_000, 6, 500)).workers {
        let owner = owner(client, WORKERS);
        if workers != BTreeSet::from([owner]) {
            return Err(format!(
                "Expected: the hits of client {client} are sent to worker {owner}. They were sent to {workers:?}."
            )
            .into());
        }
    }
    Ok(())
}

fn little_is_kept() -> Verdict {
    let kept = sent(&traffic(5_000, 3, 4_000)).kept;
    if kept <= KEPT_MAX {
        return Ok(());
    }
    Err(format!("Expected: {KEPT_MAX} clients are kept at most. There are {kept}.").into())
}

fn expect_even(what: &str, clients: &[u32]) -> Verdict {
    let messages = sent(clients).messages;
    let heavy = owner(7, WORKERS);
    let others = messages
        .iter()
        .enumerate()
        .filter(|(worker, _)| *worker != heavy);
    let most = others.map(|(_, messages)| *messages).max().unwrap_or(0);
    if messages[heavy] < 2 * most {
        return Ok(());
    }
    Err(format!(
        "{what}: {} lines. Expected: worker {heavy}, the owner of the heavy client, gets less than twice as many messages as another. \
         The workers get {messages:?}.",
        clients.len()
    )
    .into())
}

fn the_owner_has_less_to_do() -> Verdict {
    let what = "Eight lines of ten are of one client, and the others of a thousand";
    expect_even(what, &traffic(10_000, 8, 1_000))
}

fn a_late_heavy_client() -> Verdict {
    let mut clients = traffic(2_000, 0, 1_000);
    clients.extend(traffic(10_000, 8, 1_000));
    expect_even(
        "A client comes late, and is most of the traffic then",
        &clients,
    )
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
