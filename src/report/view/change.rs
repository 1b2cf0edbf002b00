//! What has changed since the previous run, as finished strings.

use std::fmt::Write as _;

use serde::Serialize;

use crate::format;
use crate::results::{
    Advice, ChangeResults, Done, FeatureDrift, ForecastRow, Interval, KpiChange, Movement, Results,
};

/// The change section.
#[derive(Debug, Serialize)]
pub(super) struct Change {
    /// What is compared and what was done, one or two sentences.
    lead: String,
    /// The verdict in words.
    verdict: String,
    /// Its colour class.
    verdict_class: &'static str,
    /// Why.
    reasons: Vec<String>,
    /// Forecast and fact, all customers first.
    forecast: Vec<Facts>,
    /// What the forecast figures are of.
    forecast_note: String,
    /// What happened, sentences.
    events: Vec<String>,
    /// Who moved where.
    moves: Vec<Matrix>,
    /// Moves down, one sentence.
    downgrades: Option<String>,
    /// KPI before and now.
    kpi: Vec<KpiRow>,
    /// Columns that have shifted.
    drift: Vec<DriftRow>,
    /// What all other columns did.
    drift_rest: String,
    /// What could not be told.
    notes: Vec<String>,
}

/// Forecast and fact of one segment.
#[derive(Debug, Serialize)]
struct Facts {
    who: String,
    customers: String,
    leave_forecast: String,
    leave_fact: String,
    orders_forecast: String,
    orders_fact: String,
    value_forecast: String,
    value_fact: String,
}

/// A table of moves.
#[derive(Debug, Serialize)]
struct Matrix {
    title: String,
    note: String,
    heads: Vec<String>,
    rows: Vec<MatrixRow>,
}

/// One row of a table of moves.
#[derive(Debug, Serialize)]
struct MatrixRow {
    name: String,
    cells: Vec<String>,
}

/// One KPI of one segment.
#[derive(Debug, Serialize)]
struct KpiRow {
    who: String,
    kpi: &'static str,
    before: String,
    now: String,
    change: String,
    clear: bool,
}

/// One column that has shifted.
#[derive(Debug, Serialize)]
struct DriftRow {
    column: String,
    size: String,
    psi: String,
    distance: String,
    note: String,
}

const NONE: &str = "–";

impl Change {
    /// The section; `None` without a previous run.
    pub(super) fn of(results: &Results) -> Option<Self> {
        let change = results.change.as_deref()?;
        let currency = &results.heading.currency;
        let mut moves = vec![matrix(
            change,
            &change.moved_by_behaviour,
            "Moved by what they do",
            "From the segment before to the one that the previous model gives now. Whoever was \
             not there before stands under new.",
        )];
        if change.done == Done::Refitted {
            moves.push(matrix(
                change,
                &change.moved_by_redefinition,
                "Moved by new definitions",
                "The same customers, from the segment by the previous model to the segment by \
                 the new fit. Nobody in this table did anything.",
            ));
        }
        let shown: Vec<&FeatureDrift> = change
            .drift
            .iter()
            .filter(|drift| matches!(drift.size.as_str(), "some" | "large"))
            .take(12)
            .collect();
        let rest = change.drift.len() - shown.len();
        Some(Self {
            lead: lead(change),
            verdict: verdict(change.verdict.advice).to_owned(),
            verdict_class: change.verdict.advice.name(),
            reasons: change.verdict.reasons.iter().map(|why| format::sentence(why, None)).collect(),
            forecast: change
                .forecast
                .iter()
                .flat_map(|forecast| forecast.rows.iter().map(|row| facts(row, currency)))
                .collect(),
            forecast_note: change.forecast.as_ref().map(|f| f.note.clone()).unwrap_or_default(),
            events: change.events.iter().map(|event| format::sentence(&event.text, None)).collect(),
            moves,
            downgrades: downgrades(change),
            kpi: change
                .kpi
                .iter()
                .filter(|kpi| kpi.segment_id == 0 || kpi.clear)
                .map(|kpi| kpi_row(kpi, results))
                .collect(),
            drift: shown.into_iter().map(drift_row).collect(),
            drift_rest: format!(
                "{} other columns have not shifted, or hold too few customers to say.",
                format::count(rest as u64)
            ),
            notes: change.notes.iter().map(|note| format::sentence(note, None)).collect(),
        })
    }
}

fn lead(change: &ChangeResults) -> String {
    let then = change.before.as_of.clone().unwrap_or_else(|| change.before.run.clone());
    let done = match change.done {
        Done::Scored => {
            "The segments are the same as then: customers were placed by the frozen model, so \
             whoever moved did so by what they do."
        }
        Done::Refitted => {
            "The segments were fitted anew from those of then, so some customers moved by what \
             they do and some because segments were drawn anew; the two are told apart."
        }
    };
    format!(
        "Compared with {then}: {} are in both, {} are new and {} are no longer there. {done}",
        format::customers(change.both),
        format::count(change.new),
        format::count(change.gone)
    )
}

fn verdict(advice: Advice) -> &'static str {
    match advice {
        Advice::Keep => "Keep: the segments still hold.",
        Advice::Look => "Look: the segments hold, but somebody should look at them.",
        Advice::Refit => "Refit: customers no longer fall into the segments of then.",
    }
}

fn facts(row: &ForecastRow, currency: &str) -> Facts {
    let share = |value: Option<f64>| value.map_or_else(|| NONE.to_owned(), format::percent);
    let number = |value: Option<f64>| {
        value.map_or_else(|| NONE.to_owned(), |value| format::number(value.round()))
    };
    let money = |value: Option<f64>| {
        value.map_or_else(|| NONE.to_owned(), |value| format::money(value, currency))
    };
    Facts {
        who: if row.segment_id == 0 {
            "All customers".to_owned()
        } else {
            format!("{}. {}", row.segment_id, format::clean(&row.segment, 80))
        },
        customers: format::count(row.customers),
        leave_forecast: share(row.churn_forecast),
        leave_fact: row.churn_fact.map_or_else(
            || NONE.to_owned(),
            |fact| {
                let range = format::percent_range(fact.low, fact.high);
                format!("{} ({range})", format::percent(fact.value))
            },
        ),
        orders_forecast: number(row.orders_forecast),
        orders_fact: number(row.orders_fact),
        value_forecast: money(row.value_forecast),
        value_fact: money(row.value_fact),
    }
}

fn matrix(change: &ChangeResults, movement: &Movement, title: &str, note: &str) -> Matrix {
    let mut from: Vec<Option<u32>> = movement.cells.iter().map(|cell| cell.from).collect();
    let mut to: Vec<u32> = movement.cells.iter().map(|cell| cell.to).collect();
    from.sort_unstable_by_key(|from| (from.is_none(), *from));
    from.dedup();
    to.sort_unstable();
    to.dedup();
    let name = |id: u32| {
        let known = change.segments.iter().find(|segment| segment.segment_id == id);
        match known {
            _ if id == 0 => "in none".to_owned(),
            Some(segment) => format!("{id}. {}", format::clean(&segment.segment, 60)),
            None => id.to_string(),
        }
    };
    let cell = |from: Option<u32>, to: u32| {
        let found = movement.cells.iter().find(|cell| cell.from == from && cell.to == to);
        found.map_or_else(|| NONE.to_owned(), |cell| format::count(cell.customers))
    };
    let withheld = if movement.withheld > 0 {
        format!(
            " Cells of too few customers are left out; {} customers are in such cells.",
            format::count(movement.withheld)
        )
    } else {
        String::new()
    };
    Matrix {
        title: title.to_owned(),
        note: format!("{note}{withheld}"),
        heads: to.iter().map(|&id| name(id)).collect(),
        rows: from
            .iter()
            .map(|&row| MatrixRow {
                name: row.map_or_else(|| "new".to_owned(), name),
                cells: to.iter().map(|&column| cell(row, column)).collect(),
            })
            .collect(),
    }
}

fn downgrades(change: &ChangeResults) -> Option<String> {
    let found = change.downgrades.as_ref().filter(|found| found.customers > 0)?;
    let mut text = format!(
        "{} of {} moved to a segment of lower value by what they do ({}), {} to one of higher \
         value.",
        format::count(found.down),
        format::customers(found.customers),
        format::percent(found.share),
        format::count(found.up)
    );
    if let Some(chance) = found.expected_share {
        let _ = write!(
            text,
            " Between two halves of the earlier orders {} would, with nobody changing: the lucky \
             of one half are seldom the lucky of the other. Halves hold half of the orders, so \
             this is the most that chance alone explains.",
            format::percent(chance)
        );
    }
    Some(text)
}

fn kpi_row(kpi: &KpiChange, results: &Results) -> KpiRow {
    let is_money = matches!(kpi.kpi.as_str(), "order-value" | "value");
    let currency = &results.heading.currency;
    let shown = |value: f64| {
        if is_money { format::money(value, currency) } else { format::percent(value) }
    };
    let signed = |value: f64| {
        let sign = if value < 0.0 { "−" } else { "+" };
        format!("{sign}{}", shown(value.abs()))
    };
    let Interval { value, low, high } = kpi.change;
    let row = results.segments.iter().find(|row| row.segment_id == kpi.segment_id);
    KpiRow {
        who: match row {
            Some(row) => format!("{}. {}", row.segment_id, format::clean(&row.segment, 80)),
            None => "All customers".to_owned(),
        },
        kpi: match kpi.kpi.as_str() {
            "retention" => "Retention from month to month",
            "repeat-rate" => "Second order within 90 days",
            "loyal-share" => "Loyal customers",
            "churn" => "Customers who leave",
            "order-value" => "Mean order",
            _ => "Mean value",
        },
        before: shown(kpi.before.value),
        now: shown(kpi.now.value),
        change: format!("{} ({} to {})", signed(value), signed(low), signed(high)),
        clear: kpi.clear,
    }
}

fn drift_row(drift: &FeatureDrift) -> DriftRow {
    let mut notes = Vec::new();
    if drift.in_base {
        notes.push("makes the segments".to_owned());
    }
    if drift.aged {
        notes.push("the time that has passed is taken off".to_owned());
    }
    if let Some(unseen) = drift.unseen.filter(|share| *share > 0.0) {
        notes.push(format!("{} have a level that was not there before", format::percent(unseen)));
    }
    DriftRow {
        column: format::clean(&drift.column, 80),
        size: drift.size.clone(),
        psi: drift.psi.map_or_else(|| NONE.to_owned(), |psi| format::decimal(psi, 2)),
        distance: drift.wasserstein.map_or_else(|| NONE.to_owned(), |w| format::decimal(w, 2)),
        note: notes.join("; "),
    }
}
