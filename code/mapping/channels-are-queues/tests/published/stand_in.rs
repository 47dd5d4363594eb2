//! What the published tests import as `crossbeam_channel`: our channel, and what only tests need.
//!
//! Our channel has no select. Here is one that needs none: it asks all its channels in turn, without waiting, until one can
//! serve it. That costs a processor for as long as it lasts, and two of them never meet at a rendezvous, as neither
//! ever waits there. Its messages are made before it asks, as in Go, and not after.

use std::thread;
use std::time::{Duration, Instant};

pub use ours::*;
use rand::seq::SliceRandom;

/// Between two rounds of questions, after as many without a pause.
const PAUSE: Duration = Duration::from_micros(50);
const ROUNDS_WITHOUT_PAUSE: usize = 20;

/// A channel on which nobody ever sends, and nobody who could is ever gone.
pub fn never<T>() -> Receiver<T> {
    let (sender, receiver) = bounded(0);
    std::mem::forget(sender);
    receiver
}

/// A channel on which a moment arrives now and then, until nobody receives it.
pub fn tick(every: Duration) -> Receiver<Instant> {
    let (sender, receiver) = bounded(1);
    thread::spawn(move || {
        thread::sleep(every);
        while sender.send(Instant::now()).is_ok() {
            thread::sleep(every);
        }
    });
    receiver
}

/// The only test that uses this is left out; the name is imported all the same.
pub enum Select {}

/// One line of a select, which may be served at once or not.
pub trait Line {
    fn ask(&mut self) -> bool;
}

pub struct Receiving<'a, T> {
    pub from: &'a Receiver<T>,
    pub result: Option<Result<T, RecvError>>,
}

impl<T> Line for Receiving<'_, T> {
    fn ask(&mut self) -> bool {
        self.result = match self.from.try_recv() {
            Ok(item) => Some(Ok(item)),
            Err(TryRecvError::Disconnected) => Some(Err(RecvError)),
            Err(TryRecvError::Empty) => None,
        };
        self.result.is_some()
    }
}

pub struct Sending<'a, T> {
    pub to: &'a Sender<T>,
    pub item: Option<T>,
    pub result: Option<Result<(), SendError<T>>>,
}

impl<T> Line for Sending<'_, T> {
    fn ask(&mut self) -> bool {
        self.result = match self.to.try_send(self.item.take().expect("not sent yet")) {
            Ok(()) => Some(Ok(())),
            Err(TrySendError::Disconnected(item)) => Some(Err(SendError(item))),
            Err(TrySendError::Full(item)) => {
                self.item = Some(item);
                None
            }
        };
        self.result.is_some()
    }
}

/// Asks all lines, each time in another order, until one is served or the time is up.
pub fn ask_all(lines: &mut [&mut dyn Line], timeout: Option<Duration>) {
    let begin = Instant::now();
    for round in 0.. {
        lines.shuffle(&mut rand::thread_rng());
        if lines.iter_mut().any(|line| line.ask()) {
            return;
        }
        if timeout.is_some_and(|timeout| begin.elapsed() >= timeout) {
            return;
        }
        thread::sleep(if round < ROUNDS_WITHOUT_PAUSE {
            Duration::ZERO
        } else {
            PAUSE
        });
    }
}

/// `select!` as the tests write it: lines of `recv` and `send`, perhaps a `default`.
#[macro_export]
macro_rules! select {
    // Takes one line after the other, and gives each a name.
    (@ $names:tt $done:tt , $($rest:tt)*) => { $crate::select!(@ $names $done $($rest)*) };
    (@ ($name:ident $($names:ident)*) [$($done:tt)*]
        recv($from:expr) -> $result:pat => $body:block $($rest:tt)*) => {
        $crate::select!(@ ($($names)*) [$($done)*
            {$name ($crate::Receiving { from: &$from, result: None }) $result => $body}] $($rest)*)
    };
    (@ ($name:ident $($names:ident)*) [$($done:tt)*]
        send($to:expr, $item:expr) -> $result:pat => $body:block $($rest:tt)*) => {
        $crate::select!(@ ($($names)*) [$($done)*
            {$name ($crate::Sending { to: &$to, item: Some($item), result: None }) $result => $body}] $($rest)*)
    };
    (@ $names:tt $done:tt default => $body:block $($rest:tt)*) => {
        $crate::select!(@ $names $done default(std::time::Duration::ZERO) => $body $($rest)*)
    };
    (@ $names:tt $done:tt default($timeout:expr) => $body:block $(,)*) => {
        $crate::select!(@@ $done Some($timeout), $body)
    };
    // A body without braces gets them.
    (@ $names:tt $done:tt $what:ident $(($($with:tt)*))? $(-> $result:pat)? => $body:expr, $($rest:tt)*) => {
        $crate::select!(@ $names $done $what $(($($with)*))? $(-> $result)? => { $body } $($rest)*)
    };
    (@ $names:tt $done:tt) => { $crate::select!(@@ $done None, { unreachable!("no limit") }) };
    // All lines have names: asks, and does what belongs to the one that was served.
    (@@ [$({$name:ident ($line:expr) $result:pat => $body:block})+] $timeout:expr, $default:block) => {{
        $(let mut $name = $line;)+
        $crate::ask_all(&mut [$(&mut $name),+], $timeout);
        $(if let Some($result) = $name.result $body else)+ $default
    }};
    ($($lines:tt)+) => { $crate::select!(@ (a b c d e f g h i j) [] $($lines)+ ,) };
}

/// By this name one file of tests calls the macro.
pub use select as crossbeam_channel_internal;
