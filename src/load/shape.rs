//! The shape of a value: what it has in common with others, as far as it matters for the
//! kind of the column.

use std::ops::Range;

use chrono_tz::Tz;

use super::day;
use super::distinct::SMALL;
use super::dress::Dress;
use super::missing::{self, Says};
use super::number::{self, Form, Traits};
use super::proposed;
use super::quick;

/// Every number of so many bytes is held to its last digit.
const HELD: usize = 15;

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
    let traits = if cell.len() > HELD || plain.n_decimals.is_some() {
        number::traits(cell, form)
    } else {
        Traits { zero: plain.digits == 0, ..Traits::default() }
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

/// The quiet kinds of plain numbers there are.
pub(super) const QUIET: usize = 12;

/// The kind of a plain number that says nothing but its value: it is not 0, no code, no
/// day, and neither rounded nor dotted. All cells of one quiet kind have one shape.
#[inline]
pub(super) fn quiet(cell: &[u8], plain: &quick::Plain) -> Option<usize> {
    let may_speak = match cell.last()? {
        b'0' if plain.n_decimals.is_some() => plain.is_whole(),
        // Whole numbers that often mean missing.
        b'0' | b'1' | b'9' => {
            plain.n_decimals.is_none() && proposed::may_mean_missing(plain.value())
        }
        _ => false,
    };
    if may_speak || cell.len() > HELD || may_be_day(cell, plain) {
        return None;
    }
    let (form, begins_with_zero) = match quick::form(cell, plain) {
        Form::Integer => (0, plain.padded && !plain.negative),
        Form::Point3 => (1, false),
        _ => (2, false),
    };
    Some(form * 4 + usize::from(plain.negative) * 2 + usize::from(begins_with_zero))
}

/// Days since 1899-12-30, and seconds and milliseconds since 1970, of 1990 to 2050.
const COUNTED: [Range<u64>; 3] =
    [32_874..55_154, 630_000_000..2_600_000_000, 630_000_000_000..2_600_000_000_000];

/// The kind of a number of many decimals that counts to no day.
#[inline]
pub(super) fn quiet_calculated(cell: &[u8], calculated: &quick::Calculated) -> Option<usize> {
    let within =
        |days: &Range<u64>| (days.start as f64..days.end as f64).contains(&calculated.value);
    (!COUNTED.iter().any(within)).then(|| 8 + usize::from(cell.first() == Some(&b'-')) * 2)
}

/// Whether a small number of at most eight bytes without its sign, in a cell of `length`
/// bytes, is of a quiet kind; also false for some that are. It has a spelling of its own.
#[inline]
pub(super) fn is_quiet(short: quick::Short, length: u32) -> bool {
    let quick::Short { digits, n_decimals, padded, whole } = short;
    let may_speak = if n_decimals == 0 {
        // Codes, and what may be a day by its digits or by its count.
        length == 8
            || COUNTED[0].contains(&u64::from(digits))
            || matches!(digits, 0 | 1 | 9 | 99 | 999 | 9_999 | 99_999 | 999_999)
    } else {
        // Small numbers with decimals count no days.
        whole
    };
    !(may_speak | padded | (u64::from(digits) >= SMALL))
}

/// The kind of such a number.
pub(super) fn quiet_kind(n_decimals: usize, negative: bool, digits: u64) -> usize {
    let form = match n_decimals {
        0 => 0,
        3 if digits >= 1000 => 1,
        _ => 2,
    };
    form * 4 + usize::from(negative) * 2
}

/// Whether a trimmed cell is a letter and four or more digits, as many ids are: no number,
/// no day, no code. All such cells have the shape of the first.
#[inline]
pub(super) fn is_lettered(cell: &[u8]) -> bool {
    match cell {
        [b'i' | b'I', ..] => false,
        [b'a'..=b'z' | b'A'..=b'Z', digits @ ..] => {
            digits.len() >= 4 && digits.iter().fold(true, |all, byte| all & byte.is_ascii_digit())
        }
        _ => false,
    }
}

/// The quiet kinds that small numbers of so many decimals and that sign have, and the digits
/// of each.
pub(super) fn quiet_ranges(n_decimals: usize, negative: bool) -> Vec<(usize, Range<u64>)> {
    let sign = usize::from(negative) * 2;
    match n_decimals {
        0 => vec![(sign, 0..SMALL)],
        3 => vec![(8 + sign, 0..1000), (4 + sign, 1000..SMALL)],
        _ => vec![(8 + sign, 0..SMALL)],
    }
}

/// Whether a plain number has the digits of a day, or counts to one of 1990 to 2050 in
/// days, seconds or milliseconds.
#[inline]
fn may_be_day(cell: &[u8], plain: &quick::Plain) -> bool {
    let within = |days: &Range<u64>| plain.is_at_least(days.start) && !plain.is_at_least(days.end);
    (plain.n_decimals.is_none() && matches!(cell.len(), 8 | 12 | 14))
        // Most numbers are below all of them.
        || (plain.is_at_least(COUNTED[0].start) && COUNTED.iter().any(within))
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

    #[test]
    fn a_quiet_kind_has_one_shape_that_says_nothing() {
        let mut shapes = [None; QUIET];
        let (mut n_quiet, mut n_short) = (0, 0);
        let numbers = (0..300_000_u64).flat_map(|n| {
            let n = if n < 120_000 { n } else { n.wrapping_mul(7_919_317) % 40_000_000_000 };
            [0, 1, 2, 3, 4].map(|decimals| {
                let scale = 10_u64.pow(decimals);
                let (whole, rest) = (n / scale, n % scale);
                let pad = if n % 11 == 0 { "0" } else { "" };
                let minus = if n % 3 == 0 { "-" } else { "" };
                match decimals {
                    0 => format!("{minus}{pad}{whole}"),
                    _ => format!("{minus}{pad}{whole}.{rest:0width$}", width = decimals as usize),
                }
            })
        });
        for text in numbers {
            let cell = text.as_bytes();
            let Some(plain) = quick::plain(cell, b'.') else { continue };
            let kind = quiet(cell, &plain);
            let body = cell.strip_prefix(b"-").unwrap_or(cell);
            if body.len() <= 8 {
                let mut filled = [0; 8];
                filled[..body.len()].copy_from_slice(body);
                let short = quick::short(u64::from_le_bytes(filled), body.len() as u32).unwrap();
                if is_quiet(short, cell.len() as u32) {
                    let n_decimals = plain.n_decimals.unwrap_or(0);
                    let known = quiet_kind(n_decimals, plain.negative, plain.digits);
                    assert_eq!(Some(known), kind, "{text}");
                    let ranges = quiet_ranges(n_decimals, plain.negative);
                    let is_it = |(kind, range): &(usize, Range<u64>)| {
                        *kind == known && range.contains(&plain.digits)
                    };
                    assert!(ranges.iter().any(is_it), "{text}");
                    n_short += 1;
                }
            }
            let Some(kind) = kind else { continue };
            n_quiet += 1;
            let shape = look_at_plain(cell, &plain);
            assert_eq!(*shapes[kind].get_or_insert(shape), shape, "{text}");
            assert_eq!((shape.traits, shape.code), (Traits::default(), None), "{text}");
            assert!(!proposed::may_mean_missing(plain.value()), "{text}");
        }
        assert!(n_quiet > 1_200_000, "{n_quiet}");
        assert!(n_short > 500_000, "{n_short}");
        // Zeros in front are told of whole numbers above 0 only.
        assert_eq!(shapes.iter().flatten().count(), 7);
    }

    #[test]
    fn lettered_ids_have_one_shape() {
        let first = look_closely(b"C0000", [&[], &[]], None);
        for text in ["K000001", "a1234", "M9999", "E12345", "t20240105", "Z00000000000000000"] {
            assert!(is_lettered(text.as_bytes()));
            assert_eq!(look_closely(text.as_bytes(), [&[], &[]], None), first, "{text}");
        }
        for text in ["i1234", "C123", "CC1234", "C12a4", "1234", "C-123", "", "C"] {
            assert!(!is_lettered(text.as_bytes()), "{text}");
        }
        for letter in (b'A'..=b'Z').chain(b'a'..=b'z') {
            for digits in ["0000", "2024", "19990101", "20240105", "202401051011", "1"] {
                let text = [&[letter], digits.as_bytes()].concat();
                if is_lettered(&text) {
                    assert_eq!(look_closely(&text, [&[], &[]], None), first);
                }
            }
        }
    }
}
