//! The site that is visited, and how one of its lines is written: the Combined Log Format of
//! Apache and nginx, `client - user [time] "request" status bytes "referrer" "agent"`.

use super::Workload;
use super::clients::{self, Clients};
use super::clock::Clock;
use super::decimal;
use super::dice::{Bits, Dice, mix};
use super::routes::{self, Kind, Route};
use super::statuses;
use super::vocabulary::{AGENTS, ELSEWHERE, SEARCHES, SITE, USERS};
use super::zipf::Zipf;

/// Clients of a log whose clients stay the same.
pub const CLIENTS: u32 = 100_000;

const ROUTES: u32 = 200;

/// Pages that the site's own links are on, at most: what six random bits can tell apart.
const LINKING_MAX: usize = 64;

/// With the twenty holders of the clients: 100,000 pairs.
const ROUTES_WIDE: u32 = 5_000;

/// How flat popularity is in `wide`: enough that the rarest pair is expected several times in
/// three million lines, and yet the first route is twenty times as popular as the last.
const FLATNESS_WIDE: u32 = 250;

/// A client arrives at a route.
#[derive(Clone, Copy)]
pub struct Visit {
    /// The client's number; those below [`CLIENTS`] are the regular ones, by rank.
    pub client: u32,
    /// The route's rank.
    pub route: u32,
}

/// Everything that a line is made of.
pub struct Site {
    pub dice: Dice,
    pub clock: Clock,
    pub clients: Clients,
    pub routes: Vec<Route>,
    /// Pages that the site's own links are on, as indexes of routes.
    linking: Vec<usize>,
    client_ranks: Zipf,
    route_ranks: Zipf,
}

impl Site {
    /// The site as this workload visits it.
    pub fn new(workload: Workload, seed: u64) -> Site {
        let wide = workload == Workload::Wide;
        let (route_count, flatness, blocks): (_, _, &[u8]) = if wide {
            (ROUTES_WIDE, FLATNESS_WIDE, &clients::EVEN)
        } else {
            (ROUTES, 0, &clients::MIXED)
        };
        let mut dice = Dice::new(workload, seed);
        let routes = routes::most_popular(route_count);
        let pages = (0..routes.len()).filter(|&rank| routes[rank].kind == Kind::Page);
        Site {
            clients: Clients::new(blocks, &mut dice),
            dice,
            clock: Clock::new(),
            linking: pages.take(LINKING_MAX).collect(),
            routes,
            client_ranks: Zipf::new(CLIENTS, flatness),
            route_ranks: Zipf::new(route_count, flatness),
        }
    }

    /// Lets time pass until the next visit of a regular client, and says which it is.
    pub fn visit(&mut self) -> Visit {
        self.clock.advance(self.dice.u32(), 1);
        Visit {
            client: self.client_ranks.rank(self.dice.u64()),
            route: self.route_ranks.rank(self.dice.u64()),
        }
    }

    /// Appends the line of a visit, without a line ending.
    pub fn line(&mut self, visit: Visit, out: &mut Vec<u8>) {
        let mut bits = self.dice.bits();
        self.clients.push(visit.client, out);
        self.identity_and_time(&mut bits, out);
        out.extend_from_slice(b" \"");
        self.request(visit.route, &mut bits, out);
        out.extend_from_slice(b"\" ");
        self.answer(visit.route, &mut bits, out);
        self.trailer(visit, &mut bits, out);
    }

    /// ` - user [time]`.
    pub fn identity_and_time(&mut self, bits: &mut Bits, out: &mut Vec<u8>) {
        out.extend_from_slice(b" - ");
        let user = match bits.take(10) {
            known @ 0..8 => USERS[known as usize],
            _ => "-",
        };
        out.extend_from_slice(user.as_bytes());
        out.push(b' ');
        out.extend_from_slice(self.clock.text());
    }

    /// `GET /path?query HTTP/1.1`, without its quotes.
    pub fn request(&self, route: u32, bits: &mut Bits, out: &mut Vec<u8>) {
        let Route { path, kind, .. } = &self.routes[route as usize];
        let method: &[u8] = match (kind, bits.take(5)) {
            (Kind::Api, 0..8) => b"POST ",
            (_, 31) => b"HEAD ",
            _ => b"GET ",
        };
        out.extend_from_slice(method);
        out.extend_from_slice(path.as_bytes());
        push_query(*kind, route, bits, out);
        let version: &[u8] = match bits.take(3) {
            0..5 => b" HTTP/1.1",
            7 => b" HTTP/1.0",
            _ => b" HTTP/2.0",
        };
        out.extend_from_slice(version);
    }

    /// `200 5120`: the status and the bytes of the answer's body.
    pub fn answer(&self, route: u32, bits: &mut Bits, out: &mut Vec<u8>) {
        let status = statuses::status(bits.take(10));
        let Route { kind, size, .. } = self.routes[route as usize];
        let variation = bits.take(9);
        let bytes = match status {
            200 if kind == Kind::Asset || kind == Kind::File => size,
            200 => size + variation * (size >> 11),
            206 => 1 + size * (variation + 1) / 1024,
            304 => 0,
            // What servers send along by themselves.
            301 | 302 => 162,
            _ => 150 + u32::from(status) % 7 + (variation & 3) * 100,
        };
        decimal::push(u64::from(status), out);
        out.push(b' ');
        decimal::push(u64::from(bytes), out);
    }

    /// ` "referrer" "agent"`.
    pub fn trailer(&self, visit: Visit, bits: &mut Bits, out: &mut Vec<u8>) {
        out.extend_from_slice(b" \"");
        self.referrer(self.routes[visit.route as usize].kind, bits, out);
        out.extend_from_slice(b"\" \"");
        out.extend_from_slice(self.agent(visit.client).as_bytes());
        out.push(b'"');
    }

    /// A client keeps its browser.
    pub fn agent(&self, client: u32) -> &'static str {
        AGENTS[(self.clients.trait_of(client) >> 27) as usize]
    }

    fn referrer(&self, kind: Kind, bits: &mut Bits, out: &mut Vec<u8>) {
        let inside = match kind {
            Kind::Page | Kind::Search => 3,
            Kind::Asset | Kind::File | Kind::Api => 7,
        };
        // The smaller of two: the popular pages link most.
        let which = bits.take(6).min(bits.take(6)) as usize;
        match bits.take(3) {
            n if n < inside => {
                out.extend_from_slice(SITE.as_bytes());
                let page = self.linking[which % self.linking.len()];
                out.extend_from_slice(self.routes[page].path.as_bytes());
            }
            3 | 4 => out.extend_from_slice(ELSEWHERE[which % ELSEWHERE.len()].as_bytes()),
            _ => out.push(b'-'),
        }
    }
}

fn push_query(kind: Kind, route: u32, bits: &mut Bits, out: &mut Vec<u8>) {
    let number = bits.take(6);
    let (name, value): (&[u8], u32) = match (kind, bits.take(2)) {
        (Kind::Search, page) => {
            let words = SEARCHES[number as usize % SEARCHES.len()];
            out.extend_from_slice(b"?q=");
            out.extend_from_slice(words.as_bytes());
            (b"&page=", page + 1)
        }
        // The version of a file's content, so that it may be kept forever.
        (Kind::Asset, _) => (b"?v=", mix(route)),
        (Kind::Page, 0) if number < 16 => (
            b"?utm_source=newsletter&utm_medium=email&utm_campaign=",
            202_412,
        ),
        (Kind::Page, 0) => (b"?page=", number),
        (Kind::Api, 0 | 1) => (b"?limit=20&offset=", 20 * number),
        _ => return,
    };
    out.extend_from_slice(name);
    decimal::push(u64::from(value), out);
}
