//! Latitudes and longitudes as they are written: what cannot be a place counts as missing,
//! in both halves, and what looks exchanged is said.

use crate::finding::{Finding, Severity};
use crate::normalise::is_place;
use crate::said::{Facts, facts};
use crate::table::{Column, Unit, Values, units};

/// An exchange is suspected where the usual range of latitudes and that of longitudes, each
/// from the 5th to the 95th percentile and wider by this share of itself, do not touch.
const WIDER: f64 = 0.5;
/// The least width of a usual range in degrees.
const LEAST_WIDTH: f64 = 1.0;
/// Fewer places have no usual range.
const FEWEST: usize = 20;

/// Rows of one place that are not as they should be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counts {
    /// With both halves.
    present: usize,
    /// With one half only.
    half: usize,
    /// Outside the degrees of the globe.
    outside: usize,
    /// Of these, those that are inside when exchanged.
    exchanged: usize,
    /// At 0 and 0, in the sea off Africa, which stands for "not found".
    island: usize,
}

/// Makes each place whole or missing and says what was done. A pair of columns most of
/// which are no degrees becomes two numbers.
pub(super) fn settle(columns: &mut [Column], findings: &mut Vec<Finding>) {
    for (latitude, longitude) in pairs(columns) {
        let counts = count(columns, latitude, longitude);
        let names = format!("{} and {}", columns[latitude].name, columns[longitude].name);
        if counts.outside * 2 > counts.present {
            columns[latitude].block = None;
            columns[longitude].block = None;
            findings.push(no_degrees(counts, &names).column(&columns[latitude].name));
            continue;
        }
        let suspects = suspects(columns, latitude, longitude);
        clear(columns, latitude, longitude);
        let told = told(counts, suspects);
        findings.extend(told.into_iter().map(|finding| finding.column(&columns[latitude].name)));
    }
}

/// Makes each place of a table under a frozen schema whole or missing.
pub(super) fn clean(columns: &mut [Column]) {
    for (latitude, longitude) in pairs(columns) {
        clear(columns, latitude, longitude);
    }
}

/// The positions of the latitude and the longitude of each place.
fn pairs(columns: &[Column]) -> Vec<(usize, usize)> {
    let all: Vec<&Column> = columns.iter().collect();
    let place = |unit| match unit {
        Unit::Place { latitude, longitude } => Some((latitude, longitude)),
        _ => None,
    };
    units(&all).into_iter().filter_map(place).collect()
}

fn degrees(columns: &[Column], at: usize) -> &[f64] {
    match &columns[at].values {
        Values::Number(values) => values,
        _ => &[],
    }
}

fn is_island(latitude: f64, longitude: f64) -> bool {
    latitude == 0.0 && longitude == 0.0
}

fn count(columns: &[Column], latitude: usize, longitude: usize) -> Counts {
    let mut counts = Counts::default();
    for (&a, &o) in degrees(columns, latitude).iter().zip(degrees(columns, longitude)) {
        if a.is_nan() || o.is_nan() {
            counts.half += usize::from(a.is_nan() != o.is_nan());
            continue;
        }
        counts.present += 1;
        counts.island += usize::from(is_island(a, o));
        if !is_place(a, o) {
            counts.outside += 1;
            counts.exchanged += usize::from(is_place(o, a));
        }
    }
    counts
}

/// Empties both halves of every row that is no place.
fn clear(columns: &mut [Column], latitude: usize, longitude: usize) {
    let rows: Vec<usize> = degrees(columns, latitude)
        .iter()
        .zip(degrees(columns, longitude))
        .enumerate()
        .filter(|&(_, (&a, &o))| !is_place(a, o) || is_island(a, o))
        .map(|(row, _)| row)
        .collect();
    for at in [latitude, longitude] {
        if let Values::Number(values) = &mut columns[at].values {
            for &row in &rows {
                values[row] = f64::NAN;
            }
        }
    }
}

/// How many places lie far from the others, and among them when exchanged.
fn suspects(columns: &[Column], latitude: usize, longitude: usize) -> usize {
    let places: Vec<(f64, f64)> = degrees(columns, latitude)
        .iter()
        .zip(degrees(columns, longitude))
        .map(|(&a, &o)| (a, o))
        .filter(|&(a, o)| is_place(a, o) && !is_island(a, o))
        .collect();
    if places.len() < FEWEST {
        return 0;
    }
    let latitudes = usual(places.iter().map(|place| place.0).collect());
    let longitudes = usual(places.iter().map(|place| place.1).collect());
    let apart = latitudes.1 < longitudes.0 || longitudes.1 < latitudes.0;
    let inside = |value: f64, range: (f64, f64)| range.0 <= value && value <= range.1;
    let exchanged = |&&(a, o): &&(f64, f64)| inside(o, latitudes) && inside(a, longitudes);
    if apart { places.iter().filter(exchanged).count() } else { 0 }
}

/// The 5th to the 95th percentile, made wider.
fn usual(mut values: Vec<f64>) -> (f64, f64) {
    values.sort_unstable_by(f64::total_cmp);
    let cut = values.len() / 20;
    let (low, high) = (values[cut], values[values.len() - 1 - cut]);
    let wider = WIDER * (high - low).max(LEAST_WIDTH);
    (low - wider, high + wider)
}

fn no_degrees(counts: Counts, names: &str) -> Finding {
    let Counts { present, outside, exchanged, .. } = counts;
    let told = facts!(n = outside, of = present, columns = names);
    if exchanged == outside {
        return Finding::new("exchanged-coordinates_all", Severity::Serious, told).count(outside);
    }
    Finding::new("not-degrees", Severity::Warning, told).count(outside)
}

fn told(counts: Counts, suspects: usize) -> Vec<Finding> {
    let Counts { half, outside, exchanged, island, .. } = counts;
    let finding = |key: &str, count: usize, told: Facts| {
        (count > 0).then(|| Finding::new(key, Severity::Warning, told).count(count))
    };
    [
        finding("coordinates-outside", outside, facts!(n = outside, exchanged = exchanged)),
        finding("null-island", island, facts!(n = island)),
        finding("half-coordinates", half, facts!(n = half)),
        finding("exchanged-coordinates_some", suspects, facts!(n = suspects)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Block, BlockKind, Family, Role};

    fn place(rows: &[(f64, f64)]) -> Vec<Column> {
        let half = |name: &str, kind, values| Column {
            name: name.into(),
            role: Role::Number,
            family: Family::Geographic,
            unit: None,
            decimals: 2,
            block: Some(Block { name: "home".into(), kind }),
            values: Values::Number(values),
        };
        vec![
            half("lat", BlockKind::Latitude, rows.iter().map(|row| row.0).collect()),
            half("lon", BlockKind::Longitude, rows.iter().map(|row| row.1).collect()),
        ]
    }

    fn settled(rows: &[(f64, f64)]) -> (Vec<Column>, Vec<(String, Option<u64>)>) {
        let (mut columns, mut findings) = (place(rows), Vec::new());
        settle(&mut columns, &mut findings);
        (columns, findings.into_iter().map(|finding| (finding.code, finding.count)).collect())
    }

    fn denmark(n: usize) -> Vec<(f64, f64)> {
        let at = |i: usize| f64::from(u32::try_from(i % 17).unwrap()) / 10.0;
        (0..n).map(|i| (55.0 + at(i), 9.0 + at(i * 5))).collect()
    }

    #[test]
    fn what_cannot_be_a_place_is_missing_in_both_halves() {
        let mut rows = denmark(30);
        rows[3] = (155.0, 9.0);
        rows[4] = (99.0, 55.0);
        rows[5] = (0.0, 0.0);
        rows[6] = (55.5, f64::NAN);
        rows[7] = (f64::NAN, f64::NAN);
        rows[8] = (10.1, 56.0);
        let (columns, findings) = settled(&rows);
        let expected = [
            ("coordinates-outside", 2),
            ("null-island", 1),
            ("half-coordinates", 1),
            ("exchanged-coordinates", 1),
        ];
        assert_eq!(findings, expected.map(|(code, count)| (code.to_owned(), Some(count))));
        for column in &columns {
            let missing: Vec<usize> =
                (0..30).filter(|&row| column.values.is_missing(row)).collect();
            assert_eq!(missing, [3, 4, 5, 6, 7]);
        }
        // A new table is treated alike.
        let mut again = place(&rows);
        clean(&mut again);
        for (a, b) in again.iter().zip(&columns) {
            assert!((0..30).all(|row| a.values.is_missing(row) == b.values.is_missing(row)));
        }
    }

    #[test]
    fn clean_places_have_no_findings() {
        assert_eq!(settled(&denmark(50)).1, []);
        // Spread over the globe there is no usual range.
        let rows: Vec<(f64, f64)> =
            (-40..40).map(|i| (f64::from(i), f64::from(i * 4 % 90))).collect();
        let rows: Vec<(f64, f64)> = rows.into_iter().filter(|&(a, o)| !is_island(a, o)).collect();
        assert_eq!(settled(&rows).1, []);
    }

    #[test]
    fn columns_that_are_no_degrees_are_two_numbers() {
        let metres: Vec<(f64, f64)> =
            denmark(30).into_iter().map(|(a, o)| (a * 1e5, o * 1e5)).collect();
        let (columns, findings) = settled(&metres);
        assert_eq!(findings, [("not-degrees".to_owned(), Some(30))]);
        assert!(columns.iter().all(|column| column.block.is_none()));
        assert_eq!(columns[0].values.n_missing(), 0);
        // California: longitudes below -90 in the column of latitudes.
        let exchanged: Vec<(f64, f64)> =
            denmark(30).into_iter().map(|(a, o)| (-o * 12.0, a)).collect();
        let (columns, findings) = settled(&exchanged);
        assert_eq!(findings, [("exchanged-coordinates".to_owned(), Some(30))]);
        assert!(columns[1].block.is_none());
    }
}
