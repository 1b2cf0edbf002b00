//! Where a segment is: the middle of its customers on the globe, in words.
//!
//! The middle is the mean of the unit vectors, which knows no date line, told to a hundredth
//! of a degree (1.1 km) and only of as many customers as may be told of.

use crate::normalise::{EARTH_KM, surface};
use crate::table::{Column, Family, FeatureTable, Unit, Values, units};

use super::measure::{Feature, Groups, Kind};
use super::name::Said;
use super::wording::{humanise, one_line};

/// The share of a segment that a town needs before it is named.
const MOSTLY: f64 = 0.5;
/// A middle this share of the usual distance away from everybody's is somewhere else.
const APART: f64 = 0.5;
/// Words of a column that names a town.
const TOWNS: [&str; 12] = [
    "city",
    "town",
    "municipality",
    "place",
    "kommune",
    "poststed",
    "sted",
    "bynavn",
    "oras",
    "localitate",
    "城市",
    "市",
];
/// The eight winds from the north over the east.
const WINDS: [&str; 8] =
    ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"];

/// The middle of some customers and how far they are from it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Middle {
    /// Degrees.
    latitude: f64,
    /// Degrees.
    longitude: f64,
    /// The root of the mean squared distance from it in km.
    spread: f64,
}

/// A place and what may be told of it, group by group.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    latitude: usize,
    longitude: usize,
    all: Option<Middle>,
    here: Vec<Option<Middle>>,
    rest: Vec<Option<Middle>>,
    towns: Vec<Option<String>>,
}

/// Sums of points, from which a middle follows.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    n: u32,
    point: [f64; 3],
}

impl Sum {
    fn add(&mut self, point: [f64; 3]) {
        self.n += 1;
        self.point.iter_mut().zip(point).for_each(|(sum, x)| *sum += x);
    }

    fn less(self, other: Self) -> Self {
        let [x, y, z] = self.point;
        let [a, b, c] = other.point;
        Self { n: self.n - other.n, point: [x - a, y - b, z - c] }
    }

    /// `None` where there are fewer than `least` customers, or no direction.
    fn middle(self, least: usize) -> Option<Middle> {
        if (self.n as usize) < least.max(1) {
            return None;
        }
        let [x, y, z] = self.point.map(|sum| sum / f64::from(self.n));
        let length = (x * x + y * y + z * z).sqrt();
        if length < 1e-6 * EARTH_KM {
            return None;
        }
        let latitude = libm::asin((z / length).clamp(-1.0, 1.0)).to_degrees();
        let longitude = libm::atan2(y, x).to_degrees();
        // Points on a sphere: the mean squared distance from their mean is R^2 - length^2.
        let spread = (EARTH_KM * EARTH_KM - length * length).max(0.0).sqrt();
        Some(Middle { latitude, longitude, spread })
    }
}

/// The places of the table, with the middle of each group of at least `min_cell` known
/// places and of the customers outside it.
pub(crate) fn measure(
    table: &FeatureTable,
    features: &[Feature],
    groups: &Groups,
    min_cell: usize,
) -> Vec<Place> {
    let columns: Vec<&Column> = table.columns().iter().collect();
    let towns: Vec<Option<String>> =
        (0..=groups.n_segments).map(|group| town(table, features, group, min_cell)).collect();
    units(&columns)
        .into_iter()
        .filter_map(|unit| match unit {
            Unit::Place { latitude, longitude } => Some((latitude, longitude)),
            _ => None,
        })
        .filter_map(|(latitude, longitude)| {
            let (Values::Number(a), Values::Number(o)) =
                (&columns[latitude].values, &columns[longitude].values)
            else {
                return None;
            };
            let mut sums = vec![Sum::default(); groups.n_segments + 1];
            let mut whole = Sum::default();
            for (row, &group) in groups.of.iter().enumerate() {
                if let Some(point) = surface(a[row], o[row]) {
                    sums[group as usize].add(point);
                    whole.add(point);
                }
            }
            Some(Place {
                latitude,
                longitude,
                all: whole.middle(min_cell),
                here: sums.iter().map(|sum| sum.middle(min_cell)).collect(),
                rest: sums.iter().map(|sum| whole.less(*sum).middle(min_cell)).collect(),
                towns: towns.clone(),
            })
        })
        .collect()
}

/// The town that most of a group live in, by the first geographic column that names towns.
fn town(
    table: &FeatureTable,
    features: &[Feature],
    group: usize,
    min_cell: usize,
) -> Option<String> {
    let names_towns = |column: &Column| {
        let name = humanise(&column.name);
        let is_word = |town: &str| {
            name.split(' ').any(|word| word == town) || (!town.is_ascii() && name.contains(town))
        };
        column.family == Family::Geographic && TOWNS.into_iter().any(is_word)
    };
    features
        .iter()
        .filter(|feature| names_towns(&table.columns()[feature.column]))
        .filter_map(|feature| Some((&feature.kind, feature.cells[group]?)))
        .flat_map(|(kind, cell)| match kind {
            Kind::Number => Vec::new(),
            Kind::Level { name, .. } => vec![(name, cell.here, cell.hits)],
            // Of two towns one is yes and the other no.
            Kind::Yes { no, yes } => {
                let others = cell.present - cell.hits;
                vec![(yes, cell.here, cell.hits), (no, 1.0 - cell.here, others)]
            }
        })
        .find(|(_, share, customers)| *share >= MOSTLY && *customers >= min_cell as u64)
        .map(|(name, ..)| one_line(name))
}

impl Place {
    /// The column that stands for both halves where either is `column`.
    pub(crate) fn column_of(&self, column: usize) -> Option<usize> {
        [self.latitude, self.longitude].contains(&column).then_some(self.latitude)
    }

    /// `around 62.60° N 29.76° E, mostly Joensuu, against 61.02° N 27.41° E`; `None` where
    /// too few places are known.
    pub(crate) fn text(&self, group: usize) -> Option<String> {
        let (here, rest) = (self.here[group]?, self.rest[group]?);
        let town = self.towns[group].as_ref();
        let town = town.map_or(String::new(), |town| format!(", mostly {town},"));
        Some(format!("around {}{town} against {}", here.text(), rest.text()))
    }

    /// The degrees of `column` in the middle of a group and of the others, to a hundredth.
    pub(crate) fn degrees(&self, column: usize, group: usize) -> Option<(f64, f64)> {
        let of = |middle: Middle| {
            let degrees = if column == self.latitude { middle.latitude } else { middle.longitude };
            libm::round(degrees * 100.0) / 100.0
        };
        Some((of(self.here[group]?), of(self.rest[group]?)))
    }

    /// `in Joensuu`, or `in the north-east` of all customers, or `in the middle` of them.
    pub(crate) fn phrase(&self, group: usize) -> Option<Said> {
        let (here, all) = (self.here[group]?, self.all?);
        if let Some(town) = &self.towns[group] {
            return Some(Said::new("town", town));
        }
        let north = (here.latitude - all.latitude).to_radians() * EARTH_KM;
        let turn = here.longitude - all.longitude;
        let turn = if turn > 180.0 {
            turn - 360.0
        } else if turn < -180.0 {
            turn + 360.0
        } else {
            turn
        };
        let between = f64::midpoint(here.latitude, all.latitude).to_radians();
        let east = turn.to_radians() * libm::cos(between) * EARTH_KM;
        if libm::hypot(north, east) < APART * all.spread {
            return Some(Said::new("middle", ""));
        }
        // -4 to 4 eighths of a turn from the north.
        let eighth = libm::round(libm::atan2(east, north) / core::f64::consts::FRAC_PI_4);
        let eighth = if eighth < 0.0 { eighth + 8.0 } else { eighth };
        let at = (0..8_u8).find(|&at| (f64::from(at) - eighth).abs() < 0.5);
        Some(Said::new(WINDS[usize::from(at.unwrap_or(0))], ""))
    }
}

impl Middle {
    fn text(&self) -> String {
        let (north, east) = (self.latitude >= 0.0, self.longitude >= 0.0);
        format!(
            "{:.2}° {} {:.2}° {}",
            self.latitude.abs(),
            if north { 'N' } else { 'S' },
            self.longitude.abs(),
            if east { 'E' } else { 'W' }
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::measure::Measured;
    use super::super::testing::{category, number, table};
    use super::*;
    use crate::table::{Block, BlockKind};

    fn placed(places: &[(f64, f64)], towns: &[u32], labels: &[u32]) -> (FeatureTable, Vec<Place>) {
        let half = |name: &str, kind, values: Vec<f64>| Column {
            block: Some(Block { name: "home".into(), kind }),
            ..number(name, values)
        };
        let city = category("City", &["Aarhus", "Joensuu"], towns.to_vec());
        let table = table(vec![
            half("lon", BlockKind::Longitude, places.iter().map(|place| place.1).collect()),
            half("lat", BlockKind::Latitude, places.iter().map(|place| place.0).collect()),
            Column { family: Family::Geographic, ..city },
        ]);
        let labels: Vec<Option<u32>> = labels.iter().map(|&label| Some(label)).collect();
        let groups = Groups::new(&labels, 2);
        let features = Measured::of(&table, &labels, 2, 10).features(&table, &[0, 1, 2]);
        let places = measure(&table, &features, &groups, 3);
        (table, places)
    }

    #[test]
    fn the_middle_knows_no_date_line() {
        // Three on either side of it, and four in Joensuu.
        let mut rows: Vec<(f64, f64)> =
            [179.0, -179.0, 179.0, -179.0, 180.0, 180.0].map(|o| (0.0, o)).to_vec();
        rows.extend([(62.6, 29.76); 4]);
        let (_, places) = placed(&rows, &[0; 10], &[0, 0, 0, 0, 0, 0, 1, 1, 1, 1]);
        let place = &places[0];
        assert_eq!(place.column_of(0), Some(1));
        assert_eq!(place.column_of(2), None);
        let text = place.text(1).unwrap();
        assert_eq!(text, "around 62.60° N 29.76° E, mostly Aarhus, against 0.00° N 180.00° E");
        assert_eq!(place.degrees(1, 1), Some((62.6, 0.0)));
    }

    #[test]
    fn a_segment_is_called_by_its_town_or_its_wind() {
        let mut rows: Vec<(f64, f64)> =
            (0..4).map(|i| (56.0 + f64::from(i) * 0.01, 10.0)).collect();
        rows.extend((0..4).map(|i| (57.0 + f64::from(i) * 0.01, 12.0)));
        let labels = [0, 0, 0, 0, 1, 1, 1, 1];
        let (_, places) = placed(&rows, &[0, 0, 0, 0, 1, 1, 1, 1], &labels);
        assert_eq!(places[0].phrase(1).map(|said| said.text()).as_deref(), Some("in Joensuu"));
        let (_, places) =
            placed(&rows, &[0, 1, u32::MAX, u32::MAX, 0, 1, u32::MAX, u32::MAX], &labels);
        assert_eq!(
            places[0].phrase(1).map(|said| said.text()).as_deref(),
            Some("in the north-east")
        );
        assert_eq!(
            places[0].phrase(0).map(|said| said.text()).as_deref(),
            Some("in the south-west")
        );
    }

    #[test]
    fn few_places_are_not_told() {
        let rows = [
            (56.0, 10.0),
            (56.0, 10.0),
            (f64::NAN, f64::NAN),
            (57.0, 10.0),
            (57.0, 10.0),
            (57.0, 10.0),
        ];
        let (_, places) = placed(&rows, &[0; 6], &[0, 0, 0, 1, 1, 1]);
        assert_eq!((places[0].text(0), places[0].text(1)), (None, None));
        assert_eq!(places[0].degrees(1, 0), None);
    }
}
