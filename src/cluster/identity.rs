//! The order of segments at birth: by total value, largest first, then by size, then by
//! the first coordinate of the centre. Ids persist afterwards.

use super::kernel::Points;
use super::kmeans::Partition;
use super::labels::Labels;

/// What orders segments: one entry per segment.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Standing {
    /// Total value; 0 where no value is known.
    pub(crate) value: f64,
    /// Customers.
    pub(crate) customers: f64,
    /// The first coordinate of the centre.
    pub(crate) first: f64,
}

/// The old ids in their new order.
pub(crate) fn order(standings: &[Standing]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..standings.len()).collect();
    order.sort_by(|&a, &b| {
        let (a_at, b_at) = (&standings[a], &standings[b]);
        b_at.value
            .total_cmp(&a_at.value)
            .then(b_at.customers.total_cmp(&a_at.customers))
            .then(a_at.first.total_cmp(&b_at.first))
            .then(a.cmp(&b))
    });
    order
}

/// The new id of each old id.
pub(crate) fn renumber(order: &[usize]) -> Vec<u32> {
    let mut new = vec![0; order.len()];
    for (id, &old) in order.iter().enumerate() {
        new[old] = id as u32;
    }
    new
}

/// The total value of each segment; values that are not finite count as 0.
pub(crate) fn totals(labels: &(impl Labels + ?Sized), value: Option<&[f64]>, k: usize) -> Vec<f64> {
    let mut totals = vec![0.0; k];
    if let Some(value) = value {
        for (label, value) in labels.each().zip(value) {
            if let Some(j) = label
                && value.is_finite()
            {
                totals[j as usize] += value;
            }
        }
    }
    totals
}

/// Brings a k-means partition into its order at birth.
pub(crate) fn settle(
    mut partition: Partition,
    points: &Points,
    value: Option<&[f64]>,
) -> Partition {
    let d = points.d();
    let k = partition.sizes.len();
    let totals = totals(&partition.labels[..], value, k);
    let standings: Vec<Standing> = (0..k)
        .map(|j| Standing {
            value: totals[j],
            customers: partition.sizes[j],
            first: partition.centres[j * d],
        })
        .collect();
    let order = order(&standings);
    let new = renumber(&order);
    let (centres, sizes) = (&partition.centres, &partition.sizes);
    let centre = |&old: &usize| centres[old * d..(old + 1) * d].iter().copied();
    let centres: Vec<f64> = order.iter().flat_map(centre).collect();
    let sizes: Vec<f64> = order.iter().map(|&old| sizes[old]).collect();
    partition.labels.iter_mut().for_each(|label| *label = new[*label as usize]);
    Partition { centres, sizes, ..partition }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn value_then_size_then_first_coordinate_decide() {
        let standing = |value, customers, first| Standing { value, customers, first };
        let standings = [
            standing(1.0, 5.0, 0.0),
            standing(9.0, 2.0, 0.0),
            standing(1.0, 7.0, 2.0),
            standing(1.0, 7.0, -2.0),
        ];
        assert_eq!(order(&standings), [1, 3, 2, 0]);
        assert_eq!(renumber(&[1, 3, 2, 0]), [3, 0, 2, 1]);
    }
}
