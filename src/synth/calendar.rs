//! The few calendar rules that generated days need.
//!
//! # References
//!
//! Hinnant H. (2013), chrono-Compatible Low-Level Date Algorithms, `days_from_civil`
//! and `civil_from_days`.

/// The day number (days since 1970-01-01) of a date of the Gregorian calendar.
pub(super) const fn day(year: i32, month: i32, day_of_month: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted_month = (month + 9) % 12;
    let day_of_year = (153 * shifted_month + 2) / 5 + day_of_month - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month (1 to 12) and day of the month (1 to 31) of a day number.
pub(super) const fn date(day: i32) -> (i32, i32, i32) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, day_of_month)
}

/// The weekday of a day number: 0 is Monday and 6 is Sunday.
pub(super) const fn weekday(day: i32) -> i32 {
    // 1970-01-01 was a Thursday.
    (day + 3).rem_euclid(7)
}

/// The first day of the `months` calendar months that end with December 2025.
pub(super) fn first_day(months: u32) -> i32 {
    let back = i32::try_from(months).unwrap_or(i32::MAX / 2);
    let index = 2026 * 12 - back;
    day(index.div_euclid(12), index.rem_euclid(12) + 1, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days() {
        assert_eq!(day(1970, 1, 1), 0);
        assert_eq!(day(2000, 3, 1), 11_017);
        assert_eq!(day(2025, 12, 31), 20_453);
        assert_eq!(weekday(day(2025, 12, 31)), 2, "a Wednesday");
    }

    #[test]
    fn every_day_comes_back() {
        for number in -1_000..60_000 {
            let (year, month, day_of_month) = date(number);
            assert_eq!(day(year, month, day_of_month), number);
        }
    }

    #[test]
    fn months_count_back_from_the_end_of_2025() {
        assert_eq!(first_day(1), day(2025, 12, 1));
        assert_eq!(first_day(12), day(2025, 1, 1));
        assert_eq!(first_day(24), day(2024, 1, 1));
        assert_eq!(first_day(25), day(2023, 12, 1));
    }
}
