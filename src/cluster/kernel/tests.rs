//! The paths against each other and against plain f64.

use proptest::prelude::*;
use rayon::prelude::*;

use super::assign::{Label, Pass, assign};
use super::bounds::Bounds;
use super::inertia::inertia;
use super::relabel::relabel;
use super::*;

const PATHS: [Path; 4] = [Path::Best, Path::Avx512, Path::Avx2, Path::Portable];

/// Made-up numbers between -8 and 8 that differ in many digits.
fn values(n: usize, salt: u64) -> Vec<f32> {
    (0..n as u64)
        .map(|i| {
            let x = (i + salt).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(17);
            ((x >> 40) as f32 / (1u64 << 20) as f32) - 8.0
        })
        .collect()
}

/// Rows whose columns reach from -8 to 8, so that none is shifted; at least two.
fn rows_of(n: usize, d: usize, salt: u64) -> Vec<f32> {
    let mut rows = values(n * d, salt);
    rows[..d].fill(-8.0);
    rows[d..2 * d].fill(8.0);
    rows
}

fn on_path(values: &[f32], d: usize, path: Path) -> Packed {
    Packed::from_f32(values.to_vec(), d, path).unwrap()
}

fn passes<L: Label>(packed: &Packed, first: &[f64], second: &[f64]) -> (Vec<L>, Pass, Pass) {
    let mut labels = vec![L::default(); packed.n()];
    let one = assign(packed, &Centres::new(first, packed.d()), &mut labels, true);
    let two = assign(packed, &Centres::new(second, packed.d()), &mut labels, false);
    (labels, one, two)
}

#[test]
fn by_hand() {
    // Rows 0, 1, 9 and centres 0 and 10: squared distances 0, 1 and 1.
    let packed = on_path(&[0.0, 1.0, 9.0], 1, Path::Best);
    let mut labels = [0u8; 3];
    let pass = assign(&packed, &Centres::new(&[0.0, 10.0], 1), &mut labels, true);
    assert_eq!((labels, pass.inertia, pass.change.changed), ([0, 0, 1], 2.0, 3));
    assert_eq!(pass.change.means(packed.grid(), false, 1, &[0.0; 2]), [0.5, 9.0]);
    assert_eq!(pass.change.sizes(packed.grid(), false), [2.0, 1.0]);
    // A tie goes to the lowest centre, and a move is taken from the old segment.
    let pass = assign(&packed, &Centres::new(&[8.0, 10.0], 1), &mut labels, false);
    assert_eq!((labels, pass.change.changed), ([0, 0, 0], 1));
    assert_eq!(pass.change.sizes(packed.grid(), false), [1.0, -1.0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn every_path_gives_the_same_bits_and_the_sums_are_those_of_the_labels(
        n in 2usize..400, d in 1usize..21, k in 1usize..14, salt in 0u64..1000,
    ) {
        let rows = rows_of(n, d, salt);
        let first: Vec<f64> = values(k * d, salt + 7).iter().map(|&x| f64::from(x)).collect();
        let second: Vec<f64> = values(k * d, salt + 9).iter().map(|&x| f64::from(x)).collect();
        let packed = on_path(&rows, d, Path::Best);
        let (labels, one, two) = passes::<u8>(&packed, &first, &second);
        for path in PATHS {
            let other = on_path(&rows, d, path);
            prop_assert_eq!(&passes::<u8>(&other, &first, &second), &(labels.clone(), one.clone(), two.clone()));
            let wide = passes::<u32>(&other, &first, &second);
            prop_assert!(wide.0.iter().zip(&labels).all(|(a, b)| a.index() == b.index()));
            prop_assert_eq!((&wide.1, &wide.2), (&one, &two));
        }
        // Moves and all leave what labelling at once leaves.
        let mut fresh = vec![0u8; n];
        let at_once = assign(&packed, &Centres::new(&second, d), &mut fresh, true);
        let mut summed = one.change.clone();
        summed.add(&two.change);
        summed.changed = at_once.change.changed;
        prop_assert_eq!(&fresh, &labels);
        prop_assert_eq!(&summed, &at_once.change);
        // The labels are those of f64 wherever that is not a near tie.
        let mut inertia = 0.0;
        for (row, label) in rows.chunks_exact(d).zip(&labels) {
            let row: Vec<f64> = row.iter().map(|&x| f64::from(x)).collect();
            let all: Vec<f64> =
                second.chunks_exact(d).map(|centre| squared_distance(&row, centre)).collect();
            let least = all.iter().copied().fold(f64::INFINITY, f64::min);
            prop_assert!(all[label.index()] <= least * (1.0 + (d + 3) as f64 * 2.4e-7) + 1e-9);
            inertia += least;
        }
        prop_assert!((inertia - two.inertia).abs() <= 1e-6 * inertia + 1e-9);
    }

    #[test]
    fn potentials_have_the_same_bits_on_every_path(
        n in 1usize..300, d in 1usize..12, salt in 0u64..1000,
    ) {
        let rows = values(n * d, salt);
        let step = |path| {
            let packed = on_path(&rows, d, path);
            let mut closest = vec![f32::INFINITY; n];
            let candidates = [packed.row(n / 2), packed.row(n - 1)];
            let found = potential::step(&packed, &mut closest, &packed.row(0), &candidates);
            (closest, found)
        };
        let (closest, found) = step(Path::Best);
        for path in PATHS {
            prop_assert_eq!(&step(path), &(closest.clone(), found.clone()));
        }
    }

    #[test]
    fn packing_keeps_every_value(n in 2usize..90, d in 1usize..19, salt in 0u64..1000) {
        let rows = rows_of(n, d, salt);
        for path in PATHS {
            let packed = on_path(&rows, d, path);
            for row in 0..n {
                for t in 0..d {
                    prop_assert_eq!(packed.value(row, t), rows[row * d + t]);
                }
            }
        }
    }
}

#[test]
fn sums_do_not_depend_on_threads() {
    let packed = on_path(&values(70_001 * 3, 5), 3, Path::Best);
    let centres: Vec<f64> = values(21, 6).iter().map(|&x| f64::from(x)).collect();
    let other: Vec<f64> = values(21, 8).iter().map(|&x| f64::from(x)).collect();
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| passes::<u8>(&packed, &centres, &other))
    };
    let one = on(1);
    for threads in [2, 3, 8] {
        assert_eq!(on(threads), one);
    }
}

#[test]
fn whole_weights_are_repetitions() {
    let rows = values(90 * 4, 3);
    let weights: Vec<f64> = (0..90).map(|i| f64::from(i % 5)).collect();
    let repeated: Vec<f64> = (0..90)
        .flat_map(|i| std::iter::repeat_n(i, i % 5))
        .flat_map(|i| rows[i * 4..i * 4 + 4].iter().map(|&x| f64::from(x)).collect::<Vec<_>>())
        .collect();
    let centres: Vec<f64> = values(12, 4).iter().map(|&x| f64::from(x)).collect();
    let wide: Vec<f64> = rows.iter().map(|&x| f64::from(x)).collect();
    let weighted = Points::from_rows(wide.into(), 90, 4, Some(weights));
    let n = repeated.len() / 4;
    let plain = Points::from_rows(repeated.into(), n, 4, None);
    let found = [&weighted, &plain].map(|points| {
        let packed = Packed::from_points(points, Path::Best);
        let pass = passes::<u8>(&packed, &centres, &centres).1;
        let weighted = packed.weights().is_some();
        let sizes = pass.change.sizes(packed.grid(), weighted);
        (sizes, pass.change.means(packed.grid(), weighted, 4, &centres), pass.inertia)
    });
    assert_eq!(found[0].0, found[1].0);
    for (a, b) in found[0].1.iter().zip(&found[1].1) {
        assert!((a - b).abs() < 1e-8);
    }
    assert!((found[0].2 - found[1].2).abs() < 1e-9 * found[1].2);
}

#[test]
fn a_value_that_is_not_finite_is_found_where_it_is() {
    for (n, at) in [(5, 7), (40, 99), (33, 98)] {
        for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            let mut rows = values(n * 3, 1);
            rows[at] = bad;
            for path in PATHS {
                assert_eq!(Packed::from_f32(rows.clone(), 3, path).err(), Some(at));
            }
        }
    }
}

#[test]
fn columns_far_from_zero_and_of_any_size_keep_their_distances() {
    let small: Vec<f64> = values(200, 2).iter().map(|&x| f64::from(x)).collect();
    let plain = Points::from_rows(small.clone().into(), 100, 2, None);
    for (factor, offset) in [(1.0, 1e9), (1e200, 0.0), (1e-200, 0.0), (1e150, 1e160)] {
        let rows: Vec<f64> = small.iter().map(|x| x * factor + offset).collect();
        let rows = Points::from_rows(rows.into(), 100, 2, None);
        let packed = Packed::from_points(&rows, Path::Best);
        let ratio =
            (packed.value(0, 0) - packed.value(1, 0)) / (packed.value(2, 1) - packed.value(3, 1));
        let exact = (plain.row(0)[0] - plain.row(1)[0]) / (plain.row(2)[1] - plain.row(3)[1]);
        assert!((f64::from(ratio) / exact - 1.0).abs() < 1e-4, "{factor} {offset}");
        let centre = packed.unpack(&packed.row(7));
        for (centre, x) in centre.iter().zip(rows.row(7)) {
            assert!((centre - x).abs() <= 1e-6 * factor * 8.0 + 1e-15 * x.abs());
        }
    }
}

/// Labels and sums of a walk of the centres, pass by pass over all rows and by `relabel`
/// with and without bounds.
fn same_walk(packed: &Packed, walk: &[Vec<f64>]) -> usize {
    let d = packed.d();
    let (mut full, mut short, mut bounded) =
        (vec![0u8; packed.n()], vec![0u8; packed.n()], vec![0u8; packed.n()]);
    let mut bounds = Bounds::new(packed);
    let mut looked = 0;
    for (step, centres) in walk.iter().enumerate() {
        let centres = Centres::new(centres, d);
        let first = step == 0;
        let pass = assign(packed, &centres, &mut full, first);
        let change = pass.change;
        assert_eq!(relabel(packed, &centres, &mut short, first, None), change);
        if !first {
            bounds.moved(&Centres::new(&walk[step - 1], d), &centres);
        }
        assert_eq!(relabel(packed, &centres, &mut bounded, first, Some(&mut bounds)), change);
        looked += bounds.looked;
        assert_eq!(short, full);
        assert_eq!(bounded, full);
        let own = inertia(packed, &centres, &mut bounded);
        assert_eq!(own.to_bits(), pass.inertia.to_bits());
    }
    looked
}

/// Centres that start at `rows` and move less with every step.
fn walk_from(rows: &[f32], k: usize, d: usize, salt: u64) -> Vec<Vec<f64>> {
    let mut centres: Vec<f64> = rows[..k * d].iter().map(|&x| f64::from(x)).collect();
    (0..9)
        .map(|step| {
            let pushes = values(k * d, salt + step);
            for (x, push) in centres.iter_mut().zip(&pushes) {
                *x += f64::from(*push) * libm::exp2(-3.0 * step as f64);
            }
            centres.clone()
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn labels_are_the_same_whichever_way_they_are_found(
        n in 40usize..500, d in 1usize..13, k in 1usize..39, salt in 0u64..1000,
        lattice in proptest::bool::ANY,
    ) {
        let mut rows = rows_of(n, d, salt);
        if lattice {
            // Ties everywhere, and many rows twice.
            for x in &mut rows {
                *x = (*x / 4.0).round() * 4.0;
            }
        }
        let mut walk = walk_from(&rows, k, d, salt);
        if lattice {
            walk.iter_mut().flatten().for_each(|x| *x = x.round());
        }
        let points = rows.iter().map(|&x| f64::from(x)).collect::<Vec<f64>>();
        let weights = (0..n).map(|i| f64::from(1 + (i % 3) as u32)).collect();
        let points = Points::from_rows(points.into(), n, d, Some(weights));
        for path in PATHS {
            same_walk(&on_path(&rows, d, path), &walk);
            same_walk(&Packed::from_points(&points, path), &walk);
        }
    }
}

#[test]
fn centres_that_hardly_move_leave_most_blocks_unread() {
    // Two far groups, one after the other, and a last row between them.
    let mut rows = values(64_000, 3);
    rows[32_000..].iter_mut().for_each(|x| *x += 1000.0);
    for k in [2, 20] {
        let packed = on_path(&rows, 1, Path::Best);
        // All but the first two lie where no row is.
        let start = |j: usize| if j < 2 { 1000.0 * j as f64 } else { 1e6 * j as f64 };
        let walk: Vec<Vec<f64>> =
            (0..10).map(|i| (0..k).map(|j| start(j) + f64::from(i)).collect()).collect();
        assert_eq!(same_walk(&packed, &walk), packed.n(), "only the first pass reads");
    }
}

#[test]
fn rows_in_doubt_are_picked_out_of_their_blocks() {
    // One row of each block, and the last of all, stands halfway between two centres that go
    // back and forth, so that it changes its label every time; the others are far from all
    // centres but one.
    let n = 64_015_usize;
    let is_in_doubt = |i: usize| i % 16 == 14;
    let rows: Vec<f32> =
        (0..n).map(|i| if is_in_doubt(i) { 0.5 } else { 200.0 + (i % 7) as f32 }).collect();
    let start = |j: usize| if j < 2 { j as f64 } else { 100.0 * j as f64 };
    let to = |step: usize| if step.is_multiple_of(2) { 0.25 } else { -0.25 };
    let at = |step: usize| (0..20).map(move |j| start(j) + to(step)).collect();
    let walk: Vec<Vec<f64>> = (0..10).map(at).collect();
    let in_doubt = (0..n).filter(|&i| is_in_doubt(i)).count();
    for path in PATHS {
        let looked = same_walk(&on_path(&rows, 1, path), &walk);
        assert_eq!(looked, n.div_ceil(LANES) * LANES + 9 * in_doubt);
    }
    // The same with weights, in the units of the packed rows.
    let points: Vec<f64> = rows.iter().map(|&x| f64::from(x)).collect();
    let weights = (0..n).map(|i| 1.0 + (i % 3) as f64).collect();
    let points = Points::from_rows(points.into(), n, 1, Some(weights));
    let packed = Packed::from_points(&points, Path::Best);
    let (half, far) = (packed.row(14)[0], packed.row(0)[0]);
    let scaled = |centres: &Vec<f64>| {
        centres.iter().map(|x| half + (x - 0.5) * (far - half) / 199.5).collect()
    };
    let walk: Vec<Vec<f64>> = walk.iter().map(scaled).collect();
    assert!(same_walk(&packed, &walk) < 2 * n);
}

#[test]
fn tasks_that_ask_for_the_variance_at_once_all_get_it() {
    let rows = rows_of(40_000, 3, 5);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build().unwrap();
    let expected = on_path(&rows, 3, Path::Best).mean_variance();
    for _ in 0..200 {
        let packed = on_path(&rows, 3, Path::Best);
        // A thread whose part is done takes up the next task before the variance is known.
        let ask = |_| packed.mean_variance().to_bits();
        let all: Vec<u64> =
            pool.install(|| (0..8).into_par_iter().with_max_len(1).map(ask).collect());
        assert_eq!(all, [expected.to_bits(); 8]);
    }
}

#[test]
fn the_mean_variance_is_that_of_two_passes_on_every_path() {
    let (n, d) = (CHUNK + 21, 3);
    let mut values = rows_of(n, d, 6);
    // A column whose mean is far from its first value, and one that does not vary.
    for (row, values) in values.chunks_exact_mut(d).enumerate() {
        // The first row, which has no weight in the second case, would be a poor origin.
        values[1] += if row == 0 { -3.0e6 } else { 1.0e3 };
        values[2] = 5.0;
    }
    let weights: Vec<f64> = (0..n).map(|row| (row % 4) as f64 / 2.0).collect();
    for weights in [vec![1.0; n], weights] {
        let total: f64 = weights.iter().sum();
        let column = |t: usize| {
            let of = |row: usize| f64::from(values[row * d + t]);
            let mean = (0..n).map(|row| weights[row] * of(row)).sum::<f64>() / total;
            (0..n).map(|row| weights[row] * (of(row) - mean).powi(2)).sum::<f64>() / total
        };
        let expected = (0..d).map(column).sum::<f64>() / d as f64;
        let rows: Vec<f64> = values.iter().map(|&x| f64::from(x)).collect();
        let points = Points::from_rows(rows.into(), n, d, Some(weights));
        let on = |path| Packed::from_points(&points, path).mean_variance();
        let found = on(Path::Best);
        assert!((found - expected).abs() <= 1e-9 * expected, "{found} {expected}");
        for path in [Path::Avx2, Path::Portable] {
            assert_eq!(on(path).to_bits(), found.to_bits());
        }
    }
    let plain = on_path(&values, d, Path::Best).mean_variance();
    assert_eq!(plain, on_path(&values, d, Path::Portable).mean_variance());
}
