//! The segments side by side: figures and typical values down, segments across.

use serde::Serialize;

use super::{Shows, Sign, money_cell, share_cell};
use crate::chart::{label, label::Words};
use crate::format;
use crate::results::{Results, SegmentRow};
use crate::words::say;

/// The most columns of the data that are compared.
const MOST: usize = 24;

/// The table of the segments side by side.
#[derive(Debug, Serialize)]
pub(super) struct Compare {
    heads: Vec<Sign>,
    rows: Vec<Row>,
}

/// One figure over all segments.
#[derive(Debug, Serialize)]
struct Row {
    name: String,
    in_base: bool,
    all: String,
    cells: Vec<String>,
}

impl Compare {
    /// The table; `None` with fewer than two segments.
    pub(super) fn of(results: &Results) -> Option<Self> {
        if results.segments.len() < 2 {
            return None;
        }
        let mut rows = figures(results);
        for feature in results.heatmap.features.iter().take(MOST) {
            let shown = |at: usize| match (feature.effect.get(at), feature.shown.get(at)) {
                (Some(None), Some(shown)) if shown.is_empty() => "–".to_owned(),
                (_, Some(shown)) => format::stored(shown),
                _ => "–".to_owned(),
            };
            rows.push(Row {
                name: label::feature(&feature.feature),
                in_base: feature.in_base,
                all: format::stored(&feature.all),
                cells: (0..results.segments.len()).map(shown).collect(),
            });
        }
        Some(Self { heads: results.segments.iter().map(Sign::of).collect(), rows })
    }
}

/// Size, value and risk.
fn figures(results: &Results) -> Vec<Row> {
    let shows = Shows::of(results);
    let few = results.heading.min_cell;
    let row = |name: String, all: String, cell: &dyn Fn(&SegmentRow) -> String| Row {
        name,
        in_base: false,
        all,
        cells: results.segments.iter().map(cell).collect(),
    };
    let dash = || "–".to_owned();
    let whole = || format::percent(1.0);
    let money = |money: f64| format::money(money, &results.heading.currency);
    let all_of = |sum: Option<f64>| sum.map_or_else(dash, money);
    let customers = format::count(results.data.customers);
    let mut rows = vec![
        row(say!("col-customers"), customers, &|row| format::count(row.customers)),
        row(say!("col-share"), whole(), &|row| format::percent(row.share)),
    ];
    if shows.value {
        rows.push(row(say!("col-value-share"), whole(), &|row| share_cell(row.value_share, few)));
        let each = |row: &SegmentRow| money_cell(row.value_per_customer, results);
        rows.push(row(say!("col-value-each"), all_of(value_each(results)), &each));
    }
    if shows.likely {
        let likely = Words::of(results).likely;
        let all = label::mean_likely(results).map_or_else(dash, format::percent);
        rows.push(row(likely, all, &|row| share_cell(row.churn_mean, few)));
    }
    if shows.at_risk {
        let risk = |row: &SegmentRow| money_cell(row.value_at_risk, results);
        let all: Option<f64> = label::rows(results).map(|row| row.value_at_risk).sum();
        rows.push(row(say!("col-at-risk"), all_of(all), &risk));
    }
    if label::rows(results).any(|row| row.stability.is_some()) {
        let overlap = |row: &SegmentRow| {
            row.stability.map_or_else(|| "–".to_owned(), |s| format::decimal(s, 2))
        };
        rows.push(row(say!("col-stability"), dash(), &overlap));
    }
    rows
}

/// The mean value of all customers; `None` where a part of it is withheld.
fn value_each(results: &Results) -> Option<f64> {
    let sum: Option<f64> = label::rows(results).map(|row| row.value).sum();
    sum.map(|sum| sum / results.data.customers.max(1) as f64)
}
