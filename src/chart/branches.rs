//! Figure 25: which dense regions there are at any distance, and which became segments.

use super::axis::{Panel, Span};
use super::frame::{self, At, Canvas, HEAD, Type};
use super::theme::{self, Theme};
use super::{ChartError, Drawn, label};
use crate::format;
use crate::results::pictures::Branch;
use crate::results::{Results, SegmentRow};
use crate::words::say;

/// Left edge of the tree.
const LEFT: f64 = 92.0;
/// Width of the tree.
const WIDTH: f64 = 580.0;
/// Height of the tree.
const HEIGHT: f64 = 420.0;
/// Where the legend begins.
const LEGEND: f64 = 712.0;

/// Draws figure 25.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let branches = &results.pictures.branches;
    let sound = |branch: &Branch| branch.from.is_finite() && branch.until.is_finite();
    if branches.len() < 2 || !branches.iter().all(sound) {
        return Err(ChartError::NothingToDraw { reason: say!("no-fig-branches") });
    }
    let plot = Panel {
        left: LEFT,
        top: HEAD + 44.0,
        width: WIDTH,
        height: HEIGHT,
        x: Span { low: 0.0, high: 1.0 },
        y: span(branches),
    };
    let listed: Vec<&SegmentRow> = label::rows(results).collect();
    let tall = (HEIGHT + 44.0).max(label::legend_height(listed.len()) + 20.0);
    let title = say!("fig-25");
    let svg = frame::picture(theme, HEAD + tall + 56.0, |canvas| {
        canvas.head(theme, &title, &say!("fig-branches-below"));
        rungs(canvas, theme, &plot);
        let set = Type::new(theme::SMALL, theme.ink).bold();
        canvas.text(plot.left - 64.0, plot.top - 20.0, &say!("fig-branches-up"), set);
        for (branch, place) in branches.iter().zip(places(branches)) {
            block(canvas, theme, branch, (place, &plot));
        }
        for (branch, place) in branches.iter().zip(places(branches)) {
            sign(canvas, theme, branch, (place, &plot));
        }
        let across = say!("fig-branches-across", n = branches[0].customers);
        canvas.text(plot.right(), plot.low() + 24.0, &set.fit(&across, WIDTH), set.at(At::Right));
        let width = theme::WIDTH - theme::MARGIN - LEGEND;
        label::legend(canvas, theme, &listed, [LEGEND, HEAD + 20.0, width]);
    })?;
    let parts: Vec<String> = branches
        .iter()
        .filter(|branch| branch.segment_id > 0)
        .map(|branch| {
            let (from, until) = (format::number(branch.from), format::number(branch.until));
            say!("fig-branch", id = branch.segment_id, from = from, until = until)
        })
        .collect();
    let alt = say!("fig-branches-alt", n = branches.len(), parts = parts.join("; "));
    let caption = say!("fig-branches-caption", few = results.heading.min_cell);
    Ok(Drawn { title, alt, caption, svg })
}

/// Where a distance lies: customers who are alike can be a thousand times nearer to each other
/// than the others, so each step of the same height divides the distance by as much.
fn height(distance: f64) -> f64 {
    libm::log10(distance.max(1e-12))
}

/// From a little above the first split to the closest that any region goes down to; regions of
/// equal customers, which go down to 0, end a little below the others.
fn span(branches: &[Branch]) -> Span {
    let split = branches[1..].iter().map(|branch| branch.from).fold(0.0_f64, f64::max);
    let ends = branches.iter().flat_map(|branch| [branch.from, branch.until]);
    let closest = ends.filter(|end| *end > 1e-6 * split).fold(split, f64::min);
    let (low, high) = (height(closest), height(split));
    let room = 0.06 * (high - low).max(0.1);
    Span::new(low - room, high + 1.5 * room)
}

/// Lines at round distances: 1, 2 and 5 of each power of ten, or the powers alone.
fn rungs(canvas: &mut Canvas, theme: &Theme, plot: &Panel) {
    let set = Type::new(theme::SMALL, theme.muted).at(At::Right);
    let steps: &[f64] = if plot.y.high - plot.y.low > 2.5 { &[1.0] } else { &[1.0, 2.0, 5.0] };
    for power in -12..=12_i32 {
        for step in steps {
            let tick = step * libm::pow(10.0, f64::from(power));
            let at = height(tick);
            if (plot.y.low..=plot.y.high).contains(&at) {
                let (_, y) = plot.place(0.0, at);
                canvas.path(&[(plot.left, y), (plot.right(), y)], theme.grid, 1.0);
                canvas.text(plot.left - 8.0, y, &format::number(tick), set);
            }
        }
    }
}

/// The left edge and the width of every branch as shares of the first, 0..1: children lie side
/// by side in the middle of what they split off from.
fn places(branches: &[Branch]) -> Vec<(f64, f64)> {
    let count = |n: u64| f64::from(u32::try_from(n).unwrap_or(u32::MAX)).max(1.0);
    let all = count(branches[0].customers);
    let mut places = vec![(0.0, 1.0); branches.len()];
    // Where the next child of each branch begins.
    let mut next = vec![0.0; branches.len()];
    for (at, branch) in branches.iter().enumerate() {
        let wide = (count(branch.customers) / all).min(1.0);
        if let Some(parent) = branch.parent.filter(|&parent| parent < at) {
            places[at] = (next[parent], wide);
            next[parent] += wide;
        } else {
            places[at] = (0.0, wide);
        }
        let children = branches.iter().filter(|child| child.parent == Some(at));
        let below: f64 = children.map(|child| count(child.customers) / all).sum();
        next[at] = places[at].0 + ((wide - below) / 2.0).max(0.0);
    }
    places
}

/// One branch as a block from the distance where it begins to the one where it ends.
fn block(canvas: &mut Canvas, theme: &Theme, branch: &Branch, at: ((f64, f64), &Panel)) {
    let ((left, wide), plot) = at;
    let (x, top) = plot.place(left, height(branch.from));
    let (_, low) = plot.place(left, height(branch.until));
    let long = (plot.width * wide - 1.0).max(1.0);
    let colour = match branch.segment_id {
        0 => theme.paper.mix(theme.none, 0.55),
        id => theme.segment(id),
    };
    canvas.block(x, top, long, (low - top).max(1.5), colour);
    let told = say!(
        "fig-branch-tip",
        n = branch.customers,
        from = format::number(branch.from),
        until = format::number(branch.until)
    );
    canvas.tip(x, top, (long, (low - top).max(4.0)), &told);
}

/// The sign of the segment that a branch became.
fn sign(canvas: &mut Canvas, theme: &Theme, branch: &Branch, at: ((f64, f64), &Panel)) {
    let ((left, wide), plot) = at;
    if branch.segment_id == 0 {
        return;
    }
    let (x, top) = plot.place(left, height(branch.from));
    let (_, low) = plot.place(left, height(branch.until));
    canvas.chip(x + plot.width * wide / 2.0, f64::midpoint(top, low), branch.segment_id, theme);
}
