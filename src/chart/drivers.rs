//! Figure 15: what goes with the outcome: how much each column moves the probability, or
//! the odds with their intervals where the model is the logistic regression.

use super::axis::Span;
use super::frame::{self, Canvas, HEAD, Type};
use super::theme::{self, Theme};
use super::{ChartError, Drawn, curve, label};
use crate::format;
use crate::results::{Driver, Importance, Results};
use crate::words::say;

/// Height of one column's line.
const LINE: f64 = 34.0;
/// Left edge of the plot.
const LEFT: f64 = 340.0;
/// Width of the plot.
const WIDTH: f64 = 480.0;
/// The most columns that are drawn.
const MOST: usize = 12;

/// Draws figure 15.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let churn =
        curve::churn(results, |churn| !churn.importance.is_empty() || !churn.drivers.is_empty())?;
    if churn.importance.is_empty() {
        odds(&churn.drivers, theme)
    } else {
        moves(&churn.importance, theme)
    }
}

/// The names at the left, one line each.
fn name(canvas: &mut Canvas, theme: &Theme, y: f64, text: &str) {
    let set = Type::new(theme::SMALL, theme.ink);
    let text = set.fit(text, LEFT - theme::MARGIN - 20.0);
    canvas.text(theme::MARGIN, y, &text, set);
}

/// The height of a picture with `n` lines.
fn height(n: usize) -> f64 {
    HEAD + 20.0 + LINE * f64::from(u32::try_from(n).unwrap_or(0)) + 24.0
}

/// The middle of a line.
fn middle(at: usize) -> f64 {
    HEAD + 20.0 + LINE * (f64::from(u32::try_from(at).unwrap_or(0)) + 0.5)
}

/// How much each column moves the probability.
fn moves(columns: &[Importance], theme: &Theme) -> Result<Drawn, ChartError> {
    let columns = &columns[..columns.len().min(MOST)];
    let scale = Span::from_zero(columns.iter().map(|column| column.log_odds));
    let title = say!("fig-15");
    let svg = frame::picture(theme, height(columns.len()), |canvas| {
        canvas.head(theme, &title, &say!("fig-moves-below"));
        for (at, column) in columns.iter().enumerate() {
            let y = middle(at);
            let spelt = label::source(&column.column);
            name(canvas, theme, y, &spelt);
            let colour = match column.direction {
                Some(d) if d > 0.0 => theme.less,
                Some(d) if d < 0.0 => theme.more,
                _ => theme.muted,
            };
            let long = (WIDTH * scale.at(column.log_odds)).max(1.5);
            canvas.block(LEFT, y - 10.0, long, 20.0, colour);
            let figure = format::decimal(column.log_odds, 2);
            let set = Type::new(theme::SMALL, theme.ink).bold();
            canvas.text(LEFT + long + 8.0, y, &figure, set);
            canvas.tip(LEFT, y - 12.0, (long, 24.0), &format!("{spelt}: {figure}"));
        }
    })?;
    let parts: Vec<String> = columns
        .iter()
        .map(|c| format!("{}: {}", label::source(&c.column), format::decimal(c.log_odds, 2)))
        .collect();
    let alt = say!("fig-drivers-alt", parts = parts.join("; "));
    Ok(Drawn { title, alt, caption: say!("fig-moves-caption"), svg })
}

/// The odds of each column with their interval, on a scale of ratios.
fn odds(drivers: &[Driver], theme: &Theme) -> Result<Drawn, ChartError> {
    let log = |x: f64| libm::log(x.clamp(1e-4, 1e4));
    let drivers = &drivers[..drivers.len().min(MOST)];
    let ends = drivers.iter().flat_map(|d| [log(d.low), log(d.high)]);
    let far = ends.map(f64::abs).filter(|x| x.is_finite()).fold(0.1_f64, f64::max);
    let scale = Span { low: -far, high: far };
    let place = |x: f64| LEFT + WIDTH * scale.at(log(x));
    let title = say!("fig-15");
    let svg = frame::picture(theme, height(drivers.len()), |canvas| {
        canvas.head(theme, &title, &say!("fig-odds-below"));
        let bottom = height(drivers.len()) - 24.0;
        canvas.path(&[(place(1.0), HEAD + 16.0), (place(1.0), bottom)], theme.muted, 1.4);
        for (at, driver) in drivers.iter().enumerate() {
            let y = middle(at);
            let spelt = label::source(&driver.feature);
            name(canvas, theme, y, &spelt);
            let colour = if driver.odds_ratio > 1.0 { theme.less } else { theme.more };
            canvas.path(&[(place(driver.low), y), (place(driver.high), y)], theme.ink, 2.0);
            canvas.dot(place(driver.odds_ratio), y, 6.0, colour);
            let figure = format!("× {}", format::decimal(driver.odds_ratio, 2));
            let set = Type::new(theme::SMALL, theme.ink).bold();
            canvas.text(LEFT + WIDTH + 24.0, y, &figure, set);
            canvas.tip(LEFT, y - 12.0, (WIDTH, 24.0), &format!("{spelt}: {figure}"));
        }
    })?;
    let parts: Vec<String> = drivers
        .iter()
        .map(|d| format!("{}: × {}", label::source(&d.feature), format::decimal(d.odds_ratio, 2)))
        .collect();
    let alt = say!("fig-drivers-alt", parts = parts.join("; "));
    Ok(Drawn { title, alt, caption: say!("fig-odds-caption"), svg })
}
