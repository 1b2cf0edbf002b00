//! Figure 3: how far each segment differs, feature by feature, with the typical values
//! as text in the cells.

use super::frame::{self, At, Canvas, HEAD, Type};
use super::theme::{self, Colour, Theme};
use super::{ChartError, Drawn, label};
use crate::format;
use crate::results::{HeatmapRow, Results};
use crate::words::say;

/// Height of one feature's line.
const LINE: f64 = 36.0;
/// Where the column of all customers begins.
const ALL: f64 = 262.0;
/// Where the segments begin.
const FIRST: f64 = 346.0;
/// Right edge.
const RIGHT: f64 = theme::WIDTH - theme::MARGIN;
/// The most features that are drawn.
const MOST: usize = 24;
/// An effect of this size has the full colour.
const FULL: f64 = 0.8;

/// Draws figure 3.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let rows: Vec<&HeatmapRow> = results.heatmap.features.iter().take(MOST).collect();
    let n = results.segments.len();
    let reason = if rows.is_empty() {
        say!("no-fig-differs")
    } else if n == 0 {
        say!("no-fig-segment")
    } else {
        String::new()
    };
    if !reason.is_empty() {
        return Err(ChartError::NothingToDraw { reason });
    }
    let title = say!("fig-3");
    let wide = (RIGHT - FIRST) / f64::from(u32::try_from(n).unwrap_or(1));
    let head = heads(results, wide);
    let deep = head.iter().map(Vec::len).max().unwrap_or(0);
    let top = HEAD + 30.0 + 17.0 * f64::from(u32::try_from(deep).unwrap_or(0)) + 10.0;
    let low = top + LINE * f64::from(u32::try_from(rows.len()).unwrap_or(0));
    let svg = frame::picture(theme, low + 74.0, |canvas| {
        let below = say!("fig-heatmap-below");
        canvas.head(theme, &title, &below);
        columns(canvas, theme, results, wide, &head);
        for (at, row) in rows.iter().enumerate() {
            let y = top + LINE * f64::from(u32::try_from(at).unwrap_or(0));
            line(canvas, theme, row, y, (n, wide));
        }
        legend(canvas, theme, low + 30.0);
    })?;
    Ok(Drawn { title, alt: alt(results, &rows), caption: caption(results), svg })
}

/// The names above the columns in lines; without any where they would not be readable.
fn heads(results: &Results, wide: f64) -> Vec<Vec<String>> {
    if wide < 100.0 {
        return Vec::new();
    }
    let set = Type::new(theme::TINY, Colour(0, 0, 0));
    results.segments.iter().map(|row| set.wrap(&label::name(row), wide - 12.0, 7)).collect()
}

/// Chips and names above the columns.
fn columns(
    canvas: &mut Canvas,
    theme: &Theme,
    results: &Results,
    wide: f64,
    names: &[Vec<String>],
) {
    let set = Type::new(theme::TINY, theme.ink).at(At::Middle);
    let quiet = Type::new(theme::TINY, theme.muted).at(At::Middle);
    let middle = f64::midpoint(ALL, FIRST) - 4.0;
    canvas.text(middle, HEAD + 8.0, &say!("fig-all-line-1"), quiet);
    canvas.text(middle, HEAD + 25.0, &say!("fig-all-line-2"), quiet);
    let mut x = FIRST + wide / 2.0;
    for (at, row) in results.segments.iter().enumerate() {
        canvas.chip(x, HEAD + 10.0, row.segment_id, theme);
        if let Some(lines) = names.get(at) {
            canvas.lines(x, HEAD + 34.0, lines, set);
        }
        x += wide;
    }
}

/// One feature: its name, the value of all, and a cell for each segment.
fn line(canvas: &mut Canvas, theme: &Theme, row: &HeatmapRow, y: f64, (n, wide): (usize, f64)) {
    let middle = y + LINE / 2.0;
    if row.in_base {
        canvas.dot(theme::MARGIN + 4.0, middle, 4.0, theme.accent);
    }
    let room = ALL - theme::MARGIN - 24.0;
    let name = label::feature(&row.feature);
    label::column(canvas, theme, &name, [theme::MARGIN + 16.0, middle, room]);
    let quiet = Type::new(theme::SMALL, theme.muted).at(At::Middle);
    let all = quiet.fit(&format::stored(&row.all), FIRST - ALL - 8.0);
    canvas.text(f64::midpoint(ALL, FIRST) - 4.0, middle, &all, quiet);
    let size = if wide < 70.0 { theme::TINY } else { theme::SMALL };
    let mut left = FIRST;
    for at in 0..n {
        let effect = row.effect.get(at).copied().flatten().filter(|e| e.is_finite());
        let ground = effect.map_or(theme.grid, |effect| shade(theme, effect));
        canvas.block(left + 1.0, y + 1.0, wide - 2.0, LINE - 2.0, ground);
        let stored = row.shown.get(at).map(String::as_str).unwrap_or_default();
        let shown = format::stored(stored);
        let set = Type::new(size, theme.text_on(ground)).at(At::Middle);
        let tiny = Type::new(theme::TINY, theme.text_on(ground)).at(At::Middle);
        let set = if set.width(&shown) > wide - 8.0 { tiny } else { set };
        let shown = if set.width(&shown) > wide - 8.0 { bound(stored) } else { shown };
        let gone = effect.is_none() && (shown.is_empty() || set.width(&shown) > wide - 8.0);
        let shown = if gone { "–".to_owned() } else { shown };
        canvas.text(left + wide / 2.0, middle, &set.fit(&shown, wide - 8.0), set);
        let told = format!(
            "{}, {}: {shown} ({})",
            label::feature(&row.feature),
            at + 1,
            format::stored(&row.all)
        );
        canvas.tip(left + 1.0, y + 1.0, (wide - 2.0, LINE - 2.0), &told);
        left += wide;
    }
}

/// A bound by its sign, where its words have no room: `<1.5%` for `under 1.5%`.
fn bound(stored: &str) -> String {
    let signs = [("under ", '<'), ("over ", '>')];
    let short = signs.into_iter().find_map(|(word, sign)| {
        stored.strip_prefix(word).map(|rest| format!("{sign}{}", format::stored(rest)))
    });
    short.unwrap_or_else(|| format::stored(stored))
}

/// The colour of an effect.
fn shade(theme: &Theme, effect: f64) -> Colour {
    let end = if effect < 0.0 { theme.less } else { theme.more };
    theme.paper.mix(end, 0.03 + 0.97 * (effect.abs() / FULL).min(1.0))
}

/// What the shades and the dot mean.
fn legend(canvas: &mut Canvas, theme: &Theme, y: f64) {
    let set = Type::new(theme::SMALL, theme.muted);
    let mut x = theme::MARGIN + 92.0;
    canvas.text(theme::MARGIN, y, &say!("fig-far-below"), set);
    for step in -4..=4_i32 {
        canvas.block(x, y - 8.0, 26.0, 16.0, shade(theme, f64::from(step) / 4.0 * FULL));
        x += 27.0;
    }
    canvas.text(x + 8.0, y, &say!("fig-far-above"), set);
    let dot = 540.0;
    canvas.dot(dot, y, 4.0, theme.accent);
    canvas.text(dot + 12.0, y, &say!("fig-made"), set);
}

/// How to read it.
fn caption(results: &Results) -> String {
    let is_bound = |shown: &String| ["under ", "over "].iter().any(|word| shown.starts_with(word));
    let mut text = say!("fig-heatmap-caption");
    if results.heatmap.features.iter().any(|row| row.shown.iter().any(is_bound)) {
        text = label::sentences([Some(text), Some(say!("bounds-note"))]);
    }
    if results.heatmap.features.iter().any(|row| row.effect.iter().any(Option::is_none)) {
        let few = results.heading.min_cell;
        text = say!("fig-grey-cells", text = text, few = few);
    }
    text
}

/// What the figure says.
fn alt(results: &Results, rows: &[&HeatmapRow]) -> String {
    let parts: Vec<String> = rows
        .iter()
        .take(6)
        .map(|row| {
            let cells: Vec<String> = results
                .segments
                .iter()
                .zip(&row.shown)
                .map(|(segment, shown)| format!("{} {}", segment.segment_id, format::stored(shown)))
                .collect();
            format!("{}: {}", label::feature(&row.feature), cells.join(", "))
        })
        .collect();
    say!("fig-heatmap-alt", n = rows.len(), parts = parts.join("; "))
}
