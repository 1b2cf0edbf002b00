//! Order lines as an input: which column is what ([`plan`], [`recognise`]), and from data
//! frames to the features of each customer ([`build`], or [`Builder`] for frames that
//! come one after the other).

mod attributes;
mod headless;
mod lines;
mod params;
mod plan;
mod read;
mod roles;
#[cfg(test)]
mod tests;
// The lists read better as lines of words than as one word a line.
#[rustfmt::skip]
mod words;

use polars::prelude::DataFrame;

use crate::day::Day;
use crate::finding::Finding;
use crate::load::{LoadError, Source};
use crate::orders::{Attribute, Batch, Frozen, Histories, Intake, Learnt, LineCounts, Rules};
use crate::table::{Column, Id, Ids};

use super::error::FeatureError;
use super::id::near_duplicates;
use attributes::is_constant;
use lines::Lines;

pub use attributes::{Known, frame as attribute_frame, known};
pub use params::Params;
pub use plan::{OrderPlan, Part, PartPlan};
pub use roles::{plan, recognise};

/// What the config says of a table of order lines.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The customer column, `input.id`.
    pub id: Option<&'a str>,
    /// The `[features.transactions]` table.
    pub params: &'a Params,
}

/// What the order lines came to; customers ascend by the bytes of their ids everywhere.
#[derive(Debug, Clone)]
pub struct Ordered {
    /// The orders of every customer.
    pub histories: Histories,
    /// The features, one value per customer; see `docs/features.md`.
    pub columns: Vec<Column>,
    /// The share of each customer's lines that were bought at a discount, 0 to 1, as it
    /// is: the feature of that name is drawn towards the base. `None` where nothing tells.
    pub discount_shares: Option<Vec<f64>>,
    /// Columns of the lines that are the same on all lines of nearly every customer.
    pub attributes: Vec<(String, Attribute)>,
    /// The ids.
    pub ids: Ids,
    /// Where every line went.
    pub counts: LineCounts,
    /// What other customers are to be measured by.
    pub learnt: Learnt,
    /// What was noticed; no finding holds a value.
    pub findings: Vec<Finding>,
    /// The last day that counts, inclusive.
    pub as_of: Day,
}

/// Takes data frames of order lines in, one after the other and in any order.
#[derive(Debug)]
pub struct Builder<'a> {
    plan: &'a OrderPlan,
    intake: Intake,
}

impl<'a> Builder<'a> {
    /// A builder for lines of this plan. Without `as_of` it is the last day of any line.
    ///
    /// # Errors
    ///
    /// Rules that contradict the plan.
    pub fn new(plan: &'a OrderPlan, as_of: Option<Day>) -> Result<Self, FeatureError> {
        Ok(Self { plan, intake: Intake::new(plan.rules(as_of))? })
    }

    /// A builder for lines that are read as those of a model were. Without `as_of` it is
    /// the last day of any line, but not before `not_before`.
    ///
    /// # Errors
    ///
    /// As [`Builder::new`].
    pub fn frozen(
        plan: &'a OrderPlan,
        frozen: &Frozen,
        as_of: Option<Day>,
        not_before: Option<Day>,
    ) -> Result<Self, FeatureError> {
        let cancel_prefix = frozen.cancel_prefix.clone();
        let rules = Rules { not_before, cancel_prefix, ..plan.rules(as_of) };
        Ok(Self { plan, intake: Intake::new(rules)? })
    }

    /// Takes a frame in; it holds the columns of [`OrderPlan::wanted`] and maybe others.
    ///
    /// # Errors
    ///
    /// A column that is not there or has another type; a number that cannot be kept
    /// exactly.
    pub fn push(&mut self, frame: &DataFrame) -> Result<(), FeatureError> {
        let Self { plan, intake } = self;
        read::batches(frame, plan, |batch| Ok(intake.push(batch)?))
    }

    /// Takes all lines of a table in that holds the columns of the plan.
    ///
    /// # Errors
    ///
    /// A column that cannot be read as planned, and as [`Builder::push`].
    pub fn read<E>(&mut self, source: &Source) -> Result<(), E>
    where
        E: From<LoadError> + From<FeatureError> + Send,
    {
        let Self { plan, intake } = self;
        let wanted = plan.wanted();
        // A column that is two things at once is read as one of them and cast to the other.
        if wanted.len() < plan.parts.len() + plan.attributes.len() {
            return source.each_batch(&wanted, &mut |frame| Ok(self.push(&frame)?));
        }
        let rules = intake.rules().clone();
        let make = |rows| Ok(lines::lines(rows, plan, &rules)?);
        source.each_part(&wanted, &make, &mut |lines| match lines {
            Lines::Frame(frame) => {
                let mut take = |batch: &Batch| Ok(intake.push(batch)?);
                Ok(read::batches(&frame, plan, &mut take)?)
            }
            Lines::Batch(lines) => {
                let (batch, ready) = *lines;
                Ok(intake.push_ready(&batch, ready).map_err(FeatureError::from)?)
            }
        })
    }

    /// Sums up every customer. Levels that fewer than `min_cell` customers have are
    /// pooled; with `learnt`, customers are measured as the run did that learnt it.
    ///
    /// # Errors
    ///
    /// No line with a day; no purchase left; a sum beyond 64 bits.
    pub fn finish(self, min_cell: usize, learnt: Option<&Learnt>) -> Result<Ordered, FeatureError> {
        let Self { plan, intake } = self;
        let purchases = intake.finish(learnt)?;
        let features = purchases.features(min_cell, learnt);
        let discount_shares = purchases.discount_shares();
        // What was frozen stays, however the lines of these customers agree.
        let stays = |attribute: &Attribute| learnt.is_some() || is_constant(attribute);
        let attributes = plan.attributes.iter().zip(purchases.attributes());
        let attributes = attributes
            .filter_map(|(name, attribute)| Some((name.clone(), attribute.clone()?)))
            .filter(|(_, attribute)| stays(attribute))
            .collect();
        let (histories, counts, mut findings) = purchases.into_parts();
        findings.extend(features.findings);
        let ids: Vec<&str> = histories.ids().iter().map(String::as_str).collect();
        findings.extend(near_duplicates(plan.customer(), &ids));
        Ok(Ordered {
            ids: Ids {
                name: plan.customer().to_owned(),
                values: histories.ids().iter().map(Id::new).collect(),
                from_rows: false,
            },
            as_of: histories.as_of(),
            columns: features.columns,
            discount_shares,
            attributes,
            learnt: features.learnt,
            histories,
            counts,
            findings,
        })
    }
}

/// The features of every customer in one data frame of order lines.
///
/// # Errors
///
/// As [`Builder`].
pub fn build(
    frame: &DataFrame,
    plan: &OrderPlan,
    as_of: Option<Day>,
    min_cell: usize,
) -> Result<Ordered, FeatureError> {
    let mut builder = Builder::new(plan, as_of)?;
    builder.push(frame)?;
    builder.finish(min_cell, None)
}
