//! A message of fields, which another version of this program may write or read.

/// The tag of the route.
pub const ROUTE: u8 = 1;

/// The tag of the number of hits: one byte.
pub const HITS: u8 = 2;

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The route. If none is sent it is `/`.
    pub route: String,
    /// The hits. If none are sent it is 1.
    pub hits: u8,
    /// Fields that this version does not know: their tags and bytes, in their order.
    others: Vec<(u8, Vec<u8>)>,
}

/// The bytes are no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

impl Default for Message {
    fn default() -> Message {
        Message {
            route: "/".to_owned(),
            hits: 1,
            others: Vec::new(),
        }
    }
}

impl Message {
    /// A message with these fields.
    pub fn new(route: &str, hits: u8) -> Message {
        Message {
            route: route.to_owned(),
            hits,
            ..Message::default()
        }
    }

    /// Reads a message: fields in any order, each of a tag, a length and so many bytes.
    ///
    /// # Errors
    ///
    /// If the bytes are no fields, or a known field makes no sense.
    pub fn decode(mut bytes: &[u8]) -> Result<Message, Malformed> {
        let mut message = Message::default();
        while let Some((tag, rest)) = bytes.split_first() {
            let (length, rest) = rest.split_first().ok_or(Malformed)?;
            let (field, rest) = rest
                .split_at_checked(usize::from(*length))
                .ok_or(Malformed)?;
            match *tag {
                ROUTE => {
                    message.route = String::from_utf8(field.to_vec()).map_err(|_| Malformed)?;
                }
                HITS => message.hits = *field.first().ok_or(Malformed)?,
                _ => break,
            }
            bytes = rest;
        }
        Ok(message)
    }

    /// Writes a message; what this version does not know stands behind what it knows.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        put(&mut bytes, ROUTE, self.route.as_bytes());
        put(&mut bytes, HITS, &[self.hits]);
        for (tag, field) in &self.others {
            put(&mut bytes, *tag, field);
        }
        bytes
    }
}

/// Writes a field, of at most 255 bytes.
fn put(bytes: &mut Vec<u8>, tag: u8, field: &[u8]) {
    let length = field.len().min(255);
    bytes.extend([tag, length as u8]);
    bytes.extend(&field[..length]);
}
