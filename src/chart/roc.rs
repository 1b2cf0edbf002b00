//! Figures 6 and 7: the ROC curve and the precision-recall curve.

use super::axis::Span;
use super::curve::{self, Setting};
use super::frame::Type;
use super::label::Words;
use super::theme::{self, Theme};
use super::{ChartError, Drawn};
use crate::format;
use crate::results::{Interval, Results};
use crate::words::say;

/// The range of every share.
const ALL: Span = Span { low: 0.0, high: 1.0 };

/// A measure with its interval: `0.846 (0.836 to 0.856)`.
fn interval(measure: &Interval) -> String {
    let part = |x: f64| format::decimal(x, 3);
    say!(
        "fig-interval",
        value = part(measure.value),
        low = part(measure.low),
        high = part(measure.high)
    )
}

/// Draws figure 6.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let churn = curve::churn(results, |churn| churn.roc.len() > 1)?;
    let words = Words::of(results);
    let auc = churn.metrics.roc_auc;
    let (those, others) = (&words.those, &words.others);
    let setting = Setting {
        title: &say!("fig-6"),
        below: &say!("fig-roc-below"),
        upwards: &say!("fig-found-among", those = those),
        across: &say!("fig-false-alarms", others = others),
        message: (
            say!("fig-in-100", auc = format::decimal(auc.value * 100.0, 0)),
            say!("fig-roc-says", those = those, others = others),
        ),
        notes: vec![say!("fig-area", interval = interval(&auc)), say!("fig-dashed-guessing")],
    };
    let svg = curve::draw(theme, &setting, (ALL, ALL), |canvas, plot| {
        canvas.dashes(plot.place(0.0, 0.0), plot.place(1.0, 1.0), theme.muted, 1.4);
        canvas.path(&curve::points(plot, &churn.roc), theme.accent, 3.0);
    })?;
    let caption = say!("fig-roc-caption", others = others, those = those);
    let alt = say!("fig-roc-alt", interval = interval(&auc));
    Ok(Drawn { title: setting.title.to_owned(), alt, caption, svg })
}

/// Draws figure 7.
pub(super) fn draw_precision_recall(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let churn = curve::churn(results, |churn| churn.precision_recall.len() > 1)?;
    let words = Words::of(results);
    let auc = churn.metrics.pr_auc;
    let base = format::percent(churn.base_rate);
    let those = &words.those;
    let setting = Setting {
        title: &say!("fig-7"),
        below: &say!("fig-pr-below"),
        upwards: &say!("fig-warnings-right"),
        across: &say!("fig-found-among", those = those),
        message: (format::whole_percent(auc.value), say!("fig-pr-says", base = &base)),
        notes: vec![
            say!("fig-average-precision", interval = interval(&auc)),
            say!("fig-dashed-picking", base = &base),
        ],
    };
    let svg = curve::draw(theme, &setting, (ALL, ALL), |canvas, plot| {
        let (left, right) = (plot.place(0.0, churn.base_rate), plot.place(1.0, churn.base_rate));
        canvas.dashes(left, right, theme.muted, 1.4);
        // Where nobody is found yet nothing is right or wrong.
        let found: Vec<_> =
            churn.precision_recall.iter().filter(|point| point.x > 0.0).copied().collect();
        canvas.path(&curve::points(plot, &found), theme.accent, 3.0);
        let set = Type::new(theme::SMALL, theme.muted);
        canvas.text(left.0 + 8.0, left.1 + 13.0, &say!("fig-at-random"), set);
    })?;
    let caption = say!("fig-pr-caption", those = those);
    let alt = say!("fig-pr-alt", interval = interval(&auc));
    Ok(Drawn { title: setting.title.to_owned(), alt, caption, svg })
}
