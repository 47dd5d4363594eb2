//! `flash`: steady traffic, and from time to time a crowd behind a few new addresses (an office, a
//! mobile carrier) that arrives for one route. It is what single-flight is for: a cold key that
//! many want at once.

use super::dice::Dice;
use super::site::{CLIENTS, Site, Visit};

/// Lines from the start of one crowd's time to the next's; even a log of 10,000 lines has a crowd.
const PERIOD: u64 = 8_000;

/// While a crowd is there it arrives so many times as fast as the regular visitors ...
const HURRY: u32 = 20;

/// ... who are then one line in so many.
const REGULAR: u32 = 10;

/// The crowd of one period.
struct Crowd {
    /// Its lines within the period.
    first: u64,
    end: u64,
    /// Its clients are numbers that no other line of the log has.
    clients_from: u32,
    clients: u32,
    route: u32,
}

/// All crowds of a log, one after the other.
pub struct Crowds {
    current: Crowd,
}

impl Crowds {
    /// No crowd yet: the log's first line decides about the first.
    pub fn new() -> Crowds {
        Crowds {
            current: Crowd {
                first: 0,
                end: 0,
                clients_from: CLIENTS,
                clients: 0,
                route: 0,
            },
        }
    }

    /// Appends the line of this number, counted from 0, without a line ending.
    pub fn line(&mut self, line: u64, site: &mut Site, out: &mut Vec<u8>) {
        let place = line % PERIOD;
        if place == 0 {
            let unused = self.current.clients_from + self.current.clients;
            self.current = crowd(unused, site.routes.len() as u32, &mut site.dice);
        }
        let Crowd {
            first,
            end,
            clients_from,
            clients,
            route,
        } = self.current;
        let visit = if (first..end).contains(&place) && !site.dice.once_in(REGULAR) {
            site.clock.advance(site.dice.u32(), HURRY);
            Visit {
                client: clients_from + site.dice.below(clients),
                route,
            }
        } else {
            site.visit()
        };
        site.line(visit, out);
    }
}

fn crowd(clients_from: u32, routes: u32, dice: &mut Dice) -> Crowd {
    let first = 1_000 + u64::from(dice.below(4_000));
    Crowd {
        first,
        end: first + 800 + u64::from(dice.below(1_200)),
        clients_from,
        clients: 3 + dice.below(6),
        route: dice.below(routes),
    }
}
