//! Figure 26: what contacting a share of the customers is expected to bring.

use super::axis::{Panel, Span, Unit};
use super::curve::{self, Setting};
use super::frame::Canvas;
use super::theme::Theme;
use super::{ChartError, Drawn, label};
use crate::format;
use crate::results::{Profit, ProfitPoint, Results};
use crate::words::say;

/// Draws figure 26.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let nothing = || ChartError::NothingToDraw { reason: say!("no-fig-profit") };
    let churn = curve::churn(results, |_| true)?;
    let profit = churn.profit.as_ref().ok_or_else(nothing)?;
    let sound = |point: &ProfitPoint| {
        [point.share, point.profit, point.low, point.high].iter().all(|x| x.is_finite())
    };
    if profit.curve.len() < 2 || !profit.curve.iter().all(sound) || !sound(&profit.best) {
        return Err(nothing());
    }
    let currency = &results.heading.currency;
    let money = |x: f64| format::money(x, currency);
    let ends = || profit.curve.iter().flat_map(|point| [point.low, point.high]);
    let (low, high) = (ends().fold(0.0_f64, f64::min), ends().fold(0.0_f64, f64::max));
    let up = if currency.is_empty() {
        say!("fig-profit-up")
    } else {
        say!("fig-profit-up-in", currency = format::clean(currency, 12))
    };
    let (share, best) = (format::whole_percent(profit.best_share), money(profit.best.profit));
    let says = if profit.best_share > 0.0 {
        let n = format::customers(profit.best.customers);
        say!("fig-profit-says", share = &share, n = n)
    } else {
        say!("fig-profit-none")
    };
    let title = say!("fig-26");
    let setting = Setting {
        title: &title,
        below: &say!("fig-profit-below"),
        upwards: &up,
        across: &say!("fig-contacted-first"),
        message: (best.clone(), says),
        notes: notes(profit, churn.contact_budget, &money),
    };
    let spans = (Span { low: 0.0, high: 1.0 }, Span::new(low, 1.06 * high));
    let units = (Unit::Percent, Unit::Plain);
    let svg = curve::draw_in(theme, &setting, spans, units, |canvas, plot| {
        lines(canvas, theme, plot, profit);
    })?;
    let alt = say!("fig-profit-alt", share = &share, best = &best);
    let those = label::Words::of(results).those;
    let caption = say!("fig-profit-caption", those = those);
    Ok(Drawn { title, alt, caption, svg })
}

/// What was given, and what follows from it.
fn notes(profit: &Profit, budget: f64, money: &dyn Fn(f64) -> String) -> Vec<String> {
    let point = &profit.at_budget;
    let (low, high) = (money(point.low), money(point.high));
    let mut notes = vec![say!(
        "fig-profit-budget",
        share = format::whole_percent(budget),
        money = money(point.profit),
        low = low,
        high = high
    )];
    if let Some(p) = profit.break_even.filter(|p| p.is_finite()) {
        notes.push(say!("fig-profit-even", p = format::percent(p)));
    }
    notes.push(say!(
        "fig-profit-given",
        cost = money(profit.contact_cost),
        saved = money(profit.saved_value),
        rate = format::percent(profit.save_rate)
    ));
    notes.push(say!("fig-profit-shade"));
    notes
}

/// The interval, the curve, and where it is highest and where the budget lies.
fn lines(canvas: &mut Canvas, theme: &Theme, plot: &Panel, profit: &Profit) {
    let curve = &profit.curve;
    let mut band: Vec<(f64, f64)> = curve.iter().map(|p| plot.place(p.share, p.high)).collect();
    band.extend(curve.iter().rev().map(|p| plot.place(p.share, p.low)));
    canvas.shape(&band, theme.paper.mix(theme.accent, 0.18));
    canvas.path(&[plot.place(0.0, 0.0), plot.place(1.0, 0.0)], theme.muted, 1.2);
    let predicted: Vec<(f64, f64)> =
        curve.iter().map(|p| plot.place(p.share, p.predicted)).collect();
    for pair in predicted.windows(2) {
        canvas.dashes(pair[0], pair[1], theme.muted, 1.4);
    }
    let line: Vec<(f64, f64)> = curve.iter().map(|p| plot.place(p.share, p.profit)).collect();
    canvas.path(&line, theme.accent, 3.0);
    let best = plot.place(profit.best.share, profit.best.profit);
    canvas.dashes((best.0, plot.low()), best, theme.ink, 1.2);
    canvas.dot(best.0, best.1, 7.0, theme.ink);
    let budget = plot.place(profit.at_budget.share, profit.at_budget.profit);
    canvas.dot(budget.0, budget.1, 7.0, theme.ink);
    canvas.dot(budget.0, budget.1, 4.0, theme.paper);
}
