//! Columns that belong together: what they are, and which of the columns at hand are
//! prepared as one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Column, Values};

/// Columns that belong together: they share one scale.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// What the columns are called together, such as `share by channel`; the same for
    /// all columns of a block and for no other block.
    pub name: String,
    /// What this column is in it.
    pub kind: BlockKind,
}

/// What a column is in its block.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// A share of one whole: the shares sum to 1, so one of them is not there.
    Shares,
    /// The latitude of a place in degrees; its block holds one longitude as well.
    Latitude,
    /// The longitude of a place in degrees; its block holds one latitude as well.
    Longitude,
    /// An answer in a battery of survey items that share one scale of answers.
    Items,
}

/// Columns that are prepared together, by their positions in a list of columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unit {
    /// A column that stands for itself.
    Single(usize),
    /// A place on the earth.
    Place {
        /// The position of the latitude.
        latitude: usize,
        /// The position of the longitude.
        longitude: usize,
    },
    /// Shares of one whole, at least one.
    Shares(Vec<usize>),
    /// Answers on one scale of more than two steps, at least two.
    Items(Vec<usize>),
}

/// Groups columns into units, in the order of each unit's first column. A latitude
/// without its longitude, a yes or no answer and an answer on a scale of its own stand
/// for themselves.
#[must_use]
pub fn units(columns: &[&Column]) -> Vec<Unit> {
    let mut units = Vec::with_capacity(columns.len());
    let mut taken = vec![false; columns.len()];
    for at in 0..columns.len() {
        if taken[at] {
            continue;
        }
        let unit = unit_of(columns, at);
        match &unit {
            Unit::Single(_) => taken[at] = true,
            Unit::Place { latitude, longitude } => {
                taken[*latitude] = true;
                taken[*longitude] = true;
            }
            Unit::Shares(members) | Unit::Items(members) => {
                for &member in members {
                    taken[member] = true;
                }
            }
        }
        units.push(unit);
    }
    units
}

/// The unit that the column at `at`, the first of its block, belongs to.
fn unit_of(columns: &[&Column], at: usize) -> Unit {
    let Some(block) = &columns[at].block else { return Unit::Single(at) };
    let mates = |kind: BlockKind| -> Vec<usize> {
        let is_mate = |other: &usize| {
            let found = columns[*other].block.as_ref();
            found.is_some_and(|found| found.name == block.name && found.kind == kind)
        };
        (0..columns.len()).filter(is_mate).collect()
    };
    let numbers = |at: &usize| matches!(columns[*at].values, Values::Number(_));
    match block.kind {
        BlockKind::Latitude | BlockKind::Longitude => {
            let (latitudes, longitudes) = (mates(BlockKind::Latitude), mates(BlockKind::Longitude));
            match (latitudes.as_slice(), longitudes.as_slice()) {
                ([latitude], [longitude]) if numbers(latitude) && numbers(longitude) => {
                    Unit::Place { latitude: *latitude, longitude: *longitude }
                }
                _ => Unit::Single(at),
            }
        }
        BlockKind::Shares if numbers(&at) => {
            Unit::Shares(mates(BlockKind::Shares).into_iter().filter(numbers).collect())
        }
        BlockKind::Items if steps(columns[at]).is_some() => {
            let alike = |other: &usize| steps(columns[*other]) == steps(columns[at]);
            let items: Vec<usize> = mates(BlockKind::Items).into_iter().filter(alike).collect();
            if items.len() < 2 { Unit::Single(at) } else { Unit::Items(items) }
        }
        BlockKind::Shares | BlockKind::Items => Unit::Single(at),
    }
}

/// The steps of a scale of answers: no names where they are numbers. `None` for yes or no
/// and for levels without an order.
fn steps(column: &Column) -> Option<&[String]> {
    match &column.values {
        Values::Number(_) => Some(&[]),
        Values::Category { levels, ordered: true, .. } if levels.len() > 2 => Some(levels),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Family, Role};
    use super::*;

    fn column(name: &str, block: Option<(&str, BlockKind)>, values: Values) -> Column {
        Column {
            name: name.into(),
            role: Role::Number,
            family: Family::Behavioural,
            unit: None,
            decimals: 0,
            block: block.map(|(name, kind)| Block { name: name.into(), kind }),
            values,
        }
    }

    fn number(name: &str, block: Option<(&str, BlockKind)>) -> Column {
        column(name, block, Values::Number(vec![0.5]))
    }

    fn of(columns: &[Column]) -> Vec<Unit> {
        units(&columns.iter().collect::<Vec<_>>())
    }

    #[test]
    fn blocks_stand_where_their_first_column_stands() {
        let place = |kind| Some(("home", kind));
        let share = Some(("by channel", BlockKind::Shares));
        let columns = [
            number("web", share),
            number("lon", place(BlockKind::Longitude)),
            number("age", None),
            number("shop", share),
            number("lat", place(BlockKind::Latitude)),
        ];
        let expected =
            [Unit::Shares(vec![0, 3]), Unit::Place { latitude: 4, longitude: 1 }, Unit::Single(2)];
        assert_eq!(of(&columns), expected);
        // Without its longitude a latitude is a number, and so is each of two latitudes.
        assert_eq!(of(&columns[4..])[..], [Unit::Single(0)]);
        let twice = [columns[4].clone(), columns[4].clone(), columns[1].clone()];
        assert_eq!(of(&twice)[..], [Unit::Single(0), Unit::Single(1), Unit::Single(2)]);
    }

    #[test]
    fn answers_are_grouped_by_their_scale() {
        let items = Some(("battery", BlockKind::Items));
        let yes_no = Values::Flag { codes: vec![1], no: "No".into(), yes: "Yes".into() };
        let levels: Vec<String> = ["low", "middle", "high"].map(String::from).to_vec();
        let ranked = Values::Category { codes: vec![0], levels, ordered: true };
        let columns = [
            column("a", items, yes_no),
            number("b", items),
            column("c", items, ranked.clone()),
            number("d", items),
        ];
        let expected = [Unit::Single(0), Unit::Items(vec![1, 3]), Unit::Single(2)];
        assert_eq!(of(&columns), expected);
    }
}
