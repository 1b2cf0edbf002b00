//! Many tests at once.

/// P-values corrected for their number by Holm: in their order, each at least as large as the
/// smaller ones. A hypothesis is rejected at a level where its corrected p-value is at most that.
///
/// # References
///
/// - Holm 1979, A simple sequentially rejective multiple test procedure, Scandinavian Journal
///   of Statistics 6.
#[must_use]
pub fn holm(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[a].total_cmp(&p[b]).then(a.cmp(&b)));
    let mut corrected = vec![1.0; p.len()];
    let mut least = 0.0_f64;
    for (place, &at) in order.iter().enumerate() {
        least = least.max(p[at] * (p.len() - place) as f64).min(1.0);
        corrected[at] = least;
    }
    corrected
}
