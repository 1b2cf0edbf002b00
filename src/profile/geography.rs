//! Where customers live: a map of counts where the table has places in degrees, and a table of
//! counts where it has names of places. No cell of fewer than `min_cell` customers is told, and
//! none can be worked out from the sums, or from what the profiles tell of the same column.

use crate::normalise::surface;
use crate::results::pictures::{PlaceMap, PlaceRow, Places};
use crate::table::{Column, Family, FeatureTable, MISSING_LEVEL, OTHER, Unit, Values, units};

use super::cell::hidden;
use super::projection::{finest, window};

/// Places that are told by name; all others are one row.
const NAMED: usize = 12;
/// Edges of the map lie on a grid of so many parts of its width, so that no edge is the place
/// of one customer.
const PARTS: f64 = 20.0;

/// The map of the first place in degrees; `None` where there is none, or fewer than `min_cell`
/// customers have one. Ids of segments are positions from 1.
#[must_use]
pub fn map(
    table: &FeatureTable,
    labels: &[Option<u32>],
    n_segments: usize,
    min_cell: usize,
) -> Option<PlaceMap> {
    let columns: Vec<&Column> = table.columns().iter().collect();
    let (latitude, longitude) = units(&columns).into_iter().find_map(|unit| match unit {
        Unit::Place { latitude, longitude } => Some((latitude, longitude)),
        _ => None,
    })?;
    let (Values::Number(north), Values::Number(east)) =
        (&columns[latitude].values, &columns[longitude].values)
    else {
        return None;
    };
    let (mut places, mut own) = (Vec::new(), Vec::new());
    for row in 0..table.n_customers() {
        if surface(north[row], east[row]).is_some() {
            places.push([east[row], north[row]]);
            own.push(labels.get(row).copied().flatten());
        }
    }
    if places.len() < min_cell.max(1) {
        return None;
    }
    let windows = [outwards(window(&places, 0)), outwards(window(&places, 1))];
    // A degree east is shorter than one north.
    let middle = f64::midpoint(windows[1][0], windows[1][1]).to_radians();
    let wide = (windows[0][1] - windows[0][0]) * libm::cos(middle);
    let is_tall = windows[1][1] - windows[1][0] > wide;
    let grid = finest(&places, (&own, n_segments), min_cell, windows, is_tall);
    (!grid.cells.is_empty()).then(|| PlaceMap {
        x: windows[0],
        y: windows[1],
        width: usize::from(grid.size.0),
        height: usize::from(grid.size.1),
        cells: grid.cells,
        withheld: grid.withheld,
        unknown: (table.n_customers() - places.len()) as u64,
    })
}

/// The window a little larger, so that it ends on a round step.
fn outwards([low, high]: [f64; 2]) -> [f64; 2] {
    let raw = (high - low) / PARTS;
    let step = libm::pow(10.0, libm::floor(libm::log10(raw)));
    [libm::floor(low / step) * step, libm::ceil(high / step) * step]
}

/// Customers by the geographic column that names most places of at least `min_cell`
/// customers; `None` where none names two.
#[must_use]
pub fn places(
    table: &FeatureTable,
    labels: &[Option<u32>],
    n_segments: usize,
    min_cell: usize,
) -> Option<Places> {
    let few = min_cell.max(1) as u64;
    let mut best: Option<(usize, &Column, Vec<Vec<u64>>)> = None;
    for column in table.columns().iter().filter(|column| column.family == Family::Geographic) {
        let Values::Category { codes, levels, .. } = &column.values else { continue };
        let counts = counted(codes, levels.len(), labels, n_segments);
        let large = counts.iter().filter(|row| row.iter().sum::<u64>() >= few).count();
        if large > best.as_ref().map_or(1, |(most, ..)| *most) {
            best = Some((large, column, counts));
        }
    }
    let (_, column, counts) = best?;
    let Values::Category { levels, .. } = &column.values else { return None };
    // Rare places that were pooled before are no place of their own.
    let is_place = |at: usize| levels.get(at).is_some_and(|level| level != OTHER);
    let mut order: Vec<usize> = (0..counts.len())
        .filter(|&at| counts[at].iter().sum::<u64>() >= few && is_place(at))
        .collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(counts[at].iter().sum::<u64>()), at));
    order.truncate(NAMED);
    let rest = |order: &[usize]| {
        let mut sums = vec![0_u64; n_segments + 1];
        for (_, row) in counts.iter().enumerate().filter(|(at, _)| !order.contains(at)) {
            sums.iter_mut().zip(row).for_each(|(sum, n)| *sum += n);
        }
        sums
    };
    // Others who are too few to be told would be the difference to the sum of all: the smallest
    // of the places joins them.
    let mut others = rest(&order);
    while (1..few).contains(&others.iter().sum()) && order.pop().is_some() {
        others = rest(&order);
    }
    let hidden = withheld(&counts, levels, min_cell);
    let mut rows: Vec<PlaceRow> = order
        .iter()
        .map(|&at| row(Some(levels[at].clone()), &counts[at], |own| hidden[own][at]))
        .collect();
    if others.iter().any(|&n| n > 0) {
        // Their sum would tell a part of it that is withheld.
        let pooled = |at: &usize| !order.contains(at);
        let is_part = |own: usize| (0..levels.len()).filter(pooled).any(|at| hidden[own][at]);
        let is_few = |own: usize| {
            [others[own], counts[levels.len()][own]].iter().any(|n| (1..few).contains(n))
        };
        rows.push(row(None, &others, |own| is_part(own) || is_few(own)));
    }
    let n_places = (0..levels.len()).filter(|&at| is_place(at)).count();
    (rows.len() > 1).then(|| Places { column: column.name.clone(), levels: n_places as u64, rows })
}

/// What is not told of each segment, level by level: what the segments' profiles do not tell
/// exactly of this column either, or the one would give away what the other withholds.
fn withheld(counts: &[Vec<u64>], levels: &[String], min_cell: usize) -> Vec<Vec<bool>> {
    let n_groups = counts.first().map_or(0, Vec::len);
    let of = |own: usize| counts[..levels.len()].iter().map(|level| level[own]).collect();
    let by_group: Vec<Vec<u64>> = (0..n_groups).map(of).collect();
    let untold: Vec<bool> = levels.iter().map(|level| level == OTHER).collect();
    let mut hidden = hidden(&by_group, &untold, min_cell);
    if let Some((own, _)) = by_group.iter().enumerate().next_back()
        && counts.iter().all(|level| level[own] == 0)
    {
        hidden[own].fill(false);
    }
    hidden
}

/// A place with what is told of it.
fn row(place: Option<String>, counts: &[u64], is_held: impl Fn(usize) -> bool) -> PlaceRow {
    let told = |(own, &n): (usize, &u64)| (!is_held(own)).then_some(n);
    PlaceRow {
        place,
        customers: counts.iter().sum(),
        segments: counts.iter().enumerate().map(told).collect(),
    }
}

/// Customers of each level, and last of no known one, by segment and last in none.
fn counted(
    codes: &[u32],
    levels: usize,
    labels: &[Option<u32>],
    n_segments: usize,
) -> Vec<Vec<u64>> {
    let mut counts = vec![vec![0_u64; n_segments + 1]; levels + 1];
    for (row, &code) in codes.iter().enumerate() {
        let level = if code == MISSING_LEVEL { levels } else { (code as usize).min(levels) };
        let own = labels.get(row).copied().flatten().map_or(n_segments, |own| own as usize);
        counts[level][own.min(n_segments)] += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::super::testing::{category, number, table};
    use super::*;
    use crate::table::{Block, BlockKind};

    /// 100 customers in the first town, 60 in the second, and a few in each of the others.
    fn towns() -> (FeatureTable, Vec<Option<u32>>) {
        let codes: Vec<u32> =
            (0..160).map(|row| u32::from(row >= 100)).chain([2, 2, 3, 4]).collect();
        let labels = (0..164).map(|row| Some(u32::from(row % 40 == 0))).collect();
        let city = category("City", &["Aarhus", "Joensuu", "Oslo", "Iasi", "Turku"], codes);
        (table(vec![Column { family: Family::Geographic, ..city }]), labels)
    }

    #[test]
    fn rare_places_that_were_pooled_are_among_all_others() {
        let codes: Vec<u32> = (0..300).map(|row| [0, 1, 1, 1, 2, 1][row % 6]).collect();
        let labels: Vec<Option<u32>> = (0..300).map(|row| Some(row / 150)).collect();
        let city = category("City", &["Aarhus", OTHER, "Oslo"], codes);
        let table = table(vec![Column { family: Family::Geographic, ..city }]);
        let told = places(&table, &labels, 2, 5).unwrap();
        let rows = told.rows.iter().map(|row| (row.place.as_deref(), row.customers));
        let expected = [(Some("Aarhus"), 50), (Some("Oslo"), 50), (None, 200)];
        assert_eq!(rows.collect::<Vec<_>>(), expected);
        assert_eq!(told.levels, 2);
    }

    #[test]
    fn small_places_are_told_together_and_small_cells_not_at_all() {
        let (table, labels) = towns();
        let told = places(&table, &labels, 2, 5).unwrap();
        // Four customers elsewhere are too few, so the second town joins them.
        let names: Vec<Option<&str>> = told.rows.iter().map(|row| row.place.as_deref()).collect();
        assert_eq!(names, [Some("Aarhus"), None]);
        assert_eq!(told.rows.iter().map(|row| row.customers).collect::<Vec<_>>(), [100, 64]);
        // Of the second segment three live in Aarhus: both of its cells go, and the others too.
        assert!(told.rows.iter().all(|row| row.segments[..2] == [None, None]));
        assert!(places(&table, &labels, 2, 200).is_none());
    }

    #[test]
    fn a_map_counts_everybody_whose_place_is_known() {
        let half = |name: &str, kind, values: Vec<f64>| Column {
            block: Some(Block { name: "home".into(), kind }),
            ..number(name, values)
        };
        let at = |row: u32| if row == 7 { f64::NAN } else { 55.0 + f64::from(row % 10) / 10.0 };
        let table = table(vec![
            half("lat", BlockKind::Latitude, (0..200).map(at).collect()),
            half(
                "lon",
                BlockKind::Longitude,
                (0..200).map(|row| 10.0 + f64::from(row % 3)).collect(),
            ),
        ]);
        let labels: Vec<Option<u32>> = (0..200).map(|row| Some(u32::from(row > 90))).collect();
        let told = map(&table, &labels, 2, 4).unwrap();
        assert_eq!(told.unknown, 1);
        assert_eq!(told.cells.iter().map(|cell| cell.n).sum::<u64>() + told.withheld, 199);
        assert!(told.cells.iter().all(|cell| cell.n >= 4));
        assert!(told.x[0] <= 10.0 && told.x[1] >= 12.0);
    }
}
