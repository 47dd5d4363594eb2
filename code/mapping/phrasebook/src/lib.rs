//! The phrasebook: one function an idiom, with the same name and the same answer in `code/go/phrasebook`.
//!
//! What the appendix shows stands between the anchors; the rest of a function makes an answer of it that can be compared.

mod channels;
mod errors;
mod memory;
mod program;
mod selects;
mod stages;
mod tasks;
mod values;
mod wait;

/// An idiom by its name, and what running it gives.
pub type Row = (&'static str, fn() -> String);

/// All idioms, in the order of the appendix.
pub const ROWS: &[Row] = &[
    ("go-statement", tasks::go_statement),
    ("wait-group", tasks::wait_group),
    ("error-group", tasks::error_group),
    ("panic", tasks::panic),
    ("worker-pool", tasks::worker_pool),
    ("semaphore", tasks::semaphore),
    ("unbuffered", channels::unbuffered),
    ("buffered", channels::buffered),
    ("close", channels::close),
    ("directions", channels::directions),
    ("reply", channels::reply),
    ("pipeline", stages::pipeline),
    ("fan-out", stages::fan_out),
    ("fan-in", stages::fan_in),
    ("select", selects::select),
    ("default", selects::default),
    ("timeout", selects::timeout),
    ("ticker", selects::ticker),
    ("nil-channel", selects::nil_channel),
    ("cancellation", selects::cancellation),
    ("deadline", selects::deadline),
    ("mutex", memory::mutex),
    ("rw-mutex", memory::rw_mutex),
    ("once", memory::once),
    ("atomic", memory::atomic),
    ("sync-map", memory::sync_map),
    ("pool", memory::pool),
    ("cond", memory::cond),
    ("errors", errors::errors),
    ("wrapped", errors::wrapped),
    ("defer", errors::defer),
    ("interface", values::interface),
    ("type-switch", values::type_switch),
    ("embedding", values::embedding),
    ("zero-value", values::zero_value),
    ("slices", values::slices),
    ("maps", values::maps),
    ("generics", values::generics),
    ("iterators", values::iterators),
    ("captured", values::captured),
    ("init", program::init),
    ("embed", program::embed),
    ("leak", program::leak),
    ("names", program::names),
];
