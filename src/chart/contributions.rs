//! Figure 27: why the model holds the outcome more likely in one segment than in another.

use super::axis::Span;
use super::frame::{self, At, Canvas, HEAD, Type};
use super::theme::{self, Theme};
use super::{ChartError, Drawn, curve, label};
use crate::format;
use crate::results::pictures::{Contributions, ContributionsOf};
use crate::results::{Results, SegmentRow};
use crate::words::say;

/// Height of one column's line.
const LINE: f64 = 32.0;
/// Where the first segment begins.
const FIRST: f64 = 262.0;
/// The most segments that are drawn.
const MOST: usize = 16;
/// Factors of the odds as large as this, up or down, are drawn in colour.
const MARKED: f64 = 1.1;
/// Factors stand beside the bars where a segment has this much room.
const ROOM: f64 = 130.0;

/// Draws figure 27.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let nothing = || ChartError::NothingToDraw { reason: say!("no-fig-contributions") };
    curve::churn(results, |_| true)?;
    let found = results.pictures.contributions.as_ref().ok_or_else(nothing)?;
    let of = |row: &SegmentRow| found.segments.iter().find(|one| one.segment_id == row.segment_id);
    let shown: Vec<(&SegmentRow, &ContributionsOf)> =
        results.segments.iter().filter_map(|row| Some((row, of(row)?))).take(MOST).collect();
    let all = || shown.iter().flat_map(|(_, one)| &one.log_odds).filter(|x| x.is_finite());
    let far = all().fold(0.0_f64, |most, x| most.max(x.abs()));
    if found.columns.is_empty() || far <= 0.0 {
        return Err(nothing());
    }
    let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(0));
    let wide = (theme::WIDTH - theme::MARGIN - FIRST) / count(shown.len()).max(1.0);
    let top = HEAD + 40.0;
    let low = top + LINE * count(found.columns.len());
    let title = say!("fig-27");
    let svg = frame::picture(theme, low + 38.0, |canvas| {
        canvas.head(theme, &title, &say!("fig-contributions-below"));
        for (at, column) in found.columns.iter().enumerate() {
            let set = Type::new(theme::SMALL, theme.ink);
            let name = set.fit(&label::source(column), FIRST - theme::MARGIN - 12.0);
            canvas.text(theme::MARGIN, top + LINE * (count(at) + 0.5), &name, set);
        }
        for (at, (row, one)) in shown.iter().enumerate() {
            let middle = FIRST + wide * (count(at) + 0.5);
            canvas.chip(middle, HEAD + 16.0, row.segment_id, theme);
            canvas.path(&[(middle, top), (middle, low)], theme.muted, 1.0);
            panel(canvas, theme, (found, row, one), (middle, wide, top, far));
        }
        let set = Type::new(theme::SMALL, theme.muted).at(At::Right);
        let right = theme::WIDTH - theme::MARGIN;
        canvas.text(right, low + 20.0, &say!("fig-contributions-sides"), set);
    })?;
    let parts: Vec<String> = shown.iter().map(|(row, one)| strongest(found, row, one)).collect();
    let alt = say!("fig-contributions-alt", parts = parts.join("; "));
    let chance = label::Words::of(results).chance;
    let caption = say!("fig-contributions-caption", chance = chance);
    Ok(Drawn { title, alt, caption, svg })
}

/// `× 1.35`.
fn factor(log_odds: f64) -> String {
    format!("× {}", format::decimal(libm::exp(log_odds.clamp(-9.0, 9.0)), 2))
}

/// The bars of one segment.
fn panel(
    canvas: &mut Canvas,
    theme: &Theme,
    (found, row, one): (&Contributions, &SegmentRow, &ContributionsOf),
    (middle, wide, top, far): (f64, f64, f64, f64),
) {
    let told = wide >= ROOM;
    let half = wide / 2.0 - if told { 52.0 } else { 5.0 };
    let scale = Span { low: 0.0, high: far };
    let mut y = top + LINE / 2.0;
    for (column, x) in found.columns.iter().zip(&one.log_odds) {
        if x.is_finite() {
            let long = (half * scale.at(x.abs())).max(1.0);
            let colour = match x.abs() >= libm::log(MARKED) {
                false => theme.none,
                true if *x > 0.0 => theme.less,
                true => theme.more,
            };
            let left = if *x < 0.0 { middle - long } else { middle };
            canvas.block(left, y - 9.0, long, 18.0, colour);
            let set = Type::new(theme::TINY, theme.ink);
            if told && *x < 0.0 {
                canvas.text(left - 6.0, y, &factor(*x), set.at(At::Right));
            } else if told {
                canvas.text(left + long + 6.0, y, &factor(*x), set);
            }
            let tip = format!("{}, {}: {}", label::name(row), label::source(column), factor(*x));
            canvas.tip(middle - half, y - 12.0, (2.0 * half, 24.0), &tip);
        }
        y += LINE;
    }
}

/// The column that moves a segment most, in words.
fn strongest(found: &Contributions, row: &SegmentRow, one: &ContributionsOf) -> String {
    let pairs = found.columns.iter().zip(&one.log_odds).filter(|(_, x)| x.is_finite());
    let most = pairs.max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
    let told = most.map_or_else(
        || "–".to_owned(),
        |(column, x)| format!("{} {}", label::source(column), factor(*x)),
    );
    format!("{}: {told}", label::name(row))
}
