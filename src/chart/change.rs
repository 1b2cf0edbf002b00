//! Figures 21 to 23, drawn where there is a previous run: forecast against fact, who moved,
//! and the KPI month by month.

use super::axis::Span;
use super::frame::{self, At, Canvas, HEAD, Type};
use super::theme::{self, Theme};
use super::{ChartError, Drawn};
use crate::format;
use crate::results::{ChangeResults, ForecastRow, Month, Movement, Results};
use crate::words::say;

/// Right edge.
const RIGHT: f64 = theme::WIDTH - theme::MARGIN;

fn nothing(reason: &str) -> ChartError {
    ChartError::NothingToDraw { reason: reason.to_owned() }
}

fn change(results: &Results) -> Result<&ChangeResults, ChartError> {
    results.change.as_deref().ok_or_else(|| nothing("there is no previous run"))
}

fn to_f64(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// Draws figure 21: per segment the share that was to leave and the share that left.
pub(super) fn forecast(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let change = change(results)?;
    let (found, [then, _]) = (change.forecast.as_ref(), super::label::both_days(change));
    let rows: Vec<&ForecastRow> = found
        .iter()
        .flat_map(|forecast| &forecast.rows)
        .filter(|row| row.churn_forecast.is_some() && row.churn_fact.is_some())
        .collect();
    if rows.is_empty() {
        return Err(nothing(&say!("no-fig-forecast")));
    }
    let (left, line) = (330.0, 40.0);
    let highs = rows.iter().flat_map(|row| {
        [row.churn_forecast.unwrap_or(0.0), row.churn_fact.map_or(0.0, |fact| fact.high)]
    });
    let scale = Span::from_zero(highs);
    let place = |share: f64| left + (RIGHT - left - 90.0) * scale.at(share);
    let title = say!("fig-21");
    let svg = frame::picture(theme, HEAD + 40.0 + line * to_f64(rows.len()) + 30.0, |canvas| {
        canvas.head(theme, &title, &say!("fig-forecast-below", then = &then));
        for (at, row) in rows.iter().enumerate() {
            let y = HEAD + 40.0 + line * (to_f64(at) + 0.5);
            let name = who(results, row);
            let set = Type::new(theme::SMALL, theme.ink);
            if row.segment_id > 0 {
                canvas.chip(theme::MARGIN + 12.0, y, row.segment_id, theme);
            }
            canvas.text(theme::MARGIN + 30.0, y, &set.fit(&name, left - 80.0), set);
            let (Some(told), Some(fact)) = (row.churn_forecast, row.churn_fact) else { continue };
            canvas.path(&[(place(fact.low), y), (place(fact.high), y)], theme.muted, 3.0);
            canvas.dot(place(fact.value), y, 6.0, theme.segment(row.segment_id));
            canvas.path(&[(place(told), y - 11.0), (place(told), y + 11.0)], theme.ink, 3.0);
            let figures = format!("{} / {}", format::percent(told), format::percent(fact.value));
            canvas.text(RIGHT, y, &figures, Type::new(theme::SMALL, theme.ink).at(At::Right));
        }
    })?;
    let told: Vec<String> = rows
        .iter()
        .map(|row| {
            say!(
                "fig-forecast-came",
                who = who(results, row),
                told = row.churn_forecast.map(format::percent).unwrap_or_default(),
                came = row.churn_fact.map(|fact| format::percent(fact.value)).unwrap_or_default()
            )
        })
        .collect();
    Ok(Drawn { title, alt: told.join("; "), caption: say!("fig-forecast-caption"), svg })
}

/// Draws figure 22: who moved by behaviour, and after a refit by redefinition.
pub(super) fn migration(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let change = change(results)?;
    let [then, now] = &super::label::both_days(change);
    let title = say!("fig-22");
    let panels: Vec<(String, &Movement)> = match change.done {
        crate::results::Done::Scored => {
            vec![(say!("fig-by-behaviour"), &change.moved_by_behaviour)]
        }
        crate::results::Done::Refitted => vec![
            (say!("fig-by-behaviour"), &change.moved_by_behaviour),
            (say!("fig-by-definition"), &change.moved_by_redefinition),
        ],
    };
    if change.moved_by_behaviour.cells.is_empty() {
        return Err(nothing(&say!("no-fig-cells-moved")));
    }
    let heights: Vec<f64> = panels.iter().map(|(_, movement)| ribbon_height(movement)).collect();
    let svg = frame::picture(theme, HEAD + heights.iter().sum::<f64>() + 20.0, |canvas| {
        canvas.head(theme, &title, &say!("fig-migration-below", then = then, now = now));
        let mut top = HEAD;
        for ((name, movement), height) in panels.iter().zip(&heights) {
            ribbons(canvas, theme, results, (name, movement), (top, *height));
            top += height;
        }
    })?;
    let moved: u64 = change
        .moved_by_behaviour
        .cells
        .iter()
        .filter(|cell| cell.from.is_some_and(|from| from != cell.to))
        .map(|cell| cell.customers)
        .sum();
    Ok(Drawn {
        title,
        alt: say!(
            "fig-migration-alt",
            moved = format::count(moved),
            all = format::customers(change.moved_by_behaviour.customers)
        ),
        caption: say!("fig-migration-caption"),
        svg,
    })
}

/// The two columns of ids of a movement.
fn columns(movement: &Movement) -> (Vec<Option<u32>>, Vec<u32>) {
    let mut from: Vec<Option<u32>> = movement.cells.iter().map(|cell| cell.from).collect();
    let mut to: Vec<u32> = movement.cells.iter().map(|cell| cell.to).collect();
    from.sort_unstable_by_key(|from| (from.is_none(), *from));
    from.dedup();
    to.sort_unstable();
    to.dedup();
    (from, to)
}

fn ribbon_height(movement: &Movement) -> f64 {
    let (from, to) = columns(movement);
    90.0 + 300.0 + 12.0 * to_f64(from.len().max(to.len()))
}

/// One alluvial panel.
fn ribbons(
    canvas: &mut Canvas,
    theme: &Theme,
    results: &Results,
    (name, movement): (&str, &Movement),
    (top, height): (f64, f64),
) {
    canvas.text(theme::MARGIN, top + 10.0, name, Type::new(theme::SMALL, theme.ink).bold());
    let (from, to) = columns(movement);
    let total: u64 = movement.cells.iter().map(|cell| cell.customers).sum();
    let gap = 12.0;
    let room = height - 60.0 - gap * to_f64(from.len().max(to.len()));
    let size = |n: u64| room * n as f64 / total.max(1) as f64;
    let (left, right) = (280.0, RIGHT - 260.0);
    let sum = |is_own: &dyn Fn(&crate::results::Moved) -> bool| -> u64 {
        movement.cells.iter().filter(|cell| is_own(cell)).map(|cell| cell.customers).sum()
    };
    let mut y = top + 34.0;
    let mut from_at = Vec::new();
    for &id in &from {
        let n = sum(&|cell| cell.from == id);
        let shown = id.unwrap_or(0);
        canvas.block(left - 14.0, y, 14.0, size(n).max(1.0), theme.segment(shown));
        let text = id.map_or_else(|| say!("change-new"), |id| called(results, id));
        let set = Type::new(theme::SMALL, theme.ink).at(At::Right);
        canvas.text(left - 22.0, y + size(n) / 2.0, &counted(set, &text, n, left - 50.0), set);
        from_at.push(y);
        y += size(n) + gap;
    }
    let mut y = top + 34.0;
    let mut to_at = Vec::new();
    for &id in &to {
        let n = sum(&|cell| cell.to == id);
        canvas.block(right, y, 14.0, size(n).max(1.0), theme.segment(id));
        let set = Type::new(theme::SMALL, theme.ink);
        let text = counted(set, &called(results, id), n, 230.0);
        canvas.text(right + 22.0, y + size(n) / 2.0, &text, set);
        to_at.push(y);
        y += size(n) + gap;
    }
    for cell in &movement.cells {
        let (Some(a), Some(b)) =
            (from.iter().position(|id| *id == cell.from), to.iter().position(|id| *id == cell.to))
        else {
            continue;
        };
        let wide = size(cell.customers);
        let colour = theme.paper.mix(theme.segment(cell.from.unwrap_or(0)), 0.45);
        band(canvas, (left, from_at[a]), (right, to_at[b]), wide.max(0.8), colour);
        from_at[a] += wide;
        to_at[b] += wide;
    }
}

/// A name with its customers; where there is not room enough the name is cut, never the
/// number.
fn counted(set: Type, name: &str, n: u64, room: f64) -> String {
    let n = format!(" {}", format::count(n));
    format!("{}{n}", set.fit(name, room - set.width(&n)))
}

/// A band that leaves and arrives level.
fn band(canvas: &mut Canvas, from: (f64, f64), to: (f64, f64), wide: f64, colour: theme::Colour) {
    let steps = 24_u32;
    let point = |at: u32, below: f64| {
        let t = f64::from(at) / f64::from(steps);
        let ease = t * t * (3.0 - 2.0 * t);
        (from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * ease + below)
    };
    let mut points: Vec<(f64, f64)> = (0..=steps).map(|at| point(at, 0.0)).collect();
    points.extend((0..=steps).rev().map(|at| point(at, wide)));
    canvas.shape(&points, colour);
}

fn called(results: &Results, id: u32) -> String {
    if id == 0 {
        return say!("change-in-none");
    }
    let segments = results.change.iter().flat_map(|change| &change.segments);
    let name = segments.filter(|segment| segment.segment_id == id).map(|segment| &segment.segment);
    let then = name.map(String::as_str).next().unwrap_or_default();
    format!("{id} {}", name_of(results, id, then))
}

/// What a segment of then is called: as now where it has kept its name.
fn name_of(results: &Results, id: u32, then: &str) -> String {
    let row = results.segments.iter().find(|row| row.segment_id == id);
    let name = row.filter(|row| row.segment == then).map(super::label::name);
    name.unwrap_or_else(|| format::clean(then, 80))
}

/// Whom a forecast is of.
fn who(results: &Results, row: &ForecastRow) -> String {
    match row.segment_id {
        0 => say!("all-customers"),
        id => name_of(results, id, &row.segment),
    }
}

/// A KPI of a month.
type Get = fn(&Month) -> Option<f64>;

/// Draws figure 23: KPI month by month with control limits.
pub(super) fn kpi(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    change(results)?;
    let kpi = results.kpi.as_ref().ok_or_else(|| nothing(&say!("no-fig-kpi")))?;
    let lines: [(&str, String, Get, bool); 4] = [
        ("customers", say!("fig-kpi-customers"), |month| Some(month.customers as f64), false),
        ("order-value", say!("kpi-order-value"), |month| month.order_value, false),
        ("retention", say!("fig-kpi-retention"), |month| month.retention, true),
        ("repeat-share", say!("fig-kpi-repeat"), |month| month.repeat_share, true),
    ];
    let lines: Vec<_> = lines
        .into_iter()
        .filter(|(_, _, get, _)| kpi.months.iter().filter_map(get).count() >= 2)
        .collect();
    if lines.is_empty() {
        return Err(nothing(&say!("no-fig-months")));
    }
    let (tall, title) = (150.0, say!("fig-23"));
    let svg = frame::picture(theme, HEAD + tall * to_f64(lines.len()) + 30.0, |canvas| {
        canvas.head(theme, &title, &say!("fig-kpi-below"));
        for (at, (name, said, get, is_share)) in lines.iter().enumerate() {
            let limits = kpi.limits.iter().find(|limits| limits.kpi == *name);
            let top = HEAD + tall * to_f64(at);
            let limits = limits.map(|limits| [limits.low, limits.mean, limits.high]);
            panel(canvas, theme, (&kpi.months, *get, *is_share), limits, (said, top, tall));
        }
    })?;
    let caption =
        if kpi.limits.is_empty() { say!("fig-kpi-no-limits") } else { say!("fig-kpi-caption") };
    Ok(Drawn {
        title,
        alt: say!("fig-kpi-alt", n = lines.len(), months = kpi.months.len()),
        caption,
        svg,
    })
}

fn panel(
    canvas: &mut Canvas,
    theme: &Theme,
    (months, get, is_share): (&[Month], Get, bool),
    limits: Option<[f64; 3]>,
    (said, top, tall): (&str, f64, f64),
) {
    let (left, right) = (theme::MARGIN + 70.0, RIGHT - 30.0);
    let (upper, lower) = (top + 40.0, top + tall - 22.0);
    let values = months.iter().filter_map(get).chain(limits.into_iter().flatten());
    let (low, high) =
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
    let span = Span::new(low, high);
    let y = |value: f64| lower - (lower - upper) * span.at(value);
    let x = |at: usize| left + (right - left) * to_f64(at) / to_f64((months.len() - 1).max(1));
    let shown = |value: f64| {
        if is_share { format::percent(value) } else { format::number(value) }
    };
    canvas.text(theme::MARGIN, top + 16.0, said, Type::new(theme::SMALL, theme.ink).bold());
    let set = Type::new(theme::TINY, theme.muted).at(At::Right);
    for value in [span.low, span.high] {
        canvas.text(left - 10.0, y(value), &shown(value), set);
    }
    for limit in limits.into_iter().flatten() {
        canvas.dashes((left, y(limit)), (right, y(limit)), theme.muted, 1.0);
    }
    let known: Vec<(usize, f64, bool)> = months
        .iter()
        .enumerate()
        .filter_map(|(at, month)| Some((at, get(month)?, month.partial)))
        .collect();
    let line: Vec<(f64, f64)> = known.iter().map(|&(at, value, _)| (x(at), y(value))).collect();
    canvas.path(&line, theme.accent, 2.0);
    for &(at, value, partial) in &known {
        canvas.dot(x(at), y(value), 4.5, theme.accent);
        if partial {
            canvas.dot(x(at), y(value), 3.0, theme.paper);
        }
    }
    let set = Type::new(theme::TINY, theme.muted).at(At::Middle);
    for at in [0, months.len() - 1] {
        canvas.text(x(at), lower + 14.0, &months[at].month, set);
    }
}
