//! One sentence that describes a segment.

use crate::results::{SegmentRow, Trait};

use super::name::{is_no, with_level};
use super::wording::{capitalise, list, one_line, percent};

/// What the outcome is called.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OutcomeWords<'a> {
    /// Whether it means leaving.
    pub(crate) is_churn: bool,
    /// The label's name.
    pub(crate) name: &'a str,
}

impl OutcomeWords<'_> {
    /// `have left`, or `have Response`.
    pub(crate) fn happened(self) -> String {
        if self.is_churn { "have left".to_owned() } else { format!("have {}", self.name) }
    }

    /// `leaving`, or the label's name.
    pub(crate) fn event(self) -> String {
        if self.is_churn { "leaving".to_owned() } else { self.name.to_owned() }
    }

    /// `likely to leave`, or `likely to have Response`.
    pub(crate) fn likely(self) -> String {
        if self.is_churn {
            "likely to leave".to_owned()
        } else {
            format!("likely to have {}", self.name)
        }
    }
}

/// How often a level is met in a segment.
fn often(here: f64, more: bool) -> &'static str {
    match (here, more) {
        (share, _) if share >= 1.0 => "always",
        (share, true) if share >= 0.95 => "nearly always",
        (share, true) if share >= 0.6 => "mostly",
        (_, true) => "more often",
        (share, _) if share <= 0.0 => "never",
        (share, _) if share <= 0.05 => "hardly ever",
        (share, _) if share <= 0.25 => "rarely",
        _ => "less often",
    }
}

/// A trait inside a sentence: `tenure 52 months against 22`, `mostly contract Two year
/// (80% against 10%)`. With `of_others` it says whose the second figure is.
pub(crate) fn clause(of: &Trait, of_others: bool) -> String {
    // What follows the last colon was written here and holds none.
    let Some((what, figures)) = of.text.rsplit_once(": ") else { return of.text.clone() };
    let whose = if of_others && figures.contains(" against ") { " among the others" } else { "" };
    let Some(level) = of.level.as_deref().map(one_line) else {
        return format!("{what} {figures}{whose}");
    };
    let more = of.effect > 0.0;
    let name = what.strip_suffix(&format!(" is {level}")).unwrap_or(what);
    // `rarely no online security` would be hard to read.
    let subject =
        if more || !is_no(&level) { with_level(name, &level) } else { format!("{name} {level}") };
    format!("{} {subject} ({figures}{whose})", often(of.here, more))
}

/// `Tenure 52 months against 22 among the others, ..; 7.4% have left.` How many they are
/// and what they are worth stands beside it, so it is not said again.
pub(crate) fn portrait(row: &SegmentRow, words: OutcomeWords) -> String {
    let clauses: Vec<String> =
        row.portrayed().into_iter().enumerate().map(|(at, one)| clause(one, at == 0)).collect();
    let mut text = if clauses.is_empty() {
        "close to the average in every column".to_owned()
    } else {
        list(&clauses)
    };
    if let Some(observed) = row.churn_observed {
        text = format!("{text}; {} {}", percent(observed), words.happened());
    }
    format!("{}.", capitalise(&text))
}

/// The sentence for a group that is too small to be described.
pub(crate) fn withheld(min_cell: usize) -> String {
    format!("Fewer than {min_cell} customers: not described, so that nobody can be recognised.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(level: &str, here: f64, rest: f64, text: &str) -> Trait {
        Trait {
            column: "x".to_owned(),
            level: Some(level.to_owned()),
            in_base: true,
            effect: here - rest,
            here,
            rest,
            range: None,
            same: Vec::new(),
            index: None,
            text: text.to_owned(),
        }
    }

    #[test]
    fn levels_are_told_as_people_would() {
        let one = level("DSL", 0.96, 0.2, "internet service is DSL: 96% against 20%");
        assert_eq!(clause(&one, false), "nearly always internet service DSL (96% against 20%)");
        let one = level("Yes", 0.1, 0.7, "yummy is Yes: 10% against 70%");
        assert_eq!(clause(&one, true), "rarely yummy (10% against 70% among the others)");
        let one = level("No", 0.7, 0.1, "internet service is No: 70% against 10%");
        assert_eq!(clause(&one, false), "mostly no internet service (70% against 10%)");
        let one = level("No", 0.0, 0.1, "online backup is No: 0% against 10%");
        assert_eq!(clause(&one, false), "never online backup No (0% against 10%)");
    }
}
