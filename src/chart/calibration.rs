//! Figure 8: what the model says against what happened.

use super::axis::Span;
use super::curve::{self, Setting};
use super::label::Words;
use super::theme::Theme;
use super::{ChartError, Drawn};
use crate::format;
use crate::results::{CalibrationBin, ChurnResults, Results};

/// Draws figure 8.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let churn = curve::churn(results, |churn| churn.calibration.len() > 1)?;
    let words = Words::of(results);
    let high = churn.calibration.iter().flat_map(|bin| [bin.predicted, bin.high, bin.observed]);
    let span = Span { low: 0.0, high: Span::from_zero(high).high.clamp(0.05, 1.0) };
    let metrics = &churn.metrics;
    let setting = Setting {
        title: "Whether the probabilities can be believed",
        below: "Calibration, on customers the model had not seen",
        upwards: "What happened",
        across: "What the model said",
        message: (verdict(churn).to_owned(), gap(churn)),
        notes: vec![
            format!(
                "Slope {} (1 is right, below 1 is overconfident)",
                format::decimal(metrics.slope, 2)
            ),
            format!(
                "Mean error {} points; a perfect model of this size would show {}",
                format::decimal(metrics.ece * 100.0, 1),
                format::decimal(metrics.ece_floor * 100.0, 1)
            ),
            "Dashed: what was said is what happened".to_owned(),
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
    let caption = format!(
        "The customers are sorted by {} and cut into groups of equal size. Across is the mean of \
         what the model said for a group, upwards the share of {} in it, with its 95% interval. \
         Points on the dashed line mean that a probability can be taken at its word; below it \
         the model warns too much, above it too little.",
        words.chance, words.those
    );
    Ok(Drawn { title: setting.title.to_owned(), alt: alt(&churn.calibration), caption, svg })
}

/// The verdict in a word or two: how many points' intervals hold the diagonal, and the
/// excess over what a perfect model would show.
fn verdict(churn: &ChurnResults) -> &'static str {
    let excess = churn.metrics.ece - churn.metrics.ece_floor;
    if excess <= 0.01 {
        "Believable"
    } else if excess <= 0.03 {
        "Roughly right"
    } else {
        "Take with care"
    }
}

/// The sentence below the verdict.
fn gap(churn: &ChurnResults) -> String {
    let Some(top) = churn.calibration.last() else { return String::new() };
    format!(
        "In the group with the highest probabilities ({}) the model said {} on average, and {} \
         was observed.",
        format::customers(top.n),
        format::percent(top.predicted),
        format::percent(top.observed)
    )
}

/// What the figure says.
fn alt(bins: &[CalibrationBin]) -> String {
    let parts: Vec<String> = bins
        .iter()
        .map(|bin| {
            format!(
                "said {}, observed {}",
                format::percent(bin.predicted),
                format::percent(bin.observed)
            )
        })
        .collect();
    format!("Calibration in {} groups: {}.", bins.len(), parts.join("; "))
}
