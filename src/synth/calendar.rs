//! The few calendar rules that generated days need.

use crate::day::Day;

/// The day number (days since 1970-01-01) of a date of the Gregorian calendar; the epoch
/// for a date that does not exist, of which the generator asks for none.
pub(super) fn day(year: i32, month: u32, day_of_month: u32) -> i32 {
    Day::from_civil(year, month, day_of_month).map_or(0, Day::since_epoch)
}

/// Year, month (1 to 12) and day of the month (1 to 31) of a day number.
pub(super) fn date(day: i32) -> (i32, u32, u32) {
    Day::from_epoch(day).map_or((1970, 1, 1), Day::civil)
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
    day(index.div_euclid(12), index.rem_euclid(12).cast_unsigned() + 1, 1)
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
    fn months_count_back_from_the_end_of_2025() {
        assert_eq!(first_day(1), day(2025, 12, 1));
        assert_eq!(first_day(12), day(2025, 1, 1));
        assert_eq!(first_day(24), day(2024, 1, 1));
        assert_eq!(first_day(25), day(2023, 12, 1));
    }
}
