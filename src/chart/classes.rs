//! Figure 12: lifecycle and loyalty, each class's share of the customers beside its share
//! of the value.

use super::axis::Span;
use super::frame::{self, Canvas, HEAD, Type};
use super::theme::{self, Theme};
use super::{ChartError, Drawn, label};
use crate::format;
use crate::results::Results;
use crate::results::rules::{RuleClass, RuleTable};
use crate::words::say;

/// The rules that are drawn.
const RULES: [&str; 2] = ["lifecycle", "loyalty"];
/// Height of one class's line.
const LINE: f64 = 36.0;
/// Height of a rule's heading.
const HEADING: f64 = 44.0;
/// Where the bars begin.
const FIRST: f64 = 230.0;
/// Where the second column begins.
const SECOND: f64 = 622.0;
/// Room to the right of the longest bar, for its figure.
const ROOM: f64 = 132.0;
/// The most classes of a rule that are drawn.
const MOST: usize = 12;

/// A class with this share of the customers leaves nothing to compare.
const ONE_CLASS: f64 = 0.95;

/// Draws figure 12.
pub(super) fn draw(results: &Results, theme: &Theme) -> Result<Drawn, ChartError> {
    let all = results.rules.as_ref().map_or(&[][..], |rules| rules.rules.as_slice());
    let mut tables: Vec<&RuleTable> =
        RULES.iter().filter_map(|rule| all.iter().find(|table| table.rule == *rule)).collect();
    let reason = tables.iter().find_map(|table| nearly_all(table));
    tables.retain(|table| nearly_all(table).is_none() && table.classes.iter().any(is_told));
    if tables.is_empty() {
        let reason = reason.unwrap_or_else(|| say!("no-fig-rhythm"));
        return Err(ChartError::NothingToDraw { reason });
    }
    let classes = || tables.iter().flat_map(|table| table.classes.iter().take(MOST));
    let with_value = classes().any(|class| class.value_share.is_some());
    let shares = classes().flat_map(|class| [class.share, class.value_share]).flatten();
    let scale = Span { low: 0.0, high: Span::from_zero(shares).high / 1.08 };
    let n = classes().count();
    let height = HEAD
        + HEADING * f64::from(u32::try_from(tables.len()).unwrap_or(0))
        + LINE * f64::from(u32::try_from(n).unwrap_or(0))
        + 24.0;
    let title = say!("fig-12");
    let svg = frame::picture(theme, height, |canvas| {
        canvas.head(theme, &title, &say!("fig-rhythm-below"));
        let mut y = HEAD;
        for table in &tables {
            heading(canvas, theme, table, (y, with_value));
            y += HEADING;
            for class in table.classes.iter().take(MOST) {
                line(canvas, theme, class, (y + LINE / 2.0, scale, with_value));
                y += LINE;
            }
        }
    })?;
    let caption = say!("fig-rhythm-caption");
    Ok(Drawn { title, alt: alt(&tables), caption, svg })
}

/// Whether something of a class may be told.
fn is_told(class: &RuleClass) -> bool {
    class.share.is_some()
}

/// Why a rule is not drawn that has nearly everybody in one class: one bar says nothing.
fn nearly_all(table: &RuleTable) -> Option<String> {
    let largest = table.classes.iter().find(|class| class.share.is_some_and(|s| s >= ONE_CLASS))?;
    let share = format::percent(largest.share?);
    Some(say!("no-fig-one-class", class = label::class_name(&largest.class), share = share))
}

/// The heading of a rule.
fn heading(canvas: &mut Canvas, theme: &Theme, table: &RuleTable, (y, with_value): (f64, bool)) {
    let set = Type::new(theme::BODY, theme.ink).bold();
    let middle = y + HEADING - 16.0;
    canvas.text(theme::MARGIN, middle, &set.fit(&label::rule_title(table), 180.0), set);
    let quiet = Type::new(theme::SMALL, theme.muted);
    canvas.text(FIRST, middle, &say!("share-of-customers"), quiet);
    if with_value {
        canvas.text(SECOND, middle, &say!("share-of-value"), quiet);
    }
}

/// One class.
fn line(
    canvas: &mut Canvas,
    theme: &Theme,
    class: &RuleClass,
    (y, scale, with_value): (f64, Span, bool),
) {
    let set = Type::new(theme::BODY, theme.ink);
    let name = set.fit(&label::class_name(&class.class), FIRST - theme::MARGIN - 14.0);
    canvas.text(theme::MARGIN, y, &name, set);
    let pale = theme.paper.mix(theme.accent, 0.45);
    let columns = [
        (FIRST, class.share, theme.accent, class.customers.map(format::count)),
        (SECOND, class.value_share, pale, None),
    ];
    let longest = SECOND - FIRST - ROOM;
    for (left, share, colour, note) in columns.into_iter().take(1 + usize::from(with_value)) {
        let quiet = Type::new(theme::SMALL, theme.muted);
        let Some(share) = share else {
            canvas.text(left, y, &say!("withheld-cell"), quiet);
            continue;
        };
        let long = (longest * scale.at(share)).max(1.5);
        canvas.block(left, y - 10.0, long, 20.0, colour);
        let figure = format::percent(share);
        let set = Type::new(theme::SMALL, theme.ink).bold();
        canvas.text(left + long + 7.0, y, &figure, set);
        if let Some(note) = note {
            canvas.text(left + long + 13.0 + set.width(&figure), y, &note, quiet);
        }
    }
}

/// What the figure says.
fn alt(tables: &[&RuleTable]) -> String {
    let parts: Vec<String> = tables
        .iter()
        .flat_map(|table| table.classes.iter().take(MOST))
        .filter_map(|class| {
            let share = format::percent(class.share?);
            let value =
                class.value_share.map(|v| say!("fig-and-value", share = format::percent(v)));
            let (name, value) = (label::class_name(&class.class), value.unwrap_or_default());
            Some(say!("fig-of-customers", name = name, share = share, value = value))
        })
        .collect();
    say!("fig-classes-alt", parts = parts.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn where_nearly_everybody_is_in_one_class_there_is_no_figure_of_it() {
        let mut results = fixture::realistic();
        let drawn = |results: &Results| draw(results, &Theme::default()).map(|drawn| drawn.alt);
        assert!(drawn(&results).unwrap().contains("slowing"));
        let rules = &mut results.rules.as_mut().unwrap().rules;
        rules[0].classes[2].share = Some(0.981);
        // Loyalty alone is left, and with it nothing.
        let alt = drawn(&results).unwrap();
        assert!(alt.contains("at risk") && !alt.contains("slowing"));
        results.rules.as_mut().unwrap().rules[1].classes[1].share = Some(0.95);
        let Err(ChartError::NothingToDraw { reason }) = drawn(&results) else { panic!("drawn") };
        assert!(reason.contains("regular: 98.1%"), "{reason}");
    }

    #[test]
    fn a_rule_of_which_nothing_is_told_is_not_drawn() {
        let mut results = fixture::realistic();
        for class in &mut results.rules.as_mut().unwrap().rules[1].classes {
            (class.share, class.value_share) = (None, None);
        }
        let alt = draw(&results, &Theme::default()).unwrap().alt;
        assert!(alt.contains("slowing") && !alt.contains("at risk"));
    }
}
