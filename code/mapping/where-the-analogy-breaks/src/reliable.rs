//! "The network is reliable": messages to a receiver that takes ten of them and goes.
//!
//! A send that succeeded says that the message was accepted by whatever is between us. It does not say that a receiver
//! has seen it, on a network or inside a process.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use crossbeam_channel::bounded;

/// How many messages the receiver takes before it goes.
pub const TAKEN: usize = 10;

/// The bytes of a message on the wire.
const BYTES: usize = 16;

/// Nothing here waits longer, so an experiment that goes wrong ends with a wrong answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the sender believes, and what is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Sends that succeeded.
    pub accepted: usize,
    /// Messages that the receiver looked at.
    pub processed: usize,
}

impl Delivery {
    /// What the sender takes for delivered, and is not.
    pub fn lost(self) -> usize {
        self.accepted - self.processed
    }
}

// ANCHOR: channel
/// As many messages as a channel takes; then the receiver takes its ten, and goes.
pub fn channel(messages: usize, capacity: usize) -> Delivery {
    let (sender, receiver) = bounded(capacity);
    let accepted = (0..messages)
        .take_while(|&number| sender.try_send(number).is_ok())
        .count();
    let processed = receiver.try_iter().take(TAKEN).count();
    drop(receiver);
    // From here on every send fails and brings its message back: the sender knows,
    // and knows what of.
    assert!(sender.send(messages).is_err());
    Delivery {
        accepted,
        processed,
    }
}
// ANCHOR_END: channel

// ANCHOR: tcp
/// The same over TCP. What the kernels at both ends hold is a queue, too, and a
/// much longer one.
pub fn tcp(messages: usize) -> Delivery {
    let (mut sender, mut receiver) = connection();
    let message = [7; BYTES];
    let accepted = (0..messages)
        .take_while(|_| sender.write_all(&message).is_ok())
        .count();
    let mut buffer = [0; BYTES];
    let processed = (0..TAKEN)
        .take_while(|_| receiver.read_exact(&mut buffer).is_ok())
        .count();
    drop(receiver);
    Delivery {
        accepted,
        processed,
    }
}
// ANCHOR_END: tcp

// ANCHOR: acknowledged
/// The same, and each message is answered before the next one goes. Accepted is
/// what was answered.
pub fn acknowledged(messages: usize) -> Delivery {
    let (mut sender, mut receiver) = connection();
    let receiving = thread::spawn(move || {
        let mut buffer = [0; BYTES];
        (0..TAKEN)
            .take_while(|_| {
                receiver.read_exact(&mut buffer).is_ok() && receiver.write_all(&[1]).is_ok()
            })
            .count()
    });
    let mut answer = [0];
    let accepted = (0..messages)
        .take_while(|_| {
            sender.write_all(&[7; BYTES]).is_ok() && sender.read_exact(&mut answer).is_ok()
        })
        .count();
    let processed = receiving.join().expect("the receiver does not panic");
    Delivery {
        accepted,
        processed,
    }
}
// ANCHOR_END: acknowledged

/// Both ends of a connection.
pub(crate) fn connection() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port on loopback");
    let near = TcpStream::connect(listener.local_addr().expect("it is bound")).expect("it listens");
    let (far, _) = listener.accept().expect("somebody has connected");
    for end in [&near, &far] {
        end.set_nodelay(true).expect("a connection");
        end.set_read_timeout(Some(PATIENCE)).expect("a connection");
        end.set_write_timeout(Some(PATIENCE)).expect("a connection");
    }
    (near, far)
}
