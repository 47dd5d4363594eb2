//! Sorting by insertion: the simplest way, and quadratic.

/// Puts each number where it belongs among those before it.
pub fn by_insertion(numbers: &mut [u32]) {
    for end in 1..numbers.len() {
        let mut at = end;
        while at > 0 && numbers[at - 1] > numbers[at] {
            numbers.swap(at - 1, at);
            at -= 1;
        }
    }
}
