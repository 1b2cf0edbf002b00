//! Agreement with the labels of the benchmark sets of Gagolewski (A framework for
//! benchmarking clustering algorithms, `SoftwareX` 2022), beside what other programs reach
//! there. Points that a label set calls noise (label 0) are left out of the score, as there.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use linfa::ParamGuard;
use ndarray::Array2;

use super::gmm::GmmParams;
use super::hdbscan::{HdbscanParams, Selection};
use super::kmeans::KMeansParams;
use super::quality::adjusted_rand::adjusted_rand;
use crate::matrix::Matrix;
use crate::seed::Seed;
use crate::testing::real_data;

/// What the best of many seeds may differ by: the reference is a run of its own.
const SLACK: f64 = 0.01;

fn text(path: &Path) -> String {
    let mut out = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap())
        .read_to_string(&mut out)
        .unwrap();
    out
}

fn points(path: &Path) -> Matrix {
    let rows: Vec<Vec<f64>> = text(path)
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.split_whitespace().map(|x| x.parse().unwrap()).collect())
        .collect();
    let d = rows[0].len();
    Matrix::unnamed(Array2::from_shape_vec((rows.len(), d), rows.concat()).unwrap()).unwrap()
}

fn truth(path: &Path) -> Vec<u32> {
    text(path).split_whitespace().map(|x| x.parse().unwrap()).collect()
}

/// The score over the points that are not noise.
fn score(found: &[Option<u32>], truth: &[u32]) -> f64 {
    let kept = || (0..truth.len()).filter(|&row| truth[row] != 0);
    let a: Vec<Option<u32>> = kept().map(|row| found[row]).collect();
    let b: Vec<u32> = kept().map(|row| truth[row]).collect();
    adjusted_rand(&a, &b)
}

/// The reference of one method, by battery, set and number of the label set; the first
/// variant of each.
fn reference(table: &str, method: &str) -> BTreeMap<(String, String, String), f64> {
    let mut out = BTreeMap::new();
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        if cells[5] == method {
            let key = (cells[0].to_owned(), cells[1].to_owned(), cells[2].to_owned());
            out.entry(key).or_insert_with(|| cells[7].parse().unwrap());
        }
    }
    out
}

/// Means over the label sets, `[kohort, reference]`.
fn means(scores: &[(f64, f64)]) -> (f64, f64) {
    let n = scores.len() as f64;
    (scores.iter().map(|s| s.0).sum::<f64>() / n, scores.iter().map(|s| s.1).sum::<f64>() / n)
}

fn by_k_means(matrix: &Matrix, k: usize) -> Vec<Option<u32>> {
    let params = KMeansParams::new(k).seed(Seed::new(1)).check().unwrap();
    params.fit_matrix(matrix, None).unwrap().labels().iter().map(|&label| Some(label)).collect()
}

/// `None` where a component ends on too few points for a covariance.
fn by_mixture(matrix: &Matrix, k: usize) -> Option<Vec<Option<u32>>> {
    let params = GmmParams::new(k).seed(Seed::new(1)).check().unwrap();
    let model = params.fit_matrix(matrix).ok()?;
    let rows: Vec<f64> = matrix.values().iter().copied().collect();
    Some(model.mixture().assign(&rows).iter().map(|row| Some(row.first)).collect())
}

/// Not told k: it finds out how many there are. A hundredth of the points, at least 10.
fn by_hdbscan(matrix: &Matrix) -> Vec<Option<u32>> {
    let size = (matrix.n_rows() / 100).max(10);
    let params = HdbscanParams { selection: Selection::ExcessOfMass, ..HdbscanParams::new(size) };
    params.check().unwrap().fit(matrix).labels
}

#[test]
fn labels_of_the_public_sets_are_found_as_well_as_by_the_reference() {
    let Some(folder) = real_data("clustering_gagolewski") else { return };
    let table = std::fs::read_to_string(folder.join("REFERENCE_ARI.dev.csv")).unwrap();
    let (k_means, mixture) = (reference(&table, "sklearn_kmeans"), reference(&table, "sklearn_gm"));
    assert_eq!(k_means.len(), 48);
    let (mut scores, mut of_mixtures, mut of_hdbscan) = (Vec::new(), Vec::new(), Vec::new());
    eprintln!(
        "{:28} {:>3} {:>7} {:>7} {:>7} {:>7} {:>7}",
        "set", "k", "k-means", "ref.", "gmm", "ref.", "hdbscan"
    );
    for (key, &theirs) in &k_means {
        let (battery, set, number) = key;
        let base = folder.join(battery);
        let truth = truth(&base.join(format!("{set}.labels{number}.gz")));
        let matrix = points(&base.join(format!("{set}.data.gz")));
        let k = truth.iter().max().copied().unwrap() as usize;
        let own = score(&by_k_means(&matrix, k), &truth);
        let hdbscan = score(&by_hdbscan(&matrix), &truth);
        scores.push((own, theirs));
        of_hdbscan.push(hdbscan);
        let gmm = by_mixture(&matrix, k).map(|labels| score(&labels, &truth));
        if let (Some(own), Some(&theirs)) = (gmm, mixture.get(key)) {
            of_mixtures.push((own, theirs));
        }
        let or_dash = |x: Option<f64>| x.map_or("-".to_owned(), |x| format!("{x:.3}"));
        eprintln!(
            "{:28} {k:3} {own:7.3} {theirs:7.3} {:>7} {:>7} {hdbscan:7.3}",
            format!("{battery}/{set}.{number}"),
            or_dash(gmm),
            or_dash(mixture.get(key).copied()),
        );
        if set == "birch1" {
            assert!(own > theirs, "birch1: {own} against {theirs}");
        }
    }
    let (own, theirs) = means(&scores);
    let (mixture, their_mixture) = means(&of_mixtures);
    let hdbscan = of_hdbscan.iter().sum::<f64>() / of_hdbscan.len() as f64;
    eprintln!(
        "mean: k-means {own:.4} ({theirs:.4}), gmm {mixture:.4} ({their_mixture:.4}) on {}, hdbscan {hdbscan:.4}",
        of_mixtures.len()
    );
    assert!(own > theirs - SLACK, "k-means {own} against {theirs}");
    assert!(mixture > their_mixture - SLACK, "mixtures {mixture} against {their_mixture}");
}
