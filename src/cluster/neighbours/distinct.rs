//! Distinct rows with their numbers.

use super::Tree;

/// The distinct rows in order of their first appearance.
#[derive(Debug, Clone)]
pub(crate) struct Distinct {
    /// The first customer with each distinct row.
    pub(crate) first: Vec<u32>,
    /// How many customers are equal to each.
    pub(crate) counts: Vec<u32>,
    /// The distinct row of each customer.
    pub(crate) of: Vec<u32>,
}

impl Distinct {
    /// Takes equal rows of width `d` together; -0 equals 0, and no value is NaN.
    pub(crate) fn new(rows: &[f64], d: usize) -> Self {
        let n = rows.len() / d;
        let mut out = Self { first: Vec::new(), counts: Vec::new(), of: Vec::with_capacity(n) };
        // Open addressing: each slot holds a distinct row plus one, 0 is empty.
        let slots = (2 * n).next_power_of_two().max(2);
        let mut table = vec![0u32; slots];
        for (customer, row) in rows.chunks_exact(d).enumerate() {
            let mut slot = hash(row) as usize & (slots - 1);
            let id = loop {
                match table[slot] {
                    0 => {
                        out.first.push(customer as u32);
                        out.counts.push(0);
                        table[slot] = out.first.len() as u32;
                        break table[slot] - 1;
                    }
                    held => {
                        let other = out.first[held as usize - 1] as usize * d;
                        if rows[other..other + d] == *row {
                            break held - 1;
                        }
                        slot = (slot + 1) & (slots - 1);
                    }
                }
            };
            out.counts[id as usize] += 1;
            out.of.push(id);
        }
        out
    }

    /// How many distinct rows.
    pub(crate) fn len(&self) -> usize {
        self.counts.len()
    }

    /// How many customers are equal to the row at each position of a tree of them.
    pub(crate) fn weights(&self, tree: &Tree) -> Vec<f64> {
        (0..tree.len()).map(|p| f64::from(self.counts[tree.original(p)])).collect()
    }

    /// The share of customers who are equal to another one, 0..1.
    pub(crate) fn tied_share(&self) -> f64 {
        let tied = self.counts.iter().filter(|&&count| count > 1);
        tied.map(|&count| u64::from(count)).sum::<u64>() as f64 / self.of.len() as f64
    }
}

/// Bits mixed so that rows of a lattice spread over the table.
fn hash(row: &[f64]) -> u64 {
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    for &x in row {
        // -0 and 0 are the same number.
        state = (state ^ (x + 0.0).to_bits()).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state ^= state >> 29;
    }
    state.wrapping_mul(0x94d0_49bb_1331_11eb) >> 16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_rows_are_taken_together_in_order_of_first_appearance() {
        let distinct = Distinct::new(&[5.0, 1.0, 5.0, -0.0, 0.0, 1.0, 1.0], 1);
        assert_eq!(distinct.first, [0, 1, 3]);
        assert_eq!(distinct.counts, [2, 3, 2]);
        assert_eq!(distinct.of, [0, 1, 0, 2, 2, 1, 1]);
        assert!((distinct.tied_share() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn rows_of_a_lattice_are_told_apart() {
        let rows: Vec<f64> = (0..3 * 27_000)
            .map(|i| [i / 3 / 900, i / 3 / 30 % 30, i / 3 % 30][i % 3] as f64)
            .collect();
        let distinct = Distinct::new(&rows, 3);
        assert_eq!((distinct.len(), distinct.tied_share()), (27_000, 0.0));
    }
}
