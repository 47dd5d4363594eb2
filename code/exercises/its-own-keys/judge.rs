// The judge of `its-own-keys`.

use std::process::ExitCode;

use drill::{Promise, Verdict};
use its_own_keys::Ring;

const PROMISES: &[Promise] = &[
    Promise {
        name: "only-its-own-keys-move",
        says: "When a shard goes, its keys have other shards, and all others keep theirs.",
        check: only_its_own_keys_move,
    },
    Promise {
        name: "a-new-shard-takes-and-moves-nothing-else",
        says: "When a shard comes, every key that moves goes to it.",
        check: a_new_shard_takes,
    },
    Promise {
        name: "shares-are-nearly-fair",
        says: "No shard has more than one and a half times its fair share, or less than half of it.",
        check: shares_are_nearly_fair,
    },
];

const KEYS: u64 = 10_000;

fn ring(shards: u64) -> Ring {
    let mut ring = Ring::default();
    (0..shards).for_each(|shard| ring.add(shard));
    ring
}

fn only_its_own_keys_move() -> Verdict {
    let before = ring(5);
    let mut after = before.clone();
    after.remove(2);
    for key in 0..KEYS {
        let (was, is) = (before.owner(key), after.owner(key));
        if (was == 2) == (is == was) {
            return Err(format!(
                "Shard 2 of five goes. Key {key} belonged to shard {was}. Expected: it moves if that is 2, and stays if \
                 not. It belongs to shard {is}."
            )
            .into());
        }
    }
    Ok(())
}

fn a_new_shard_takes() -> Verdict {
    let (before, after) = (ring(5), ring(6));
    for key in 0..KEYS {
        let (was, is) = (before.owner(key), after.owner(key));
        if is != was && is != 5 {
            return Err(format!(
                "Shard 5 comes. Key {key} belonged to shard {was}. Expected: it stays or goes to 5. It goes to shard {is}."
            )
            .into());
        }
    }
    Ok(())
}

fn shares_are_nearly_fair() -> Verdict {
    let (ring, fair) = (ring(5), KEYS as usize / 5);
    for shard in 0..5 {
        let share = (0..KEYS).filter(|&key| ring.owner(key) == shard).count();
        if !(fair / 2..=fair * 3 / 2).contains(&share) {
            return Err(format!(
                "Five shards have {KEYS} keys. Expected: about {fair} each. Shard {shard} has {share}."
            )
            .into());
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    drill::judge::judge(PROMISES)
}
