//! What customers brought in the last year and in the year before.
//!
//! Halves of a window can be compared only where the same seasons are in both, so the
//! window is two whole years to the as-of day; with less history there is no growth. The
//! growth of a group is the later sum over the earlier one, less 1.

use rayon::prelude::*;

use super::candidates::first_day;
use super::history::{unit, within};
use crate::orders::Histories;

/// Days of either half.
const YEAR: i32 = 365;

/// Money of each customer in two years, in the input's unit; negative where more was given
/// back than bought.
#[derive(Debug, Clone, PartialEq)]
pub struct TwoYears {
    /// In the year before the last.
    pub earlier: Vec<f64>,
    /// In the last year, the as-of day its last.
    pub later: Vec<f64>,
}

/// The money of the last two years; `None` without money or with less history.
#[must_use]
pub fn two_years(orders: &Histories) -> Option<TwoYears> {
    let unit = unit(orders.money_decimals()?);
    let end = orders.as_of().since_epoch();
    let (start, middle) = (end - 2 * YEAR, end - YEAR);
    if first_day(orders)? > start + 1 {
        return None;
    }
    let money = |customer: usize| {
        let of = |from, until| within(orders, customer, from, until).money as f64 / unit;
        (of(start, middle), of(middle, end))
    };
    let (earlier, later) =
        (0..orders.n_customers()).into_par_iter().with_min_len(1024).map(money).unzip();
    Some(TwoYears { earlier, later })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::Day;
    use crate::orders::Record;

    fn orders(rows: &[(&str, &[(&str, i64)])]) -> Histories {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let record = |(id, orders): &(&str, &[(&str, i64)])| Record {
            id: (*id).to_owned(),
            days: orders.iter().map(|(at, _)| day(at).since_epoch()).collect(),
            amounts: orders.iter().map(|(_, cents)| *cents).collect(),
            spend: 0,
        };
        Histories::new(day("2025-12-31"), Some(2), rows.iter().map(record)).unwrap()
    }

    #[test]
    fn two_years_by_hand() {
        // 2024 has 366 days: the year before the last begins on its second.
        let made = two_years(&orders(&[
            ("a", &[("2024-01-01", 700), ("2024-01-02", 1000), ("2024-12-31", 50)]),
            ("b", &[("2025-01-01", 300), ("2025-12-31", -100)]),
        ]));
        let made = made.unwrap();
        assert_eq!((made.earlier, made.later), (vec![10.5, 0.0], vec![0.0, 2.0]));
        assert_eq!(two_years(&orders(&[("a", &[("2024-01-03", 1), ("2025-06-01", 1)])])), None);
    }
}
