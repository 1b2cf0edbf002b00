//! `customers.csv` and `.parquet`: what the run says of each customer.

use std::ops::Range;

use rayon::prelude::*;

use super::sheet::{Cells, Sheet};
use crate::cluster::rules::{Rule, RuleSegments};
use crate::profile::Contact;
use crate::table::Ids;

/// The columns after the id, in the order of the contract.
pub const NAMES: [&str; 23] = [
    "segment_id",
    "segment",
    "second_segment_id",
    "margin",
    "fits",
    "previous_segment_id",
    "moved",
    "lifecycle",
    "loyalty",
    "shopper",
    "abc",
    "rfm",
    "value_risk",
    "outcome",
    "churn_probability",
    "churn_decile",
    "expected_orders",
    "expected_value",
    "value_if_kept",
    "value_at_risk",
    "contact",
    "action",
    "reason",
];

/// What the run says of the customers; every list has one entry per customer.
pub struct Customers<'a> {
    /// The ids, in the order of the file.
    pub ids: &'a Ids,
    /// The id of each segment, by position.
    pub segment_ids: &'a [u32],
    /// The segment in the previous run, by id, and how the customer came into this one;
    /// `None` without a previous run. 0 was in no segment.
    pub moved: Option<(&'a [Option<u32>], &'a [&'static str])>,
    /// The segment, counted from 0; `None` is noise.
    pub segment: &'a [Option<u32>],
    /// The next nearest segment.
    pub second: Vec<Option<u32>>,
    /// How clearly the customer belongs, 0..1.
    pub margin: Vec<Option<f64>>,
    /// Whether the customer is like the others of the segment.
    pub fits: &'a [bool],
    /// The segments' names, by position.
    pub names: &'a [String],
    /// The segments' actions, by position.
    pub actions: &'a [String],
    /// One sentence each.
    pub reason: &'a (dyn Fn(usize) -> String + Sync),
    /// The rule segmentations, where there are any.
    pub rules: Option<&'a RuleSegments>,
    /// The known outcome.
    pub outcome: Option<&'a [Option<bool>]>,
    /// The probability of the outcome.
    pub probability: Option<&'a [f64]>,
    /// The decile of the probability, 1 = highest, 0 where there is none.
    pub decile: Option<Vec<u8>>,
    /// Expected orders over the horizon.
    pub expected_orders: Option<&'a [f64]>,
    /// Value over the horizon if the customer stays.
    pub if_kept: Option<&'a [f64]>,
    /// What of it is expected.
    pub expected: Option<&'a [f64]>,
    /// What of it is at risk.
    pub at_risk: Option<&'a [f64]>,
    /// Whom to contact.
    pub contact: Option<&'a [Contact]>,
}

/// The sheet of some customers in the column order of the contract.
#[must_use]
pub fn sheet(customers: &Customers<'_>, rows: Range<usize>) -> Sheet {
    let n = rows.len();
    let mut sheet = Sheet::new();
    placing(&mut sheet, customers, rows.clone());
    let (before, moved) = match customers.moved {
        Some((before, moved)) => (
            Cells::Whole(
                before[rows.clone()]
                    .iter()
                    .map(|id| id.filter(|&id| id > 0).map(i64::from))
                    .collect(),
            ),
            coded(&moved[rows.clone()]),
        ),
        None => (Cells::Empty(n), Cells::Empty(n)),
    };
    sheet.push("previous_segment_id", before);
    sheet.push("moved", moved);
    for rule in Rule::ALL {
        let labels = customers.rules.and_then(|rules| rules.get(rule));
        sheet.push(
            rule.column(),
            labels.map_or(Cells::Empty(n), |l| Cells::Text(l.texts(rows.clone()))),
        );
    }
    prospects(&mut sheet, customers, rows.clone());
    sheet.push("action", by_segment(&customers.segment[rows.clone()], customers.actions));
    let reason = |row: usize| Some((customers.reason)(row));
    sheet.push("reason", Cells::Text(rows.into_par_iter().map(reason).collect()));
    sheet
}

/// Which segment, and how clearly.
fn placing(sheet: &mut Sheet, customers: &Customers<'_>, rows: Range<usize>) {
    let id = |list: &[Option<u32>]| {
        let id = |at: u32| customers.segment_ids.get(at as usize).copied().map(i64::from);
        Cells::Whole(list.iter().map(|at| at.and_then(id)).collect())
    };
    let names = by_segment(&customers.segment[rows.clone()], customers.names);
    sheet.push(customers.ids.name.clone(), Cells::ids(&customers.ids.values[rows.clone()]));
    sheet.push("segment_id", id(&customers.segment[rows.clone()]));
    sheet.push("segment", names);
    sheet.push("second_segment_id", id(&customers.second[rows.clone()]));
    sheet.push("margin", Cells::Decimal(customers.margin[rows.clone()].to_vec(), Some(6)));
    sheet.push("fits", Cells::Flag(customers.fits[rows].iter().copied().map(Some).collect()));
}

/// What is likely to happen, and what to do.
fn prospects(sheet: &mut Sheet, customers: &Customers<'_>, rows: Range<usize>) {
    let n = rows.len();
    let or_empty = |cells: Option<Cells>| cells.unwrap_or(Cells::Empty(n));
    let some = |values: &[f64], decimals| {
        let known = |value: f64| (!value.is_nan()).then_some(value);
        Cells::Decimal(values[rows.clone()].iter().copied().map(known).collect(), Some(decimals))
    };
    sheet.push(
        "outcome",
        or_empty(customers.outcome.map(|outcome| {
            Cells::Whole(outcome[rows.clone()].iter().map(|known| known.map(i64::from)).collect())
        })),
    );
    sheet.push("churn_probability", or_empty(customers.probability.map(|p| some(p, 6))));
    sheet.push(
        "churn_decile",
        or_empty(customers.decile.as_ref().map(|deciles| {
            Cells::Whole(
                deciles[rows.clone()]
                    .iter()
                    .map(|&decile| (decile > 0).then_some(i64::from(decile)))
                    .collect(),
            )
        })),
    );
    sheet.push("expected_orders", or_empty(customers.expected_orders.map(|value| some(value, 4))));
    sheet.push("expected_value", or_empty(customers.expected.map(|value| some(value, 2))));
    sheet.push("value_if_kept", or_empty(customers.if_kept.map(|value| some(value, 2))));
    sheet.push("value_at_risk", or_empty(customers.at_risk.map(|value| some(value, 2))));
    let contact = |list: &[Contact]| {
        let words: Vec<&str> = list[rows.clone()].iter().map(|contact| contact.name()).collect();
        coded(&words)
    };
    sheet.push("contact", or_empty(customers.contact.map(contact)));
}

/// The text of each one's segment.
fn by_segment(segments: &[Option<u32>], texts: &[String]) -> Cells {
    Cells::Coded(segments.to_vec(), texts.to_vec())
}

/// Words of which there are few.
fn coded(words: &[&str]) -> Cells {
    let mut texts: Vec<&str> = Vec::new();
    let mut codes = Vec::with_capacity(words.len());
    for &word in words {
        let known = texts.iter().position(|&known| known == word);
        codes.push(u32::try_from(known.unwrap_or(texts.len())).ok());
        if known.is_none() {
            texts.push(word);
        }
    }
    Cells::Coded(codes, texts.into_iter().map(str::to_owned).collect())
}
