//! A search in a sorted table that is far away: what it takes is the number of journeys.

use std::iter::zip;

/// A sorted table, with a journey between it and us.
pub trait Far {
    /// How many numbers it has.
    fn size(&self) -> usize;

    /// The numbers at these places, in the order of the places. That is one journey, however many they are.
    fn ask(&mut self, places: &[usize]) -> Vec<u32>;
}

/// For each address, in their order, how many numbers of the table are not above it.
pub fn find(table: &mut impl Far, addresses: &[u32]) -> Vec<usize> {
    // Where each may be: somewhere from the first to the second.
    let mut searches = vec![(0, table.size()); addresses.len()];
    loop {
        let is_open = |&search: &usize| searches[search].0 < searches[search].1;
        let open: Vec<usize> = (0..searches.len()).filter(is_open).collect();
        let middle = |&search: &usize| (searches[search].0 + searches[search].1) / 2;
        let places: Vec<usize> = open.iter().map(middle).collect();
        let numbers = table.ask(&places);
        if numbers.is_empty() {
            return searches.into_iter().map(|(low, _)| low).collect();
        }
        for (search, (place, number)) in zip(open, zip(places, numbers)) {
            if number <= addresses[search] {
                searches[search].0 = place + 1;
            } else {
                searches[search].1 = place;
            }
        }
    }
}
