//! The days on which somebody buys: a rate, seasons and weekdays.

use super::calendar::{date, weekday};
use super::draw::Draw;

/// How purchases lie in time.
pub(super) struct Rhythm<'a> {
    /// Purchases per 30 days in a middling season.
    pub(super) per_month: f64,
    /// One factor per calendar month, January first, around 1.
    pub(super) season: &'a [f64; 12],
    /// One factor per weekday, Monday first, around 1.
    pub(super) week: &'a [f64; 7],
}

/// The days of purchase between `first` and `last` inclusive, ascending: a Poisson
/// process with the rhythm's rate, by thinning. There is always at least one day, so
/// that every customer has a purchase.
///
/// # References
///
/// Lewis P. A. W., Shedler G. S. (1979), Simulation of nonhomogeneous Poisson
/// processes by thinning, Naval Research Logistics Quarterly 26(3), 403-413.
pub(super) fn purchase_days(rhythm: &Rhythm, first: i32, last: i32, draw: &mut Draw) -> Vec<i32> {
    let length = f64::from(last - first + 1);
    let highest = |factors: &[f64]| factors.iter().copied().fold(0.0, f64::max);
    let most = highest(rhythm.season) * highest(rhythm.week);
    let candidates = draw.count(rhythm.per_month * most * length / 30.0);
    let mut days: Vec<i32> = (0..candidates)
        .filter_map(|_| {
            let day = day_within(first, last, draw);
            draw.chance(factor(rhythm, day) / most).then_some(day)
        })
        .collect();
    if days.is_empty() {
        days.push(best_of_three(rhythm, first, last, draw));
    }
    days.sort_unstable();
    days
}

/// A day of the window, each as likely.
pub(super) fn day_within(first: i32, last: i32, draw: &mut Draw) -> i32 {
    let length = u32::try_from(last - first + 1).unwrap_or(1);
    first + i32::try_from(draw.below(length)).unwrap_or(0)
}

fn factor(rhythm: &Rhythm, day: i32) -> f64 {
    let (_, month, _) = date(day);
    // Months run from 1 to 12 and weekdays from 0 to 6.
    let month = usize::try_from(month - 1).unwrap_or(0);
    rhythm.season[month] * rhythm.week[usize::try_from(weekday(day)).unwrap_or(0)]
}

/// The single purchase of a rare buyer still leans to the season.
fn best_of_three(rhythm: &Rhythm, first: i32, last: i32, draw: &mut Draw) -> i32 {
    let mut best = day_within(first, last, draw);
    for _ in 0..2 {
        let other = day_within(first, last, draw);
        if factor(rhythm, other) > factor(rhythm, best) {
            best = other;
        }
    }
    best
}
