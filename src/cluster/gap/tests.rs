use ndarray::{Array2, array};
use rand::Rng;

use super::*;
use crate::cluster::battery::{discover_in, table_of};
use crate::cluster::kmeans::fit_points;
use crate::cluster::{Discovery, Params};
use crate::results::Verdict;
use crate::seed::Stream;

/// By Box and Muller 1958.
fn normal(rng: &mut Stream) -> f64 {
    let (u, v): (f64, f64) = (rng.r#gen(), rng.r#gen());
    (-2.0 * (1.0 - u).ln()).sqrt() * (std::f64::consts::TAU * v).cos()
}

fn exponential(rng: &mut Stream) -> f64 {
    -(1.0 - rng.r#gen::<f64>()).ln()
}

fn poisson(rng: &mut Stream, mean: f64) -> f64 {
    let (mut left, mut count) = ((-mean).exp(), 0.0);
    let mut u: f64 = rng.r#gen();
    while u > left {
        u -= left;
        count += 1.0;
        left *= mean / count;
    }
    count
}

/// Customers who came at any day of the last year and order at a rate of their own until
/// they leave (Pareto/NBD with the shape of the rates 1/2): log of the days since the
/// last order, log of the orders, log of an amount that goes with neither.
fn purchases(rng: &mut Stream) -> Vec<f64> {
    let today = 365.0 * rng.r#gen::<f64>();
    let rate = normal(rng).powi(2) * 0.01;
    let life = exponential(rng) * 120.0 * (0.2 + exponential(rng));
    let (mut orders, mut day, mut last) = (1.0, 0.0, 0.0);
    loop {
        day += exponential(rng) / rate;
        if day > life.min(today) {
            break;
        }
        (orders, last) = (orders + 1.0, day);
    }
    vec![(today - last).ln_1p(), f64::ln(orders), 3.0 + 0.6 * normal(rng)]
}

type Null = fn(&mut Stream) -> Vec<f64>;

const NULLS: [(&str, Null); 9] = [
    ("uniform", |rng| (0..2).map(|_| rng.r#gen()).collect()),
    ("one Gaussian", |rng| (0..4).map(|_| normal(rng)).collect()),
    ("correlated Gaussian", |rng| {
        let common = normal(rng);
        (0..4).map(|_| 1.5 * common + normal(rng)).collect()
    }),
    ("log-normal", |rng| (0..4).map(|_| normal(rng).exp()).collect()),
    ("exponential", |rng| (0..4).map(|_| exponential(rng)).collect()),
    ("t with 3 degrees", |rng| {
        let t = |rng: &mut Stream| {
            let square: f64 = (0..3).map(|_| normal(rng).powi(2)).sum();
            normal(rng) / (square / 3.0).sqrt()
        };
        (0..4).map(|_| t(rng)).collect()
    }),
    ("independent items", |rng| {
        (0..8).map(|j| f64::from(rng.gen_bool(0.1 + 0.4 * f64::from(j) / 7.0))).collect()
    }),
    ("counts", |rng| [0.5, 1.0, 2.0, 4.0].iter().map(|&mean| poisson(rng, mean)).collect()),
    ("purchases", purchases),
];

fn matrix_of(n: usize, rng: &mut Stream, row: impl Fn(&mut Stream) -> Vec<f64>) -> Matrix {
    let rows: Vec<f64> = (0..n).flat_map(|_| row(rng)).collect();
    let d = rows.len() / n;
    let mut values = Array2::from_shape_vec((n, d), rows).unwrap();
    for mut column in values.columns_mut() {
        let mean = column.mean().unwrap();
        let deviation = column.std(0.0);
        column.mapv_inplace(|x| (x - mean) / deviation);
    }
    Matrix::unnamed(values).unwrap()
}

fn soak() -> bool {
    std::env::var("KOHORT_SOAK").is_ok()
}

/// Which segments of which of the numbers tried have a gap around them.
fn gaps(matrix: &Matrix, ks: &[usize], seed: u64) -> Vec<Vec<bool>> {
    let points = Points::new(matrix);
    let fits: Vec<(usize, Vec<u32>)> = ks
        .iter()
        .map(|&k| {
            let params = KMeansParams::new(k).seed(Seed::new(seed)).check().unwrap();
            (k, fit_points(&points, &params).partition.labels)
        })
        .collect();
    let published: Vec<(usize, &[u32])> = fits.iter().map(|(k, l)| (*k, l.as_slice())).collect();
    let prepare = |a: &[usize], b: &[usize]| Ok((matrix.take(a)?, matrix.take(b)?));
    of_kmeans(&prepare, &published, matrix.n_rows(), Seed::new(seed)).unwrap()
}

#[test]
fn no_null_has_a_natural_segment_in_more_than_one_of_ten_draws() {
    let (sizes, draws): (&[usize], u64) =
        if soak() { (&[500, 5_000, 100_000], 50) } else { (&[500, 5_000], 4) };
    for (name, null) in NULLS {
        for &n in sizes {
            let wrong = (0..draws)
                .filter(|&draw| {
                    let matrix = matrix_of(n, &mut Seed::new(draw).stream(name, n as u64), null);
                    gaps(&matrix, &[2, 3, 4, 6, 8], draw).iter().flatten().any(|&gap| gap)
                })
                .count();
            assert!(wrong as u64 * 10 <= draws, "{name} {n}: {wrong} of {draws}");
        }
    }
}

fn four_blobs(rng: &mut Stream, apart: f64, noise: usize) -> Vec<f64> {
    let at = [rng.gen_bool(0.5), rng.gen_bool(0.5)];
    let blob = at.map(|there| normal(rng) + if there { apart } else { 0.0 });
    blob.into_iter().chain((0..noise).map(|_| normal(rng))).collect()
}

fn auto(matrix: &Matrix, seed: u64) -> Discovery {
    discover_in(matrix, &table_of(matrix), &[], None, Params::default(), seed).unwrap()
}

#[test]
fn four_groups_six_deviations_apart_are_natural_and_four() {
    let draws = if soak() { 60 } else { 6 };
    for n in if soak() { vec![500, 5_000, 100_000] } else { vec![500] } {
        let right = (0..draws)
            .filter(|&draw| {
                let mut rng = Seed::new(draw).stream("four blobs", n as u64);
                let found = auto(&matrix_of(n, &mut rng, |rng| four_blobs(rng, 6.0, 0)), draw);
                found.choice.k == 4 && found.verdicts == [Verdict::Natural; 4]
            })
            .count();
        assert!(right as f64 >= 0.95 * draws as f64, "{n}: {right} of {draws}");
    }
}

#[test]
fn two_groups_are_found_as_two() {
    let mut rng = Seed::new(7).stream("two blobs", 0);
    let two = |rng: &mut Stream| -> Vec<f64> {
        let apart = if rng.gen_bool(0.3) { 3.0 } else { 0.0 };
        (0..6).map(|_| normal(rng) + apart).collect()
    };
    let found = auto(&matrix_of(800, &mut rng, two), 7);
    assert_eq!(found.choice.k, 2, "{}", found.choice.reason);
    assert_eq!(found.verdicts, [Verdict::Natural; 2]);
    assert!(found.choice.reason.contains("gap around every segment"), "{}", found.choice.reason);
    assert!(found.findings.iter().all(|finding| finding.code != "no-natural-segment"));
}

#[test]
fn one_cloud_is_never_cut_into_two_unasked_and_says_that_nothing_is_natural() {
    let mut rng = Seed::new(8).stream("cloud", 0);
    let found = auto(&matrix_of(600, &mut rng, NULLS[1].1), 8);
    assert!(found.choice.k >= 3);
    assert!(found.choice.candidates[0].against.contains("only on request"));
    assert!(!found.verdicts.contains(&Verdict::Natural));
    assert!(found.findings.iter().any(|finding| finding.code == "no-natural-segment"));
}

#[test]
fn a_gap_is_asked_for_on_every_side() {
    // Two groups with nobody between them, and later a third centre far to the side.
    let rows = Array2::from_shape_fn((200, 2), |(i, j)| {
        let spread = (i * 37 % 100) as f64 / 100.0;
        if j == 0 {
            spread + if i % 2 == 0 { 0.0 } else { 10.0 }
        } else {
            (i * 53 % 97) as f64 / 97.0
        }
    });
    let matrix = Matrix::unnamed(rows).unwrap();
    assert_eq!(surrounded_centres(&[0.5, 0.5, 10.5, 0.5], 2, &matrix), [true, true]);
    // Nobody is near the third: between it and the others nothing can be shown.
    let far = surrounded_centres(&[0.5, 0.5, 10.5, 0.5, 5.0, 40.0], 2, &matrix);
    assert_eq!(far, [false, false, false]);
}

#[test]
fn neighbours_have_nobody_between_them() {
    let centres: [&[f64]; 3] = [&[0.0, 0.0], &[10.0, 0.0], &[5.0, 1.0]];
    assert!(!neighbours(&centres, 0, 1), "the third is inside the ball on the line");
    assert!(neighbours(&centres, 0, 2) && neighbours(&centres, 1, 2));
}

#[test]
fn the_region_is_nearer_to_the_line_than_to_a_third_centre() {
    // The line from (0, 0) to (4, 0), a centre at (1, 2): nearest point (1, 0), so the
    // border is the height 1; a centre beyond the end at (6, 0): border at 5.
    let (normal, most) = plane(&[0.0, 0.0], &[4.0, 0.0], 16.0, &[1.0, 2.0]);
    assert_eq!((normal, most), (vec![0.0, 2.0], 2.0));
    let (normal, most) = plane(&[0.0, 0.0], &[4.0, 0.0], 16.0, &[6.0, 0.0]);
    assert_eq!((normal, most), (vec![2.0, 0.0], 10.0));
}

#[test]
fn ties_are_spread_halfway_to_their_neighbours() {
    assert_eq!(interval(&[0.0, 1.0, 3.0], 0), (-0.5, 0.5));
    assert_eq!(interval(&[0.0, 1.0, 3.0], 1), (0.5, 2.0));
    assert_eq!(interval(&[0.0, 1.0, 3.0], 2), (2.0, 4.0));
    let tied = Matrix::unnamed(array![[0.0, 0.1], [0.0, 0.2], [1.0, 0.3], [1.0, 0.4], [1.0, 0.5]]);
    let tied = tied.unwrap();
    let spread = spread_ties(&tied, Seed::new(1));
    for (row, other) in tied.values().rows().into_iter().zip(spread.values().rows()) {
        assert!((row[0] - other[0]).abs() <= 0.5);
        assert_eq!(row[1], other[1], "a column without ties stays");
    }
}

#[test]
fn customers_who_bought_nothing_are_no_natural_segment() {
    let mut rng = Seed::new(11).stream("zeros", 0);
    let row = |rng: &mut Stream| {
        let spent = if rng.gen_bool(0.4) { 0.0 } else { 6.0 + normal(rng) };
        vec![spent, normal(rng)]
    };
    let matrix = matrix_of(1000, &mut rng, row);
    assert!(has_shared_value(&matrix));
    assert_eq!(gaps(&matrix, &[2], 1), [[false, false]]);
    // A column of a few values is spread instead, and equal numbers of each are no matter.
    let grid = Matrix::unnamed(Array2::from_shape_fn((100, 1), |(i, _)| (i % 5) as f64)).unwrap();
    assert!(!has_shared_value(&grid));
}

#[test]
fn holm_rejects_in_order_until_one_stays() {
    // .01 / 3, .01 / 2, .01: the second chance of .006 stays, so the third stays too.
    assert_eq!(rejected(&[0.006, 0.001, 0.009]), [false, true, false]);
    assert_eq!(rejected(&[0.004, 0.001, 0.009]), [true, true, true]);
    assert_eq!(rejected(&[]), Vec::<bool>::new());
}

#[test]
fn too_few_customers_show_nothing() {
    let matrix = Matrix::unnamed(Array2::from_shape_fn((15, 1), |(i, _)| i as f64)).unwrap();
    assert_eq!(gaps(&matrix, &[2], 1), [[false, false]]);
}
