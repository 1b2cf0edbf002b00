//! At most three decisions for the first page: whom to protect, whom to grow, where to
//! stop spending. Each appears only where the figures carry it.
#![expect(clippy::cast_precision_loss, reason = "counts of customers stay far below 2^53")]

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::results::{Decision, SegmentRow, Verdict};

use super::portrait::OutcomeWords;
use super::wording::{money, percent};

/// What the reader wants; it orders the decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Goal {
    /// Keep customers.
    #[default]
    Retain,
    /// Raise their value.
    Grow,
    /// Spend less for the same.
    Profit,
}

/// What the decisions rest on, beside the segments.
#[derive(Debug, Clone, Copy)]
pub struct Deciding<'a> {
    /// What the reader wants.
    pub goal: Goal,
    /// The currency; may be empty.
    pub currency: &'a str,
    /// Whether the outcome means leaving.
    pub is_churn: bool,
    /// The label's name; empty where there is none.
    pub outcome_name: &'a str,
}

/// A segment below this share of the average expected value is worth a stop.
const LITTLE: f64 = 0.6;

/// Customers of the segment who have not left; all where it is withheld how many have.
fn here(row: &SegmentRow) -> u64 {
    row.customers.saturating_sub(row.gone.unwrap_or(0))
}

/// The decisions in the order of the goal, at most three, each about another segment.
/// Segments that are too narrow are left out.
#[must_use]
pub fn decisions(rows: &[SegmentRow], deciding: &Deciding) -> Vec<Decision> {
    let wide: Vec<&SegmentRow> =
        rows.iter().filter(|row| !row.too_narrow && here(row) > 0).collect();
    let words = OutcomeWords { is_churn: deciding.is_churn, name: deciding.outcome_name };
    let mut made: Vec<Decision> = Vec::new();
    let leaving = deciding.is_churn || deciding.outcome_name.is_empty();
    if leaving {
        made.extend(protect(&wide, words));
    } else {
        made.extend(start(&wide, words));
    }
    let others = without(&wide, &made);
    made.extend(stop(&others, &wide, deciding.currency));
    let others = without(&wide, &made);
    made.extend(grow(&others, &wide, deciding.currency).filter(|_| leaving));
    let order: [&str; 3] = match deciding.goal {
        Goal::Retain => ["protect", "grow", "stop"],
        Goal::Grow => ["grow", "protect", "stop"],
        Goal::Profit => ["stop", "protect", "grow"],
    };
    made.sort_by_key(|decision| order.iter().position(|kind| *kind == decision.kind));
    made
}

fn without<'a>(rows: &[&'a SegmentRow], made: &[Decision]) -> Vec<&'a SegmentRow> {
    let used = |row: &SegmentRow| made.iter().any(|made| made.segment_id == row.segment_id);
    rows.iter().filter(|row| !used(row)).copied().collect()
}

/// The row with the largest figure; the lower id where two are equal.
fn largest<'a>(
    rows: &[&'a SegmentRow],
    figure: impl Fn(&SegmentRow) -> Option<f64>,
) -> Option<(&'a SegmentRow, f64)> {
    rows.iter()
        .filter_map(|row| figure(row).map(|figure| (*row, figure)))
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.segment_id.cmp(&a.0.segment_id)))
}

fn protect(rows: &[&SegmentRow], words: OutcomeWords) -> Option<Decision> {
    let leavers = |row: &SegmentRow| row.churn_mean.map(|mean| mean * row.open() as f64);
    let (row, at_risk) = match largest(rows, |row| row.value_at_risk) {
        Some((row, money)) if money > 0.0 => (row, Some(money)),
        _ => (largest(rows, leavers).filter(|(_, n)| *n > 0.0)?.0, None),
    };
    let mean = row.churn_mean?;
    let (those, stake) = if at_risk.is_some() {
        ("with the most value at risk".to_owned(), "no segment has more value at risk")
    } else {
        let those = format!("most {}", words.likely());
        (those, "more leavers are expected here than in any other segment")
    };
    Some(Decision {
        kind: "protect".to_owned(),
        segment_id: row.segment_id,
        customers: row.open(),
        money: at_risk,
        text: format!(
            "Protect “{}”: contact those {those} first, and leave some alone to see what it \
             achieves",
            row.segment
        ),
        why: format!(
            "for those still here the chance of {} is {} on average; {stake}",
            words.event(),
            percent(mean)
        ),
    })
}

/// For an outcome other than leaving: where most of it can be expected.
fn start(rows: &[&SegmentRow], words: OutcomeWords) -> Option<Decision> {
    let (row, mean) = largest(rows, |row| row.churn_mean)?;
    Some(Decision {
        kind: "grow".to_owned(),
        segment_id: row.segment_id,
        customers: here(row),
        money: None,
        text: format!("Start with “{}”: its customers are most {}", row.segment, words.likely()),
        why: format!(
            "the chance of {} is {} on average, the highest of all segments",
            words.event(),
            percent(mean)
        ),
    })
}

/// The largest headroom, only where the segment is not merely constructed and its customers
/// are less likely to leave than the others.
fn grow(rows: &[&SegmentRow], all: &[&SegmentRow], currency: &str) -> Option<Decision> {
    let churn = mean_of(all, |row| row.churn_mean, here);
    let headroom = |row: &SegmentRow| {
        let steady = match (row.churn_mean, churn) {
            (Some(mean), Some(all)) => mean < all,
            _ => true,
        };
        let found = steady && row.verdict != Verdict::Constructed;
        row.headroom.filter(|&room| found && room > 0.0)
    };
    let (row, more) = largest(rows, headroom)?;
    let own = row.value_per_customer?;
    let aim = own + more / here(row) as f64;
    // The next richer segment, or all together.
    let average = mean_of(all, |row| row.value_per_customer, here);
    let of_all = average.is_some_and(|average| (aim - average).abs() <= 1e-6 * average);
    let whose = if of_all { "all customers together" } else { "those of the next segment" };
    // Where something is expected as well, it is said which of the two this is.
    let far = if row.expected_value.is_some() { " so far" } else { "" };
    Some(Decision {
        kind: "grow".to_owned(),
        segment_id: row.segment_id,
        customers: here(row),
        money: Some(more),
        text: format!("Grow “{}”: test an offer that raises their value", row.segment),
        why: format!(
            "they are worth {} each{far}, {whose} {} on average",
            money(own, currency),
            money(aim, currency)
        ),
    })
}

/// The lowest expected value per customer who is still here, where it is far below the
/// average and they are no less likely to leave than the others: loyal customers of
/// little value are to be grown.
fn stop(rows: &[&SegmentRow], all: &[&SegmentRow], currency: &str) -> Option<Decision> {
    let each = |row: &SegmentRow| {
        let total = row.expected_value.or(row.value.filter(|_| row.churn_mean.is_none()))?;
        Some(total / here(row) as f64)
    };
    let average = mean_of(all, each, here).filter(|average| *average > 0.0)?;
    let churn = mean_of(all, |row| row.churn_mean, here);
    let loyal = |row: &SegmentRow| row.churn_mean.zip(churn).is_some_and(|(mean, all)| mean < all);
    let (row, negative) =
        largest(rows, |row| each(row).filter(|_| !loyal(row)).map(|value| -value))?;
    let value = -negative;
    // What was spent so far is no forecast, and is not called one.
    let what = if row.expected_value.is_some() { "expected value" } else { "value" };
    (value < LITTLE * average).then(|| Decision {
        kind: "stop".to_owned(),
        segment_id: row.segment_id,
        customers: here(row),
        money: Some(value * here(row) as f64),
        text: format!("Stop paid contacts to “{}”: automated messages only", row.segment),
        why: format!(
            "its customers have {} of {what} each, {} of the average of {}",
            money(value, currency),
            percent((value / average).max(0.0)),
            money(average, currency)
        ),
    })
}

/// The mean of a figure over segments, weighted; `None` where no segment has it.
fn mean_of(
    rows: &[&SegmentRow],
    figure: impl Fn(&SegmentRow) -> Option<f64>,
    weight: impl Fn(&SegmentRow) -> u64,
) -> Option<f64> {
    let (mut sum, mut total) = (0.0, 0.0);
    for row in rows {
        if let Some(figure) = figure(row) {
            sum += figure * weight(row) as f64;
            total += weight(row) as f64;
        }
    }
    (total > 0.0).then(|| sum / total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::testing::segment_row;

    const CHURN: Deciding<'_> =
        Deciding { goal: Goal::Retain, currency: "", is_churn: true, outcome_name: "Churn" };

    #[test]
    fn the_departed_are_in_no_decision() {
        let mut rows: Vec<SegmentRow> = (1..=2).map(segment_row).collect();
        rows[0].churn_mean = Some(0.9);
        rows[0].gone = Some(rows[0].customers);
        rows[1].churn_mean = Some(0.2);
        let made = decisions(&rows, &CHURN);
        assert!(made[0].why.starts_with("for those still here the chance of leaving is 20%"));
        assert_eq!(made.len(), 1);
        assert_eq!((made[0].kind.as_str(), made[0].segment_id), ("protect", 2));
        assert_eq!(made[0].money, None);
    }

    #[test]
    fn whoever_is_to_be_protected_can_still_be_lost() {
        let mut rows: Vec<SegmentRow> = (1..=2).map(segment_row).collect();
        // Nine in ten have been silent for too long, so few leavers are left.
        (rows[0].churn_mean, rows[0].inactive) = (Some(0.9), Some(90));
        rows[1].churn_mean = Some(0.2);
        let made = decisions(&rows, &CHURN);
        assert_eq!((made[0].segment_id, made[0].customers), (2, 100));
        rows[0].inactive = Some(40);
        let made = decisions(&rows, &CHURN);
        assert_eq!((made[0].segment_id, made[0].customers), (1, 60));
    }

    #[test]
    fn each_decision_is_about_another_segment() {
        let mut rows: Vec<SegmentRow> = (1..=3).map(segment_row).collect();
        for (row, (value, churn)) in rows.iter_mut().zip([(900.0, 0.5), (300.0, 0.1), (20.0, 0.3)])
        {
            let n = row.customers as f64;
            row.value_per_customer = Some(value);
            row.churn_mean = Some(churn);
            row.value = Some(value * n);
            row.expected_value = Some(value * n * (1.0 - churn));
            row.value_at_risk = Some(value * n * churn);
        }
        rows[1].headroom = Some(10_000.0);
        let made = decisions(&rows, &CHURN);
        let got: Vec<(&str, u32)> = made.iter().map(|d| (d.kind.as_str(), d.segment_id)).collect();
        assert_eq!(got, [("protect", 1), ("grow", 2), ("stop", 3)]);
        assert_eq!(
            made[1].why,
            "they are worth 300 each so far, those of the next segment 400 on average"
        );
        rows[1].verdict = Verdict::Constructed;
        assert!(decisions(&rows, &CHURN).iter().all(|d| d.kind != "grow"));
    }

    #[test]
    fn without_figures_there_is_nothing_to_decide() {
        let rows: Vec<SegmentRow> = (1..=3).map(segment_row).collect();
        assert!(decisions(&rows, &CHURN).is_empty());
    }
}
