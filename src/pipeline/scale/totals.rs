//! Sizes, shares and means over all customers.

use crate::backend::fit::Refined;
use crate::backend::passes::PLACE;
use crate::backend::{Fixed, Group, Grouping, Summed};
use crate::expression::Expr;
use crate::normalise::Normaliser;
use crate::normalise::sql::{Feature, Reading};
use crate::pipeline::job::Failure;
use crate::pipeline::model::Modelled;
use crate::results::SegmentRow;

use super::open::Table;
use super::refine::cells;

/// The levels of a category that are counted.
const LEVELS: usize = 60;

/// What is counted of a source column.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Counted {
    /// Customers with a value, and the mean of it per segment.
    Mean(Vec<(u64, Option<f64>)>),
    /// The shares of levels, per segment in the order of the levels.
    Shares(Vec<String>, Vec<Vec<f64>>),
}

/// What all customers come to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Totals {
    /// Customers per segment.
    pub counts: Vec<u64>,
    /// Customers without one: something is missing that nothing stands in for.
    pub unplaced: u64,
    /// The columns that make the segments, by name.
    pub columns: Vec<(String, Counted)>,
}

/// A column on its way: where its sums begin.
struct Asked<'a> {
    feature: &'a Feature,
    first: usize,
    bits: i32,
}

impl Asked<'_> {
    /// The levels that are counted; none of a number.
    fn levels(&self) -> Option<&[String]> {
        match &self.feature.reading {
            Reading::Category { levels, .. } | Reading::Rank { levels, .. } => {
                Some(&levels[..levels.len().min(LEVELS)])
            }
            _ => None,
        }
    }
}

/// Asks for the totals.
pub(super) fn totals(
    table: &Table,
    normaliser: &Normaliser,
    refined: &Refined,
) -> Result<Totals, Failure> {
    let features = normaliser.features();
    let names = cells(features.len());
    let (mut values, mut asked) = (Vec::new(), Vec::new());
    for (at, (feature, cell)) in features.iter().zip(&names).enumerate() {
        let range = refined.beside.get(at).copied().flatten().unwrap_or([0.0, 0.0]);
        let largest = range[0].abs().max(range[1].abs());
        let fixed = Fixed::for_sums(table.relation.rows, largest)?;
        asked.push(Asked { feature, first: values.len(), bits: fixed.bits });
        let cell = || Expr::column(cell);
        let summed = |what: String, value: Expr, fixed| Summed { name: what, value, fixed };
        let count = |what: String, value: Expr| summed(what, value, Fixed::COUNT);
        values.push(count(format!("n{at}"), Expr::indicator(cell().there())));
        match asked[at].levels() {
            None => values.push(summed(format!("s{at}"), cell(), fixed)),
            Some(levels) => values.extend((0..levels.len()).map(|level| {
                let is = cell().is("=", level as f64);
                count(format!("l{at}_{level}"), Expr::indicator(is))
            })),
        }
    }
    let k = refined.model.k();
    let grouping = Grouping {
        query: refined.model.nearest(&names),
        group: Expr::column(PLACE),
        values,
        most: k + 1,
    };
    let groups = table.backend.grouped_sums(&table.relation, &grouping)?;
    let of = |at: usize| groups.group(Some(at as i64));
    let own: Vec<Option<&Group>> = (0..k).map(of).collect();
    Ok(Totals {
        counts: own.iter().map(|group| group.map_or(0, |group| group.rows)).collect(),
        unplaced: groups.group(None).map_or(0, |group| group.rows),
        columns: asked
            .iter()
            .map(|asked| (asked.feature.source.clone(), counted(asked, &own)))
            .collect(),
    })
}

/// What the sums say of a column.
fn counted(asked: &Asked, groups: &[Option<&Group>]) -> Counted {
    let sum = |group: Option<&Group>, at: usize| {
        group.and_then(|group| group.sums.get(asked.first + at)).copied().unwrap_or(0)
    };
    let known = |group: Option<&Group>| sum(group, 0) as u64;
    let per = |total: f64, n: u64| (n > 0).then(|| total / n as f64);
    match asked.levels() {
        None => Counted::Mean(
            groups
                .iter()
                .map(|&group| {
                    let total = libm::ldexp(sum(group, 1) as f64, -asked.bits);
                    (known(group), per(total, known(group)))
                })
                .collect(),
        ),
        Some(levels) => {
            let shares = |group: Option<&Group>| {
                let share = |at| per(sum(group, at + 1) as f64, known(group)).unwrap_or(0.0);
                (0..levels.len()).map(share).collect()
            };
            Counted::Shares(levels.to_vec(), groups.iter().copied().map(shares).collect())
        }
    }
}

impl Totals {
    /// All customers that have a segment.
    pub(super) fn placed(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Puts sizes and shares of all customers into the rows of the segments. Sums over
    /// customers are those of the sample times how many each sampled customer stands for.
    pub(super) fn tell(&self, modelled: &mut Modelled) {
        let all = self.placed().max(1) as f64;
        for (row, &count) in modelled.rows.iter_mut().zip(&self.counts) {
            scale(row, count as f64 / row.customers.max(1) as f64);
            row.customers = count;
            row.share = count as f64 / all;
        }
        let shares: f64 = modelled.rows.iter().filter_map(|row| row.value_share).sum();
        for row in modelled.rows.iter_mut().filter(|_| shares > 0.0) {
            row.value_share = row.value_share.map(|share| share / shares);
        }
    }
}

/// What is a sum over customers times `by`.
fn scale(row: &mut SegmentRow, by: f64) {
    let sums = [
        &mut row.value,
        &mut row.value_share,
        &mut row.headroom,
        &mut row.expected_value,
        &mut row.value_at_risk,
    ];
    for sum in sums {
        *sum = sum.map(|sum| sum * by);
    }
    let times = |count: u64| (count as f64 * by).round() as u64;
    row.gone = row.gone.map(times);
    for count in [&mut row.contact, &mut row.hold_out] {
        *count = times(*count);
    }
}
