//! Columns of one block on one scale: shares of one whole, and answers on one scale.
//!
//! - Shares sum to 1, so they are one statement and have one vote: each is centred and all
//!   are divided by the root of the sum of their variances, by which two random customers
//!   differ by 2 on average in the squared distance, as they do in a standardised number.
//!   They are neither logarithmised nor clipped, and no share is standardised on its own:
//!   that would make the rarest category the loudest.
//! - Answers of a battery are as many statements as there are items. All are divided by the
//!   root of the mean of their variances: an item has one vote on average, and the items on
//!   which customers disagree have more than those on which they agree. On request the
//!   answers are taken from the customer's own mean over the battery first, which takes
//!   away a habit of ticking high or low. A missing answer then counts as that mean.
//!
//! # References
//!
//! Aitchison, J. (1986). The Statistical Analysis of Compositional Data. Chapman & Hall,
//! chapter 1: what sums to one has one dimension less than it has parts.
//! Dolnicar, S., Grün, B. & Leisch, F. (2018). Market Segmentation Analysis. Springer,
//! section 6.5: answers on one scale are not standardised item by item.
//! Fischer, R. (2004). Standardization to account for cross-cultural response bias.
//! Journal of Cross-Cultural Psychology 35(3), 263-282: within-subject centring.

use crate::finding::Finding;
use crate::normalise::encode::{Context, constant};
use crate::normalise::fit::{imputed, too_empty};
use crate::normalise::fold::{Draft, RowSet, value_key};
use crate::normalise::input::position_of;
use crate::normalise::order::{mean_and_sd, median, range};
use crate::normalise::term::{Feature, Reading, Term, What};
use crate::normalise::{Likert, NormaliseError, Scale, impute, real};
use crate::table::{Column, OTHER, Values};

/// What the columns of a block are divided by. `variance` is that of one vote, `range` the
/// widest of its columns. `None` where the block is constant.
pub(crate) fn common_spread(scale: Scale, variance: f64, range: f64) -> Option<f64> {
    if !(variance > 0.0 && range > 0.0) {
        return None;
    }
    let spread = match scale {
        Scale::None => 1.0,
        Scale::MinMax => range,
        Scale::Standard | Scale::Robust | Scale::Quantile => variance.sqrt(),
    };
    (spread > 0.0 && spread.is_finite()).then_some(spread)
}

/// Which kind of block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Shares,
    Items,
}

/// The answers of a column: numbers as they are, ordered levels as their positions from 0.
#[derive(Debug, Clone)]
pub(crate) enum Answers<'a> {
    Numbers(&'a [f64]),
    Ranks { codes: &'a [u32], ranks: Vec<f64> },
}

impl<'a> Answers<'a> {
    /// `levels` are those that have a position, in their order; empty for numbers. `None`
    /// where the column is of another kind.
    pub(crate) fn new(column: &'a Column, levels: &[String]) -> Option<Self> {
        match &column.values {
            Values::Number(values) if levels.is_empty() => Some(Self::Numbers(values)),
            Values::Category { codes, levels: found, .. } if !levels.is_empty() => {
                let ranks = found.iter().map(|level| position_of(levels, level)).collect();
                Some(Self::Ranks { codes, ranks })
            }
            _ => None,
        }
    }

    /// The answer of a row, NaN where there is none.
    pub(crate) fn get(&self, row: usize) -> f64 {
        match self {
            // Adding 0 makes -0 and 0 one value.
            Self::Numbers(values) => values[row] + 0.0,
            Self::Ranks { codes, ranks } => {
                let rank = ranks.get(codes[row] as usize).copied();
                rank.filter(|&rank| rank >= 0.0).unwrap_or(f64::NAN)
            }
        }
    }
}

/// The mean of a row over the answers that are known; 0 where none is.
pub(crate) fn own_mean(answers: &[Answers], row: usize) -> f64 {
    let known = answers.iter().map(|answers| answers.get(row)).filter(|value| !value.is_nan());
    let (sum, n) = known.fold((0.0, 0), |(sum, n), value| (sum + value, n + 1));
    if n == 0 { 0.0 } else { sum / real(n) }
}

/// The levels that have a position; none for numbers.
fn levels_of(column: &Column) -> Vec<String> {
    match &column.values {
        Values::Category { levels, .. } => {
            levels.iter().filter(|level| *level != OTHER).cloned().collect()
        }
        _ => Vec::new(),
    }
}

/// A column on the rows that are learnt from: NaN is missing.
struct Member<'a> {
    column: &'a Column,
    values: Vec<f64>,
    missing: RowSet,
}

/// Learns the columns of a block.
///
/// # Errors
///
/// Missing values where they are forbidden; a variance that overflows.
pub(crate) fn learn(
    context: &Context,
    columns: &[&Column],
    sort: Sort,
) -> Result<Vec<Result<Draft, Finding>>, NormaliseError> {
    let centred = sort == Sort::Items && context.params.likert() == Likert::Centred;
    let mut members = Vec::with_capacity(columns.len());
    let mut drafts = Vec::with_capacity(columns.len());
    for member in gather(context, columns, centred) {
        let n = member.values.len();
        if real(member.missing.count) > impute::MAX_MISSING * real(n) {
            drafts.push(Err(too_empty(&member.column.name, member.missing.count, n)));
        } else {
            members.push(member);
        }
    }
    let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    let centred_on = if centred { names } else { Vec::new() };
    let (mut sum, mut widest, mut differing) = (0.0, 0.0_f64, 0_usize);
    for member in &members {
        let present: Vec<f64> = member.values.iter().copied().filter(|v| !v.is_nan()).collect();
        let (Some((_, sd)), Some((low, high))) = (mean_and_sd(&present), range(&present)) else {
            continue;
        };
        if !(sd * sd).is_finite() {
            return Err(NormaliseError::TooLarge { column: member.column.name.clone() });
        }
        sum += sd * sd;
        widest = widest.max(high - low);
        differing += usize::from(sd > 0.0);
    }
    let variance = match sort {
        Sort::Shares => sum,
        Sort::Items => sum / real(differing.max(1)),
    };
    let spread = common_spread(context.params.scale(), variance, widest);
    // Shares are missing together: one indicator says it for all.
    let told = if sort == Sort::Shares { 1 } else { members.len() };
    for (at, member) in members.iter().enumerate() {
        drafts.push(draft(context, member, sort, spread, &centred_on, at < told)?);
    }
    Ok(drafts)
}

/// The values of each column; taken from the customer's own mean where `centred`.
fn gather<'a>(context: &Context, columns: &[&'a Column], centred: bool) -> Vec<Member<'a>> {
    let levels: Vec<Vec<String>> = columns.iter().map(|column| levels_of(column)).collect();
    let answers: Vec<(&Column, Answers)> = columns
        .iter()
        .zip(&levels)
        .filter_map(|(&column, levels)| Some((column, Answers::new(column, levels)?)))
        .collect();
    let all: Vec<Answers> = answers.iter().map(|(_, answers)| answers.clone()).collect();
    let own = |row: usize| if centred { own_mean(&all, row) } else { 0.0 };
    let own: Vec<f64> = context.rows.iter().map(|&row| own(row)).collect();
    answers
        .iter()
        .map(|(column, answers)| {
            let mut missing = RowSet::default();
            let rows = context.rows.iter().zip(context.keys).zip(&own);
            let values = rows
                .map(|((&row, &key), own)| {
                    let value = answers.get(row);
                    if value.is_nan() {
                        missing.add(key);
                    }
                    value - own
                })
                .collect();
            Member { column, values, missing }
        })
        .collect()
}

fn draft(
    context: &Context,
    member: &Member,
    sort: Sort,
    spread: Option<f64>,
    centred_on: &[String],
    told: bool,
) -> Result<Result<Draft, Finding>, NormaliseError> {
    let column = &member.column.name;
    let present: Vec<f64> = member.values.iter().copied().filter(|v| !v.is_nan()).collect();
    let known = mean_and_sd(&present).filter(|&(_, sd)| sd > 0.0);
    let (Some(spread), Some((mean, _))) = (spread, known) else {
        return Ok(Err(constant(column)));
    };
    let usual = match sort {
        Sort::Shares => mean,
        // A missing answer is the customer's own mean.
        Sort::Items if !centred_on.is_empty() => 0.0,
        Sort::Items => median(&present).unwrap_or(mean),
    };
    let fill = context.fill(column, member.missing.count, usual)?;
    let key = context.keys.iter().zip(&member.values).fold(0_u128, |sum, (&key, &value)| {
        let value = if value.is_nan() { fill.unwrap_or(0.0) } else { value };
        sum.wrapping_add(value_key(key, value))
    });
    let scale = context.params.scale();
    let centre = if scale == Scale::None { 0.0 } else { mean };
    let spread = spread / context.root_weight(column);
    let mut terms = vec![Term { name: column.clone(), what: What::Value, centre, spread }];
    // No set of rows holds more than n of them, so this key is never one of theirs.
    let mut rows = vec![RowSet { key, count: member.values.len() + 1 }];
    if told && let Some(term) = context.missing_term(column, member.missing) {
        terms.push(term);
        rows.push(member.missing);
    }
    let levels = levels_of(member.column);
    let reading = Reading::Member { levels, fill, centred_on: centred_on.to_vec() };
    let feature = Feature { source: column.clone(), reading, terms };
    let findings = imputed(column, member.missing.count, member.values.len());
    Ok(Ok(Draft { feature, rows, findings: findings.into_iter().collect() }))
}
