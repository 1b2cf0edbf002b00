//! Exploration, figure 3: how many customers change their segment under other decisions.

use super::frame::{self, At, HEAD, Type};
use super::theme::{self, Theme};
use super::{ChartError, Drawn};
use crate::format;
use crate::results::{Exploration, Sensitivity};

/// Height of one line.
const LINE: f64 = 30.0;
/// Where the bars begin, and how long a full one is.
const BARS: f64 = 330.0;
const LONG: f64 = 560.0;
/// Lines, at most.
const MOST: usize = 30;

/// Draws the figure.
pub(super) fn draw(exploration: &Exploration, theme: &Theme) -> Result<Drawn, ChartError> {
    let mut lines: Vec<(&Sensitivity, f64)> = exploration
        .sensitivity
        .iter()
        .filter_map(|line| Some((line, line.moved.filter(|moved| moved.is_finite())?)))
        .collect();
    if lines.is_empty() {
        let reason = "no other decision was possible".to_owned();
        return Err(ChartError::NothingToDraw { reason });
    }
    // A stable sort: decisions that move as many stay in their order.
    lines.sort_by(|a, b| b.1.total_cmp(&a.1));
    lines.truncate(MOST);
    let title = "What other decisions would change".to_owned();
    let below = format!(
        "Customers who would be in another of {} segments; from another seed: {}",
        exploration.choice.k,
        format::percent(1.0 - exploration.seed_agreement)
    );
    let height = HEAD + 30.0 + LINE * lines.len() as f64 + 30.0;
    let svg = frame::picture(theme, height, |canvas| {
        canvas.head(theme, &title, &below);
        for (at, (line, moved)) in lines.iter().enumerate() {
            let y = HEAD + 30.0 + LINE * at as f64;
            let set = Type::new(theme::BODY, theme.ink);
            let name = set.fit(&format::clean(&line.decision, 120), BARS - theme::MARGIN - 18.0);
            canvas.text(BARS - 12.0, y, &name, set.at(At::Right));
            canvas.block(BARS, y - 9.0, LONG, 18.0, theme.grid);
            let width = (LONG * moved.clamp(0.0, 1.0)).max(1.0);
            canvas.block(BARS, y - 9.0, width, 18.0, theme.accent);
            let set = Type::new(theme::SMALL, theme.ink);
            canvas.text(BARS + LONG + 12.0, y, &format::percent(*moved), set);
        }
    })?;
    let caption = "Each bar is the segmentation made again with one decision changed: a column \
        left out, another scale, outliers as they are. It shows how many customers would then be \
        in another segment; segments are matched so that as few change as can. A long bar for a \
        column means that the segments hang on it."
        .to_owned();
    let parts: Vec<String> = lines
        .iter()
        .map(|(line, moved)| {
            format!("{} {}", format::clean(&line.decision, 80), format::percent(*moved))
        })
        .collect();
    let alt = format!("Bars of customers who would change segment. {}.", parts.join("; "));
    Ok(Drawn { title, alt, caption, svg })
}
