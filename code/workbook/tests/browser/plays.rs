//! Plays in a browser, on the static site: each is lost and won by keyboard alone, on a wide window and a narrow one, light
//! and dark; every step is told; a position has an address; nothing moves when a play begins; and without scripts there is
//! a table.

mod keys;
mod place;
mod played;
mod way;
