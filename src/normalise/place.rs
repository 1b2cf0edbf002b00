//! A latitude and a longitude as one place: a point on the globe.
//!
//! Degrees are no distance: at 62 degrees north a degree of longitude is 47 % of one of
//! latitude, and 179 degrees east lies beside 179 degrees west. So a place becomes
//! R (cos a cos o, cos a sin o, sin a) with a the latitude, o the longitude and R the
//! earth's mean radius, three coordinates in km whose distance is the chord, the straight
//! line through the earth. The chord c and the great-circle distance d on the surface
//! belong together, c = 2 R sin(d / 2R), so neighbours within one are neighbours within
//! the other. The chord is shorter by d^3 / (24 R^2): a thousandth of a millimetre at
//! 1 km, 1 m at 100 km, 1 km at 990 km.
//!
//! A place has one vote: its three coordinates share one scale, by which two random
//! customers differ by 2 on average in the squared distance, as they do in a standardised
//! number. Where a place is all that segments are made of there is nothing to weigh it
//! against, and the matrix stays in km.
//!
//! # Limits
//!
//! The earth is taken as a sphere: a distance is wrong by up to 0.56 %.
//!
//! # References
//!
//! Moritz, H. (2000). Geodetic Reference System 1980. Journal of Geodesy 74, 128-133: the
//! mean radius `R_1` = 6,371,008.7714 m.
//! Sinnott, R. W. (1984). Virtues of the haversine. Sky and Telescope 68(2), 159.

use crate::finding::{Finding, Severity};
use crate::normalise::encode::{Context, constant};
use crate::normalise::fit::too_empty;
use crate::normalise::fold::{Draft, RowSet, value_key};
use crate::normalise::order::{mean_and_sd, range};
use crate::normalise::shares::common_spread;
use crate::normalise::term::{Axis, Feature, Reading, Term, What};
use crate::normalise::{NormaliseError, Normaliser, Scale, impute, real};
use crate::said::facts;
use crate::table::{Column, Values};

/// The earth's mean radius in km.
pub const EARTH_KM: f64 = 6_371.008_8;

/// The chord in km between two places that are `arc` km apart on the surface; the
/// earth's diameter where they cannot be further apart.
#[must_use]
pub fn chord(arc: f64) -> f64 {
    2.0 * EARTH_KM * libm::sin((arc / (2.0 * EARTH_KM)).min(core::f64::consts::FRAC_PI_2))
}

/// The distance in km on the surface between two places with this chord in km; half the
/// earth's circumference where the chord is longer than its diameter.
#[must_use]
pub fn arc(chord: f64) -> f64 {
    2.0 * EARTH_KM * libm::asin((chord / (2.0 * EARTH_KM)).min(1.0))
}

/// Whether degrees name a place.
pub(crate) fn is_place(latitude: f64, longitude: f64) -> bool {
    (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude)
}

/// The point of a place in km, where degrees name one.
pub(crate) fn surface(latitude: f64, longitude: f64) -> Option<[f64; 3]> {
    is_place(latitude, longitude).then(|| Axis::ALL.map(|axis| axis.of(latitude, longitude)))
}

impl Axis {
    /// The three coordinates.
    pub(crate) const ALL: [Self; 3] = [Self::X, Self::Y, Self::Z];

    /// The coordinate in km of a place in degrees.
    pub(crate) fn of(self, latitude: f64, longitude: f64) -> f64 {
        let (latitude, longitude) = (latitude.to_radians(), longitude.to_radians());
        EARTH_KM
            * match self {
                Self::X => libm::cos(latitude) * libm::cos(longitude),
                Self::Y => libm::cos(latitude) * libm::sin(longitude),
                Self::Z => libm::sin(latitude),
            }
    }

    /// Its letter.
    fn name(self) -> char {
        match self {
            Self::X => 'x',
            Self::Y => 'y',
            Self::Z => 'z',
        }
    }
}

impl Normaliser {
    /// Whether distances in the matrix are straight lines in km, because a place is all
    /// that it holds.
    #[must_use]
    pub fn is_in_km(&self) -> bool {
        let [feature] = self.features.as_slice() else { return false };
        matches!(feature.reading, Reading::Place { .. })
            && feature.terms.iter().all(|term| {
                matches!(term.what, What::Axis { .. }) && term.spread.total_cmp(&1.0).is_eq()
            })
    }
}

/// A coordinate of the known places and what is learnt of it.
struct Learnt {
    axis: Axis,
    mean: f64,
    variance: f64,
    range: f64,
    key: u128,
}

/// Learns a place. `alone` says that the segments are made of nothing else. A place that
/// is not known counts as the middle of the known ones.
pub(crate) fn learn(
    context: &Context,
    latitude: &Column,
    longitude: &Column,
    alone: bool,
) -> Result<Result<Draft, Finding>, NormaliseError> {
    let column = &latitude.name;
    let (Values::Number(latitudes), Values::Number(longitudes)) =
        (&latitude.values, &longitude.values)
    else {
        return Ok(Err(constant(column)));
    };
    let mut missing = RowSet::default();
    let mut known = Vec::with_capacity(context.rows.len());
    for (&row, &key) in context.rows.iter().zip(context.keys) {
        if is_place(latitudes[row], longitudes[row]) {
            known.push((latitudes[row], longitudes[row], key));
        } else {
            missing.add(key);
        }
    }
    let n = context.rows.len();
    if real(missing.count) > impute::MAX_MISSING * real(n) {
        return Ok(Err(too_empty(column, missing.count, n)));
    }
    let learnt: Vec<Learnt> =
        Axis::ALL.iter().filter_map(|&axis| coordinate(axis, &known)).collect();
    let variances: Vec<f64> = learnt.iter().map(|learnt| learnt.variance).collect();
    let widest = learnt.iter().map(|learnt| learnt.range).fold(0.0, f64::max);
    let scale = if alone { Scale::None } else { context.params.scale() };
    let Some(spread) = common_spread(scale, variances.iter().sum(), widest) else {
        return Ok(Err(constant(column)));
    };
    let filled = context.fill(column, missing.count, 0.0)?.is_some();
    let root = if alone { 1.0 } else { context.root_weight_of([column, &longitude.name]) };
    let mut terms: Vec<Term> = learnt
        .iter()
        .map(|learnt| Term {
            name: format!("{column}/{} ({} km)", longitude.name, learnt.axis.name()),
            what: What::Axis { axis: learnt.axis, fill: learnt.mean },
            centre: learnt.mean,
            spread: spread / root,
        })
        .collect();
    // No set of rows holds more than n of them, so these keys are never one of theirs.
    let mut rows: Vec<RowSet> =
        learnt.iter().map(|learnt| RowSet { key: learnt.key, count: n + 1 }).collect();
    let indicator = if alone { None } else { context.missing_term(column, missing) };
    if let Some(term) = indicator {
        terms.push(term);
        rows.push(missing);
    }
    let reading = Reading::Place { longitude: longitude.name.clone(), filled };
    let feature = Feature { source: column.clone(), reading, terms };
    let findings = (missing.count > 0).then(|| unknown_places(column, missing.count, n, alone));
    Ok(Ok(Draft { feature, rows, findings: findings.into_iter().collect() }))
}

fn coordinate(axis: Axis, known: &[(f64, f64, u128)]) -> Option<Learnt> {
    let values: Vec<f64> =
        known.iter().map(|&(latitude, longitude, _)| axis.of(latitude, longitude)).collect();
    let (mean, sd) = mean_and_sd(&values)?;
    let (low, high) = range(&values)?;
    let key = known
        .iter()
        .zip(&values)
        .fold(0_u128, |sum, (&(.., key), &value)| sum.wrapping_add(value_key(key, value)));
    Some(Learnt { axis, mean, variance: sd * sd, range: high - low, key })
}

fn unknown_places(column: &str, missing: usize, n: usize, alone: bool) -> Finding {
    let told = facts!(n = missing, of = n);
    let finding = if alone {
        Finding::new("unknown-places_alone", Severity::Warning, told)
    } else {
        Finding::new("unknown-places_beside", Severity::Note, told)
    };
    finding.column(column).count(missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_of_the_globe_by_hand() {
        // From the equator at Greenwich to the pole: a quarter of the circumference along
        // the surface, the hypotenuse of two radii in a straight line.
        let quarter = core::f64::consts::FRAC_PI_2 * EARTH_KM;
        assert!((chord(quarter) - core::f64::consts::SQRT_2 * EARTH_KM).abs() < 1e-9);
        assert!((arc(chord(quarter)) - quarter).abs() < 1e-9);
        let at = |latitude, longitude| Axis::ALL.map(|axis| axis.of(latitude, longitude));
        let [pole, equator] = [at(90.0, 77.0), at(0.0, 0.0)];
        assert!(pole[0].abs() + pole[1].abs() < 1e-9 && (pole[2] - EARTH_KM).abs() < 1e-9);
        assert_eq!(equator, [EARTH_KM, 0.0, 0.0]);
    }

    #[test]
    fn chord_and_arc_differ_as_the_documentation_says() {
        // d^3 / (24 R^2)
        for (km, less) in [(1.0, 1.0265e-9), (100.0, 1.0265e-3), (990.0, 0.995)] {
            assert!(((km - chord(km)) / less - 1.0).abs() < 2e-3, "{km}: {}", km - chord(km));
            assert!((arc(chord(km)) - km).abs() < 1e-9);
        }
        assert_eq!(chord(1e9), 2.0 * EARTH_KM);
        assert!((arc(1e9) - core::f64::consts::PI * EARTH_KM).abs() < 1e-9);
    }

    #[test]
    fn the_date_line_is_no_border_and_degrees_are_no_distance() {
        let between = |a: (f64, f64), b: (f64, f64)| {
            let sum: f64 =
                Axis::ALL.iter().map(|x| (x.of(a.0, a.1) - x.of(b.0, b.1)).powi(2)).sum();
            arc(sum.sqrt())
        };
        let across = between((0.0, 179.5), (0.0, -179.5));
        let degree = core::f64::consts::PI * EARTH_KM / 180.0;
        assert!((across - degree).abs() < 1e-6);
        let (east, north) =
            (between((62.0, 29.0), (62.0, 30.0)), between((62.0, 29.0), (63.0, 29.0)));
        assert!((north - degree).abs() < 1e-6);
        assert!((east / north - 0.469).abs() < 1e-3, "{}", east / north);
    }

    #[test]
    fn degrees_outside_the_globe_are_no_place() {
        assert!(is_place(-90.0, 180.0));
        for (latitude, longitude) in [(90.1, 0.0), (0.0, -180.5), (f64::NAN, 0.0), (0.0, f64::NAN)]
        {
            assert!(!is_place(latitude, longitude));
        }
    }
}
