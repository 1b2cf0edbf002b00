//! Figure 16: how many customers of each month's newcomers ordered in the months after.

use super::frame::{self, At, HEAD, Type};
use super::theme::{self, Theme};
use super::{ChartError, Drawn, label};
use crate::format;
use crate::results::Results;
use crate::results::value::Cohort;
use crate::words::say;

/// Height of one month's line.
const LINE: f64 = 30.0;
/// Left edge of the cells.
const LEFT: f64 = 190.0;
/// The most months that are drawn down and across.
const MOST: usize = 18;

/// Draws figure 16.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let nothing = || ChartError::NothingToDraw { reason: say!("no-fig-cohorts") };
    let value = label::value(results).ok_or_else(nothing)?;
    let all = &value.retention.cohorts;
    let cohorts: Vec<&Cohort> =
        all[all.len().saturating_sub(MOST)..].iter().filter(|c| !c.ordered.is_empty()).collect();
    let across = cohorts.iter().map(|cohort| cohort.ordered.len()).max().unwrap_or(0).min(MOST);
    let shares = || cohorts.iter().flat_map(|c| c.ordered.iter().take(MOST)).flatten().copied();
    let most = shares().filter(|share| share.is_finite()).fold(0.0_f64, f64::max);
    if across == 0 || most <= 0.0 {
        return Err(nothing());
    }
    let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(0));
    let wide = ((theme::WIDTH - theme::MARGIN - LEFT) / count(across)).min(70.0);
    let top = HEAD + 34.0;
    let title = say!("fig-16");
    let svg = frame::picture(theme, top + LINE * count(cohorts.len()) + 28.0, |canvas| {
        canvas.head(theme, &title, &say!("fig-cohorts-below"));
        let quiet = Type::new(theme::TINY, theme.muted);
        canvas.text(theme::MARGIN, top - 14.0, &say!("fig-first-order-in"), quiet);
        for month in 0..across {
            let x = LEFT + wide * (count(month) + 0.5);
            canvas.text(x, top - 14.0, &(month + 1).to_string(), quiet.at(At::Middle));
        }
        for (at, cohort) in cohorts.iter().enumerate() {
            let y = top + LINE * count(at);
            let set = Type::new(theme::SMALL, theme.ink);
            canvas.text(theme::MARGIN, y + LINE / 2.0, &format::clean(&cohort.month, 10), set);
            let n = cohort.customers.map_or_else(|| "–".to_owned(), format::count);
            canvas.text(LEFT - 14.0, y + LINE / 2.0, &n, quiet.at(At::Right));
            for (month, share) in cohort.ordered.iter().take(MOST).enumerate() {
                let x = LEFT + wide * count(month);
                let shade = share.map_or(theme.grid, |share| {
                    theme.paper.mix(theme.accent, 0.05 + 0.9 * (share / most).clamp(0.0, 1.0))
                });
                canvas.block(x + 1.0, y + 1.0, wide - 2.0, LINE - 2.0, shade);
                let figure = share.map_or_else(|| "–".to_owned(), format::whole_percent);
                let set = Type::new(theme::TINY, theme.text_on(shade)).at(At::Middle);
                if set.width(&figure) <= wide - 4.0 {
                    canvas.text(x + wide / 2.0, y + LINE / 2.0, &figure, set);
                }
                let told = format!("{} + {}: {figure}", cohort.month, month + 1);
                canvas.tip(x + 1.0, y + 1.0, (wide - 2.0, LINE - 2.0), &told);
            }
        }
    })?;
    let alt = say!("fig-cohorts-alt", n = cohorts.len(), most = format::percent(most));
    let caption = say!("fig-cohorts-caption", few = results.heading.min_cell);
    Ok(Drawn { title, alt, caption, svg })
}
