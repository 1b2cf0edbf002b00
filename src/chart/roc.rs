//! Figures 6 and 7: the ROC curve and the precision-recall curve.

use super::axis::Span;
use super::curve::{self, Setting};
use super::frame::Type;
use super::label::Words;
use super::theme::{self, Theme};
use super::{ChartError, Drawn};
use crate::format;
use crate::results::{Interval, Results};

/// The range of every share.
const ALL: Span = Span { low: 0.0, high: 1.0 };

/// A measure with its interval: `0.846 (0.836 to 0.856)`.
fn interval(measure: &Interval) -> String {
    let part = |x: f64| format::decimal(x, 3);
    format!(
        "{} (95% interval {} to {})",
        part(measure.value),
        part(measure.low),
        part(measure.high)
    )
}

/// Draws figure 6.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let churn = curve::churn(results, |churn| churn.roc.len() > 1)?;
    let words = Words::of(results);
    let auc = churn.metrics.roc_auc;
    let (those, others) = (&words.those, &words.others);
    let setting = Setting {
        title: "How well the model tells customers apart",
        below: "ROC curve, on customers the model had not seen",
        upwards: &format!("Found among {those}"),
        across: &format!("False alarms among {others}"),
        message: (
            format!("{} in 100", format::decimal(auc.value * 100.0, 0)),
            format!(
                "Take one of the {those} and one of the {others} at random: so often the model \
                 gives the first the higher probability. Guessing gives 50 in 100."
            ),
        ),
        notes: vec![
            format!("Area under the curve: {}", interval(&auc)),
            "Dashed: guessing".to_owned(),
        ],
    };
    let svg = curve::draw(theme, &setting, (ALL, ALL), |canvas, plot| {
        canvas.dashes(plot.place(0.0, 0.0), plot.place(1.0, 1.0), theme.muted, 1.4);
        canvas.path(&curve::points(plot, &churn.roc), theme.accent, 3.0);
    })?;
    let caption = format!(
        "The curve shows what raising more alarms costs: going right, more {others} are flagged \
         by mistake; going up, more {those} are found. The further the curve bends to the upper \
         left, the better; on the dashed line the model would be guessing."
    );
    let alt = format!("ROC curve. Area under the curve {}.", interval(&auc));
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
        title: "How often a warning is right",
        below: "Precision-recall curve, on customers the model had not seen",
        upwards: "Warnings that are right",
        across: &format!("Found among {those}"),
        message: (
            format::whole_percent(auc.value),
            format!(
                "of the warnings are right on average over all numbers of warnings. Picking at \
                 random, {base} would be."
            ),
        ),
        notes: vec![
            format!("Average precision: {}", interval(&auc)),
            format!("Dashed: picking at random ({base})"),
        ],
    };
    let svg = curve::draw(theme, &setting, (ALL, ALL), |canvas, plot| {
        let (left, right) = (plot.place(0.0, churn.base_rate), plot.place(1.0, churn.base_rate));
        canvas.dashes(left, right, theme.muted, 1.4);
        canvas.path(&curve::points(plot, &churn.precision_recall), theme.accent, 3.0);
        let set = Type::new(theme::SMALL, theme.muted);
        canvas.text(left.0 + 8.0, left.1 + 13.0, "at random", set);
    })?;
    let caption = format!(
        "Going right, more customers are flagged and more of the {those} are among them; the \
         height says how many of the flagged customers really belong to them. With few {those} \
         in the base this figure is stricter than the one before."
    );
    let alt = format!("Precision-recall curve. Average precision {}.", interval(&auc));
    Ok(Drawn { title: setting.title.to_owned(), alt, caption, svg })
}
