//! Figure 10: how the value is concentrated in few customers, with the cut-offs of ABC.

use super::axis::{Panel, Span};
use super::curve::{self, Setting};
use super::frame::{At, Canvas, Type};
use super::theme::{self, Theme};
use super::{ChartError, Drawn};
use crate::format;
use crate::results::Results;
use crate::results::rules::{Pareto, ParetoCut};
use crate::words::say;

/// The range of every share.
const ALL: Span = Span { low: 0.0, high: 1.0 };

/// Draws figure 10.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let nothing = |reason: &str| ChartError::NothingToDraw { reason: reason.to_owned() };
    let rules = results.rules.as_ref().ok_or_else(|| nothing(&say!("no-fig-value")))?;
    let pareto = rules.pareto.as_ref().ok_or_else(|| nothing(&say!("no-fig-value")))?;
    if pareto.points.len() < 3 {
        return Err(nothing(&say!("no-fig-steps")));
    }
    let first = pareto.cuts.iter().find_map(|cut| Some((cut, cut.share?)));
    let message = first.map_or_else(
        || (String::new(), say!("fig-pareto-spread")),
        |(cut, share)| {
            let value = format::whole_percent(cut.value_share);
            (format::percent(share), say!("fig-pareto-says", value = value, class = class(cut)))
        },
    );
    let setting = Setting {
        title: &say!("fig-10"),
        below: &if first.is_some() { say!("fig-pareto-below") } else { say!("fig-pareto-plain") },
        upwards: &say!("fig-pareto-up"),
        across: &say!("fig-pareto-across"),
        message,
        notes: notes(pareto),
    };
    let svg = curve::draw(theme, &setting, (ALL, ALL), |canvas, plot| {
        canvas.dashes(plot.place(0.0, 0.0), plot.place(1.0, 1.0), theme.muted, 1.4);
        for cut in &pareto.cuts {
            mark(canvas, theme, plot, cut);
        }
        canvas.path(&curve::points(plot, &pareto.points), theme.accent, 3.0);
    })?;
    let marked = if first.is_some() { say!("fig-pareto-marked") } else { String::new() };
    let caption = say!("fig-pareto-caption", marked = marked);
    Ok(Drawn { title: setting.title.to_owned(), alt: alt(pareto), caption, svg })
}

fn class(cut: &ParetoCut) -> String {
    format::clean(&cut.class, 4)
}

/// Where each class ends.
fn ends(pareto: &Pareto) -> impl Iterator<Item = String> + '_ {
    pareto.cuts.iter().filter_map(|cut| {
        let (value, share) = (format::whole_percent(cut.value_share), format::percent(cut.share?));
        Some(say!("fig-class-ends", class = class(cut), value = value, share = share))
    })
}

/// The smaller lines.
fn notes(pareto: &Pareto) -> Vec<String> {
    let mut notes: Vec<String> =
        ends(pareto).skip(1).map(|end| say!("fig-class-end", end = end)).collect();
    if let Some(n) = pareto.without_value.filter(|&n| n > 0) {
        notes.push(say!("fig-brought-nothing", customers = format::customers(n)));
    }
    if pareto.negative_share > 0.0 {
        let share = format::percent(pareto.negative_share);
        notes.push(say!("fig-refunds", share = share));
    }
    notes.push(say!("fig-dashed-same"));
    notes
}

/// Marks a cut-off on the curve.
fn mark(canvas: &mut Canvas, theme: &Theme, plot: &Panel, cut: &ParetoCut) {
    let Some(share) = cut.share else { return };
    let at = plot.place(share, cut.value_share);
    canvas.dashes((at.0, plot.low()), at, theme.ink, 1.2);
    canvas.dashes((plot.left, at.1), at, theme.ink, 1.2);
    canvas.dot(at.0, at.1, 6.0, theme.ink);
    let set = Type::new(theme::SMALL, theme.ink).bold().at(At::Left);
    canvas.text(at.0 + 11.0, at.1 + 14.0, &class(cut), set);
}

/// What the figure says.
fn alt(pareto: &Pareto) -> String {
    let ends: Vec<String> = ends(pareto).map(|end| say!("fig-class-end", end = end)).collect();
    say!("fig-pareto-alt", parts = ends.join(" "))
}
