// The judge of `how-far-it-holds`.

use std::process::ExitCode;

use drill::{Promise, Verdict};
use how_far_it_holds::{Block, Cache};

const PROMISES: &[Promise] = &[
    Promise {
        name: "no-wrong-answer",
        says: "What the cache says is what the directory says.",
        check: no_wrong_answer,
    },
    Promise {
        name: "borders-belong",
        says: "The first and the last client of a block belong to it.",
        check: borders_belong,
    },
    Promise {
        name: "a-block-is-asked-for-once",
        says: "Each block is asked for once, wherever in it the first client is.",
        check: a_block_is_asked_for_once,
    },
    Promise {
        name: "the-largest-client",
        says: "The last block ends with the largest client that there is.",
        check: the_largest_client,
    },
];

/// The directory: blocks of different lengths, in any order.
const TABLE: [(u32, u32); 6] = [
    (0, 9),
    (10, 10),
    (11, 19),
    (20, 59),
    (60, 99),
    (100, u32::MAX),
];

fn truth(client: u32) -> Block {
    let blocks = TABLE.iter().zip(0..);
    let mut holding = blocks.filter(|((first, last), _)| (*first..=*last).contains(&client));
    let ((first, last), holder) = holding.next().expect("the table has all clients");
    Block {
        first: *first,
        last: *last,
        holder,
    }
}

/// Asks for these clients, one after the other, and compares the answers, and the clients that the directory is asked for.
fn expect(clients: &[u32], asked_for: Option<&[u32]>) -> Verdict {
    let mut cache = Cache::new();
    let mut asked = Vec::new();
    for client in clients {
        let holder = cache.get(*client, |client| {
            asked.push(client);
            truth(client)
        });
        let expected = truth(*client);
        if holder != expected.holder {
            return Err(format!(
                "The clients {clients:?} are asked for. Expected: {client} has the holder {}, as all from {} to {} have. \
                 The cache says {holder}. (The directory was asked for {asked:?}.)",
                expected.holder, expected.first, expected.last
            )
            .into());
        }
    }
    match asked_for {
        Some(expected) if expected != asked => Err(format!(
            "The clients {clients:?} are asked for. Expected: the directory is asked for {expected:?}. It was asked for {asked:?}."
        )
        .into()),
        _ => Ok(()),
    }
}

fn no_wrong_answer() -> Verdict {
    expect(&[5, 15], None)?;
    expect(&[30, 5, 99, 10, 11, 150, 60, 19, 0], None)?;
    let clients: Vec<u32> = (0..120).map(|number| number * 37 % 120).collect();
    expect(&clients, None)
}

fn borders_belong() -> Verdict {
    expect(&[11, 11], Some(&[11]))?;
    expect(&[19, 19, 20], Some(&[19, 20]))?;
    expect(&[10, 10, 9, 11], Some(&[10, 9, 11]))
}

fn a_block_is_asked_for_once() -> Verdict {
    expect(&[15, 11, 19], Some(&[15]))?;
    expect(&[50, 30, 22], Some(&[50]))?;
    expect(&[25, 70, 40, 80], Some(&[25, 70]))
}

fn the_largest_client() -> Verdict {
    expect(&[u32::MAX, 1_000, u32::MAX, 100], Some(&[u32::MAX]))
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
