//! Figure 19: one small picture per segment: how far it lies from the other customers, column
//! by column.

use super::axis::Span;
use super::frame::{self, At, Canvas, HEAD, Type};
use super::theme::{self, Theme};
use super::{ChartError, Drawn, label};
use crate::format;
use crate::results::{HeatmapRow, Results};
use crate::words::say;

/// Height of one column's line.
const LINE: f64 = 32.0;
/// Where the first segment begins.
const FIRST: f64 = 262.0;
/// The most columns and segments that are drawn.
const MOST: usize = 16;
/// What an effect must reach to be marked: a medium difference.
const MARKED: f64 = 0.33;

/// Draws figure 19.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let rows: Vec<&HeatmapRow> = results.heatmap.features.iter().take(MOST).collect();
    let n = results.segments.len().min(MOST);
    if rows.is_empty() || n == 0 {
        return Err(ChartError::NothingToDraw { reason: say!("no-fig-differs") });
    }
    let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(0));
    let wide = (theme::WIDTH - theme::MARGIN - FIRST) / count(n);
    let top = HEAD + 34.0;
    let low = top + LINE * count(rows.len());
    let title = say!("fig-19");
    let svg = frame::picture(theme, low + 34.0, |canvas| {
        canvas.head(theme, &title, &say!("fig-multiples-below"));
        for (at, row) in rows.iter().enumerate() {
            let y = top + LINE * (count(at) + 0.5);
            if row.in_base {
                canvas.dot(theme::MARGIN + 4.0, y, 4.0, theme.accent);
            }
            let room = FIRST - theme::MARGIN - 28.0;
            let name = label::feature(&row.feature);
            label::column(canvas, theme, &name, [theme::MARGIN + 16.0, y, room]);
        }
        for (at, segment) in results.segments.iter().take(n).enumerate() {
            let middle = FIRST + wide * (count(at) + 0.5);
            canvas.chip(middle, HEAD + 12.0, segment.segment_id, theme);
            canvas.path(&[(middle, top), (middle, low)], theme.muted, 1.0);
            panel(canvas, theme, &rows, at, (middle, wide, top, segment.segment_id));
        }
        let set = Type::new(theme::SMALL, theme.muted);
        canvas.text(
            FIRST + wide * count(n),
            low + 18.0,
            &say!("fig-multiples-sides"),
            set.at(At::Right),
        );
    })?;
    let names: Vec<String> = results.segments.iter().take(n).map(label::name).collect();
    let alt = say!("fig-multiples-alt", n = rows.len(), names = names.join("; "));
    let caption = label::with_gaps(say!("fig-multiples-caption"), &rows);
    Ok(Drawn { title, alt, caption, svg })
}

/// The bars of one segment; those that matter in its colour.
fn panel(
    canvas: &mut Canvas,
    theme: &Theme,
    rows: &[&HeatmapRow],
    at: usize,
    (middle, wide, top, id): (f64, f64, f64, u32),
) {
    let scale = Span { low: 0.0, high: 1.0 };
    let half = wide / 2.0 - 5.0;
    let mut y = top + LINE / 2.0;
    for row in rows {
        if let Some(effect) = row.effect.get(at).copied().flatten().filter(|e| e.is_finite()) {
            // No difference is a mark as well: without one the value is withheld.
            let long = (half * scale.at(effect.abs())).max(3.0);
            let colour = if effect.abs() >= MARKED { theme.segment(id) } else { theme.none };
            let left = match effect {
                _ if long <= 3.0 => middle - long / 2.0,
                _ if effect < 0.0 => middle - long,
                _ => middle,
            };
            canvas.block(left, y - 8.0, long, 16.0, colour);
            let shown = row.shown.get(at).map(|text| format::stored(text)).unwrap_or_default();
            let told = format!(
                "{}, {id}: {shown} ({})",
                label::feature(&row.feature),
                format::stored(&row.all)
            );
            canvas.tip(middle - half, y - 12.0, (2.0 * half, 24.0), &told);
        }
        y += LINE;
    }
}
