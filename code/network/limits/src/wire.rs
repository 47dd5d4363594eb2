//! remoc's channels over one connection, with the bounds that n01 has.

use std::io;

use remoc::RemoteSend;
use remoc::chmux::FixedBuffer;
use remoc::rch::base;
use tokio::net::UnixStream;

/// Starts to speak remoc: the first channel each way.
pub(crate) async fn converse<Tx: RemoteSend, Rx: RemoteSend>(
    stream: UnixStream,
) -> io::Result<(base::Sender<Tx>, base::Receiver<Rx>)> {
    let (reads, writes) = stream.into_split();
    let config = remoc::Cfg {
        port_receive_buffer: 128 * 1024,
        shared_receive_buffer: FixedBuffer::new(256 * 1024),
        ..remoc::Cfg::default()
    };
    let (connection, sender, receiver) = remoc::Connect::io(config, reads, writes)
        .await
        .map_err(io::Error::other)?;
    // Its channels hear of it when it breaks.
    tokio::spawn(connection);
    Ok((sender, receiver))
}
