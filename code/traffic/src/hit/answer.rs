//! What follows the request: the status and the size of the answer.

use super::blanks::{ends_a_word, skip_blanks, starts_with_blank};
use super::malformed::Malformed;

/// The status and the size that follow a request.
pub(super) fn parse(rest: &[u8]) -> Result<(u16, u64), Malformed> {
    let (status, rest) = status(rest).ok_or(Malformed::Status)?;
    Ok((status, size(rest).ok_or(Malformed::Size)?))
}

/// Exactly three digits behind at least one blank, and what follows them.
fn status(rest: &[u8]) -> Option<(u16, &[u8])> {
    if !starts_with_blank(rest) {
        return None;
    }
    let &[a, b, c, ref rest @ ..] = skip_blanks(rest) else {
        return None;
    };
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u16::from(byte - b'0'));
    let status = digit(a)? * 100 + digit(b)? * 10 + digit(c)?;
    ends_a_word(rest).then_some((status, rest))
}

/// `-` for nothing, or a decimal number that fits 64 bits.
fn size(rest: &[u8]) -> Option<u64> {
    let word = skip_blanks(rest);
    let digits = word.iter().map(|byte| byte.wrapping_sub(b'0'));
    let (mut size, mut len) = (0_u64, 0);
    for digit in digits.take_while(|digit| *digit < 10) {
        size = size.checked_mul(10)?.checked_add(digit.into())?;
        len += 1;
    }
    if len == 0 {
        len = usize::from(word.starts_with(b"-"));
    }
    (len > 0 && ends_a_word(&word[len..])).then_some(size)
}
