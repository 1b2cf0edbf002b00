//! Figure 9: what contacting a share of the customers reaches, riskiest first.

use super::axis::{Panel, Span};
use super::curve::{self, Setting};
use super::frame::{At, Canvas, Type};
use super::label::Words;
use super::theme::{self, Theme};
use super::{ChartError, Drawn};
use crate::format;
use crate::results::{ChurnResults, LiftPoint, Results};
use crate::words::say;

/// The range of every share.
const ALL: Span = Span { low: 0.0, high: 1.0 };

/// The point nearest to the contact budget.
pub(crate) fn at_budget(churn: &ChurnResults) -> Option<&LiftPoint> {
    let far = |point: &LiftPoint| (point.share - churn.contact_budget).abs();
    churn.lift.iter().min_by(|a, b| far(a).total_cmp(&far(b)))
}

/// Draws figure 9.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let churn = curve::churn(results, |churn| churn.lift.len() > 1)?;
    let words = Words::of(results);
    let nothing = || ChartError::NothingToDraw { reason: say!("no-fig-lift") };
    let budget = at_budget(churn).ok_or_else(nothing)?;
    let (share, gain) = (format::whole_percent(budget.share), format::percent(budget.gain));
    let lift = format::decimal(budget.lift, 1);
    let those = &words.those;
    let setting = Setting {
        title: &say!("fig-9"),
        below: &say!("fig-lift-below"),
        upwards: &say!("fig-reached-among", those = those),
        across: &say!("fig-contacted-first"),
        message: (
            say!("fig-times", lift = &lift),
            say!("fig-lift-says", those = those, share = &share, gain = &gain),
        ),
        notes: vec![say!("fig-dashed-random"), say!("fig-reaching-not-keeping")],
    };
    let svg = curve::draw(theme, &setting, (ALL, ALL), |canvas, plot| {
        canvas.dashes(plot.place(0.0, 0.0), plot.place(1.0, 1.0), theme.muted, 1.4);
        let sound = churn.lift.iter().filter(|p| p.share.is_finite() && p.gain.is_finite());
        let mut line = vec![plot.place(0.0, 0.0)];
        line.extend(sound.map(|p| plot.place(p.share, p.gain)));
        canvas.path(&line, theme.accent, 3.0);
        mark(canvas, theme, plot, budget);
    })?;
    let caption = say!("fig-lift-caption", chance = &words.chance, those = those);
    let alt = say!("fig-lift-alt", share = &share, gain = &gain, those = those, lift = &lift);
    Ok(Drawn { title: setting.title.to_owned(), alt, caption, svg })
}

/// Marks the contact budget on the curve.
fn mark(canvas: &mut Canvas, theme: &Theme, plot: &Panel, budget: &LiftPoint) {
    let (share, gain) = (format::whole_percent(budget.share), format::percent(budget.gain));
    let at = plot.place(budget.share, budget.gain);
    canvas.dashes((at.0, plot.low()), at, theme.ink, 1.2);
    canvas.dashes((plot.left, at.1), at, theme.ink, 1.2);
    canvas.dot(at.0, at.1, 7.0, theme.ink);
    let set = Type::new(theme::SMALL, theme.ink).bold().at(At::Left);
    let text = say!("fig-lift-mark", share = share, gain = gain);
    let right = at.0 + 14.0 + set.width(&text) > plot.right();
    let (x, set) = if right { (at.0 - 14.0, set.at(At::Right)) } else { (at.0 + 14.0, set) };
    let edge = if right { x - set.width(&text) } else { x };
    // At the foot, where the dashes of contacting at random are to the left.
    let y = plot.low() - 14.0;
    canvas.block(edge - 4.0, y - 10.0, set.width(&text) + 8.0, 21.0, theme.paper);
    canvas.text(x, y, &text, set);
}
