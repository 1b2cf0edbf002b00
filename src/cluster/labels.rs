//! Who belongs to which segment, however it is kept: with noise, or in half the memory
//! without.

/// The segment of every customer, 0-based; `None` is noise.
pub trait Labels: Sync {
    /// The segment of the customer at this row.
    fn of(&self, row: usize) -> Option<u32>;

    /// How many customers.
    fn n(&self) -> usize;

    /// The segments of all customers in their order.
    fn each(&self) -> impl Iterator<Item = Option<u32>> {
        (0..self.n()).map(|row| self.of(row))
    }
}

impl Labels for [Option<u32>] {
    fn of(&self, row: usize) -> Option<u32> {
        self[row]
    }

    fn n(&self) -> usize {
        self.len()
    }
}

impl Labels for [u32] {
    fn of(&self, row: usize) -> Option<u32> {
        Some(self[row])
    }

    fn n(&self) -> usize {
        self.len()
    }
}
