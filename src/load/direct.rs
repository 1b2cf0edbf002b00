//! Stored columns that already have the wanted type, taken without a detour through text.
//! The outcome is the one that the text would give; where that is not plain, the text
//! decides.

use polars::prelude::{Column as Series, DataType, Int32Chunked, IntoColumn, PlSmallStr};

use super::error::LoadError;
use super::missing::{self, Says};
use super::params::Settings;
use super::record::trim;
use super::typed::Target;
use super::{ReadAs, parquet};

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
        (ReadAs::Text, DataType::String) => {
            let beside_numbers = target.reading.beside_numbers;
            let texts = stored.str().ok()?;
            texts
                .iter()
                .flatten()
                .all(|text| is_plain(text, beside_numbers))
                .then(|| stored.clone())
        }
        (ReadAs::Number, DataType::Float64) => {
            let numbers = stored.f64().ok()?;
            let is_plain =
                |value: f64| value.is_finite() && (value != 0.0 || value.is_sign_positive());
            numbers.iter().flatten().all(is_plain).then(|| stored.clone())
        }
        (ReadAs::Number, kind) if kind.is_integer() && *kind != DataType::UInt64 => {
            stored.cast(&DataType::Float64).ok()
        }
        (ReadAs::Day, DataType::Date) => {
            let days = stored.cast(&DataType::Int32).ok()?;
            days.i32().ok()?.iter().flatten().all(|day| DAYS.contains(&day)).then(|| stored.clone())
        }
        (ReadAs::Day, DataType::Datetime(unit, _)) => {
            let per_day = 86_400 * parquet::per_second(*unit);
            let ticks = stored.cast(&DataType::Int64).ok()?;
            let day = |tick: i64| {
                i32::try_from(tick.div_euclid(per_day)).ok().filter(|day| DAYS.contains(day))
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
    }
}
