//! Figure 13: how surely each segment is found again in samples of the customers.

use super::axis::{Panel, Span, Unit};
use super::frame::{self, Canvas, HEAD, Type};
use super::theme::{self, Theme};
use super::{ChartError, Drawn, label};
use crate::format;
use crate::results::{Results, SegmentRow};
use crate::words::say;

/// Height of one segment's line.
const LINE: f64 = 42.0;
/// Left edge of the bars.
const LEFT: f64 = 330.0;
/// What a segment must reach to be called found again.
const ASKED: f64 = 0.75;

/// Draws figure 13.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let rows: Vec<(&SegmentRow, f64)> = results
        .segments
        .iter()
        .filter_map(|row| Some((row, row.stability.filter(|s| s.is_finite())?)))
        .collect();
    if rows.is_empty() {
        return Err(ChartError::NothingToDraw { reason: say!("no-fig-stability") });
    }
    let plot = Panel {
        left: LEFT,
        top: HEAD + 16.0,
        width: 560.0,
        height: LINE * f64::from(u32::try_from(rows.len()).unwrap_or(0)),
        x: Span { low: 0.0, high: 1.0 },
        y: Span { low: 0.0, high: 1.0 },
    };
    let title = say!("fig-13");
    let svg = frame::picture(theme, plot.low() + 56.0, |canvas| {
        canvas.head(theme, &title, &say!("fig-stability-below"));
        plot.foot(canvas, theme, Unit::Plain, 5.0);
        for (at, (row, overlap)) in rows.iter().enumerate() {
            let y = plot.top + LINE * (f64::from(u32::try_from(at).unwrap_or(0)) + 0.5);
            label::segment(canvas, theme, row, [theme::MARGIN, y, LEFT - theme::MARGIN - 20.0]);
            bar(canvas, theme, row, *overlap, (y, &plot));
        }
        let (x, _) = plot.place(ASKED, 0.0);
        canvas.dashes((x, plot.top - 6.0), (x, plot.low()), theme.ink, 1.6);
        // The figures come last: the line must not run through one.
        for (at, (_, overlap)) in rows.iter().enumerate() {
            let y = plot.top + LINE * (f64::from(u32::try_from(at).unwrap_or(0)) + 0.5);
            figure(canvas, theme, *overlap, (y, &plot));
        }
    })?;
    let parts: Vec<String> = rows
        .iter()
        .map(|(row, overlap)| format!("{}: {}", label::name(row), format::decimal(*overlap, 2)))
        .collect();
    let alt = say!("fig-stability-alt", parts = parts.join("; "));
    Ok(Drawn { title, alt, caption: say!("fig-stability-caption"), svg })
}

/// One segment's bar with its figure.
fn bar(canvas: &mut Canvas, theme: &Theme, row: &SegmentRow, overlap: f64, at: (f64, &Panel)) {
    let (y, plot) = at;
    let long = (plot.width * overlap.clamp(0.0, 1.0)).max(1.5);
    canvas.block(plot.left, y - 11.0, long, 22.0, theme.segment(row.segment_id));
    let figure = format::decimal(overlap, 2);
    canvas.tip(plot.left, y - 13.0, (long, 26.0), &format!("{}: {figure}", label::name(row)));
}

/// The figure behind a bar, on ground of its own.
fn figure(canvas: &mut Canvas, theme: &Theme, overlap: f64, (y, plot): (f64, &Panel)) {
    let left = plot.left + (plot.width * overlap.clamp(0.0, 1.0)).max(1.5) + 8.0;
    let text = format::decimal(overlap, 2);
    let set = Type::new(theme::BODY, theme.ink).bold();
    canvas.block(left - 2.0, y - 11.0, set.width(&text) + 4.0, 22.0, theme.paper);
    canvas.text(left, y, &text, set);
}
