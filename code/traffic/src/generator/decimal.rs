//! Numbers as text without the formatting machinery, which would be half of a line's cost.

/// Appends `n` in decimal.
pub fn push(mut n: u64, out: &mut Vec<u8>) {
    // The longest u64 has twenty digits.
    let mut digits = [0; 20];
    let mut first = digits.len();
    loop {
        first -= 1;
        digits[first] = b'0' + (n % 10) as u8;
        n /= 10;
        if n == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[first..]);
}

/// Writes `n`, below 100, as two digits into the beginning of `place`.
pub fn two_digits(n: u64, place: &mut [u8]) {
    place[0] = b'0' + (n / 10) as u8;
    place[1] = b'0' + (n % 10) as u8;
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_are_written_as_the_standard_library_writes_them() {
        for n in [0, 7, 10, 99, 100, 1_234_567_890, u64::MAX] {
            let mut out = Vec::new();
            super::push(n, &mut out);
            assert_eq!(out, n.to_string().as_bytes());
        }
    }
}
