//! A search in a sorted table that is far away: what it takes is the number of journeys.

/// A sorted table, with a journey between it and us.
pub trait Far {
    /// How many numbers it has.
    fn size(&self) -> usize;

    /// The numbers at these places, in the order of the places. That is one journey, however many they are.
    fn ask(&mut self, places: &[usize]) -> Vec<u32>;
}

/// For each address, in their order, how many numbers of the table are not above it.
pub fn find(table: &mut impl Far, addresses: &[u32]) -> Vec<usize> {
    let mut found = Vec::new();
    for &address in addresses {
        // Somewhere from `low` to `high`.
        let (mut low, mut high) = (0, table.size());
        while low < high {
            let middle = low + (high - low) / 2;
            if table.ask(&[middle])[0] <= address {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        found.push(low);
    }
    found
}
