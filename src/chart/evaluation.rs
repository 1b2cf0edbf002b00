//! Figure 18: which segments deserve attention: value per customer against how surely the
//! segment is found again; the area is the share of value.

use super::axis::{Panel, Span, Unit};
use super::frame::{self, Canvas, HEAD};
use super::theme::{self, Theme};
use super::{ChartError, Drawn, label, spread};
use crate::format;
use crate::results::{Results, SegmentRow};
use crate::words::say;

/// Radius of a segment that held all value.
const LARGEST: f64 = 72.0;
/// Where the legend begins.
const LEGEND: f64 = 690.0;

/// What is drawn of a segment.
struct Bubble<'a> {
    row: &'a SegmentRow,
    x: f64,
    y: f64,
    radius: f64,
}

/// Draws figure 18.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let mut bubbles: Vec<Bubble> = results
        .segments
        .iter()
        .filter_map(|row| {
            let (x, y) = (row.stability?, row.value_per_customer?);
            let share = row.value_share?.clamp(0.0, 1.0);
            let radius = (LARGEST * share.sqrt()).max(13.0);
            (x.is_finite() && y.is_finite()).then_some(Bubble { row, x, y, radius })
        })
        .collect();
    if bubbles.len() < 2 {
        return Err(ChartError::NothingToDraw { reason: say!("no-fig-evaluation") });
    }
    let listed = f64::from(u32::try_from(bubbles.len()).unwrap_or(0));
    let edge = |f: fn(f64, f64) -> f64, of: fn(&Bubble) -> f64| {
        bubbles.iter().map(of).reduce(f).unwrap_or(0.0)
    };
    let left = (edge(f64::min, |b| b.x) - 0.15).max(0.0);
    let top = edge(f64::max, |b| b.y);
    let plot = Panel {
        left: 110.0,
        top: HEAD + 44.0,
        width: 520.0,
        height: (42.0 * listed).max(360.0),
        x: Span { low: left, high: 1.06 },
        // Discs of little value do not cover the scale.
        y: Span::new(
            0.0_f64.min(edge(f64::min, |b| b.y)) - 0.1 * top.max(0.0),
            1.25 * top.max(0.0),
        ),
    };
    let title = say!("fig-18");
    let svg = frame::picture(theme, plot.low() + 64.0, |canvas| {
        canvas.head(theme, &title, &say!("fig-evaluation-below"));
        plot.rungs(canvas, theme, Unit::Plain, 5.0);
        plot.foot(canvas, theme, Unit::Plain, 5.0);
        plot.titles(canvas, theme, &say!("col-value-each"), &say!("col-stability"));
        // The large ones first, so that none hides a smaller one.
        bubbles.sort_by(|a, b| b.radius.total_cmp(&a.radius));
        for bubble in &bubbles {
            disc(canvas, theme, &plot, (bubble, &results.heading.currency));
        }
        signs(canvas, theme, &plot, &bubbles);
        bubbles.sort_by_key(|bubble| bubble.row.segment_id);
        let mut y = plot.top + 10.0;
        for bubble in &bubbles {
            let width = theme::WIDTH - theme::MARGIN - LEGEND;
            label::segment(canvas, theme, bubble.row, [LEGEND, y, width]);
            y += 42.0;
        }
    })?;
    let alt = say!("fig-evaluation-alt", parts = told(results, &bubbles));
    Ok(Drawn { title, alt, caption: say!("fig-evaluation-caption"), svg })
}

/// The figures of the discs in words.
fn told(results: &Results, bubbles: &[Bubble]) -> String {
    let parts: Vec<String> = bubbles
        .iter()
        .map(|b| {
            let money = format::money(b.y, &results.heading.currency);
            format!("{}: {money}, {}", label::name(b.row), format::decimal(b.x, 2))
        })
        .collect();
    parts.join("; ")
}

/// The signs of the segments in their discs, pushed apart where they would cover each other.
fn signs(canvas: &mut Canvas, theme: &Theme, plot: &Panel, bubbles: &[Bubble]) {
    let centres: Vec<(f64, f64)> = bubbles.iter().map(|b| plot.place(b.x, b.y)).collect();
    let mut shown = centres.clone();
    // Where no segment is worth less than nothing, no sign says so.
    let (_, zero) = plot.place(plot.x.low, 0.0);
    let low = if bubbles.iter().all(|b| b.y >= 0.0) { zero + 14.0 } else { plot.low() };
    let inside = |x: f64, y: f64| {
        let right = plot.left + plot.width;
        (x.clamp(plot.left + 14.0, right - 14.0), y.clamp(plot.top + 14.0, low - 14.0))
    };
    spread::spread(&mut shown, 27.0, inside);
    for ((bubble, from), to) in bubbles.iter().zip(&centres).zip(&shown) {
        if (from.0 - to.0).abs() + (from.1 - to.1).abs() > 6.0 {
            canvas.path(&[*from, *to], theme.ink, 1.5);
            canvas.dot(from.0, from.1, 4.0, theme.ink);
        }
        canvas.chip(to.0, to.1, bubble.row.segment_id, theme);
    }
}

/// One segment's disc and its value on pointing.
fn disc(canvas: &mut Canvas, theme: &Theme, plot: &Panel, (bubble, currency): (&Bubble, &str)) {
    let (x, y) = plot.place(bubble.x, bubble.y);
    let colour = theme.segment(bubble.row.segment_id);
    canvas.dot(x, y, bubble.radius, theme.paper);
    canvas.dot(x, y, bubble.radius - 1.5, theme.paper.mix(colour, 0.45));
    let (money, overlap) = (format::money(bubble.y, currency), format::decimal(bubble.x, 2));
    let told = format!("{}: {money}, {overlap}", label::name(bubble.row));
    let r = bubble.radius;
    canvas.tip(x - r, y - r, (2.0 * r, 2.0 * r), &told);
}
