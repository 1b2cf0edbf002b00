//! Figure 29: where the customers live, as coloured cells. No dot stands for a person.

use std::collections::BTreeSet;

use super::frame::{self, At, Canvas, HEAD, Type};
use super::theme::{self, Theme};
use super::{ChartError, Drawn, label};
use crate::format;
use crate::results::pictures::PlaceMap;
use crate::results::{Results, SegmentRow};
use crate::words::say;

/// The map's left edge.
const LEFT: f64 = 62.0;
/// The most that the map is wide and high.
const WIDTH: f64 = 620.0;
const HEIGHT: f64 = 620.0;
/// What the legend has at most.
const LEGEND: f64 = 300.0;
/// A grid finer than this is not drawn.
const FINEST: usize = 1000;

/// Where the map lies on the picture.
struct Window {
    left: f64,
    wide: f64,
    tall: f64,
}

/// Draws figure 29.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let nothing = || ChartError::NothingToDraw { reason: say!("no-fig-map") };
    let map = results.pictures.map.as_ref().ok_or_else(nothing)?;
    let sound = |edge: [f64; 2]| edge[0].is_finite() && edge[1].is_finite() && edge[0] < edge[1];
    let grid = (1..=FINEST).contains(&map.width) && (1..=FINEST).contains(&map.height);
    if map.cells.is_empty() || !grid || !sound(map.x) || !sound(map.y) {
        return Err(nothing());
    }
    let window = window(map);
    let seen: BTreeSet<u32> = map.cells.iter().map(|cell| cell.segment_id).collect();
    let rows: Vec<&SegmentRow> =
        label::rows(results).filter(|row| seen.contains(&row.segment_id)).collect();
    let tall = (label::legend_height(rows.len()) + 100.0).max(window.tall + 40.0);
    let title = say!("fig-29");
    let svg = frame::picture(theme, HEAD + tall + 30.0, |canvas| {
        canvas.head(theme, &title, &say!("fig-places-below"));
        canvas.outline(window.left, HEAD, (window.wide, window.tall), theme.grid);
        cells(canvas, theme, (results, map), &window);
        edges(canvas, theme, map, &window);
        legend(canvas, theme, (&rows, map), window.left + window.wide + 44.0);
    })?;
    let few = results.heading.min_cell;
    let mut caption = say!("fig-places-caption");
    if map.withheld > 0 {
        let n = format::customers(map.withheld);
        caption = say!("fig-map-withheld", text = caption, customers = n, few = few);
    }
    if map.unknown > 0 {
        let n = format::customers(map.unknown);
        caption = say!("fig-places-unknown", text = caption, customers = n);
    }
    let names: Vec<String> = results.segments.iter().map(label::name).collect();
    let alt = say!("fig-places-alt", n = map.cells.len(), names = names.join("; "));
    Ok(Drawn { title, alt, caption, svg })
}

/// As wide and high as fits with a degree east as long as it is in the middle of the map.
fn window(map: &PlaceMap) -> Window {
    let middle = f64::midpoint(map.y[0], map.y[1]).clamp(-85.0, 85.0).to_radians();
    let ratio = (map.y[1] - map.y[0]) / ((map.x[1] - map.x[0]) * libm::cos(middle));
    let ratio = ratio.clamp(0.3, 3.0);
    let wide = WIDTH.min(HEIGHT / ratio);
    Window { left: LEFT, wide, tall: wide * ratio }
}

/// The cells: the colour of the segment that most belong to, darker where more are.
fn cells(
    canvas: &mut Canvas,
    theme: &Theme,
    (results, map): (&Results, &PlaceMap),
    window: &Window,
) {
    let most = map.cells.iter().map(|cell| cell.n).max().unwrap_or(1).max(1);
    let count = |n: u64| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let across = window.wide / count(map.width as u64);
    let up = window.tall / count(map.height as u64);
    for cell in &map.cells {
        if usize::from(cell.x) >= map.width || usize::from(cell.y) >= map.height {
            continue;
        }
        let dense = (count(cell.n) / count(most)).sqrt();
        let ground = theme.paper.mix(theme.segment(cell.segment_id), 0.22 + 0.78 * dense);
        let left = window.left + across * f64::from(cell.x);
        let top = HEAD + window.tall - up * (f64::from(cell.y) + 1.0);
        canvas.block(left + 0.5, top + 0.5, (across - 1.0).max(0.5), (up - 1.0).max(0.5), ground);
        let row = label::rows(results).find(|row| row.segment_id == cell.segment_id);
        let who = row.map_or_else(String::new, label::name);
        let told = format!("{}: {who} {}%", format::customers(cell.n), cell.percent);
        canvas.tip(left, top, (across, up), &told);
    }
}

/// `57.1° N`, `9.9° E`.
fn degrees(x: f64, north: bool) -> String {
    let wind = match (north, x >= 0.0) {
        (true, true) => say!("wind-n"),
        (true, false) => say!("wind-s"),
        (false, true) => say!("wind-e"),
        (false, false) => say!("wind-w"),
    };
    format!("{}° {wind}", format::decimal(x.abs(), 2))
}

/// The degrees at the corners.
fn edges(canvas: &mut Canvas, theme: &Theme, map: &PlaceMap, window: &Window) {
    let set = Type::new(theme::TINY, theme.muted);
    let low = HEAD + window.tall + 16.0;
    let corner = |x: f64, y: f64| format!("{}, {}", degrees(y, true), degrees(x, false));
    canvas.text(window.left, low, &corner(map.x[0], map.y[0]), set);
    let right = window.left + window.wide;
    if window.wide > 330.0 {
        canvas.text(right, low, &corner(map.x[1], map.y[0]), set.at(At::Right));
    }
}

/// The segments by name, and what the shades mean.
fn legend(canvas: &mut Canvas, theme: &Theme, at: (&[&SegmentRow], &PlaceMap), left: f64) {
    let (rows, map) = at;
    let width = (theme::WIDTH - theme::MARGIN - left).min(LEGEND);
    let mut y = label::legend(canvas, theme, rows, [left, HEAD + 20.0, width]);
    y += 14.0;
    let set = Type::new(theme::SMALL, theme.muted);
    for step in 0..5 {
        let shade = theme.paper.mix(theme.ink, 0.15 + 0.17 * f64::from(step));
        canvas.block(left + 28.0 * f64::from(step), y, 28.0, 12.0, shade);
    }
    let most = map.cells.iter().map(|cell| cell.n).max().unwrap_or(0);
    canvas.text(left, y + 28.0, &say!("fig-few"), set);
    let top = say!("fig-in-one-cell", n = most);
    let room = 240.0 - set.width(&say!("fig-few"));
    canvas.text(left + 252.0, y + 28.0, &set.fit(&top, room), set.at(At::Right));
}
