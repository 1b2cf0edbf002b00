//! Figure 24: how far customers lie from their neighbours, and the radius that was taken.

use super::axis::{Span, Unit};
use super::curve::{self, Setting};
use super::theme::Theme;
use super::{ChartError, Drawn, label};
use crate::format;
use crate::results::Results;
use crate::words::say;

/// The range of every share.
const ALL: Span = Span { low: 0.0, high: 1.0 };
/// A distance so many times that of nine tenths of the customers is not drawn: it would flatten
/// all others.
const FAR: f64 = 3.0;

/// Draws figure 24.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let nothing = || ChartError::NothingToDraw { reason: say!("no-fig-neighbours") };
    let found = results.pictures.neighbours.as_ref().ok_or_else(nothing)?;
    let mut points = found.points.clone();
    points.retain(|point| point.x.is_finite() && point.y.is_finite());
    let nine = points.iter().find(|point| point.x >= 0.9).map_or(0.0, |point| point.y);
    let eps = found.eps.filter(|eps| eps.is_finite());
    let far = (FAR * nine).max(1.4 * eps.unwrap_or(0.0));
    if far > 0.0 {
        points.retain(|point| point.y <= far);
    }
    if points.len() < 2 {
        return Err(nothing());
    }
    let distance = |x: f64| {
        let x = format::number(x);
        if found.km { say!("fig-km", x = x) } else { x }
    };
    let upto = points.last().map_or(0.0, |point| point.y).max(1.1 * eps.unwrap_or(0.0));
    let (message, says) = match eps {
        Some(eps) => (distance(eps), say!("fig-eps-says", n = found.min_points)),
        None => (found.min_points.to_string(), say!("fig-no-eps-says")),
    };
    let title = say!("fig-24");
    let mut notes = vec![say!("fig-neighbours-bend")];
    if eps.is_some() {
        notes.insert(0, say!("fig-dashed-eps"));
    }
    let setting = Setting {
        title: &title,
        below: &say!("fig-neighbours-below", n = found.min_points),
        upwards: &say!("fig-neighbours-up"),
        across: &say!("fig-neighbours-across"),
        message: (message.clone(), says),
        notes,
    };
    let spans = (ALL, Span::from_zero([upto]));
    let svg =
        curve::draw_in(theme, &setting, spans, (Unit::Percent, Unit::Plain), |canvas, plot| {
            if let Some(eps) = eps {
                canvas.dashes(plot.place(0.0, eps), plot.place(1.0, eps), theme.ink, 1.6);
            }
            canvas.path(&curve::points(plot, &points), theme.accent, 3.0);
        })?;
    let most = points.last().map_or(0.0, |point| point.y);
    let alt = say!("fig-neighbours-alt", n = found.min_points, most = distance(most));
    let of = label::of_whom(found.sampled, results.data.customers);
    let caption = say!("fig-neighbours-caption", of = of, points = found.min_points);
    Ok(Drawn { title, alt, caption, svg })
}
