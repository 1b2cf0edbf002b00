//! What customers do beside ordering (visits, opened mails, support contacts) and what
//! they say (NPS, ratings), up to and including the as-of day.
//!
//! Of events, for each customer:
//!
//! - `NAME`: how many, all of them; 0 where there are none.
//! - `NAME_last_90_days`: how many in the 90 days that end with the as-of day.
//! - `days_since_last_NAME`: as-of day - day of the last; missing where there is none.
//! - `NAME_LEVEL`: how many of each kind, where the table tells the kind and there are two
//!   to eight of them.
//!
//! Of feedback, for each customer: `NAME_last` (the score of the last day with an answer,
//! the mean where that day has several), `NAME_mean`, and `NAME_answers`; the scores are
//! missing where there is no answer.
//!
//! A missing score is no answer. Days after the as-of day are left out and counted.

use crate::day::Day;
use crate::table::{Column, Family, Role, Values};

/// The days that count as recent.
pub const RECENT_DAYS: i32 = 90;
/// With more kinds than this, kinds are not counted apart.
const MOST_KINDS: usize = 8;

/// The rows of one table of events or feedback that belong to a known customer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Activity {
    /// The customer of each row, an index into the customers.
    pub customer: Vec<u32>,
    /// The day of each row, days since 1970-01-01.
    pub day: Vec<i32>,
    /// The kind of each row, an index into `kinds`, or `u32::MAX`; empty where the table
    /// tells none.
    pub kind: Vec<u32>,
    /// The kinds, sorted.
    pub kinds: Vec<String>,
    /// The score of each row, NaN where it is missing; empty for events.
    pub score: Vec<f64>,
}

/// What a table of events or feedback says of the customers.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// The features, one value per customer each.
    pub columns: Vec<Column>,
    /// How engaged (events in the last 90 days) or how content (last score) each customer
    /// is; NaN where nothing is known.
    pub signal: Vec<f64>,
    /// Rows after the as-of day, left out.
    pub after: u64,
}

fn column(name: String, family: Family, unit: Option<&str>, values: Vec<f64>) -> Column {
    let decimals =
        if values.iter().all(|value| value.is_nan() || value.fract() == 0.0) { 0 } else { 2 };
    Column {
        name,
        role: Role::Number,
        family,
        unit: unit.map(str::to_owned),
        decimals,
        block: None,
        values: Values::Number(values),
    }
}

/// Counts events for each of `n_customers` customers.
#[must_use]
pub fn of_events(name: &str, activity: &Activity, n_customers: usize, as_of: Day) -> Summary {
    let today = as_of.since_epoch();
    let mut all = vec![0.0; n_customers];
    let mut recent = vec![0.0; n_customers];
    let mut since = vec![f64::NAN; n_customers];
    let by_kind = (2..=MOST_KINDS).contains(&activity.kinds.len());
    let mut kinds = vec![vec![0.0; n_customers]; if by_kind { activity.kinds.len() } else { 0 }];
    let mut after = 0;
    for (at, (&customer, &day)) in activity.customer.iter().zip(&activity.day).enumerate() {
        if day > today {
            after += 1;
            continue;
        }
        let customer = customer as usize;
        let ago = f64::from(today - day);
        all[customer] += 1.0;
        if today - day < RECENT_DAYS {
            recent[customer] += 1.0;
        }
        // The first day of a customer meets NaN, and `min` prefers the number.
        since[customer] = since[customer].min(ago);
        if let Some(of_kind) = activity.kind.get(at).and_then(|&kind| kinds.get_mut(kind as usize))
        {
            of_kind[customer] += 1.0;
        }
    }
    let family = Family::Behavioural;
    let mut columns = vec![
        column(name.to_owned(), family, None, all),
        column(format!("{name}_last_90_days"), family, None, recent.clone()),
        column(format!("days_since_last_{name}"), family, Some("days"), since),
    ];
    for (kind, values) in activity.kinds.iter().zip(kinds) {
        columns.push(column(format!("{name}_{kind}"), family, None, values));
    }
    Summary { columns, signal: recent, after }
}

/// Summarises the scores of each of `n_customers` customers.
#[must_use]
pub fn of_feedback(name: &str, activity: &Activity, n_customers: usize, as_of: Day) -> Summary {
    let today = as_of.since_epoch();
    // Sorted, so that the sums do not depend on the order of the rows.
    let mut answers: Vec<(u32, i32, f64)> = activity
        .customer
        .iter()
        .zip(&activity.day)
        .zip(&activity.score)
        .map(|((&customer, &day), &score)| (customer, day, score))
        .filter(|(_, _, score)| !score.is_nan())
        .collect();
    answers.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)));
    let after = answers.iter().filter(|(_, day, _)| *day > today).count() as u64;
    answers.retain(|(_, day, _)| *day <= today);
    let mut last = vec![f64::NAN; n_customers];
    let mut mean = vec![f64::NAN; n_customers];
    let mut count = vec![0.0; n_customers];
    for own in answers.chunk_by(|a, b| a.0 == b.0) {
        let (customer, last_day) = (own[0].0 as usize, own[own.len() - 1].1);
        count[customer] = own.len() as f64;
        mean[customer] = average(own.iter().map(|answer| answer.2));
        last[customer] = average(own.iter().filter(|answer| answer.1 == last_day).map(|a| a.2));
    }
    let family = Family::Psychographic;
    let columns = vec![
        column(format!("{name}_last"), family, None, last.clone()),
        column(format!("{name}_mean"), family, None, mean),
        column(format!("{name}_answers"), family, None, count),
    ];
    Summary { columns, signal: last, after }
}

/// The mean of at least one value.
fn average(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, n) = values.fold((0.0, 0.0), |(sum, n), value| (sum + value, n + 1.0));
    sum / n
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(days: i32) -> Day {
        Day::from_epoch(days).unwrap()
    }

    fn numbers<'a>(summary: &'a Summary, name: &str) -> &'a [f64] {
        let found = summary.columns.iter().find(|column| column.name == name).unwrap();
        let Values::Number(values) = &found.values else { panic!("not numbers") };
        values
    }

    #[test]
    fn events_by_hand() {
        let activity = Activity {
            customer: vec![0, 0, 0, 2, 2],
            day: vec![100, 11, 10, 101, 40],
            kind: vec![0, 1, 1, 0, u32::MAX],
            kinds: vec!["mail".into(), "visit".into()],
            score: Vec::new(),
        };
        let made = of_events("touches", &activity, 3, day(100));
        assert_eq!(numbers(&made, "touches"), [3.0, 0.0, 1.0]);
        assert_eq!(numbers(&made, "touches_last_90_days"), [2.0, 0.0, 1.0]);
        let since = numbers(&made, "days_since_last_touches");
        assert!(since[0] == 0.0 && since[1].is_nan() && since[2] == 60.0);
        assert_eq!(numbers(&made, "touches_mail"), [1.0, 0.0, 0.0]);
        assert_eq!(numbers(&made, "touches_visit"), [2.0, 0.0, 0.0]);
        assert_eq!((made.after, made.signal), (1, vec![2.0, 0.0, 1.0]));
    }

    #[test]
    fn feedback_by_hand() {
        let activity = Activity {
            customer: vec![1, 1, 1, 0, 1],
            day: vec![5, 9, 9, 3, 11],
            score: vec![2.0, 8.0, 10.0, f64::NAN, 1.0],
            ..Activity::default()
        };
        let made = of_feedback("nps", &activity, 2, day(10));
        assert!(numbers(&made, "nps_last")[0].is_nan());
        assert_eq!(numbers(&made, "nps_last")[1], 9.0);
        assert_eq!(numbers(&made, "nps_mean")[1], 20.0 / 3.0);
        assert_eq!(numbers(&made, "nps_answers"), [0.0, 3.0]);
        assert_eq!(made.after, 1);
    }

    #[test]
    fn the_order_of_the_rows_changes_no_bit() {
        let score = [0.1, 0.2, 0.3, 0.4, 0.7];
        let forward = Activity {
            customer: vec![0; 5],
            day: vec![1, 2, 3, 3, 3],
            score: score.to_vec(),
            ..Activity::default()
        };
        let backward = Activity {
            day: vec![3, 3, 3, 2, 1],
            score: score.iter().rev().copied().collect(),
            ..forward.clone()
        };
        let [a, b] = [forward, backward].map(|rows| of_feedback("nps", &rows, 1, day(9)));
        for (a, b) in a.columns.iter().zip(&b.columns) {
            assert_eq!(a, b);
        }
    }
}
