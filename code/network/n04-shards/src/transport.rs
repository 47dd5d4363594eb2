//! How calls travel: each message with its length in front, and the names of its fields in it.
//!
//! The names are what lets one side say more than the other understands. The codec is that of remoc, so that
//! what is measured between the two libraries is not their codecs.

use std::io;
use std::pin::Pin;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tarpc::serde_transport;
use tarpc::tokio_serde::{Deserializer, Serializer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_util::bytes::{Bytes, BytesMut};
use tokio_util::codec::{Framed, LengthDelimitedCodec};

/// The largest message that is taken. What claims to be larger is no peer of ours.
pub const FRAME_BYTES_MAX: usize = 1024 * 1024;

/// How many calls may be under way on a connection. A bound for the memory of both sides.
pub const CALLS_MAX: usize = 64;

/// A call's largest message: its clients, the length of each, and a little around them.
pub const CALL_BYTES_MAX: usize =
    crate::job::CLIENT_BYTES_MAX + 255 + crate::job::CLIENTS_MAX + 1024;

/// What a caller holds, at most, for a service that takes nothing: its calls, and one of them once more, as
/// bytes that wait for the socket.
pub const UNDER_WAY_BYTES_MAX: usize = (CALLS_MAX + 1) * CALL_BYTES_MAX;

/// Messages of one kind out, and of another in, over a stream of bytes.
pub type Transport<S, In, Out> = serde_transport::Transport<S, In, Out, Codec>;

/// Lays messages over a stream.
pub fn over<S, In, Out>(stream: S) -> Transport<S, In, Out>
where
    S: AsyncRead + AsyncWrite,
    In: DeserializeOwned,
    Out: Serialize,
{
    let frames = LengthDelimitedCodec::builder()
        .max_frame_length(FRAME_BYTES_MAX)
        .new_codec();
    serde_transport::new(Framed::new(stream, frames), Codec)
}

/// How a message is written and read.
#[derive(Clone, Copy, Debug)]
pub struct Codec;

impl<T: Serialize> Serializer<T> for Codec {
    type Error = io::Error;

    fn serialize(self: Pin<&mut Codec>, message: &T) -> io::Result<Bytes> {
        let bytes = postbag::to_full_vec(message).map_err(io::Error::other)?;
        Ok(bytes.into())
    }
}

impl<T: DeserializeOwned> Deserializer<T> for Codec {
    type Error = io::Error;

    fn deserialize(self: Pin<&mut Codec>, bytes: &BytesMut) -> io::Result<T> {
        postbag::from_full_slice(bytes).map_err(io::Error::other)
    }
}
