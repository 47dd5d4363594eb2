//! How long the things may be that the directory's language is made of, and how many they may be.

/// The longest text that can be an IP address: an IPv6 address that ends in an IPv4 one.
pub const ADDRESS_BYTES_MAX: usize = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255".len();

/// The longest key: a host name has at most 253 bytes, an address far fewer.
pub const KEY_BYTES_MAX: usize = 255;

/// The longest holder: several times what registries allow for a name.
pub const HOLDER_BYTES_MAX: usize = 1024;

/// The longest answer to one key, with a range, without its line end.
pub const ANSWER_BYTES_MAX: usize =
    KEY_BYTES_MAX + 1 + 2 * (ADDRESS_BYTES_MAX + 1) + HOLDER_BYTES_MAX;

/// The longest query, without its line end; what a server must hold for each one.
pub const QUERY_BYTES_MAX: usize = 64 * 1024;

/// The most keys of a bulk query: about as many IPv4 addresses as fit its line.
pub const BULK_KEYS_MAX: usize = 4096;

/// The longest row of a table: two IPv6 addresses, and a holder whose every byte is a quote.
pub const ROW_BYTES_MAX: usize = 2 * (39 + 1) + 2 + 2 * HOLDER_BYTES_MAX;

/// The most rows that a client takes: ten times the largest public tables.
pub const ROWS_MAX: u64 = 50_000_000;
