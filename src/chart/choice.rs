//! Figure 4: what each number of segments yields, and which was chosen.

use super::axis::{Panel, Span, Unit};
use super::frame::{self, At, Canvas, HEAD, Type};
use super::theme::{self, Theme};
use super::{ChartError, Drawn};
use crate::format;
use crate::results::{Candidate, Choice, Results};
use crate::words::say;

/// Height of the plots.
const HEIGHT: f64 = 250.0;
/// Upper edge of the plots.
const TOP: f64 = HEAD + 46.0;

/// What one panel shows.
enum Measure {
    /// What judged, with its standard error.
    Judge,
    /// Stability of each segment and its mean.
    Stability,
    /// The smallest segment's share.
    Smallest,
}

/// Draws figure 4.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let choice = &results.choice;
    let reason = match (choice.candidates.len(), choice.fixed) {
        _ if choice.judge == "rule" => say!("no-fig-rule"),
        (0, _) => say!("no-fig-itself"),
        (1, true) => say!("no-fig-fixed"),
        (1, false) => say!("no-fig-one"),
        _ => String::new(),
    };
    if !reason.is_empty() {
        return Err(ChartError::NothingToDraw { reason });
    }
    let judged = choice.candidates.iter().any(|c| c.validity.is_some_and(f64::is_finite));
    let mut measures = vec![Measure::Stability, Measure::Smallest];
    if judged {
        measures.insert(0, Measure::Judge);
    }
    let title = say!("fig-why-k", k = choice.k);
    let below = say!("fig-why-k-below");
    let gap = 74.0;
    let n = f64::from(u32::try_from(measures.len()).unwrap_or(1));
    let wide = (theme::WIDTH - theme::MARGIN - gap * n) / n;
    let svg = frame::picture(theme, TOP + HEIGHT + 66.0, |canvas| {
        canvas.head(theme, &title, &below);
        let mut left = gap;
        for measure in &measures {
            panel(canvas, theme, choice, measure, (left, wide));
            left += wide + gap;
        }
    })?;
    let caption = caption(judged);
    Ok(Drawn { title, alt: alt(choice), caption, svg })
}

/// A number of segments as a place.
fn place(k: usize) -> f64 {
    f64::from(u32::try_from(k).unwrap_or(u32::MAX))
}

/// The range across: every k that was tried, with half a step on both sides.
fn across(choice: &Choice) -> Span {
    let ks = choice.candidates.iter().map(|c| place(c.k));
    let (low, high) = ks.fold((f64::MAX, 0.0_f64), |(low, high), k| (low.min(k), high.max(k)));
    Span::new(low - 0.5, high + 0.5)
}

/// One panel.
fn panel(
    canvas: &mut Canvas,
    theme: &Theme,
    choice: &Choice,
    measure: &Measure,
    (left, width): (f64, f64),
) {
    let all = &choice.candidates;
    let (upwards, y) = match measure {
        Measure::Judge => (judge_name(choice), judge_span(all)),
        Measure::Stability => (say!("fig-found-again"), Span::new(0.0, 1.04)),
        Measure::Smallest => {
            (say!("fig-smallest"), Span::from_zero(all.iter().map(|c| c.min_share)))
        }
    };
    let unit = if matches!(measure, Measure::Stability) { Unit::Plain } else { Unit::Percent };
    let plot = Panel { left, top: TOP, width, height: HEIGHT, x: across(choice), y };
    if all.iter().any(|c| c.k == choice.k) {
        let (chosen, _) = plot.place(place(choice.k), 0.0);
        let band = (width / (plot.x.high - plot.x.low)).min(40.0);
        canvas.block(chosen - band / 2.0, TOP, band, HEIGHT, theme.paper.mix(theme.accent, 0.12));
    }
    plot.rungs(canvas, theme, unit, 4.0);
    let set = Type::new(theme::SMALL, theme.muted).at(At::Middle);
    canvas.path(&[(left, plot.low()), (plot.right(), plot.low())], theme.muted, 1.0);
    for c in all {
        let (x, _) = plot.place(place(c.k), 0.0);
        let set = if c.k == choice.k {
            Type::new(theme::SMALL, theme.accent).bold().at(At::Middle)
        } else {
            set
        };
        canvas.text(x, plot.low() + 16.0, &c.k.to_string(), set);
    }
    plot.titles(canvas, theme, &upwards, &say!("fig-number"));
    let points: Vec<(usize, f64)> =
        all.iter().filter_map(|c| value(c, measure).map(|v| (c.k, v))).collect();
    let line: Vec<(f64, f64)> = points.iter().map(|(k, v)| plot.place(place(*k), *v)).collect();
    canvas.path(&line, theme.muted, 1.8);
    whiskers(canvas, theme, choice, measure, &plot);
    for ((k, _), (x, y)) in points.iter().zip(&line) {
        let colour = if *k == choice.k { theme.accent } else { theme.muted };
        canvas.dot(*x, *y, if *k == choice.k { 6.5 } else { 4.5 }, colour);
    }
}

/// Standard errors, or the single segments' stability.
fn whiskers(canvas: &mut Canvas, theme: &Theme, choice: &Choice, measure: &Measure, plot: &Panel) {
    for c in &choice.candidates {
        match measure {
            Measure::Judge => {
                if let (Some(v), Some(se)) =
                    (value(c, measure), c.validity_se.filter(|se| se.is_finite()))
                {
                    let ends = [plot.place(place(c.k), v - se), plot.place(place(c.k), v + se)];
                    canvas.path(&ends, theme.muted, 1.4);
                }
            }
            Measure::Stability => {
                for one in c.stability.iter().filter(|s| s.is_finite()) {
                    let (x, y) = plot.place(place(c.k), *one);
                    canvas.path(&[(x - 7.0, y), (x + 7.0, y)], theme.muted, 1.4);
                }
            }
            Measure::Smallest => {}
        }
    }
}

/// What a panel's line shows.
fn value(c: &Candidate, measure: &Measure) -> Option<f64> {
    let value = match measure {
        Measure::Judge => c.validity,
        Measure::Stability => c.stability.iter().copied().min_by(f64::total_cmp),
        Measure::Smallest => Some(c.min_share),
    };
    value.filter(|v| v.is_finite())
}

/// The range of what judged, with its standard errors; below 0 where it tells less than nothing.
fn judge_span(all: &[Candidate]) -> Span {
    let end = |c: &Candidate, sign: f64| {
        let error = c.validity_se.filter(|se| se.is_finite()).unwrap_or(0.0);
        c.validity.filter(|v| v.is_finite()).map(|v| v + sign * error)
    };
    let above = Span::from_zero(all.iter().filter_map(|c| end(c, 1.0)));
    let lowest = all.iter().filter_map(|c| end(c, -1.0)).fold(0.0, f64::min);
    if lowest >= 0.0 {
        return above;
    }
    let highest = all.iter().filter_map(|c| end(c, 1.0)).fold(0.0, f64::max);
    let room = 0.08 * (highest - lowest);
    Span::new(lowest - room, highest + room)
}

/// What judged, as the title of an axis.
fn judge_name(choice: &Choice) -> String {
    match choice.judge.as_str() {
        "outcome" => say!("fig-tells-outcome"),
        "descriptors" => say!("fig-tells-columns"),
        _ => say!("fig-judged"),
    }
}

/// How to read it.
fn caption(judged: bool) -> String {
    if judged { say!("fig-why-k-judged") } else { say!("fig-why-k-caption") }
}

/// What the figure says.
fn alt(choice: &Choice) -> String {
    let parts: Vec<String> = choice
        .candidates
        .iter()
        .map(|c| {
            let weakest = value(c, &Measure::Stability)
                .map_or_else(String::new, |s| say!("fig-k-weakest", s = format::decimal(s, 2)));
            let judge = value(c, &Measure::Judge)
                .map_or_else(String::new, |v| say!("fig-k-judged", v = format::percent(v)));
            format!("{}{judge}{weakest}", say!("n-segments", n = c.k))
        })
        .collect();
    say!("fig-k-alt", k = choice.k, parts = parts.join("; "))
}
