//! Figure 20: how clearly customers belong to their segment. No step of a shape shows a single
//! customer.

use super::axis::{Panel, Span, Unit};
use super::frame::{self, At, Canvas, HEAD, Type};
use super::theme::{self, Theme};
use super::{ChartError, Drawn, label};
use crate::format;
use crate::results::pictures::{Silhouette, SilhouetteOf};
use crate::results::{Results, SegmentRow};
use crate::words::say;

/// Height of one segment's shape, with the gap below it.
const LINE: f64 = 54.0;
/// Left edge of the shapes.
const LEFT: f64 = 330.0;
/// Width of the shapes.
const WIDTH: f64 = 470.0;

/// Draws figure 20.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let nothing = || ChartError::NothingToDraw { reason: say!("no-fig-silhouette") };
    let found = results.pictures.silhouette.as_ref().ok_or_else(nothing)?;
    let rows = rows(results, found);
    if !rows.iter().any(|(_, one)| one.values.iter().any(|value| value.is_finite())) {
        return Err(nothing());
    }
    let values = rows.iter().flat_map(|(_, one)| one.values.iter().copied());
    let low = values.filter(|value| value.is_finite()).fold(0.0_f64, f64::min);
    let plot = Panel {
        left: LEFT,
        top: HEAD + 16.0,
        width: WIDTH,
        height: LINE * f64::from(u32::try_from(rows.len()).unwrap_or(0)),
        x: Span { low: if low < -0.02 { (low * 1.1).max(-1.0) } else { 0.0 }, high: 1.0 },
        y: Span { low: 0.0, high: 1.0 },
    };
    // The table of the numbers of segments tells it of another sample: one figure is enough.
    let choice = &results.choice;
    let judged = choice.candidates.iter().find(|one| one.k == choice.k);
    let overall = judged.and_then(|one| one.silhouette).unwrap_or(found.mean);
    let title = say!("fig-20");
    let svg = frame::picture(theme, plot.low() + 70.0, |canvas| {
        canvas.head(theme, &title, &say!("fig-silhouette-below"));
        plot.foot(canvas, theme, Unit::Plain, 6.0);
        for (at, (row, one)) in rows.iter().enumerate() {
            let y = plot.top + LINE * (f64::from(u32::try_from(at).unwrap_or(0)) + 0.5);
            label::segment(canvas, theme, row, [theme::MARGIN, y, LEFT - theme::MARGIN - 20.0]);
            shape(canvas, theme, (row, one), (y, &plot));
        }
        let (x, _) = plot.place(overall, 0.0);
        canvas.dashes((x, plot.top - 6.0), (x, plot.low()), theme.ink, 1.6);
        let (zero, _) = plot.place(0.0, 0.0);
        canvas.path(&[(zero, plot.top - 6.0), (zero, plot.low())], theme.muted, 1.0);
        let set = Type::new(theme::SMALL, theme.muted).at(At::Right);
        let mean = format::decimal(overall, 2);
        canvas.text(plot.right() + 160.0, plot.low() + 42.0, &say!("fig-mean", mean = mean), set);
    })?;
    let parts: Vec<String> = rows
        .iter()
        .map(|(row, one)| format!("{}: {}", label::name(row), mean(results, one)))
        .collect();
    let alt = say!("fig-silhouette-alt", parts = parts.join("; "));
    let all: u64 = results.segments.iter().map(|row| row.customers).sum();
    let of = label::of_whom(found.sampled, all);
    let caption = say!("fig-silhouette-caption", of = of, few = results.heading.min_cell);
    Ok(Drawn { title, alt, caption, svg })
}

/// The segments that have an entry, in their order.
fn rows<'a>(
    results: &'a Results,
    found: &'a Silhouette,
) -> Vec<(&'a SegmentRow, &'a SilhouetteOf)> {
    let of = |row: &SegmentRow| found.segments.iter().find(|one| one.segment_id == row.segment_id);
    results.segments.iter().filter_map(|row| Some((row, of(row)?))).collect()
}

/// The mean of a segment, or that it is withheld.
fn mean(results: &Results, one: &SilhouetteOf) -> String {
    let few = results.heading.min_cell;
    one.mean.map_or_else(|| format::withheld(few), |mean| format::decimal(mean, 2))
}

/// One segment's values, the largest above, and its mean beside them.
fn shape(
    canvas: &mut Canvas,
    theme: &Theme,
    (row, one): (&SegmentRow, &SilhouetteOf),
    (y, plot): (f64, &Panel),
) {
    let tall = LINE - 12.0;
    let sound: Vec<f64> = one.values.iter().copied().filter(|value| value.is_finite()).collect();
    let n = f64::from(u32::try_from(sound.len()).unwrap_or(0)).max(1.0);
    let (zero, _) = plot.place(0.0, 0.0);
    let top = y - tall / 2.0;
    let mut outline = vec![(zero, top)];
    for (at, value) in (0_u32..).zip(&sound) {
        let (x, _) = plot.place(*value, 0.0);
        let step = |at: u32| top + tall * f64::from(at) / n;
        outline.extend([(x, step(at)), (x, step(at + 1))]);
    }
    outline.push((zero, top + tall));
    if !sound.is_empty() {
        canvas.shape(&outline, theme.segment(row.segment_id));
    }
    let Some(mean) = one.mean else {
        let set = Type::new(theme::SMALL, theme.muted);
        canvas.text(zero + 8.0, y, &say!("fig-not-shown"), set);
        return;
    };
    let set = Type::new(theme::BODY, theme.ink).bold();
    let figure = format::decimal(mean, 2);
    let quiet = Type::new(theme::TINY, theme.muted);
    let room = theme::WIDTH - theme::MARGIN - plot.right() - 12.0;
    let other = one.nearer_elsewhere.filter(|share| share.is_finite() && *share > 0.0);
    let other = other.map(|share| say!("fig-nearer-else", share = format::whole_percent(share)));
    let up = if other.is_some() { 15.0 } else { 0.0 };
    canvas.text(plot.right() + 12.0, y - up, &figure, set);
    if let Some(other) = &other {
        canvas.lines(plot.right() + 12.0, y + 3.0, &quiet.wrap(other, room, 2), quiet);
    }
    let told = format!("{}: {figure} {}", label::name(row), other.unwrap_or_default());
    canvas.tip(plot.left, top, (plot.width, tall), told.trim_end());
}
