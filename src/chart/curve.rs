//! What the curve figures share: a square panel on the left, plain words on the right.

use super::axis::{Panel, Span, Unit};
use super::frame::{self, Canvas, HEAD, Type};
use super::theme::{self, Theme};
use super::{ChartError, label};
use crate::results::{ChurnResults, CurvePoint, Results};
use crate::words::say;

/// Side of the panel.
const SIDE: f64 = 400.0;
/// Where the words begin.
const WORDS: f64 = 570.0;

/// The texts of a curve figure.
pub(super) struct Setting<'a> {
    /// Its title.
    pub(super) title: &'a str,
    /// The line below.
    pub(super) below: &'a str,
    /// Title of the axis upwards.
    pub(super) upwards: &'a str,
    /// Title of the axis across.
    pub(super) across: &'a str,
    /// A large figure beside the panel, and what it says.
    pub(super) message: (String, String),
    /// Smaller lines below it.
    pub(super) notes: Vec<String>,
}

/// The churn numbers, or why there is nothing to draw.
pub(super) fn churn(
    results: &Results,
    enough: fn(&ChurnResults) -> bool,
) -> Result<&ChurnResults, ChartError> {
    let churn = label::churn(results)
        .ok_or_else(|| ChartError::NothingToDraw { reason: label::why_no_churn(results) })?;
    if enough(churn) {
        return Ok(churn);
    }
    let reason = say!("no-fig-few");
    Err(ChartError::NothingToDraw { reason })
}

/// Draws the panel with axes from 0 to 1, what `paint` adds, and the words.
pub(super) fn draw(
    theme: &Theme,
    setting: &Setting,
    spans: (Span, Span),
    paint: impl FnOnce(&mut Canvas, &Panel),
) -> Result<String, ChartError> {
    draw_in(theme, setting, spans, (Unit::Percent, Unit::Percent), paint)
}

/// The same with axes of any range and unit.
pub(super) fn draw_in(
    theme: &Theme,
    setting: &Setting,
    (x, y): (Span, Span),
    (across, up): (Unit, Unit),
    paint: impl FnOnce(&mut Canvas, &Panel),
) -> Result<String, ChartError> {
    // Shares are short, money is not.
    let left = if up == Unit::Percent { 84.0 } else { 114.0 };
    let plot = Panel { left, top: HEAD + 44.0, width: SIDE + 20.0, height: SIDE, x, y };
    frame::picture(theme, plot.low() + 64.0, |canvas| {
        canvas.head(theme, setting.title, setting.below);
        plot.rungs(canvas, theme, up, 5.0);
        plot.foot(canvas, theme, across, 5.0);
        plot.titles(canvas, theme, setting.upwards, setting.across);
        paint(canvas, &plot);
        words(canvas, theme, setting, plot.top + 30.0);
    })
}

/// The message and the notes.
fn words(canvas: &mut Canvas, theme: &Theme, setting: &Setting, top: f64) {
    let width = theme::WIDTH - theme::MARGIN - WORDS;
    headline(canvas, theme, &setting.message.0, (top, width));
    let set = Type::new(theme::BODY, theme.ink);
    let lines = set.wrap(&setting.message.1, width, 7);
    let mut y = canvas.lines(WORDS, top + 48.0, &lines, set) + 16.0;
    let set = Type::new(theme::SMALL, theme.muted);
    for note in &setting.notes {
        y = canvas.lines(WORDS, y, &set.wrap(note, width, 4), set) + 10.0;
    }
}

/// The message's first words, as large as one line lets them be; else in two small ones.
fn headline(canvas: &mut Canvas, theme: &Theme, text: &str, (top, width): (f64, f64)) {
    let large = |size: f64| Type::new(size, theme.accent).bold();
    if let Some(size) =
        [40.0, 32.0, 26.0].into_iter().find(|&size| large(size).width(text) <= width)
    {
        canvas.text(WORDS, top, text, large(size));
        return;
    }
    let set = large(24.0);
    canvas.lines(WORDS, top - 18.0, &set.wrap(text, width, 2), set);
}

/// Places the points of a curve; those that are not numbers are left out.
pub(super) fn points(plot: &Panel, curve: &[CurvePoint]) -> Vec<(f64, f64)> {
    let sound = curve.iter().filter(|p| p.x.is_finite() && p.y.is_finite());
    sound.take(1000).map(|p| plot.place(p.x, p.y)).collect()
}
