//! Figure 30: where the customers live, by name, and which segments they belong to there.

use super::axis::Span;
use super::frame::{self, Canvas, HEAD, Type};
use super::theme::{self, Theme};
use super::{ChartError, Drawn, label};
use crate::format;
use crate::results::pictures::PlaceRow;
use crate::results::{Results, SegmentRow};
use crate::words::say;

/// Height of one place's line.
const LINE: f64 = 34.0;
/// Left edge of the bars.
const LEFT: f64 = 250.0;
/// Width of the longest bar.
const WIDTH: f64 = 380.0;
/// Where the legend begins.
const LEGEND: f64 = 726.0;

/// Draws figure 30.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let nothing = || ChartError::NothingToDraw { reason: say!("no-fig-places") };
    let found = results.pictures.places.as_ref().ok_or_else(nothing)?;
    let count = |n: u64| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    if !found.rows.iter().any(|row| row.place.is_some() && row.customers > 0) {
        return Err(nothing());
    }
    // Bars that are mostly withheld tell nothing of the segments.
    let places = || found.rows.iter().filter(|row| row.place.is_some());
    let told: u64 = places().flat_map(|row| row.segments.iter().flatten()).sum();
    if 2 * told < places().map(|row| row.customers).sum() {
        return Err(nothing());
    }
    // All others together can be many times the largest place: then they are a number, no bar.
    let named = || found.rows.iter().filter(|row| row.place.is_some());
    let largest = named().map(|row| count(row.customers)).fold(0.0, f64::max);
    let scale = Span::from_zero(named().map(|row| count(row.customers)));
    let listed: Vec<&SegmentRow> = label::rows(results).collect();
    let tall =
        (LINE * count(found.rows.len() as u64)).max(label::legend_height(listed.len()) + 50.0);
    let title = say!("fig-30");
    let column = format::clean(&found.column, 60);
    let named = found.rows.iter().filter(|row| row.place.is_some()).count();
    let svg = frame::picture(theme, HEAD + tall + 40.0, |canvas| {
        let below = if named == found.rows.len() {
            say!("fig-place-all-below", column = &column)
        } else {
            say!("fig-place-below", column = &column, n = named)
        };
        canvas.head(theme, &title, &below);
        for (at, row) in found.rows.iter().enumerate() {
            let y = HEAD + 16.0 + LINE * (count(at as u64) + 0.5);
            let set = Type::new(theme::SMALL, theme.ink);
            let name = set.fit(&name(row), LEFT - theme::MARGIN - 12.0);
            canvas.text(theme::MARGIN, y, &name, set);
            if row.place.is_none() && count(row.customers) > largest {
                number(canvas, theme, [LEFT, y], row);
                continue;
            }
            let long = (WIDTH * scale.at(count(row.customers))).max(1.5);
            bar(canvas, theme, results, (row, y, long));
        }
        let width = theme::WIDTH - theme::MARGIN - LEGEND;
        label::legend(canvas, theme, &listed, [LEGEND, HEAD + 30.0, width]);
    })?;
    let parts: Vec<String> = found
        .rows
        .iter()
        .map(|row| format!("{}: {}", name(row), format::customers(row.customers)))
        .collect();
    let alt = say!("fig-place-alt", parts = parts.join("; "));
    let is_grey = found.rows.iter().flat_map(|row| &row.segments).any(Option::is_none);
    let grey = is_grey.then(|| say!("fig-place-grey", few = results.heading.min_cell));
    let others = (named < found.rows.len()).then(|| say!("fig-place-others"));
    let caption = label::sentences([Some(say!("fig-place-caption")), others, grey]);
    Ok(Drawn { title, alt, caption, svg })
}

/// The name of a place, or that it is all others.
fn name(row: &PlaceRow) -> String {
    row.place.as_ref().map_or_else(|| say!("fig-elsewhere"), |place| format::clean(place, 60))
}

/// One bar: the segments one after the other, then what is withheld.
fn bar(canvas: &mut Canvas, theme: &Theme, results: &Results, at: (&PlaceRow, f64, f64)) {
    let (row, y, long) = at;
    let count = |n: u64| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let mut left = LEFT;
    // Customers in none come last, and have no row of their own where there are none.
    let ids = results.segments.iter().map(|segment| segment.segment_id).chain([0]);
    for (id, n) in ids.zip(&row.segments) {
        let Some(n) = n.filter(|n| *n > 0) else { continue };
        let room = LEFT + long - left;
        let part = (long * count(n) / count(row.customers.max(1))).min(room);
        canvas.block(left, y - 11.0, part.max(0.5), 22.0, theme.segment(id));
        let who = label::rows(results).find(|segment| segment.segment_id == id);
        let who = who.map_or_else(String::new, label::name);
        let told = format!("{}, {who}: {}", name(row), format::customers(n));
        canvas.tip(left, y - 12.0, (part, 24.0), &told);
        left += part;
    }
    let rest = LEFT + long - left;
    if rest > 0.5 {
        canvas.block(left, y - 11.0, rest, 22.0, theme.grid);
    }
    number(canvas, theme, [LEFT + long + 8.0, y], row);
}

/// How many customers a place has.
fn number(canvas: &mut Canvas, theme: &Theme, [x, y]: [f64; 2], row: &PlaceRow) {
    let set = Type::new(theme::SMALL, theme.ink).bold();
    canvas.text(x, y, &format::count(row.customers), set);
}
