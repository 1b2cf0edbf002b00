//! Fits that are published: iterated until hardly a row changes its segment.
//!
//! The stop rule of scikit-learn ends while centres still drift. Where customers lie
//! without a gap, some of them change their segment in every later pass, and a fit that
//! begins where the last one ended would hand them out anew.

use super::dense;
use super::fit::{End, is_brief};
use super::lloyd::{Run, lloyd_until};
use super::params::KMeansValid;
use crate::cluster::kernel::{Packed, Points};

/// At rest at most one row in so many changes: a drift that goes on by nine tenths a pass
/// is then over before one row in four thousand has changed.
const ONE_IN: usize = 40_000;
/// The most passes over f64 rows after those over packed rows.
const TIDYING: usize = 10;
/// A brief fit makes at most so many passes over all rows: its centres come from an eighth of
/// them, which leaves k in n / 8 of the inertia to gain, and where customers without a gap are
/// cut the last hundredth of that takes a hundred passes. Its labels, sizes and inertia are
/// those of f32.
const COMPARED: usize = 4;

/// Iterates from given centres to the end that is asked for: over packed rows, where there
/// are such, because passes over these are quick and leave out what cannot have changed;
/// the last ones over f64 rows.
pub(super) fn finish(
    points: &Points,
    packed: Option<&Packed>,
    mut centres: Vec<f64>,
    params: &KMeansValid,
    end: End,
) -> Run {
    let (tolerance, few) = match end {
        End::Tolerance | End::Compared => (params.tolerance(), 0),
        End::Rest => (0.0, points.n() / ONE_IN),
    };
    let Some(packed) = packed else {
        return lloyd_until(points, centres, params, tolerance, few);
    };
    if is_brief(end, points.n()) {
        let brief = params.at_most(COMPARED);
        let found = dense::fit(packed, packed.pack(&centres), &brief);
        if found.partition.sizes.iter().all(|&size| size > 0.0) {
            let history = vec![found.partition.inertia];
            let (iterations, converged) = (found.iterations, found.converged);
            return Run { partition: found.partition, iterations, converged, history };
        }
        centres = found.partition.centres;
    }
    let found = dense::search(packed, packed.pack(&centres), params, tolerance, few);
    let tidied = params.at_most(TIDYING);
    lloyd_until(points, packed.unpack(&found.centres), &tidied, tolerance, few)
}

#[cfg(test)]
mod tests {
    use linfa::ParamGuard;
    use rand::Rng;

    use super::*;
    use crate::cluster::kmeans::fit::MANY;
    use crate::cluster::kmeans::lloyd;
    use crate::cluster::kmeans::{KMeansParams, Partition, fit_both_ways, fit_from, pack};
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
    fn a_brief_fit_of_many_rows_is_next_to_the_whole_one() {
        let points = cloud(MANY, 3);
        let params = KMeansParams::new(9).check().unwrap();
        let packed = pack(&points);
        let whole = fit_both_ways(&points, &packed, &params, End::Tolerance).partition;
        let brief = fit_both_ways(&points, &packed, &params, End::Compared);
        // Another optimum of many that are about as good.
        let worse = brief.partition.inertia / whole.inertia;
        assert!(worse <= 1.01, "{worse}");
        let own = lloyd::finish(&points, brief.partition.centres.clone(), 9);
        assert!(moved(&own, &brief.partition) <= 2, "labels belong to the centres");
        let off = own.inertia - brief.partition.inertia;
        assert!(off.abs() <= 1e-6 * own.inertia, "so does the inertia: {off}");
        let mut sizes = vec![0.0; 9];
        brief.partition.labels.iter().for_each(|&label| sizes[label as usize] += 1.0);
        assert_eq!(sizes, brief.partition.sizes);
        let few = cloud(5_000, 3);
        let packed = pack(&few);
        let compared = fit_both_ways(&few, &packed, &params, End::Compared);
        assert_eq!(compared, fit_both_ways(&few, &packed, &params, End::Tolerance));
    }

    #[test]
    fn iterations_from_a_fit_at_rest_move_nobody() {
        for (n, few) in [(6_000, 0), (90_000, 4)] {
            let points = cloud(n, 4);
            let params = KMeansParams::new(5).check().unwrap();
            let packed = pack(&points);
            let early = fit_both_ways(&points, &packed, &params, End::Tolerance).partition;
            let rest = fit_both_ways(&points, &packed, &params, End::Rest).partition;
            assert!(rest.inertia <= early.inertia);
            let further = |from: &Partition| {
                let exact = params.clone();
                lloyd_until(&points, from.centres.clone(), &exact, 0.0, 0).partition
            };
            // The other fit shows that there is something to come to rest.
            assert!(moved(&early, &further(&early)) > n / 2_000);
            assert!(moved(&rest, &further(&rest)) <= n / 4_000, "{n}");
            // What is still on its way differs from optimum to optimum: four fits together.
            let again = (1..=4).map(|seed| {
                let params = KMeansParams::new(5).seed(Seed::new(seed)).check().unwrap();
                let rest = fit_both_ways(&points, &packed, &params, End::Rest).partition;
                let (from, inertia) = (rest.centres.clone(), rest.inertia);
                moved(&rest, &fit_from(&points, &packed, from, inertia, &params, End::Tolerance))
            });
            let again: Vec<usize> = again.collect();
            assert!(again.iter().sum::<usize>() <= 4 * few, "{again:?} of {n}");
        }
    }
}
