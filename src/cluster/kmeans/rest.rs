//! Fits that are published: iterated until hardly a row changes its segment.
//!
//! The stop rule of scikit-learn ends while centres still drift. Where customers lie
//! without a gap, some of them change their segment in every later pass, and a fit that
//! begins where the last one ended would hand them out anew.

use super::dense;
use super::fit::{LOST, fit_both_ways, pack};
use super::lloyd::{Partition, lloyd_until};
use super::params::KMeansValid;
use crate::cluster::kernel::{Packed, Points};

/// At rest at most one row in so many changes: a drift that goes on by nine tenths a pass
/// is then over before one row in four thousand has changed.
const ONE_IN: usize = 40_000;

/// The partition that iterations from this one come to rest at.
pub(crate) fn at_rest(
    points: &Points,
    packed: &Packed,
    partition: Partition,
    params: &KMeansValid,
) -> Partition {
    if packed.scale() != 1.0 {
        return partition;
    }
    let few = points.n() / ONE_IN;
    let centres = if few > 0 && packed.lost() <= LOST * partition.inertia {
        // Passes over packed rows leave out what cannot have changed.
        let found = dense::search(packed, packed.pack(&partition.centres), params, 0.0);
        packed.unpack(&found.centres)
    } else {
        partition.centres
    };
    lloyd_until(points, centres, params, 0.0, few).partition
}

/// The best partition of all restarts, at rest.
pub(crate) fn fit_at_rest(points: &Points, params: &KMeansValid) -> Partition {
    let packed = pack(points);
    let best = fit_both_ways(points, &packed, params);
    at_rest(points, &packed, best.partition, params)
}

#[cfg(test)]
mod tests {
    use linfa::ParamGuard;
    use rand::Rng;

    use super::*;
    use crate::cluster::kmeans::{KMeansParams, lloyd};
    use crate::seed::Seed;

    /// A cloud without gaps: where the stop rule ends, centres still drift.
    fn cloud(n: usize, d: usize) -> Points<'static> {
        let mut rng = Seed::new(4).stream("cloud", 0);
        let rows = (0..n * d).map(|_| rng.r#gen::<f64>() + rng.r#gen::<f64>()).collect();
        Points::from_rows(rows, n, d, None)
    }

    fn moved(a: &Partition, b: &Partition) -> usize {
        a.labels.iter().zip(&b.labels).filter(|(a, b)| a != b).count()
    }

    #[test]
    fn iterations_from_a_fit_at_rest_move_nobody() {
        for (n, few) in [(6_000, 0), (90_000, 2)] {
            let points = cloud(n, 4);
            let params = KMeansParams::new(5).check().unwrap();
            let early = fit_both_ways(&points, &pack(&points), &params).partition;
            let rest = at_rest(&points, &pack(&points), early.clone(), &params);
            assert!(rest.inertia <= early.inertia);
            let further = |from: &Partition| {
                let exact = params.clone();
                lloyd_until(&points, from.centres.clone(), &exact, 0.0, 0).partition
            };
            // The other fit shows that there is something to come to rest.
            assert!(moved(&early, &further(&early)) > n / 2_000);
            assert!(moved(&rest, &further(&rest)) <= n / 4_000, "{n}");
            let next = lloyd(&points, rest.centres.clone(), &params).partition;
            assert!(moved(&rest, &next) <= few);
        }
    }
}
