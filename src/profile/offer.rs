//! What a segment buys, category by category, against all customers as 100, and what to
//! offer it next: what it buys less of than all, and the segment most like it more.
//!
//! A description of what was bought, not a forecast of what would be.

use crate::results::{Offer, Product, SegmentRow};
use crate::table::{BlockKind, FeatureTable};

use super::measure::{Feature, Kind};
use super::wording::one_line;

/// The block of columns that categories of purchases make.
const BLOCK: &str = "share by category";
/// A category that fewer of all purchases are in tells nothing.
const LEAST: f64 = 0.02;
/// From this index on a segment buys more than others, and up to this one less.
const MORE: f64 = 110.0;
const LESS: f64 = 95.0;
/// What the segment most like it must reach.
const THERE: f64 = 105.0;
/// Categories that are listed.
const LISTED: usize = 3;

/// A category over all segments: its name, and per segment the mean share and the index.
struct Category<'a> {
    name: &'a str,
    told: Vec<Option<(f64, f64)>>,
}

/// Fills in what every segment buys most and what to offer it next. `nearest` of a row is the
/// place of the segment most like it, from 1.
pub(super) fn offers(
    table: &FeatureTable,
    features: &[Feature],
    rows: &mut [SegmentRow],
    min_cell: usize,
) {
    let categories = categories(table, features, rows.len(), min_cell);
    if categories.is_empty() {
        return;
    }
    for (at, row) in rows.iter_mut().enumerate() {
        let like = row.nearest.map(|place| place as usize - 1);
        row.next_offer = like.and_then(|like| next(&categories, at, like));
        let mut most: Vec<Product> =
            categories.iter().filter_map(|category| product(category, at)).collect();
        most.retain(|product| product.index >= MORE);
        most.sort_by(|a, b| b.index.total_cmp(&a.index).then_with(|| a.product.cmp(&b.product)));
        most.truncate(LISTED);
        row.products = most;
    }
}

/// The categories, with what may be told of each segment.
fn categories<'a>(
    table: &'a FeatureTable,
    features: &[Feature],
    n_segments: usize,
    min_cell: usize,
) -> Vec<Category<'a>> {
    let is_one = |feature: &&Feature| {
        let block = table.columns()[feature.column].block.as_ref();
        feature.kind == Kind::Number
            && feature.mean_all >= LEAST
            && block.is_some_and(|b| b.kind == BlockKind::Shares && b.name == BLOCK)
    };
    let enough = |n: u64| n >= min_cell.max(1) as u64;
    features
        .iter()
        .filter(is_one)
        .filter_map(|feature| {
            let (_, name) = table.columns()[feature.column].name.split_once(": ")?;
            let told = |at: usize| {
                let cell = feature.cells.get(at).copied().flatten();
                let cell = cell.filter(|c| enough(c.present) && enough(c.rest_present))?;
                Some((cell.mean_here, 100.0 * cell.mean_here / feature.mean_all))
            };
            Some(Category { name, told: (0..n_segments).map(told).collect() })
        })
        .collect()
}

fn product(category: &Category, at: usize) -> Option<Product> {
    let (share, index) = category.told[at]?;
    Some(Product { product: one_line(category.name), share, index })
}

/// The category with the widest gap between the two segments.
fn next(categories: &[Category], at: usize, like: usize) -> Option<Offer> {
    let mut best: Option<(f64, Offer)> = None;
    for category in categories {
        let (Some((share, index)), Some((there, index_there))) =
            (category.told[at], category.told.get(like).copied().flatten())
        else {
            continue;
        };
        let gap = there - share;
        if index <= LESS && index_there >= THERE && best.as_ref().is_none_or(|(g, _)| gap > *g) {
            let like = u32::try_from(like + 1).unwrap_or(u32::MAX);
            let product = one_line(category.name);
            best = Some((gap, Offer { product, index, like, index_there }));
        }
    }
    best.map(|(_, offer)| offer)
}

#[cfg(test)]
mod tests {
    use super::super::measure::Measured;
    use super::super::testing::{number, segment_row, table};
    use super::*;
    use crate::table::{Block, Column};

    #[test]
    fn what_the_like_segment_buys_more_of_is_offered_next() {
        // Two segments of twenty: toys .2 and .6, garden .8 and .4 of what they buy.
        let share = |name: &str, here: f64, there: f64| Column {
            block: Some(Block { name: BLOCK.to_owned(), kind: BlockKind::Shares }),
            ..number(name, (0..40).map(|row| if row < 20 { here } else { there }).collect())
        };
        let table = table(vec![
            share("category_share: Toys", 0.2, 0.6),
            share("category_share: Garden", 0.8, 0.4),
        ]);
        let labels: Vec<Option<u32>> = (0..40).map(|row| Some(u32::from(row >= 20))).collect();
        let features = Measured::of(&table, &labels, 2, 10).features(&table, &[0, 1]);
        let mut rows = vec![segment_row(1), segment_row(2)];
        (rows[0].nearest, rows[1].nearest) = (Some(2), Some(1));
        offers(&table, &features, &mut rows, 10);
        let offer = rows[0].next_offer.as_ref().unwrap();
        assert_eq!((offer.product.as_str(), offer.like), ("Toys", 2));
        assert!((offer.index - 50.0).abs() < 1e-9 && (offer.index_there - 150.0).abs() < 1e-9);
        assert_eq!(rows[0].products[0].product, "Garden");
        assert!((rows[0].products[0].index - 100.0 * 0.8 / 0.6).abs() < 1e-9);
        // Of few customers nothing is told.
        let mut few = vec![segment_row(1), segment_row(2)];
        few[0].nearest = Some(2);
        offers(&table, &features, &mut few, 30);
        assert!(few[0].products.is_empty() && few[0].next_offer.is_none());
    }
}
