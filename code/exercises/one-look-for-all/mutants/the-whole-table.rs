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
    if addresses.is_empty() || table.size() == 0 {
        return vec![0; addresses.len()];
    }
    let places: Vec<usize> = (0..table.size()).collect();
    let numbers = table.ask(&places);
    let count = |address: &u32| numbers.partition_point(|number| number <= address);
    addresses.iter().map(count).collect()
}
