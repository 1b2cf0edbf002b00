//! Figure 28: how sure it is that customers are still active, by orders and silence.

use super::frame::{self, At, Canvas, HEAD, Type};
use super::theme::{self, Theme};
use super::{ChartError, Drawn, label};
use crate::format;
use crate::results::Results;
use crate::results::value::{AliveCell, AliveGrid};
use crate::words::say;

/// Left edge of the cells.
const LEFT: f64 = 190.0;
/// Upper edge of the cells.
const TOP: f64 = HEAD + 36.0;
/// Height of one cell.
const TALL: f64 = 50.0;
/// The most rows and columns that are drawn.
const MOST: usize = 12;

/// Draws figure 28.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let nothing = || ChartError::NothingToDraw { reason: say!("no-fig-alive") };
    let value = label::value(results).ok_or_else(nothing)?;
    let grid = value.alive.as_ref().ok_or_else(nothing)?;
    let (rows, columns) = (grid.orders.len(), grid.silence.len());
    let told = |cell: &AliveCell| cell.active.is_some_and(f64::is_finite);
    if !(1..=MOST).contains(&rows) || !(1..=MOST).contains(&columns) || !grid.cells.iter().any(told)
    {
        return Err(nothing());
    }
    let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(0));
    let wide = ((theme::WIDTH - theme::MARGIN - LEFT) / count(columns)).min(110.0);
    let low = TOP + TALL * count(rows);
    let title = say!("fig-28");
    let svg = frame::picture(theme, low + 84.0, |canvas| {
        canvas.head(theme, &title, &say!("fig-alive-below"));
        for cell in grid.cells.iter().filter(|c| c.orders < rows && c.silence < columns) {
            let place =
                (LEFT + wide * count(cell.silence), low - TALL * count(cell.orders + 1), wide);
            tile(canvas, theme, cell, place);
        }
        axes(canvas, theme, grid, (wide, low));
    })?;
    let parts: Vec<String> = grid
        .cells
        .iter()
        .filter(|cell| told(cell) && cell.orders < rows && cell.silence < columns)
        .take(40)
        .map(|cell| {
            let (orders, days) = (orders(grid, cell.orders), silence(grid, cell.silence));
            let p = format::whole_percent(cell.active.unwrap_or(0.0));
            say!("fig-alive-cell", orders = orders, days = days, p = p)
        })
        .collect();
    let alt = say!("fig-alive-alt", parts = parts.join("; "));
    let few = results.heading.min_cell;
    let mut caption = say!("fig-alive-caption", model = format::clean(&grid.model, 30), few = few);
    if grid.model != value.model {
        caption = say!("fig-alive-other", text = caption);
    }
    Ok(Drawn { title, alt, caption, svg })
}

/// The orders of a row: `2`, `4–5`, `20+`.
fn orders(grid: &AliveGrid, row: usize) -> String {
    let from = grid.orders[row];
    match grid.orders.get(row + 1) {
        Some(next) if *next == from + 1 => from.to_string(),
        Some(next) => format!("{from}–{}", next.saturating_sub(1)),
        None => format!("{from}+"),
    }
}

/// The days of a column: `8–14`.
fn silence(grid: &AliveGrid, column: usize) -> String {
    let to = u64::from(grid.silence[column]);
    let from = column.checked_sub(1).map_or(0, |before| u64::from(grid.silence[before]) + 1);
    format!("{}–{}", format::count(from), format::count(to))
}

/// One cell: how sure, and of how many customers.
fn tile(canvas: &mut Canvas, theme: &Theme, cell: &AliveCell, (left, top, wide): (f64, f64, f64)) {
    let active = cell.active.filter(|p| p.is_finite());
    let shade = active.map_or(theme.grid, |p| theme.paper.mix(theme.accent, 0.04 + 0.9 * p));
    canvas.block(left + 1.0, top + 1.0, wide - 2.0, TALL - 2.0, shade);
    let ink = theme.text_on(shade);
    let main = Type::new(theme::SMALL, ink).bold().at(At::Middle);
    let (x, y) = (left + wide / 2.0, top + TALL / 2.0);
    let Some(active) = active else {
        canvas.text(x, y, "–", main);
        return;
    };
    canvas.text(x, y - 9.0, &format::whole_percent(active), main);
    if let Some(n) = cell.customers {
        let small = Type::new(theme::TINY, ink).at(At::Middle);
        canvas.text(x, y + 10.0, &small.fit(&format::count(n), wide - 8.0), small);
        let told = format!("{}, {}", format::whole_percent(active), format::customers(n));
        canvas.tip(left + 1.0, top + 1.0, (wide - 2.0, TALL - 2.0), &told);
    }
}

/// What rows and columns are.
fn axes(canvas: &mut Canvas, theme: &Theme, grid: &AliveGrid, (wide, low): (f64, f64)) {
    let set = Type::new(theme::SMALL, theme.ink).bold();
    let quiet = Type::new(theme::TINY, theme.muted);
    let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(0));
    canvas.text(theme::MARGIN, TOP - 16.0, &set.fit(&say!("fig-alive-orders"), 300.0), set);
    for row in 0..grid.orders.len() {
        let y = low - TALL * (count(row) + 0.5);
        canvas.text(LEFT - 14.0, y, &orders(grid, row), set.at(At::Right));
    }
    for column in 0..grid.silence.len() {
        let x = LEFT + wide * (count(column) + 0.5);
        let small = Type::new(theme::TINY, theme.ink).at(At::Middle);
        canvas.text(x, low + 15.0, &small.fit(&silence(grid, column), wide - 4.0), small);
    }
    let right = LEFT + wide * count(grid.silence.len());
    canvas.text(right, low + 38.0, &say!("fig-alive-silence"), set.at(At::Right));
    canvas.text(theme::MARGIN, low + 62.0, &say!("fig-dash-withheld"), quiet);
}
