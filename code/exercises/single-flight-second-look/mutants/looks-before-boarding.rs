//! A cache whose misses are asked for once, however many threads miss at the same time.

use std::collections::HashMap;

use drill::sync::{Arc, Condvar, Mutex};

/// Holders by client, and the questions that are under way.
#[derive(Debug, Default)]
pub struct Cache {
    known: Mutex<HashMap<u32, u32>>,
    flights: Mutex<HashMap<u32, Arc<Flight>>>,
}

/// One question, and the threads that wait for its answer.
#[derive(Debug, Default)]
struct Flight {
    answer: Mutex<Option<u32>>,
    landed: Condvar,
}

impl Cache {
    /// Nothing is known yet.
    pub fn new() -> Cache {
        Cache::default()
    }

    /// The holder of a client. If it is not known, one thread asks, and the others that want it wait for its answer.
    pub fn get(&self, client: u32, ask: impl FnOnce() -> u32) -> u32 {
        if let Some(holder) = self.look(client) {
            return holder;
        }
        // Once more: another thread may have put it in.
        if let Some(holder) = self.look(client) {
            return holder;
        }
        let (flight, leads) = self.board(client);
        if !leads {
            return flight.wait();
        }
        let holder = ask();
        self.known.lock().unwrap().insert(client, holder);
        self.flights.lock().unwrap().remove(&client);
        flight.land(holder);
        holder
    }

    /// How many questions are under way.
    pub fn under_way(&self) -> usize {
        self.flights.lock().unwrap().len()
    }

    fn look(&self, client: u32) -> Option<u32> {
        self.known.lock().unwrap().get(&client).copied()
    }

    /// A seat on the flight for a client, and whether it is the leader's.
    fn board(&self, client: u32) -> (Arc<Flight>, bool) {
        let mut flights = self.flights.lock().unwrap();
        if let Some(flight) = flights.get(&client) {
            return (Arc::clone(flight), false);
        }
        let flight = Arc::new(Flight::default());
        flights.insert(client, Arc::clone(&flight));
        (flight, true)
    }
}

impl Flight {
    fn land(&self, holder: u32) {
        *self.answer.lock().unwrap() = Some(holder);
        self.landed.notify_all();
    }

    fn wait(&self) -> u32 {
        let answer = self.answer.lock().unwrap();
        let answer = self.landed.wait_while(answer, |answer| answer.is_none());
        answer.unwrap().expect("it has landed")
    }
}
