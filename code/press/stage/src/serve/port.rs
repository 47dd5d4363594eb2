//! Which port to serve on: the one asked for, or the first free one from 3000 up.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};

use anyhow::{Context, Result, bail};

/// Where the search begins, and how many ports it tries.
const FIRST: u16 = 3000;
const TRIES: u16 = 100;

/// Listens on the loopback address: on `wanted`, which must be free, or near the default.
pub fn listen(wanted: Option<u16>) -> Result<TcpListener> {
    let listener = match wanted {
        Some(port) => match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Err(error) if error.kind() == ErrorKind::AddrInUse => {
                bail!("port {port} is taken; without --port the next free one is found")
            }
            listener => listener.with_context(|| format!("cannot listen on port {port}"))?,
        },
        None => next_free()?,
    };
    // The runtime that takes it over needs it so.
    listener
        .set_nonblocking(true)
        .context("cannot set up the port")?;
    Ok(listener)
}

fn next_free() -> Result<TcpListener> {
    for port in FIRST..FIRST + TRIES {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            listener => return listener.with_context(|| format!("cannot listen on port {port}")),
        }
    }
    bail!(
        "no port from {FIRST} to {} is free; name one with --port",
        FIRST + TRIES - 1
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_an_error_when_asked_for_and_passed_over_when_not() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = taken.local_addr().expect("bound").port();
        let error = listen(Some(port)).expect_err("it is taken");
        assert!(error.to_string().contains("is taken"), "{error}");

        let one = listen(None).expect("a free port");
        let other = listen(None).expect("another free port");
        assert_ne!(
            one.local_addr().expect("bound"),
            other.local_addr().expect("bound")
        );
    }
}
