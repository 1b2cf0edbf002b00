//! Figure 11: customers by their scores for days since the last order and for orders.

use super::frame::{self, At, Canvas, HEAD, Type};
use super::theme::{self, Colour, Theme};
use super::{ChartError, Drawn, label};
use crate::format;
use crate::results::Results;
use crate::results::rules::{RfmCell, RfmGrid};
use crate::said;
use crate::words::say;

/// Left edge of the tiles.
const LEFT: f64 = 190.0;
/// Upper edge of the tiles.
const TOP: f64 = HEAD + 14.0;
/// Width of all tiles.
const WIDTH: f64 = theme::WIDTH - theme::MARGIN - LEFT;
/// The most scores that are drawn.
const MOST: u8 = 10;

/// Draws figure 11.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let nothing = |reason: &str| ChartError::NothingToDraw { reason: reason.to_owned() };
    let grid = results.rules.as_ref().and_then(|rules| rules.rfm_grid.as_ref());
    let grid = grid.ok_or_else(|| nothing(&say!("no-fig-orders")))?;
    let sound = (1..=MOST).contains(&grid.days_bins) && (1..=MOST).contains(&grid.orders_bins);
    if !sound || grid.cells.iter().all(|cell| cell.customers.is_none_or(|n| n == 0)) {
        return Err(nothing(&say!("no-fig-rfm")));
    }
    let by_value = grid.cells.iter().any(|cell| cell.value_per_customer.is_some());
    let tall = if grid.days_bins > 5 { 46.0 } else { 72.0 };
    let low = TOP + tall * f64::from(grid.days_bins);
    let title = say!("fig-11");
    let svg = frame::picture(theme, low + 96.0, |canvas| {
        let below = if by_value { say!("fig-rfm-value") } else { say!("fig-rfm-count") };
        canvas.head(theme, &title, &below);
        for cell in &grid.cells {
            tile(canvas, theme, results, grid, (cell, tall));
        }
        axes(canvas, theme, grid, (tall, low));
    })?;
    Ok(Drawn { title, alt: alt(grid), caption: caption(results, by_value), svg })
}

/// The weight of a cell, 0..1: the root of its share of the heaviest.
fn weight(grid: &RfmGrid, cell: &RfmCell) -> f64 {
    let by_value = grid.cells.iter().any(|cell| cell.value_per_customer.is_some());
    let of = |cell: &RfmCell| {
        let n = cell.customers.map(|n| f64::from(u32::try_from(n).unwrap_or(u32::MAX)));
        let weight = if by_value { cell.value_per_customer } else { n };
        weight.filter(|weight| weight.is_finite()).map_or(0.0, |weight| weight.max(0.0))
    };
    let most = grid.cells.iter().map(of).fold(0.0_f64, f64::max);
    // The root, because a few cells hold most of the value and the rest would look alike.
    if most > 0.0 { (of(cell) / most).sqrt() } else { 0.0 }
}

/// One cell.
fn tile(
    canvas: &mut Canvas,
    theme: &Theme,
    results: &Results,
    grid: &RfmGrid,
    (cell, tall): (&RfmCell, f64),
) {
    let inside =
        (1..=grid.days_bins).contains(&cell.days) && (1..=grid.orders_bins).contains(&cell.orders);
    if !inside {
        return;
    }
    let wide = WIDTH / f64::from(grid.orders_bins);
    let left = LEFT + wide * f64::from(cell.orders - 1);
    let top = TOP + tall * f64::from(grid.days_bins - cell.days);
    let ground = ground(theme, grid, cell);
    canvas.block(left + 1.0, top + 1.0, wide - 2.0, tall - 2.0, ground);
    let ink = theme.text_on(ground);
    let (x, y) = (left + wide / 2.0, top + tall / 2.0);
    let main = Type::new(theme::SMALL, ink).bold().at(At::Middle);
    let small = Type::new(theme::TINY, ink).at(At::Middle);
    let Some(n) = cell.customers else {
        canvas.text(x, y, "–", main);
        return;
    };
    let name = format::clean(&said::phrase(&cell.name), 40);
    let money = cell.value_per_customer.filter(|_| n > 0);
    let money = money.map(|value| format::money(value, &results.heading.currency));
    let roomy = tall > 60.0 && !name.is_empty();
    let up = if roomy { 20.0 } else { 9.0 };
    if roomy {
        canvas.text(x, y - up, &small.fit(&name, wide - 10.0), small);
    }
    let (up, down) = match (roomy, money.is_some()) {
        (true, _) => (0.0, 20.0),
        (false, true) => (9.0, 9.0),
        (false, false) => (0.0, 0.0),
    };
    canvas.text(x, y - up, &main.fit(&format::count(n), wide - 8.0), main);
    if let Some(money) = money {
        canvas.text(x, y + down, &small.fit(&money, wide - 8.0), small);
    }
}

/// The colour of a cell: grey where withheld.
fn ground(theme: &Theme, grid: &RfmGrid, cell: &RfmCell) -> Colour {
    match cell.customers {
        None => theme.grid,
        Some(0) => theme.paper.mix(theme.grid, 0.35),
        Some(_) => theme.paper.mix(theme.accent, 0.06 + 0.94 * weight(grid, cell)),
    }
}

/// The scores along both sides.
fn axes(canvas: &mut Canvas, theme: &Theme, grid: &RfmGrid, (tall, low): (f64, f64)) {
    let set = Type::new(theme::SMALL, theme.ink).bold();
    let quiet = Type::new(theme::TINY, theme.muted);
    canvas.text(theme::MARGIN, TOP + 14.0, &say!("fig-last-order"), set);
    canvas.text(theme::MARGIN, TOP + 33.0, &say!("fig-score-1"), quiet);
    canvas.text(theme::MARGIN, TOP + 49.0, &say!("fig-score-2"), quiet);
    canvas.text(theme::MARGIN, TOP + 65.0, &say!("fig-score-3"), quiet);
    for score in 1..=grid.days_bins {
        let y = TOP + tall * (f64::from(grid.days_bins - score) + 0.5);
        canvas.text(LEFT - 14.0, y, &score.to_string(), set.at(At::Right));
    }
    let wide = WIDTH / f64::from(grid.orders_bins);
    for score in 1..=grid.orders_bins {
        let x = LEFT + wide * (f64::from(score) - 0.5);
        canvas.text(x, low + 16.0, &score.to_string(), set.at(At::Middle));
    }
    canvas.text(LEFT + WIDTH, low + 40.0, &say!("fig-orders-score"), set.at(At::Right));
    if is_withheld(grid) {
        canvas.text(theme::MARGIN, low + 68.0, &say!("fig-dash-withheld"), quiet);
    }
}

/// Whether a cell is withheld.
fn is_withheld(grid: &RfmGrid) -> bool {
    grid.cells.iter().any(|cell| cell.customers.is_none())
}

/// How to read it.
fn caption(results: &Results, by_value: bool) -> String {
    let few = results.heading.min_cell;
    let grid = results.rules.as_ref().and_then(|rules| rules.rfm_grid.as_ref());
    let second = if by_value { say!("fig-rfm-second") } else { String::new() };
    let grey = grid.filter(|grid| is_withheld(grid)).map(|_| say!("fig-rfm-grey", few = few));
    label::sentences([Some(say!("fig-rfm-caption", second = second)), grey])
}

/// What the figure says.
fn alt(grid: &RfmGrid) -> String {
    let most = grid.cells.iter().filter(|cell| cell.customers.is_some_and(|n| n > 0));
    let parts: Vec<String> = most
        .take(30)
        .map(|cell| {
            let n = format::customers(cell.customers.unwrap_or(0));
            say!(
                "fig-rfm-cell",
                days = u32::from(cell.days),
                orders = u32::from(cell.orders),
                n = n
            )
        })
        .collect();
    say!("fig-rfm-alt", parts = parts.join("; "))
}
