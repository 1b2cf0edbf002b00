//! What has changed since the previous run, as finished strings.

use serde::Serialize;

use super::worded;
use crate::chart::label;
use crate::format;
use crate::results::{
    Advice, ChangeEvent, ChangeResults, Done, FeatureDrift, ForecastRow, Interval, KpiChange,
    Movement, Results,
};
use crate::said::{self, Fact, Said};
use crate::words::say;

/// The change section.
#[derive(Debug, Serialize)]
pub(super) struct Change {
    /// What is compared and what was done, one or two sentences.
    lead: String,
    /// The heads of tables, with the days that their figures are of.
    heads: Heads,
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

/// Heads of tables, with the days that their figures are of.
#[derive(Debug, Serialize)]
struct Heads {
    events: String,
    segment_then: String,
    from_to: String,
    before: String,
    now: String,
}

impl Heads {
    fn of(change: &ChangeResults) -> Self {
        let [then, now] = label::both_days(change);
        Self {
            events: say!("change-events", then = &then, now = &now),
            segment_then: say!("change-segment-then", then = &then),
            from_to: say!("change-from-to", then = &then, now = &now),
            before: say!("change-before", then = then),
            now: say!("change-now", now = now),
        }
    }
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
    kpi: String,
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
        let mut moves = vec![matrix(
            results,
            &change.moved_by_behaviour,
            &say!("change-by-behaviour"),
            &say!("change-by-behaviour-note"),
        )];
        if change.done == Done::Refitted {
            moves.push(matrix(
                results,
                &change.moved_by_redefinition,
                &say!("change-by-definition"),
                &say!("change-by-definition-note"),
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
            heads: Heads::of(change),
            verdict: verdict(change.verdict.advice),
            verdict_class: change.verdict.advice.name(),
            reasons: sentences(&change.verdict.reasons, &change.verdict.reasons_said, results),
            forecast: change
                .forecast
                .iter()
                .flat_map(|forecast| forecast.rows.iter().map(|row| facts(row, results)))
                .collect(),
            forecast_note: change
                .forecast
                .as_ref()
                .map(|f| format::text(&said::told(&f.note, f.said.as_ref())))
                .unwrap_or_default(),
            events: change.events.iter().map(|event| happened(event, results)).collect(),
            moves,
            downgrades: downgrades(change),
            kpi: change
                .kpi
                .iter()
                .filter(|kpi| kpi.segment_id == 0 || kpi.clear)
                .map(|kpi| kpi_row(kpi, results))
                .collect(),
            drift: shown.into_iter().map(drift_row).collect(),
            drift_rest: say!("change-drift-rest", n = rest),
            notes: sentences(&change.notes, &change.notes_said, results),
        })
    }
}

fn lead(change: &ChangeResults) -> String {
    let [then, _] = label::both_days(change);
    let done = match change.done {
        Done::Scored => say!("change-scored"),
        Done::Refitted => say!("change-refitted"),
    };
    say!(
        "change-lead",
        then = then,
        both = format::customers(change.both),
        new = format::count(change.new),
        gone = format::count(change.gone),
        done = done
    )
}

/// Stored sentences; a column that one begins with has the words that it has elsewhere.
fn sentences(stored: &[String], said: &[Said], results: &Results) -> Vec<String> {
    let told = said::all_told(stored, said);
    told.iter().map(|text| format::sentence(&worded::text(text, results), None)).collect()
}

/// What happened to a segment, which has the name of the report's language.
fn happened(event: &ChangeEvent, results: &Results) -> String {
    let mut said = event.said.clone();
    if let Some(Fact::Said(who)) = said.as_mut().and_then(|said| said.facts.get_mut("who")) {
        let row = results.segments.iter().find(|row| row.segment_id == event.segment_id);
        if let (Some(Fact::Text(name)), Some(row)) = (who.facts.get_mut("name"), row)
            && *name == row.segment
        {
            *name = label::name(row);
        }
    }
    format::sentence(&said::told(&event.text, said.as_ref()), None)
}

fn verdict(advice: Advice) -> String {
    match advice {
        Advice::Keep => say!("change-keep"),
        Advice::Look => say!("change-look"),
        Advice::Refit => say!("change-refit"),
    }
}

/// The name of a segment: that of this run where it is still there, in its language.
fn called(results: &Results, id: u32, then: &str) -> String {
    let row = results.segments.iter().find(|row| row.segment_id == id);
    let name = row.filter(|row| row.segment == then).map(label::name);
    format!("{id}. {}", name.unwrap_or_else(|| format::clean(then, 80)))
}

fn facts(row: &ForecastRow, results: &Results) -> Facts {
    let currency = &results.heading.currency;
    let share = |value: Option<f64>| value.map_or_else(|| NONE.to_owned(), format::percent);
    let number = |value: Option<f64>| {
        value.map_or_else(|| NONE.to_owned(), |value| format::number(value.round()))
    };
    let money = |value: Option<f64>| {
        value.map_or_else(|| NONE.to_owned(), |value| format::money(value, currency))
    };
    Facts {
        who: match row.segment_id {
            0 => say!("all-customers"),
            id => called(results, id, &row.segment),
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

fn matrix(results: &Results, movement: &Movement, title: &str, note: &str) -> Matrix {
    let mut from: Vec<Option<u32>> = movement.cells.iter().map(|cell| cell.from).collect();
    let mut to: Vec<u32> = movement.cells.iter().map(|cell| cell.to).collect();
    from.sort_unstable_by_key(|from| (from.is_none(), *from));
    from.dedup();
    to.sort_unstable();
    to.dedup();
    let name = |id: u32| {
        let mut segments = results.change.iter().flat_map(|change| &change.segments);
        match segments.find(|segment| segment.segment_id == id) {
            _ if id == 0 => say!("change-in-none"),
            Some(segment) => called(results, id, &segment.segment),
            None => id.to_string(),
        }
    };
    let cell = |from: Option<u32>, to: u32| {
        let found = movement.cells.iter().find(|cell| cell.from == from && cell.to == to);
        found.map_or_else(|| NONE.to_owned(), |cell| format::count(cell.customers))
    };
    let withheld = if movement.withheld > 0 {
        format!(" {}", say!("change-withheld", n = format::customers(movement.withheld)))
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
                name: row.map_or_else(|| say!("change-new"), name),
                cells: to.iter().map(|&column| cell(row, column)).collect(),
            })
            .collect(),
    }
}

fn downgrades(change: &ChangeResults) -> Option<String> {
    let found = change.downgrades.as_ref().filter(|found| found.customers > 0)?;
    let mut text = say!(
        "change-down",
        down = format::count(found.down),
        all = format::customers(found.customers),
        share = format::percent(found.share),
        up = format::count(found.up)
    );
    if let Some(chance) = found.expected_share {
        text.push(' ');
        text.push_str(&say!("change-down-chance", share = format::percent(chance)));
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
            Some(row) => format!("{}. {}", row.segment_id, label::name(row)),
            None => say!("all-customers"),
        },
        kpi: match kpi.kpi.as_str() {
            "retention" => say!("kpi-retention"),
            "repeat-rate" => say!("kpi-repeat-rate"),
            "loyal-share" => say!("kpi-loyal-share"),
            "churn" => say!("kpi-churn"),
            "order-value" => say!("kpi-order-value"),
            _ => say!("kpi-value"),
        },
        before: shown(kpi.before.value),
        now: shown(kpi.now.value),
        change: say!(
            "with-interval",
            figure = signed(value),
            range = say!("range", low = signed(low), high = signed(high))
        ),
        clear: kpi.clear,
    }
}

fn drift_row(drift: &FeatureDrift) -> DriftRow {
    let mut notes = Vec::new();
    if drift.in_base {
        notes.push(say!("change-in-base"));
    }
    if drift.aged {
        notes.push(say!("change-aged"));
    }
    if let Some(unseen) = drift.unseen.filter(|share| *share > 0.0) {
        notes.push(say!("change-unseen", share = format::percent(unseen)));
    }
    DriftRow {
        column: label::source(&drift.column),
        size: if drift.size == "large" { say!("change-large") } else { say!("change-some") },
        psi: drift.psi.map_or_else(|| NONE.to_owned(), |psi| format::decimal(psi, 2)),
        distance: drift.wasserstein.map_or_else(|| NONE.to_owned(), |w| format::decimal(w, 2)),
        note: notes.join(&say!("phrase-between")),
    }
}
