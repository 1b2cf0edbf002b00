//! Figure 8: what the model says against what happened.

use super::axis::Span;
use super::curve::{self, Setting};
use super::label::Words;
use super::theme::Theme;
use super::{ChartError, Drawn};
use crate::format;
use crate::results::{CalibrationBin, ChurnResults, Results};
use crate::words::say;

/// Draws figure 8.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let churn = curve::churn(results, |churn| churn.calibration.len() > 1)?;
    let words = Words::of(results);
    let high = churn.calibration.iter().flat_map(|bin| [bin.predicted, bin.high, bin.observed]);
    let span = Span { low: 0.0, high: Span::from_zero(high).high.clamp(0.05, 1.0) };
    let metrics = &churn.metrics;
    let setting = Setting {
        title: &say!("believed"),
        below: &say!("fig-calibration-below"),
        upwards: &say!("fig-what-happened"),
        across: &say!("fig-what-said"),
        message: (verdict(churn), top_group(churn).unwrap_or_default()),
        notes: vec![
            say!("fig-slope", slope = format::decimal(metrics.slope, 2)),
            say!(
                "fig-mean-error",
                error = format::decimal(metrics.ece * 100.0, 1),
                floor = format::decimal(metrics.ece_floor * 100.0, 1)
            ),
            say!("fig-dashed-said"),
        ],
    };
    let svg = curve::draw(theme, &setting, (span, span), |canvas, plot| {
        canvas.dashes(
            plot.place(span.low, span.low),
            plot.place(span.high, span.high),
            theme.muted,
            1.4,
        );
        let line: Vec<(f64, f64)> =
            churn.calibration.iter().map(|bin| plot.place(bin.predicted, bin.observed)).collect();
        canvas.path(&line, theme.accent, 1.8);
        for (bin, at) in churn.calibration.iter().zip(&line) {
            let (_, low) = plot.place(bin.predicted, bin.low);
            let (_, high) = plot.place(bin.predicted, bin.high);
            canvas.path(&[(at.0, low), (at.0, high)], theme.muted, 1.6);
            canvas.dot(at.0, at.1, 6.0, theme.accent);
        }
    })?;
    let caption = say!("fig-calibration-caption", chance = &words.chance, those = &words.those);
    Ok(Drawn { title: setting.title.to_owned(), alt: alt(&churn.calibration), caption, svg })
}

/// The calibration error beyond what a perfect model would show.
fn excess(churn: &ChurnResults) -> f64 {
    churn.metrics.ece - churn.metrics.ece_floor
}

/// Whether the probabilities can be taken as they are.
pub(crate) fn is_believable(churn: &ChurnResults) -> bool {
    excess(churn) <= 0.01
}

/// The verdict in a word or two: how many points' intervals hold the diagonal, and the
/// excess over what a perfect model would show.
fn verdict(churn: &ChurnResults) -> String {
    if is_believable(churn) {
        say!("fig-believable")
    } else if excess(churn) <= 0.03 {
        say!("fig-roughly-right")
    } else {
        say!("fig-with-care")
    }
}

/// What the highest probabilities came to.
pub(crate) fn top_group(churn: &ChurnResults) -> Option<String> {
    let top = churn.calibration.last()?;
    Some(say!(
        "fig-top-group",
        customers = format::customers(top.n),
        said = format::percent(top.predicted),
        seen = format::percent(top.observed)
    ))
}

/// What the figure says.
fn alt(bins: &[CalibrationBin]) -> String {
    let parts: Vec<String> = bins
        .iter()
        .map(|bin| {
            say!(
                "fig-said-observed",
                said = format::percent(bin.predicted),
                seen = format::percent(bin.observed)
            )
        })
        .collect();
    say!("fig-calibration-alt", n = bins.len(), parts = parts.join("; "))
}
