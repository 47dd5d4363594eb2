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
pub struct Frames {
    /// What has come and is no whole frame yet.
    bytes: Vec<u8>,
}

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
        if self.bytes.is_empty() && bytes.len() < 4 {
            return Ok(Vec::new());
        }
        self.bytes.extend_from_slice(bytes);
        let mut items = Vec::new();
        while let Some((head, rest)) = self.bytes.split_first_chunk::<4>() {
            let length = u32::from_be_bytes(*head) as usize;
            if length > FRAME_MAX {
                return Err(Wrong::TooLong);
            }
            let Some(item) = rest.get(..length) else {
                break;
            };
            items.push(item.to_vec());
            self.bytes.drain(..4 + length);
        }
        Ok(items)
    }

    /// The connection has ended.
    ///
    /// # Errors
    ///
    /// If it did so in the middle of a frame.
    pub fn end(self) -> Result<(), Wrong> {
        if self.bytes.is_empty() {
            Ok(())
        } else {
            Err(Wrong::Cut)
        }
    }
}
