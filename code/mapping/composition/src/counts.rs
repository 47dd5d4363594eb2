//! What may be asked of a count of words, and three things that answer.
//!
//! None of them knows who asks, and who asks does not know which it is.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use crossbeam_channel::{Receiver, Sender, bounded, select};

/// Words and how often they came, by word.
pub type Counted = BTreeMap<String, u64>;

// ANCHOR: trait
/// A count of words. The interface: it says what may be asked, and nothing about
/// where the map is.
pub trait Counts: Sync {
    /// One more of this word.
    fn add(&self, word: &str);

    /// How often each word has come. What the asker added before is in it.
    fn counted(&self) -> Counted;
}
// ANCHOR_END: trait

// ANCHOR: locked
/// A map that all share, one at a time.
#[derive(Debug, Default)]
pub struct Locked(Mutex<Counted>);

impl Counts for Locked {
    fn add(&self, word: &str) {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *counted.entry(word.to_owned()).or_default() += 1;
    }

    fn counted(&self) -> Counted {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}
// ANCHOR_END: locked

// ANCHOR: owned
/// A map that is not shared: a task owns it, and has a mailbox for words and one
/// for questions.
#[derive(Debug)]
pub struct Owned {
    words: Sender<String>,
    questions: Sender<Sender<Counted>>,
    owner: Option<JoinHandle<()>>,
}

/// Serves each worker that comes, until none can come any more.
fn own(words: &Receiver<String>, questions: &Receiver<Sender<Counted>>) {
    let mut counted = Counted::new();
    loop {
        select! {
            recv(words) -> word => match word {
                Ok(word) => *counted.entry(word).or_default() += 1,
                Err(_) => return,
            },
            recv(questions) -> question => {
                // Chance may have taken the question before words that were sent
                // earlier: first those.
                for word in words.try_iter() {
                    *counted.entry(word).or_default() += 1;
                }
                // The asker may be gone. That is not our concern.
                let _ = question.map(|answer| answer.send(counted.clone()));
            }
        }
    }
}

impl Counts for Owned {
    fn add(&self, word: &str) {
        self.words.send(word.to_owned()).expect("the owner lives");
    }

    fn counted(&self) -> Counted {
        let (answer, counted) = bounded(1);
        self.questions.send(answer).expect("the owner lives");
        counted.recv().expect("the owner answers")
    }
}
// ANCHOR_END: owned

impl Owned {
    /// Starts the owner.
    pub fn new() -> Owned {
        let (words, its_words) = bounded(1024);
        let (questions, its_questions) = bounded(0);
        let owner = thread::spawn(move || own(&its_words, &its_questions));
        Owned {
            words,
            questions,
            owner: Some(owner),
        }
    }
}

impl Default for Owned {
    fn default() -> Owned {
        Owned::new()
    }
}

impl Drop for Owned {
    /// Ends the owner by ending its mailbox, and waits for it: no task is left behind.
    fn drop(&mut self) {
        self.words = bounded(0).0;
        if let Some(owner) = self.owner.take() {
            // A panic of the owner has been seen by the caller that asked it last.
            let _ = owner.join();
        }
    }
}

// ANCHOR: sharded
/// Many counts, each for a part of the words. It is a count itself, so whatever
/// takes one takes many. None at all would be a mistake: none could be asked.
#[derive(Debug)]
pub struct Sharded<C>(pub Vec<C>);

impl<C: Counts> Counts for Sharded<C> {
    fn add(&self, word: &str) {
        let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(word);
        self.0[hash as usize % self.0.len()].add(word);
    }

    fn counted(&self) -> Counted {
        self.0.iter().flat_map(Counts::counted).collect()
    }
}
// ANCHOR_END: sharded
