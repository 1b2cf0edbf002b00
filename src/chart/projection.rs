//! Figure 2: the customers as coloured cells of a map. No dot stands for a person.

use super::frame::{self, At, Canvas, HEAD, Type};
use super::theme::{self, Theme};
use super::{ChartError, Drawn, label, spread};
use crate::format;
use crate::results::{Projection, Results};
use crate::said;
use crate::words::say;

/// The map's left edge.
const LEFT: f64 = 62.0;
/// The map's width.
const WIDTH: f64 = 620.0;
/// The map's height.
const HEIGHT: f64 = 520.0;
/// Where the legend begins.
const LEGEND: f64 = 712.0;
/// A grid finer than this is not drawn.
const FINEST: usize = 1000;

/// Draws figure 2.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let map = &results.projection;
    let sound = |edge: [f64; 2]| edge[0].is_finite() && edge[1].is_finite() && edge[0] < edge[1];
    let all = results.data.customers;
    let reason = if !map.cells.is_empty() && 2 * map.withheld > all {
        say!("no-fig-map-few", n = map.withheld, all = all, few = results.heading.min_cell)
    } else if map.cells.is_empty() {
        say!("no-fig-cells")
    } else if !(1..=FINEST).contains(&map.width) || !(1..=FINEST).contains(&map.height) {
        say!("no-fig-grid")
    } else if !sound(map.x) || !sound(map.y) {
        say!("no-fig-spot")
    } else {
        String::new()
    };
    if !reason.is_empty() {
        return Err(ChartError::NothingToDraw { reason });
    }
    let title = say!("fig-2");
    let shown = format::whole_percent(map.explained[0] + map.explained[1]);
    let below = say!("fig-map-below", shown = &shown);
    let listed = label::rows(results).count();
    let tall = (42.0 * f64::from(u32::try_from(listed).unwrap_or(0)) + 120.0).max(HEIGHT);
    let svg = frame::picture(theme, HEAD + tall + 56.0, |canvas| {
        canvas.head(theme, &title, &below);
        canvas.outline(LEFT, HEAD, (WIDTH, HEIGHT), theme.grid);
        cells(canvas, theme, map);
        centres(canvas, theme, results);
        axes(canvas, theme, map);
        legend(canvas, theme, results);
    })?;
    let caption = caption(results);
    Ok(Drawn { alt: alt(results, &shown), title, caption, svg })
}

/// The cells: the colour of the segment that most belong to, darker where more are.
fn cells(canvas: &mut Canvas, theme: &Theme, map: &Projection) {
    let most = map.cells.iter().map(|cell| cell.n).max().unwrap_or(1).max(1);
    let across = WIDTH / f64::from(u32::try_from(map.width).unwrap_or(1));
    let up = HEIGHT / f64::from(u32::try_from(map.height).unwrap_or(1));
    for cell in &map.cells {
        if usize::from(cell.x) >= map.width || usize::from(cell.y) >= map.height {
            continue;
        }
        let dense = (share(cell.n, most)).sqrt();
        let ground = theme.paper.mix(theme.segment(cell.segment_id), 0.22 + 0.78 * dense);
        let left = LEFT + across * f64::from(cell.x);
        let top = HEAD + HEIGHT - up * (f64::from(cell.y) + 1.0);
        canvas.block(left + 0.5, top + 0.5, (across - 1.0).max(0.5), (up - 1.0).max(0.5), ground);
    }
}

/// `n` of `all` as a share.
fn share(n: u64, all: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a shade needs no more than 52 bits")]
    let share = n as f64 / all.max(1) as f64;
    share
}

/// The centres with their ids, pushed apart where they would cover each other.
fn centres(canvas: &mut Canvas, theme: &Theme, results: &Results) {
    let map = &results.projection;
    let place = |centre: &[f64; 2]| {
        let x = ((centre[0] - map.x[0]) / (map.x[1] - map.x[0])).clamp(0.0, 1.0);
        let y = ((centre[1] - map.y[0]) / (map.y[1] - map.y[0])).clamp(0.0, 1.0);
        (LEFT + WIDTH * x, HEAD + HEIGHT * (1.0 - y))
    };
    let known = |centre: &&[f64; 2]| centre[0].is_finite() && centre[1].is_finite();
    let true_places: Vec<(u32, (f64, f64))> =
        (1..).zip(&map.centres).filter(|(_, c)| known(c)).map(|(id, c)| (id, place(c))).collect();
    let mut shown: Vec<(f64, f64)> = true_places.iter().map(|(_, at)| *at).collect();
    spread::spread(&mut shown, 33.0, inside);
    for ((_, from), to) in true_places.iter().zip(&shown) {
        if (from.0 - to.0).abs() + (from.1 - to.1).abs() > 6.0 {
            canvas.path(&[*from, *to], theme.ink, 1.2);
            canvas.dot(from.0, from.1, 3.0, theme.ink);
        }
    }
    for ((id, _), at) in true_places.iter().zip(&shown) {
        canvas.dot(at.0, at.1, 15.0, theme.ink);
        canvas.chip(at.0, at.1, *id, theme);
    }
}

/// A place inside the map.
fn inside(x: f64, y: f64) -> (f64, f64) {
    (x.clamp(LEFT + 16.0, LEFT + WIDTH - 16.0), y.clamp(HEAD + 16.0, HEAD + HEIGHT - 16.0))
}

/// What pulls along each axis.
fn axes(canvas: &mut Canvas, theme: &Theme, map: &Projection) {
    let set = Type::new(theme::SMALL, theme.muted);
    let words = |axis: usize| format::clean(&said::axis(&map.axes[axis]), 200);
    let low = HEAD + HEIGHT + 20.0;
    // The words may run on below the legend.
    let room = WIDTH + 260.0;
    for (axis, (arrow, y)) in [("→", low), ("↑", low + 20.0)].into_iter().enumerate() {
        let share = format!(" ({})", format::whole_percent(map.explained[axis]));
        let what = format!("{arrow} {}", words(axis));
        let tiny = Type::new(theme::TINY, theme.muted);
        let set = if set.width(&what) + set.width(&share) > room { tiny } else { set };
        // How much it shows is told in any case.
        let what = set.fit(&what, room - set.width(&share));
        canvas.text(LEFT, y, &format!("{what}{share}"), set);
    }
    canvas.text(LEFT - 18.0, HEAD + 14.0, "↑", set.at(At::Middle));
}

/// The segments by name, and what the shades mean.
fn legend(canvas: &mut Canvas, theme: &Theme, results: &Results) {
    let mut y = HEAD + 20.0;
    let width = theme::WIDTH - theme::MARGIN - LEGEND;
    for row in label::rows(results) {
        label::segment(canvas, theme, row, [LEGEND, y, width]);
        y += 42.0;
    }
    y += 14.0;
    let set = Type::new(theme::SMALL, theme.muted);
    let wide = 48.0;
    for step in 0..5 {
        let shade = theme.paper.mix(theme.ink, 0.15 + 0.17 * f64::from(step));
        canvas.block(LEGEND + wide * f64::from(step), y, wide, 12.0, shade);
    }
    let most = results.projection.cells.iter().map(|cell| cell.n).max().unwrap_or(0);
    canvas.text(LEGEND, y + 28.0, &say!("fig-few"), set);
    let top = say!("fig-in-one-cell", n = most);
    canvas.text(
        LEGEND + 5.0 * wide,
        y + 28.0,
        &set.fit(&top, 5.0 * wide - 8.0 - set.width(&say!("fig-few"))),
        set.at(At::Right),
    );
}

/// How to read it.
fn caption(results: &Results) -> String {
    let map = &results.projection;
    let mut text = say!("fig-map-caption");
    if map.withheld > 0 {
        let n = format::customers(map.withheld);
        let few = results.heading.min_cell;
        text = say!("fig-map-withheld", text = text, customers = n, few = few);
    }
    text
}

/// What the figure says.
fn alt(results: &Results, shown: &str) -> String {
    let names: Vec<String> = results.segments.iter().map(label::name).collect();
    say!("fig-map-alt", n = results.projection.cells.len(), shown = shown, names = names.join("; "))
}
