//! Figure 14: the profiles of all segments as lines over the same columns.

use super::axis::{Panel, Span};
use super::frame::{self, At, Canvas, HEAD, Type};
use super::theme::{self, Theme};
use super::{ChartError, Drawn, label};
use crate::results::{HeatmapRow, Results};
use crate::words::say;

/// Height of one column's line.
const LINE: f64 = 34.0;
/// Left edge of the plot.
const LEFT: f64 = 290.0;
/// The most columns that are drawn.
const MOST: usize = 14;
/// More lines cannot be told apart.
const LINES: usize = 6;
/// Where the legend begins.
const LEGEND: f64 = 748.0;

/// Draws figure 14.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let rows: Vec<&HeatmapRow> = results.heatmap.features.iter().take(MOST).collect();
    let n = results.segments.len();
    if n > LINES {
        return Err(ChartError::NothingToDraw { reason: say!("no-fig-many", n = LINES) });
    }
    if rows.len() < 2 || n < 2 {
        return Err(ChartError::NothingToDraw { reason: say!("no-fig-snake") });
    }
    let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(0));
    let plot = Panel {
        left: LEFT,
        top: HEAD + 30.0,
        width: 420.0,
        height: LINE * count(rows.len()),
        x: Span { low: -1.0, high: 1.0 },
        y: Span { low: 0.0, high: 1.0 },
    };
    let low = plot.low().max(HEAD + 30.0 + 42.0 * count(n));
    let title = say!("fig-14");
    let svg = frame::picture(theme, low + 36.0, |canvas| {
        canvas.head(theme, &title, &say!("fig-snake-below"));
        columns(canvas, theme, &rows, &plot);
        for (at, segment) in results.segments.iter().enumerate() {
            let colour = theme.segment(segment.segment_id);
            let points: Vec<(f64, f64)> = rows
                .iter()
                .enumerate()
                .filter_map(|(row, feature)| {
                    let effect = feature.effect.get(at).copied().flatten()?;
                    let (x, _) = plot.place(effect, 0.0);
                    effect.is_finite().then_some((x, plot.top + LINE * (count(row) + 0.5)))
                })
                .collect();
            canvas.path(&points, colour, 2.2);
            for (x, y) in points {
                canvas.dot(x, y, 5.0, theme.paper);
                canvas.dot(x, y, 4.0, colour);
            }
            let y = HEAD + 48.0 + 42.0 * count(at);
            let width = theme::WIDTH - theme::MARGIN - LEGEND;
            label::segment(canvas, theme, segment, [LEGEND, y, width]);
        }
    })?;
    let names: Vec<String> = results.segments.iter().map(label::name).collect();
    let alt = say!("fig-snake-alt", n = rows.len(), names = names.join("; "));
    let caption = label::with_gaps(say!("fig-snake-caption"), &rows);
    Ok(Drawn { title, alt, caption, svg })
}

/// The names of the columns, their lines, and the middle.
fn columns(canvas: &mut Canvas, theme: &Theme, rows: &[&HeatmapRow], plot: &Panel) {
    let small = Type::new(theme::SMALL, theme.muted);
    canvas.text(plot.left, plot.top - 16.0, &say!("fig-below-others"), small);
    canvas.text(plot.right(), plot.top - 16.0, &say!("fig-above-others"), small.at(At::Right));
    let mut y = plot.top + LINE / 2.0;
    for row in rows {
        let room = LEFT - theme::MARGIN - 34.0;
        if row.in_base {
            canvas.dot(theme::MARGIN + 4.0, y, 4.0, theme.accent);
        }
        let name = label::feature(&row.feature);
        label::column(canvas, theme, &name, [theme::MARGIN + 16.0, y, room]);
        canvas.path(&[(plot.left, y), (plot.right(), y)], theme.grid, 1.0);
        y += LINE;
    }
    let (x, _) = plot.place(0.0, 0.0);
    canvas.path(&[(x, plot.top), (x, plot.low())], theme.muted, 1.4);
}
