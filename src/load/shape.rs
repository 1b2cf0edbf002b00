//! The shape of a value: what it has in common with others, as far as it matters for the
//! kind of the column.

use chrono_tz::Tz;

use super::day;
use super::dress::Dress;
use super::missing::{self, Says};
use super::number::{self, Form, Traits};
use super::proposed;
use super::quick;

/// What values have in common, as far as it matters for the kind of the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    pub says: Says,
    pub form: Form,
    pub dress: Dress,
    pub traits: Traits,
    /// The spelling, where it often means missing.
    pub code: Option<&'static str>,
    pub day: day::Seen,
    /// Whether a blank stands inside.
    pub has_space: bool,
    /// Digits after a leading 0.
    pub leading_zero: bool,
}

/// The shape of a trimmed cell, which may be known to be a plain number. `nulls` are the
/// spellings of missing declared for every column and for this one, `zone` is the declared
/// one.
#[inline]
pub(super) fn look(
    cell: &[u8],
    plain: Option<&quick::Plain>,
    nulls: [&[String]; 2],
    zone: Option<Tz>,
) -> Shape {
    match plain {
        Some(plain) if nulls.iter().all(|nulls| nulls.is_empty()) => look_at_plain(cell, plain),
        _ => look_closely(cell, nulls, zone),
    }
}

#[inline]
fn look_at_plain(cell: &[u8], plain: &quick::Plain) -> Shape {
    let form = quick::form(cell, plain);
    let traits = if cell.len() > 15 || plain.n_decimals.is_some() {
        number::traits(cell, form)
    } else {
        Traits { zero: plain.value == 0.0, ..Traits::default() }
    };
    // A number needs no zone.
    let day = if may_be_day(cell, plain) { day::look(cell, None) } else { day::Seen::default() };
    Shape {
        says: Says::Value,
        form,
        dress: Dress::bare(cell),
        traits,
        code: proposed::code(cell),
        day,
        has_space: false,
        leading_zero: form == Form::Integer && cell.len() > 1 && cell[0] == b'0',
    }
}

/// Whether a plain number has the digits of a day, or counts to one of 1990 to 2050 in
/// days, seconds or milliseconds.
#[inline]
fn may_be_day(cell: &[u8], plain: &quick::Plain) -> bool {
    let value = plain.value;
    (plain.n_decimals.is_none() && matches!(cell.len(), 8 | 12 | 14))
        || (32_874.0..55_154.0).contains(&value)
        || (6.3e8..2.6e9).contains(&value)
        || (6.3e11..2.6e12).contains(&value)
}

fn look_closely(cell: &[u8], nulls: [&[String]; 2], zone: Option<Tz>) -> Shape {
    let [declared, own] = nulls;
    let is_own = own.iter().any(|null| null.as_bytes() == cell);
    let says = if is_own { Says::Missing } else { missing::says(cell, declared) };
    if says == Says::Missing {
        return Shape {
            says,
            form: Form::Not,
            dress: Dress::default(),
            traits: Traits::default(),
            code: None,
            day: day::Seen::default(),
            has_space: false,
            leading_zero: false,
        };
    }
    let (form, dress) = if quick::is_no_number(cell) {
        (Form::Not, Dress::default())
    } else {
        number::spelled(cell)
    };
    Shape {
        says,
        form,
        dress,
        traits: number::traits(cell, form),
        code: proposed::code(cell),
        day: day::look(cell, zone),
        has_space: memchr::memchr(b' ', cell).is_some(),
        leading_zero: form == Form::Integer && cell.len() > 1 && cell[0] == b'0',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_sees_what_the_long_way_sees() {
        for text in [
            "0",
            "-0",
            "007",
            "20240105",
            "20241305",
            "12345678",
            "1.234",
            "-1.234",
            "12.50",
            "0.5",
            "-5",
            "K1",
            "2024-01-05",
            "2024-01-05 10:11",
            "99999999",
            "1234.567",
            "-1234567",
            "0.0",
            "17850.0",
            "017850.0",
            "45292",
            "0045292",
            "45292.75",
            "-45292",
            "32873",
            "32874",
            "55153.9",
            "55154",
            "1704067200",
            "631151999",
            "631152000",
            "2556143999",
            "2556144000",
            "1704067200000",
            "201209040826",
            "20120904082600",
            "9007199254740993",
            "90071992547409.91",
            "12345678901234.56",
            "999",
            "-1",
            "EUR5",
            "kr12",
            "LOT5",
        ] {
            let cell = text.as_bytes();
            let plain = quick::plain(cell, b'.');
            let (form, dress) = number::spelled(cell);
            let long = Shape { form, dress, ..look_closely(cell, [&[], &[]], None) };
            assert_eq!(look(cell, plain.as_ref(), [&[], &[]], None), long, "{text}");
        }
    }
}
