//! Figure 1: each segment's share of the customers beside its share of the value.

use super::axis::Span;
use super::frame::{self, At, Canvas, HEAD, Type};
use super::theme::{self, Theme};
use super::{ChartError, Drawn, label};
use crate::format;
use crate::results::{Results, SegmentRow};
use crate::words::say;

/// Height of one segment's line.
const LINE: f64 = 48.0;
/// Where the bars begin when there are two columns of them.
const FIRST: f64 = 330.0;
/// Where the second column begins.
const SECOND: f64 = 672.0;
/// Room to the right of the longest bar, for its figure.
const ROOM: f64 = 128.0;

/// Draws figure 1.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let rows: Vec<&SegmentRow> = label::rows(results).collect();
    if rows.is_empty() {
        return Err(ChartError::NothingToDraw { reason: say!("no-fig-segment") });
    }
    let with_value = rows.iter().any(|row| row.value_share.is_some());
    let shares = rows.iter().flat_map(|row| [row.share, row.value_share.unwrap_or(0.0)]);
    let scale = Span { low: 0.0, high: Span::from_zero(shares).high / 1.08 };
    let (title, caption) = texts(with_value);
    let height = HEAD + 30.0 + LINE * to_f64(rows.len()) + 14.0;
    let svg = frame::picture(theme, height, |canvas| {
        let total = format::customers(rows.iter().map(|row| row.customers).sum());
        canvas.head(theme, &title, &say!("fig-total-in", total = total, parts = parts(results)));
        let set = Type::new(theme::SMALL, theme.ink).bold();
        canvas.text(FIRST, HEAD + 8.0, &say!("share-of-customers"), set);
        if with_value {
            canvas.text(SECOND, HEAD + 8.0, &say!("share-of-value"), set);
        }
        let longest = if with_value { SECOND - FIRST - ROOM } else { 972.0 - FIRST - ROOM };
        for (at, row) in rows.iter().enumerate() {
            let y = HEAD + 30.0 + LINE * (to_f64(at) + 0.5);
            label::segment(canvas, theme, row, [theme::MARGIN, y, FIRST - 60.0]);
            let note = format::count(row.customers);
            bar(
                canvas,
                theme,
                row,
                (FIRST, y, longest * scale.at(row.share)),
                (&format::percent(row.share), &note),
            );
            if !with_value {
                continue;
            }
            if let Some(share) = row.value_share {
                let place = (SECOND, y, longest * scale.at(share));
                bar(canvas, theme, row, place, (&format::percent(share), ""));
            } else {
                let set = Type::new(theme::SMALL, theme.muted);
                canvas.text(SECOND, y, &format::withheld(results.heading.min_cell), set);
            }
        }
    })?;
    Ok(Drawn { title, alt: alt(&rows), caption, svg })
}

/// A count as a number for placing.
fn to_f64(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// Title and caption.
fn texts(with_value: bool) -> (String, String) {
    if with_value {
        (say!("fig-sizes-value"), say!("fig-sizes-value-caption"))
    } else {
        (say!("fig-1"), say!("fig-sizes-caption"))
    }
}

/// `4 segments`, and those in none.
fn parts(results: &Results) -> String {
    let n = results.segments.len();
    let segments = say!("n-segments", n = n);
    if results.unassigned.is_some() {
        say!("fig-and-in-none", segments = segments)
    } else {
        segments
    }
}

/// One bar with its figure and a note.
fn bar(
    canvas: &mut Canvas,
    theme: &Theme,
    row: &SegmentRow,
    (left, y, long): (f64, f64, f64),
    (figure, note): (&str, &str),
) {
    canvas.block(left, y - 12.0, long.max(1.5), 24.0, theme.segment(row.segment_id));
    let told = format!("{}: {figure} {note}", label::name(row));
    canvas.tip(left, y - 14.0, (long.max(12.0), 28.0), told.trim_end());
    let set = Type::new(theme::BODY, theme.ink).bold().at(At::Left);
    let x = left + long.max(1.5) + 8.0;
    canvas.text(x, y, figure, set);
    let small = Type::new(theme::SMALL, theme.muted);
    canvas.text(x + set.width(figure) + 6.0, y, note, small);
}

/// What the figure says.
fn alt(rows: &[&SegmentRow]) -> String {
    let parts: Vec<String> = rows
        .iter()
        .map(|row| {
            let value = row.value_share.map(|v| say!("fig-and-value", share = format::percent(v)));
            let (name, share) = (label::name(row), format::percent(row.share));
            say!("fig-of-customers", name = name, share = share, value = value.unwrap_or_default())
        })
        .collect();
    say!("fig-sizes-alt", parts = parts.join("; "))
}
