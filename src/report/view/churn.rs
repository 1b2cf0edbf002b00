//! Who is likely to leave, how good the model is, and what drives it.

use serde::Serialize;

use super::cards::observed;
use super::{Named, Shows, Sign, money_cell, share_cell};
use crate::chart::{at_budget, calibration, label, label::Words};
use crate::format;
use crate::results::{
    ChurnResults, Compared, Driver, Interval, Leak, Mechanism, Results, SegmentRow,
};
use crate::said;
use crate::words::say;

/// How many columns are named that move the probability.
const MOVERS: usize = 8;

/// The churn part.
#[derive(Debug, Serialize)]
pub(super) struct Churn {
    /// Why there is none; `None` where it was computed.
    reason: Option<String>,
    /// What the figures rest on.
    basis: String,
    /// Risk by segment.
    rows: Vec<RiskLine>,
    /// What the contact budget reaches.
    budget: String,
    /// Metrics of the model and of the base rate.
    metrics: Vec<Measure>,
    /// What speaks for and against.
    drivers: Vec<DriverView>,
    /// What the odds are of, where they are not those of the model.
    beside: String,
    /// Columns that know the outcome, or seem to.
    leaks: Vec<LeakView>,
    /// Details for the curious.
    facts: Vec<Named>,
}

/// One segment's risk.
#[derive(Debug, Serialize)]
struct RiskLine {
    sign: Sign,
    known: String,
    observed: String,
    likely: String,
    gone: String,
    contact: String,
    hold_out: String,
    at_risk: String,
}

/// One metric.
#[derive(Debug, Serialize)]
struct Measure {
    name: String,
    meaning: String,
    model: String,
    baseline: String,
}

/// One driver.
#[derive(Debug, Serialize)]
struct DriverView {
    feature: String,
    direction: String,
    factor: String,
    interval: String,
    /// `more`, `less` or `open`.
    way: &'static str,
}

/// One leak.
#[derive(Debug, Serialize)]
struct LeakView {
    column: String,
    done: String,
    alone: String,
    without: String,
    why: String,
}

impl Churn {
    /// The churn part of a run.
    pub(super) fn new(results: &Results, shows: Shows) -> Self {
        let churn = label::churn(results);
        let rows = if shows.observed || shows.likely {
            label::rows(results).map(|row| risk(row, results)).collect()
        } else {
            Vec::new()
        };
        let words = Words::of(results);
        Self {
            reason: churn.is_none().then(|| super::first::not_computed(results)),
            basis: churn.map_or_else(String::new, |churn| basis(churn, results, &words)),
            rows,
            budget: churn.map_or_else(String::new, |churn| budget(churn, &words)),
            metrics: churn.map_or_else(Vec::new, metrics),
            drivers: churn
                .map_or_else(Vec::new, |c| c.drivers.iter().take(15).map(driver).collect()),
            beside: churn.map_or_else(String::new, beside),
            leaks: churn.map_or_else(Vec::new, |churn| churn.leaks.iter().map(leak).collect()),
            facts: churn.map_or_else(Vec::new, facts),
        }
    }
}

/// What the figures rest on. Where orders tell who leaves, the model was judged by an earlier
/// day than the report's, and its customers are those of that day.
fn basis(churn: &ChurnResults, results: &Results, words: &Words) -> String {
    if let Some(value) = label::inactive(results).and_then(|_| label::value(results)) {
        return say!(
            "churn-basis-orders",
            day = format::day(&value.back_test.cut_off),
            n = churn.known,
            events = churn.events,
            share = format::percent(churn.base_rate),
            days = value.horizon_days,
        );
    }
    say!(
        "churn-basis",
        n = churn.known,
        events = churn.events,
        share = format::percent(churn.base_rate),
        those = &words.those,
    )
}

/// One segment's risk.
fn risk(row: &SegmentRow, results: &Results) -> RiskLine {
    let min_cell = results.heading.min_cell;
    RiskLine {
        sign: Sign::of(row),
        known: row.known().map_or_else(|| say!("withheld-cell"), format::count),
        observed: observed(row, min_cell),
        likely: share_cell(row.churn_mean, min_cell),
        gone: row.gone.map_or_else(|| say!("withheld-cell"), format::count),
        contact: format::count(row.contact),
        hold_out: format::count(row.hold_out),
        at_risk: money_cell(row.value_at_risk, results),
    }
}

/// What the contact budget reaches.
fn budget(churn: &ChurnResults, words: &Words) -> String {
    let Some(point) = at_budget(churn) else { return String::new() };
    say!(
        "churn-budget",
        share = format::whole_percent(point.share),
        gain = format::percent(point.gain),
        those = &words.those,
        lift = format::decimal(point.lift, 1),
    )
}

/// A figure with its interval, three decimals.
fn with_interval(measure: &Interval) -> String {
    let part = |x: f64| format::decimal(x, 3);
    let range = say!("range", low = part(measure.low), high = part(measure.high));
    say!("with-interval", figure = part(measure.value), range = range)
}

/// The metrics beside those of always saying the base rate.
fn metrics(churn: &ChurnResults) -> Vec<Measure> {
    let (model, base) = (&churn.metrics, &churn.baseline);
    let line = |name: &str, id: &str, model: String, baseline: String| Measure {
        name: if name.is_empty() { say!(&format!("measure-{id}")) } else { name.to_owned() },
        meaning: say!(&format!("means-{id}")),
        model,
        baseline,
    };
    let plain = |x: f64, decimals| format::decimal(x, decimals);
    vec![
        line("ROC-AUC", "roc-auc", with_interval(&model.roc_auc), plain(base.roc_auc.value, 3)),
        line("PR-AUC", "pr-auc", with_interval(&model.pr_auc), plain(base.pr_auc.value, 3)),
        line("", "lift", plain(model.lift_at_budget, 2), plain(base.lift_at_budget, 2)),
        line("Log-loss", "log-loss", with_interval(&model.log_loss), plain(base.log_loss.value, 3)),
        line("", "brier", with_interval(&model.brier), plain(base.brier.value, 3)),
        line("", "ece", plain(model.ece, 3), plain(base.ece, 3)),
        line("", "floor", plain(model.ece_floor, 3), plain(base.ece_floor, 3)),
        line("", "slope", plain(model.slope, 2), "–".to_owned()),
        line("", "intercept", plain(model.intercept, 2), "–".to_owned()),
    ]
}

/// A driver: how the odds change.
fn driver(driver: &Driver) -> DriverView {
    let more = driver.odds_ratio > 1.0;
    // What the data leave open has no direction.
    let is_open = driver.low <= 1.0 && driver.high >= 1.0;
    DriverView {
        feature: label::source(&driver.feature),
        direction: match (is_open, more) {
            (true, _) => say!("no-direction"),
            (_, true) => say!("more-likely"),
            _ => say!("less-likely"),
        },
        factor: format!("× {}", format::decimal(driver.odds_ratio, 2)),
        interval: say!(
            "range",
            low = format::decimal(driver.low, 2),
            high = format::decimal(driver.high, 2),
        ),
        way: match (is_open, more) {
            (true, _) => "open",
            (_, true) => "more",
            _ => "less",
        },
    }
}

/// A leak: what was done about it.
fn leak(leak: &Leak) -> LeakView {
    LeakView {
        column: format::clean(&leak.column, 120),
        done: match leak.mechanism {
            Mechanism::Proof => say!("leak-proof"),
            Mechanism::Suspicion => say!("leak-suspicion"),
            Mechanism::Accepted => say!("leak-accepted"),
            Mechanism::Dropped => say!("leak-dropped"),
        },
        alone: format::decimal(leak.auc, 3),
        without: leak.auc_without.map_or_else(|| "–".to_owned(), |auc| format::decimal(auc, 3)),
        why: format::sentence(&said::told(&leak.why, leak.said.as_ref()), Some(&leak.column)),
    }
}

/// Details for the curious.
fn facts(churn: &ChurnResults) -> Vec<Named> {
    let mut facts = vec![
        Named::new(say!("outcome-column"), format::clean(&said::phrase(&churn.label), 120)),
        Named::new(say!("value-that-means-yes"), positive(churn)),
        Named::new(say!("col-model"), format::clean(&said::phrase(&churn.model), 80)),
    ];
    if !churn.chosen.is_empty() {
        facts.push(Named::new(say!("how-chosen"), format::text(&said::clause(&churn.chosen))));
    }
    if !churn.comparison.is_empty() {
        facts.push(Named::new(say!("each-model"), compared(churn)));
    }
    if !churn.importance.is_empty() {
        facts.push(Named::new(say!("movers"), movers(churn)));
    }
    facts.extend([
        Named::new(say!("split"), format::text(&said::clause(&churn.split))),
        Named::new(say!("twins"), format::count(churn.twins)),
    ]);
    if churn.copies > 0 {
        facts.push(Named::new(say!("copies"), format::count(churn.copies)));
    }
    facts.extend([
        Named::new(say!("still-open"), format::count(churn.open)),
        Named::new(
            say!("mean-probability"),
            say!(
                "mean-of-both",
                events = format::percent(churn.mean_of_events),
                others = format::percent(churn.mean_of_others),
            ),
        ),
    ]);
    facts
}

/// A model in words.
fn model_name(model: &str) -> String {
    let told = said::phrase(model);
    if told == model { model.replace('-', " ") } else { told }
}

/// The spelling that means yes; of an outcome that orders tell, the word of the language.
fn positive(churn: &ChurnResults) -> String {
    let is_own = said::phrase(&churn.label) != churn.label;
    if is_own && churn.positive == "yes" {
        say!("yes")
    } else {
        format::clean(&churn.positive, 120)
    }
}

/// The ranking and the log-loss of every model that was tried.
fn compared(churn: &ChurnResults) -> String {
    let one = |compared: &Compared| {
        format!(
            "{}: AUC {}, log-loss {}",
            model_name(&compared.model),
            format::decimal(compared.metrics.roc_auc.value, 3),
            format::decimal(compared.metrics.log_loss.value, 3)
        )
    };
    churn.comparison.iter().map(one).collect::<Vec<_>>().join(&say!("phrase-between"))
}

/// The strongest columns of a model without coefficients.
fn movers(churn: &ChurnResults) -> String {
    let names = churn.importance.iter().take(MOVERS);
    names.map(|column| label::source(&column.column)).collect::<Vec<_>>().join(", ")
}

/// What the odds are of, where they are not those of the model.
fn beside(churn: &ChurnResults) -> String {
    if churn.model == "boosting" {
        format!("{}{}", say!("between-sentences"), say!("odds-beside"))
    } else {
        String::new()
    }
}

/// Who was scored without a known outcome: where orders tell who leaves, whoever is active on
/// the day of the report, which is not the day that the model was judged by.
pub(super) fn scored(churn: &ChurnResults, results: &Results) -> Option<String> {
    let (n, day) = (churn.open, results.heading.as_of.as_deref());
    (n > 0).then(|| match (label::inactive(results), day) {
        (Some(_), Some(day)) => say!("trust-active", n = n, day = format::day(day)),
        _ => say!("trust-open", n = n),
    })
}

/// What the highest probabilities came to, where they are more than a little off.
pub(super) fn off_the_mark(churn: &ChurnResults) -> Option<String> {
    if calibration::is_believable(churn) { None } else { calibration::top_group(churn) }
}
