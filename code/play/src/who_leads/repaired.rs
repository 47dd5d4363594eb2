//! A cache, and behind it the single flight of `s08-coalesce`, whose leader looks into the cache once more.

use crate::flight::SingleFlight;
use crate::played::{Cache, Directory};

// ANCHOR: want
pub async fn want(cache: &Cache, flights: &SingleFlight<u32, u32>, directory: &Directory) -> u32 {
    let client = 7;
    if let Some(known) = cache.get(client) {
        return known;
    }
    let seat = flights.board(&client);
    seat.answer(async || {
        if let Some(landed) = cache.get(client) {
            return landed;
        }
        let answer = directory.ask(client).await;
        cache.insert(client, answer);
        answer
    })
    .await
}
// ANCHOR_END: want
