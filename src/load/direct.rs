//! Stored columns that already have the wanted type, taken without a detour through text.
//! The outcome is the one that the text would give; where that is not plain, the text
//! decides.

use polars::prelude::{Column as Series, DataType, Int32Chunked, IntoColumn, PlSmallStr};

use super::error::LoadError;
use super::missing::{self, Says};
use super::params::Settings;
use super::record::trim;
use super::typed::Target;
use super::{ReadAs, parquet, views};

/// 1800-01-01 and 2200-12-31: a stored day outside of them is no plain case.
const DAYS: std::ops::RangeInclusive<i32> = -62_091..=84_370;

/// Reads a stored column whose first row is row `first` of the file.
///
/// # Errors
///
/// The first cell that is not what is asked for.
pub(super) fn read(
    stored: &Series,
    target: &Target,
    settings: &Settings,
    first: u64,
    file: &str,
) -> Result<Series, LoadError> {
    let direct = if settings.nulls.is_empty() { plain(stored, target) } else { None };
    let made = match direct {
        Some(column) => column.with_name(PlSmallStr::from(target.name)),
        None => parquet::convert(stored, target, settings, first, file)?
            .finish()
            .ok_or_else(|| LoadError::Internal { file: file.to_owned(), what: "a column" })?,
    };
    Ok(made)
}

/// The column, where no value needs a closer look.
fn plain(stored: &Series, target: &Target) -> Option<Series> {
    match (target.read_as, stored.dtype()) {
        // What an id may lose is seen in its text.
        (ReadAs::Text | ReadAs::Id, DataType::String)
            if target.read_as == ReadAs::Text || !target.reading.whole =>
        {
            let beside_numbers = target.reading.beside_numbers;
            let is_plain = |(): &mut (), text: &str| is_plain(text, beside_numbers);
            let take = |(): &mut (), plain| plain != Some(false);
            let all = views::each(stored.str().ok()?, &mut (), is_plain, take);
            all.then(|| stored.clone())
        }
        (ReadAs::Number, DataType::Float64) => {
            let numbers = stored.f64().ok()?;
            let is_plain =
                |value: f64| value.is_finite() & ((value != 0.0) | value.is_sign_positive());
            let all = match numbers.cont_slice() {
                // Without a way out in between it is done several at a time.
                Ok(whole) => whole.iter().fold(true, |all, &value| all & is_plain(value)),
                Err(_) => numbers.iter().flatten().all(is_plain),
            };
            all.then(|| stored.clone())
        }
        (ReadAs::Number, kind) if kind.is_integer() && *kind != DataType::UInt64 => {
            stored.cast(&DataType::Float64).ok()
        }
        (ReadAs::Day, DataType::Date) => {
            let days = stored.cast(&DataType::Int32).ok()?;
            days.i32().ok()?.iter().flatten().all(is_plain_day).then(|| stored.clone())
        }
        (ReadAs::Day, DataType::Datetime(unit, None)) => {
            let per_day = 86_400 * parquet::per_second(*unit);
            let ticks = stored.cast(&DataType::Int64).ok()?;
            let day = |tick: i64| {
                i32::try_from(tick.div_euclid(per_day)).ok().filter(|&day| is_plain_day(day))
            };
            let ticks = ticks.i64().ok()?;
            let days: Int32Chunked = ticks.iter().map(|tick| tick.and_then(day)).collect();
            (days.null_count() == ticks.null_count())
                .then(|| days.into_column())?
                .cast(&DataType::Date)
                .ok()
        }
        _ => None,
    }
}

/// Whether a day is read as it stands; 1900-01-01 stands for none.
fn is_plain_day(day: i32) -> bool {
    const PLACEHOLDER: i32 = -25_567;
    DAYS.contains(&day) && day != PLACEHOLDER
}

/// Whether a text is read as it stands.
fn is_plain(text: &str, beside_numbers: bool) -> bool {
    let bytes = text.as_bytes();
    !bytes.is_empty()
        && trim(bytes).len() == bytes.len()
        && match missing::says(bytes, &[]) {
            Says::Value => true,
            Says::Missing => false,
            Says::MissingBesideNumbers => !beside_numbers,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_the_last_plain_day() {
        use crate::day::Day;
        let day = |year, month, day| Day::from_civil(year, month, day).unwrap().since_epoch();
        assert_eq!(DAYS, day(1800, 1, 1)..=day(2200, 12, 31));
        assert!(!is_plain_day(day(1900, 1, 1)) && is_plain_day(day(1900, 1, 2)));
    }
}
