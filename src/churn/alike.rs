//! Columns that tell much the same: groups in which each column is correlated beyond .8 with
//! another.
//!
//! Of two such columns a model uses either, so that exchanging one of them alone hurts
//! nothing and both seem idle; they are exchanged together instead. Numbers and flags are
//! compared by the correlation of ranks (Spearman), categories by Cramer's V, a category and
//! a number by the correlation ratio of ranks.
//!
//! # References
//!
//! Strobl, Boulesteix, Kneib, Augustin, Zeileis (2008), Conditional variable importance for
//! random forests, BMC Bioinformatics 9, section "Results"; Cramer (1946), Mathematical
//! Methods of Statistics, section 21.9.

use std::collections::BTreeMap;

use crate::stats::number;
use crate::table::{Column, MISSING_FLAG, MISSING_LEVEL, Values};

/// From here on two columns belong together.
const ALIKE: f64 = 0.8;
/// At most so many customers are looked at, evenly spaced.
const MOST: usize = 2000;
/// Of more columns none is compared.
const MOST_COLUMNS: usize = 400;
/// A category with more levels stands alone.
const MOST_LEVELS: usize = 50;

/// One column as it is compared.
enum Seen {
    /// Ranks less their mean; 0 where missing.
    Ranks(Vec<f64>),
    /// Codes; what is missing is a level.
    Levels(Vec<usize>),
    /// Not compared.
    Alone,
}

/// The groups of columns, each ascending, in the order of their first column; `rows` are
/// the customers to look at.
pub(super) fn groups(columns: &[&Column], rows: &[usize]) -> Vec<Vec<usize>> {
    let step = rows.len().div_ceil(MOST).max(1);
    let rows: Vec<usize> = rows.iter().copied().step_by(step).collect();
    let seen: Vec<Seen> = columns.iter().map(|column| see(&column.values, &rows)).collect();
    let mut home: Vec<usize> = (0..columns.len()).collect();
    let compared = if columns.len() > MOST_COLUMNS { 0 } else { columns.len() };
    for a in 0..compared {
        for b in a + 1..columns.len() {
            if home[a] != home[b] && association(&seen[a], &seen[b]) > ALIKE {
                let (from, to) = (home[a].max(home[b]), home[a].min(home[b]));
                home.iter_mut().filter(|home| **home == from).for_each(|home| *home = to);
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (column, home) in home.into_iter().enumerate() {
        groups.entry(home).or_default().push(column);
    }
    groups.into_values().collect()
}

fn see(values: &Values, rows: &[usize]) -> Seen {
    match values {
        Values::Number(numbers) => {
            Seen::Ranks(ranks(&rows.iter().map(|&row| numbers[row]).collect::<Vec<f64>>()))
        }
        Values::Flag { codes, .. } => {
            let of = |&row: &usize| match codes[row] {
                MISSING_FLAG => f64::NAN,
                code => f64::from(code),
            };
            Seen::Ranks(ranks(&rows.iter().map(of).collect::<Vec<f64>>()))
        }
        Values::Category { levels, .. } if levels.len() > MOST_LEVELS => Seen::Alone,
        Values::Category { codes, levels, .. } => {
            let of = |&row: &usize| match codes[row] {
                MISSING_LEVEL => levels.len(),
                code => code as usize,
            };
            Seen::Levels(rows.iter().map(of).collect())
        }
    }
}

/// Middle ranks less their mean; 0 where the value is missing.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).filter(|&i| !values[i].is_nan()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let middle = (number(order.len()) - 1.0) / 2.0;
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    while start < order.len() {
        let value = values[order[start]];
        let ties = order[start..].iter().take_while(|&&i| values[i].total_cmp(&value).is_eq());
        let n = ties.count();
        for &i in &order[start..start + n] {
            ranks[i] = number(2 * start + n - 1) / 2.0 - middle;
        }
        start += n;
    }
    ranks
}

/// How closely two columns go together, 0..1.
fn association(a: &Seen, b: &Seen) -> f64 {
    match (a, b) {
        (Seen::Ranks(a), Seen::Ranks(b)) => {
            let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
            let scale = (product(a, a) * product(b, b)).sqrt();
            if scale > 0.0 { product(a, b).abs() / scale } else { 0.0 }
        }
        (Seen::Levels(levels), Seen::Ranks(ranks)) | (Seen::Ranks(ranks), Seen::Levels(levels)) => {
            correlation_ratio(levels, ranks)
        }
        (Seen::Levels(a), Seen::Levels(b)) => cramer(a, b),
        _ => 0.0,
    }
}

fn correlation_ratio(levels: &[usize], ranks: &[f64]) -> f64 {
    let mut sums: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for (&level, rank) in levels.iter().zip(ranks) {
        let sum = sums.entry(level).or_default();
        *sum = (sum.0 + rank, sum.1 + 1.0);
    }
    let between: f64 = sums.values().map(|(sum, n)| sum * sum / n).sum();
    let all: f64 = ranks.iter().map(|rank| rank * rank).sum();
    if all > 0.0 { (between / all).sqrt() } else { 0.0 }
}

fn cramer(a: &[usize], b: &[usize]) -> f64 {
    let n = number(a.len());
    let (mut cells, mut rows, mut columns) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (&x, &y) in a.iter().zip(b) {
        *cells.entry((x, y)).or_insert(0.0) += 1.0;
        *rows.entry(x).or_insert(0.0) += 1.0;
        *columns.entry(y).or_insert(0.0) += 1.0;
    }
    let shared: f64 = cells.iter().map(|((x, y), n)| n * n / (rows[x] * columns[y])).sum();
    let least = number(rows.len().min(columns.len())) - 1.0;
    if least > 0.0 && n > 0.0 { ((shared - 1.0) / least).clamp(0.0, 1.0).sqrt() } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn associations_by_hand() {
        let ranks = |values: &[f64]| Seen::Ranks(ranks(values));
        let close = |a: &Seen, b: &Seen, expected: f64| {
            let found = association(a, b);
            assert!((found - expected).abs() < 1e-12, "{found} {expected}");
        };
        // Spearman of 1 2 3 4 and 1 3 2 4: 1 - 6 x 2 / 60 = .8; any rising curve is the same.
        close(&ranks(&[1.0, 2.0, 3.0, 4.0]), &ranks(&[1.0, 30.0, 2.0, 400.0]), 0.8);
        close(&ranks(&[1.0, 2.0, 3.0]), &ranks(&[-1.0, -8.0, -9.0]), 1.0);
        close(&ranks(&[1.0, 1.0, 1.0]), &ranks(&[1.0, 2.0, 3.0]), 0.0);
        // Two levels of two with ranks 0 1 and 2 3: between 4 of 5.
        let levels = Seen::Levels(vec![0, 0, 1, 1]);
        close(&levels, &ranks(&[1.0, 2.0, 3.0, 4.0]), 0.8_f64.sqrt());
        close(&levels, &Seen::Levels(vec![7, 7, 3, 3]), 1.0);
        close(&levels, &Seen::Levels(vec![7, 3, 7, 3]), 0.0);
    }

    #[test]
    fn groups_are_chains() {
        let column = |name: &str, values: Vec<f64>| Column {
            name: name.to_owned(),
            role: crate::table::Role::Number,
            family: crate::table::Family::Behavioural,
            unit: None,
            decimals: 0,
            block: None,
            values: Values::Number(values),
        };
        let n = 50;
        let first: Vec<f64> = (0..n).map(f64::from).collect();
        let columns = [
            column("a", first.clone()),
            column("b", (0..n).map(|i| f64::from(i * 7 % 50)).collect()),
            column("c", first.iter().map(|x| -x * x).collect()),
            column("d", (0..n).map(|i| f64::from(i * 7 % 50) + 0.1 * f64::from(i % 3)).collect()),
        ];
        let columns: Vec<&Column> = columns.iter().collect();
        let rows: Vec<usize> = (0..50).collect();
        assert_eq!(groups(&columns, &rows), [vec![0, 2], vec![1, 3]]);
    }
}
