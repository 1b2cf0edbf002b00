//! Columns of which more never lowers (or never raises) the log-odds.
//!
//! A question on such a column gains nothing in a leaf whose two parts are in the wrong
//! order; when the tree is finished, leaves that still are, because a later question parted
//! them, are drawn to their mean and then raised until all are in order. A sum of trees in
//! order is in order, and so is what a rising calibration makes of it. What is missing has
//! no place in the order.
//!
//! # References
//!
//! Auguste, Malory, Smirnov (2020), A better method to enforce monotonic constraints in
//! regression and classification trees, arXiv 2011.00986, section 3 (the simple method);
//! Robertson, Wright, Dykstra (1988), Order Restricted Statistical Inference, section 1.2.

use super::trees::Split;

/// What more of a column may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Order {
    /// Anything.
    Any,
    /// Never lower the log-odds.
    Rising,
    /// Never raise them.
    Falling,
}

impl Order {
    /// Whether two steps, of less and of more of the column, are in the wrong order.
    pub(super) fn is_broken(self, less: f64, more: f64) -> bool {
        match self {
            Self::Any => false,
            Self::Rising => more < less,
            Self::Falling => more > less,
        }
    }
}

/// Times that leaves are drawn to their means before they are raised.
const SWEEPS: usize = 10;

/// Puts the leaves of a tree in order; `weights` are above 0, one per leaf.
pub(super) fn put_in_order(
    leaves: &mut [f64],
    weights: &[f64],
    splits: &[Split],
    orders: &[Order],
) {
    let pairs = pairs(splits, orders);
    if pairs.is_empty() {
        return;
    }
    for _ in 0..SWEEPS {
        for &(less, more, order) in &pairs {
            if order.is_broken(leaves[less], leaves[more]) {
                let (a, b) = (weights[less], weights[more]);
                let mean = (a * leaves[less] + b * leaves[more]) / (a + b);
                (leaves[less], leaves[more]) = (mean, mean);
            }
        }
    }
    // Raising the lower of two never puts another pair out of order for good: every value
    // is one of the finitely many that there are, and none ever falls.
    loop {
        let mut is_done = true;
        for &(less, more, order) in &pairs {
            if order.is_broken(leaves[less], leaves[more]) {
                let highest = leaves[less].max(leaves[more]);
                (leaves[less], leaves[more]) = (highest, highest);
                is_done = false;
            }
        }
        if is_done {
            return;
        }
    }
}

/// Leaves that differ in one answer about an ordered column, less of it first. A present
/// value must be able to reach both.
fn pairs(splits: &[Split], orders: &[Order]) -> Vec<(usize, usize, Order)> {
    let depth = splits.len();
    let mut pairs = Vec::new();
    for (place, split) in splits.iter().enumerate() {
        let order = orders.get(split.column as usize).copied().unwrap_or(Order::Any);
        if order == Order::Any {
            continue;
        }
        let bit = 1 << (depth - 1 - place);
        let can = |leaf: usize| is_reachable(leaf, splits, split.column);
        let lower = (0..1 << depth).filter(|leaf| leaf & bit == 0);
        pairs.extend(
            lower
                .filter(|&leaf| can(leaf) && can(leaf | bit))
                .map(|leaf| (leaf, leaf | bit, order)),
        );
    }
    pairs
}

/// Whether some bin above 0 gives the answers of the leaf about the column.
fn is_reachable(leaf: usize, splits: &[Split], column: u32) -> bool {
    let depth = splits.len();
    let (mut above, mut up_to) = (0, u16::MAX);
    for (place, split) in splits.iter().enumerate().filter(|(_, split)| split.column == column) {
        if leaf & (1 << (depth - 1 - place)) == 0 {
            up_to = up_to.min(split.bin);
        } else {
            above = above.max(split.bin);
        }
    }
    above < up_to
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(column: u32, bin: u16) -> Split {
        Split { column, bin, missing: false }
    }

    #[test]
    fn a_case_by_hand() {
        // One question: the leaves in the wrong order become their weighted mean.
        let mut leaves = [0.4, -0.2];
        put_in_order(&mut leaves, &[1.0, 3.0], &[split(0, 4)], &[Order::Rising]);
        assert!((leaves[0] + 0.05).abs() < 1e-12 && (leaves[1] + 0.05).abs() < 1e-12);
        let mut leaves = [0.4, -0.2];
        put_in_order(&mut leaves, &[1.0, 3.0], &[split(0, 4)], &[Order::Falling]);
        assert_eq!(leaves, [0.4, -0.2]);
        // Two questions on one column, above 2 and above 6: the leaf of no and yes cannot
        // be, and its value pulls at nobody.
        let mut leaves = [0.1, 99.0, 0.2, 0.3];
        let splits = [split(0, 2), split(0, 6)];
        put_in_order(&mut leaves, &[1.0; 4], &splits, &[Order::Rising]);
        assert_eq!(leaves, [0.1, 99.0, 0.2, 0.3]);
        // A question that only parts what is missing from the rest asks for no order.
        let mut leaves = [0.9, 0.1];
        put_in_order(&mut leaves, &[1.0; 2], &[split(0, 0)], &[Order::Rising]);
        assert_eq!(leaves, [0.9, 0.1]);
    }

    #[test]
    fn orders_of_several_columns_hold_at_once() {
        let splits = [split(0, 3), split(1, 5), split(2, 1), split(0, 8), split(1, 2)];
        let orders = [Order::Rising, Order::Falling, Order::Any];
        let mut state = 3_u64;
        for _ in 0..200 {
            let mut leaves: Vec<f64> = (0..32)
                .map(|_| {
                    state = state.wrapping_mul(6364136223846793005).wrapping_add(144269504088896);
                    (state >> 40) as f64 / 16_777_216.0 - 0.5
                })
                .collect();
            put_in_order(&mut leaves, &[1.0; 32], &splits, &orders);
            for (less, more, order) in pairs(&splits, &orders) {
                assert!(!order.is_broken(leaves[less], leaves[more]));
            }
        }
    }
}
