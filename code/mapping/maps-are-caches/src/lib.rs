//! A map is a cache: a copy of answers that are dear, near those who want them.
//!
//! The questions of caching, a file each: what to keep ([`bounded`]; [`modern`] has a library's answer),
//! for how long ([`fresh`]), what to do with *there is no such thing* ([`absent`]), who asks when many miss
//! at once ([`stampede`]), and how many threads share one map ([`shared`]). The keys come from [`zipf`].
//!
//! Time is counted in questions: the first four run in one thread, and the same seed gives the same
//! numbers on every machine, and in the twin in Go.

pub mod absent;
pub mod bounded;
pub mod fresh;
pub mod modern;
pub mod shared;
pub mod stampede;
pub mod zipf;
