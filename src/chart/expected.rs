//! Figure 17: how the expected value of the coming horizon is spread over the customers.

use super::axis::Span;
use super::curve::{self, Setting};
use super::theme::Theme;
use super::{ChartError, Drawn, label};
use crate::format;
use crate::results::Results;
use crate::words::say;

/// The range of every share.
const ALL: Span = Span { low: 0.0, high: 1.0 };

/// Draws figure 17.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let nothing = || ChartError::NothingToDraw { reason: say!("no-fig-expected") };
    let value = label::value(results).filter(|v| v.concentration.len() > 1).ok_or_else(nothing)?;
    // Where a tenth is of few customers, the first step that is told.
    let first = value.concentration.get(1).map_or((1.0, 1.0), |point| (point.x, point.y));
    let (top, says) = if let Some(top) = value.totals.top_tenth {
        (format::percent(top), say!("fig-expected-says"))
    } else {
        let share = format::whole_percent(first.0);
        (format::percent(first.1), say!("fig-expected-first", share = share))
    };
    let currency = &results.heading.currency;
    let total = value.totals.expected_value.map(|money| format::money(money, currency));
    let mut notes = vec![say!("fig-expected-days", n = value.horizon_days)];
    notes.extend(total.map(|money| say!("fig-expected-total", money = money)));
    notes.push(say!("fig-dashed-same"));
    let title = say!("fig-17");
    let setting = Setting {
        title: &title,
        below: &say!("fig-expected-below"),
        upwards: &say!("fig-expected-up"),
        across: &say!("fig-pareto-across"),
        message: (top.clone(), says.clone()),
        notes,
    };
    let svg = curve::draw(theme, &setting, (ALL, ALL), |canvas, plot| {
        canvas.dashes(plot.place(0.0, 0.0), plot.place(1.0, 1.0), theme.muted, 1.4);
        canvas.path(&curve::points(plot, &value.concentration), theme.accent, 3.0);
    })?;
    let alt = match value.totals.top_tenth {
        Some(_) => say!("fig-expected-alt", top = top),
        None => format!("{top} {says}"),
    };
    Ok(Drawn { title, alt, caption: say!("fig-expected-caption"), svg })
}
