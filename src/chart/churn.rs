//! Figure 5: how many of each segment have the outcome, with the interval, and how
//! likely it is for those who do not have it yet.

use super::axis::{Panel, Span, Unit};
use super::frame::{self, Canvas, HEAD, Type};
use super::label::Words;
use super::theme::{self, Theme};
use super::{ChartError, Drawn, label};
use crate::format;
use crate::results::{Results, SegmentRow};
use crate::words::say;

/// Height of one segment's line.
const LINE: f64 = 46.0;
/// Left edge of the plot.
const LEFT: f64 = 300.0;
/// Width of the plot.
const WIDTH: f64 = 420.0;

/// Draws figure 5.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let rows: Vec<&SegmentRow> = label::rows(results)
        .filter(|row| row.churn_observed.is_some() || row.churn_mean.is_some())
        .collect();
    if rows.is_empty() {
        let why = label::why_no_churn(results);
        let reason = if why.is_empty() { say!("no-fig-outcome") } else { why };
        return Err(ChartError::NothingToDraw { reason });
    }
    let words = Words::of(results);
    // Where orders alone tell who is leaving, nobody's outcome is known.
    let known = label::inactive(results).is_none();
    let (heading, what) = if known {
        (&words.heading, say!("fig-churn-known"))
    } else {
        (&words.likely, say!("fig-churn-mean"))
    };
    let title = say!("fig-churn-title", heading = heading);
    let ends = rows
        .iter()
        .flat_map(|row| [row.churn_observed, row.churn_high, row.churn_mean].into_iter().flatten());
    let x = Span { high: Span::from_zero(ends).high.min(1.0), low: 0.0 };
    let deep = LINE * f64::from(u32::try_from(rows.len()).unwrap_or(0));
    let plot = Panel {
        left: LEFT,
        top: HEAD + 34.0,
        width: WIDTH,
        height: deep,
        x,
        y: Span { low: 0.0, high: 1.0 },
    };
    let svg = frame::picture(theme, plot.low() + 82.0, |canvas| {
        canvas.head(theme, &title, &what);
        scale(canvas, theme, results, &plot);
        let set = Type::new(theme::SMALL, theme.muted);
        let head = if known { say!("fig-observed-95") } else { say!("mean-probability") };
        canvas.text(plot.right() + 24.0, HEAD + 12.0, &head, set);
        for (at, row) in rows.iter().enumerate() {
            let y = plot.top + LINE * (f64::from(u32::try_from(at).unwrap_or(0)) + 0.5);
            label::segment(canvas, theme, row, [theme::MARGIN, y, LEFT - theme::MARGIN - 20.0]);
            line(canvas, theme, row, y, &plot);
            if known {
                observed(canvas, theme, row, y, &plot);
            } else if let Some(mean) = row.churn_mean {
                let set = Type::new(theme::SMALL, theme.ink);
                canvas.text(plot.right() + 24.0, y, &format::percent(mean), set);
            }
        }
        if known {
            legend(canvas, theme, &words, plot.low() + 56.0);
        }
    })?;
    let caption = if known { caption(results, &words) } else { caption_of_means(results, &words) };
    let alt = if known { alt(&rows, &words) } else { alt_of_means(&rows, &words) };
    Ok(Drawn { title, alt, caption, svg })
}

/// The scale, and the line of all customers.
fn scale(canvas: &mut Canvas, theme: &Theme, results: &Results, plot: &Panel) {
    let (ticks, _) = plot.x.ticks(6.0);
    for tick in ticks {
        let (x, _) = plot.place(tick, 0.0);
        canvas.path(&[(x, plot.top), (x, plot.low())], theme.grid, 1.0);
    }
    plot.foot(canvas, theme, Unit::Percent, 6.0);
    // Where orders tell who leaves, the model was judged on another day's customers.
    let all = match label::inactive(results) {
        Some(_) => label::mean_likely(results),
        None => label::churn(results).map(|churn| churn.base_rate),
    };
    if let Some(all) = all {
        let (x, _) = plot.place(all, 0.0);
        canvas.dashes((x, plot.top - 4.0), (x, plot.low()), theme.accent, 1.6);
        let set = Type::new(theme::SMALL, theme.accent).at(super::frame::At::Middle);
        let text = say!("fig-all", share = format::percent(all));
        canvas.text(x.clamp(plot.left + 40.0, plot.right() - 40.0), plot.top - 16.0, &text, set);
    }
}

/// One segment: dot and interval for what happened, a diamond for what is expected.
fn line(canvas: &mut Canvas, theme: &Theme, row: &SegmentRow, y: f64, plot: &Panel) {
    let colour = theme.segment(row.segment_id);
    if let (Some(_), Some(low), Some(high)) = (row.churn_observed, row.churn_low, row.churn_high) {
        let (a, _) = plot.place(low, 0.0);
        let (b, _) = plot.place(high, 0.0);
        canvas.path(&[(a, y), (b, y)], theme.ink, 2.0);
        canvas.path(&[(a, y - 6.0), (a, y + 6.0)], theme.ink, 2.0);
        canvas.path(&[(b, y - 6.0), (b, y + 6.0)], theme.ink, 2.0);
    }
    if let Some(observed) = row.churn_observed {
        let (x, _) = plot.place(observed, 0.0);
        canvas.dot(x, y, 8.0, theme.ink);
        canvas.dot(x, y, 6.5, colour);
    }
    if let Some(mean) = row.churn_mean {
        let (x, _) = plot.place(mean, 0.0);
        diamond(canvas, theme, (x, y));
    }
}

/// What happened in one segment, in figures.
fn observed(canvas: &mut Canvas, theme: &Theme, row: &SegmentRow, y: f64, plot: &Panel) {
    let set = Type::new(theme::SMALL, theme.ink);
    let text = match (row.churn_observed, row.churn_low, row.churn_high) {
        (Some(v), Some(low), Some(high)) => {
            let range = format::percent_range(low, high);
            say!("with-interval", figure = format::percent(v), range = range)
        }
        (Some(v), _, _) => format::percent(v),
        _ if row.gone.is_none() => say!("withheld-cell"),
        _ => say!("outcome-not-known"),
    };
    let x = plot.right() + 24.0;
    let width = theme::WIDTH - theme::MARGIN - x;
    canvas.text(x, y - 8.0, &set.fit(&text, width + 8.0), set);
    let set = Type::new(theme::TINY, theme.muted);
    let n = say!("fig-n-known", n = row.churn_known);
    canvas.text(x, y + 10.0, &set.fit(&n, width), set);
}

/// A hollow diamond.
fn diamond(canvas: &mut Canvas, theme: &Theme, (x, y): (f64, f64)) {
    let ring = |r: f64| [(x, y - r), (x + r, y), (x, y + r), (x - r, y)];
    canvas.shape(&ring(9.0), theme.ink);
    canvas.shape(&ring(6.0), theme.paper);
}

/// What the signs mean.
fn legend(canvas: &mut Canvas, theme: &Theme, words: &Words, y: f64) {
    let set = Type::new(theme::SMALL, theme.muted);
    canvas.dot(theme::MARGIN + 8.0, y, 7.0, theme.ink);
    let text = set.fit(&say!("fig-observed", those = &words.those), 330.0);
    canvas.text(theme::MARGIN + 24.0, y, &text, set);
    diamond(canvas, theme, (420.0, y));
    let text = say!("fig-mean-others", chance = &words.chance);
    canvas.text(438.0, y, &set.fit(&text, 530.0), set);
}

/// How to read it.
fn caption(results: &Results, words: &Words) -> String {
    let few = results.heading.min_cell;
    say!("fig-churn-caption", those = &words.those, chance = &words.chance, few = few)
}

/// What the figure says.
fn alt(rows: &[&SegmentRow], words: &Words) -> String {
    let parts: Vec<String> = rows
        .iter()
        .map(|row| {
            let observed = match row.churn_observed {
                Some(observed) => format::percent(observed),
                None if row.gone.is_none() => say!("withheld-cell"),
                None => say!("fig-not-known"),
            };
            format!("{}: {observed}", label::name(row))
        })
        .collect();
    say!("fig-churn-alt", those = &words.those, parts = parts.join("; "))
}

/// How to read it where only probabilities are known.
fn caption_of_means(results: &Results, words: &Words) -> String {
    let few = results.heading.min_cell;
    let text = say!("fig-means-caption", chance = &words.chance, few = few);
    let line = label::mean_likely(results).map(|_| say!("fig-means-line"));
    label::sentences([Some(text), line])
}

/// What the figure says where only probabilities are known.
fn alt_of_means(rows: &[&SegmentRow], words: &Words) -> String {
    let parts: Vec<String> = rows
        .iter()
        .map(|row| {
            let mean = row.churn_mean.map_or_else(|| say!("fig-not-shown"), format::percent);
            format!("{}: {mean}", label::name(row))
        })
        .collect();
    say!("fig-means-alt", chance = &words.chance, parts = parts.join("; "))
}
