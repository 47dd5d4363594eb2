//! Text in wide characters, as some tools of Windows write it: told from what is read here.

use std::fmt;

/// An encoding whose characters are wider than a byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wide {
    /// Two bytes for most characters.
    Utf16,
    /// Four bytes for each.
    Utf32,
}

impl Wide {
    /// What turns such a text into one that is read here.
    pub fn pipe(self) -> &'static str {
        match self {
            Wide::Utf16 => "`iconv -f utf-16 -t utf-8`",
            Wide::Utf32 => "`iconv -f utf-32 -t utf-8`",
        }
    }
}

impl fmt::Display for Wide {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Wide::Utf16 => "UTF-16",
            Wide::Utf32 => "UTF-32",
        })
    }
}

/// The byte order marks, the longer ones first: one of them begins as another.
const MARKS: [(&[u8], Wide); 4] = [
    (b"\xff\xfe\0\0", Wide::Utf32),
    (b"\0\0\xfe\xff", Wide::Utf32),
    (b"\xff\xfe", Wide::Utf16),
    (b"\xfe\xff", Wide::Utf16),
];

/// So much of the text is looked at, in bytes: a multiple of the widest character.
const HEAD_BYTES: usize = 256;

/// How wide the characters of a text are, if they are wider than a byte: it begins with a mark, or nearly all bytes but
/// one of each character are 0, as they are where letters are Latin.
pub(crate) fn wide(text: &[u8]) -> Option<Wide> {
    if let Some((_, wide)) = MARKS.iter().find(|(mark, _)| text.starts_with(mark)) {
        return Some(*wide);
    }
    let head = &text[..text.len().min(HEAD_BYTES)];
    if is_wide::<4>(head) {
        Some(Wide::Utf32)
    } else if is_wide::<2>(head) {
        Some(Wide::Utf16)
    } else {
        None
    }
}

/// Whether nearly all characters of so many bytes are 0 in all of them but the first, or but the last, which never is.
fn is_wide<const BYTES: usize>(head: &[u8]) -> bool {
    let (characters, _) = head.as_chunks::<BYTES>();
    let zeros = |at: usize| characters.iter().filter(|bytes| bytes[at] == 0).count();
    let is_letter_at = |letter: usize| {
        let mut others = (0..BYTES).filter(|&at| at != letter);
        zeros(letter) == 0 && others.all(|at| zeros(at) * 10 >= characters.len() * 9)
    };
    characters.len() >= 4 && (is_letter_at(0) || is_letter_at(BYTES - 1))
}
