//! Text in UTF-16, as some tools of Windows write it: told from what is read here.

/// The byte order marks of UTF-16.
const MARKS: [&[u8]; 2] = [b"\xff\xfe", b"\xfe\xff"];

/// So much of the text is looked at, in bytes.
const HEAD_BYTES: usize = 256;

/// Whether a text begins with a mark of it, or nearly every second byte is 0, as it is where letters are Latin.
pub(crate) fn is_utf16(text: &[u8]) -> bool {
    let head = &text[..text.len().min(HEAD_BYTES) & !1];
    let zeros = |first: usize| {
        let bytes = head.iter().skip(first).step_by(2);
        bytes.filter(|&&byte| byte == 0).count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let is_marked = MARKS.iter().any(|mark| text.starts_with(mark));
    is_marked || head.len() >= 8 && even.max(odd) * 20 >= head.len() * 9 && even.min(odd) == 0
}
