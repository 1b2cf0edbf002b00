//! Figure 10: how the value is concentrated in few customers, with the cut-offs of ABC.

use super::axis::{Panel, Span};
use super::curve::{self, Setting};
use super::frame::{At, Canvas, Type};
use super::theme::{self, Theme};
use super::{ChartError, Drawn};
use crate::format;
use crate::results::Results;
use crate::results::rules::{Pareto, ParetoCut};

/// The range of every share.
const ALL: Span = Span { low: 0.0, high: 1.0 };

/// Draws figure 10.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let nothing = |reason: &str| ChartError::NothingToDraw { reason: reason.to_owned() };
    let rules = results.rules.as_ref().ok_or_else(|| nothing("no customer has a value"))?;
    let pareto = rules.pareto.as_ref().ok_or_else(|| nothing("no customer has a value"))?;
    if pareto.points.len() < 3 {
        return Err(nothing("too few customers share each step of the curve"));
    }
    let first = pareto.cuts.iter().find_map(|cut| Some((cut, cut.share?)));
    let message = first.map_or_else(
        || (String::new(), "How the value is spread over the customers.".to_owned()),
        |(cut, share)| {
            let value = format::whole_percent(cut.value_share);
            (
                format::percent(share),
                format!("of the customers bring {value} of the value: class {}.", class(cut)),
            )
        },
    );
    let setting = Setting {
        title: "How the value is concentrated",
        below: "Pareto curve with the cut-offs of ABC",
        upwards: "Share of all positive value",
        across: "Share of customers, largest value first",
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
    let caption =
        "Customers are sorted by value, the largest first. Going right, more of them are \
        counted; the height says which share of all positive value they bring. The steeper the \
        curve begins, the fewer customers carry the business. The marked points are the cut-offs \
        between the classes A, B and so on. No step of the curve shows a single customer."
            .to_owned();
    Ok(Drawn { title: setting.title.to_owned(), alt: alt(pareto), caption, svg })
}

fn class(cut: &ParetoCut) -> String {
    format::clean(&cut.class, 4)
}

/// Where each class ends.
fn ends(pareto: &Pareto) -> impl Iterator<Item = String> + '_ {
    pareto.cuts.iter().filter_map(|cut| {
        let (value, share) = (format::whole_percent(cut.value_share), format::percent(cut.share?));
        Some(format!("{} ends at {value} of the value, {share} of the customers", class(cut)))
    })
}

/// The smaller lines.
fn notes(pareto: &Pareto) -> Vec<String> {
    let mut notes: Vec<String> = ends(pareto).skip(1).map(|end| format!("Class {end}.")).collect();
    if let Some(n) = pareto.without_value.filter(|&n| n > 0) {
        notes.push(format!("{} brought nothing or cost money.", format::customers(n)));
    }
    if pareto.negative_share > 0.0 {
        let share = format::percent(pareto.negative_share);
        notes.push(format!("Refunds beyond purchases took {share} of the positive value."));
    }
    notes.push("Dashed: everybody the same".to_owned());
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
    let ends: Vec<String> = ends(pareto).map(|end| format!("Class {end}")).collect();
    format!("Pareto curve of value over customers. {}.", ends.join("; "))
}
