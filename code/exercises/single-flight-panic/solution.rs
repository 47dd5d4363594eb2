//! Single flight: a task that wants what is already being asked for waits for that answer.

use std::collections::HashMap;

use drill::sync::{Arc, Condvar, Mutex};

/// The questions under way, at most one a client.
#[derive(Debug, Default)]
pub struct Flights(Mutex<HashMap<u32, Arc<Flight>>>);

/// One question, and how it ended.
#[derive(Debug, Default)]
struct Flight {
    end: Mutex<End>,
    ended: Condvar,
}

/// How a flight has ended, as far as it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum End {
    /// It is under way.
    #[default]
    NotYet,
    /// With an answer.
    Landed(u32),
    /// Its leader is gone, and there is no answer.
    Lost,
}

impl Flights {
    /// Nothing is under way.
    pub fn new() -> Flights {
        Flights::default()
    }

    /// The holder of a client: asked for by this task, or by one that has begun before.
    pub fn get(&self, client: u32, ask: impl FnOnce() -> u32) -> u32 {
        let flight = loop {
            let (flight, leads) = self.board(client);
            if leads {
                break flight;
            }
            match flight.wait() {
                End::Landed(holder) => return holder,
                // Board again: the first to do so leads.
                End::Lost => {}
                End::NotYet => unreachable!("it was waited for"),
            }
        };
        let mut leader = Leader {
            flights: self,
            client,
            flight,
            end: End::Lost,
        };
        let holder = ask();
        leader.end = End::Landed(holder);
        holder
    }

    /// How many questions are under way.
    pub fn under_way(&self) -> usize {
        self.0.lock().unwrap().len()
    }

    /// A seat on the flight for a client, and whether it is the leader's.
    fn board(&self, client: u32) -> (Arc<Flight>, bool) {
        let mut flights = self.0.lock().unwrap();
        if let Some(flight) = flights.get(&client) {
            return (Arc::clone(flight), false);
        }
        let flight = Arc::new(Flight::default());
        flights.insert(client, Arc::clone(&flight));
        (flight, true)
    }

    /// Ends a flight: no task boards it any more, and its followers are told.
    fn end(&self, client: u32, flight: &Flight, end: End) {
        self.0.lock().unwrap().remove(&client);
        *flight.end.lock().unwrap() = end;
        flight.ended.notify_all();
    }
}

/// The leader of a flight. However it leaves, the flight ends.
struct Leader<'a> {
    flights: &'a Flights,
    client: u32,
    flight: Arc<Flight>,
    end: End,
}

impl Drop for Leader<'_> {
    fn drop(&mut self) {
        self.flights.end(self.client, &self.flight, self.end);
    }
}

impl Flight {
    fn wait(&self) -> End {
        let end = self.end.lock().unwrap();
        let end = self.ended.wait_while(end, |end| *end == End::NotYet);
        *end.unwrap()
    }
}
