//! The shape of a value: what it has in common with others, as far as it matters for the
//! kind of the column.

use super::day;
use super::missing::{self, Says};
use super::number::{self, Form};
use super::quick;

/// What values have in common, as far as it matters for the kind of the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    pub says: Says,
    pub form: Form,
    pub day: day::Seen,
    /// Whether a blank stands inside.
    pub has_space: bool,
    /// Digits after a leading 0.
    pub leading_zero: bool,
}

/// The shape of a trimmed cell, which may be known to be a plain number.
#[inline]
pub(super) fn look(cell: &[u8], plain: Option<&quick::Plain>, declared: &[String]) -> Shape {
    match plain {
        Some(plain) if declared.is_empty() => {
            let form = quick::form(cell, plain);
            // Eight digits can be a day.
            let day = if cell.len() == 8 { day::look(cell) } else { day::Seen::default() };
            let leading_zero = form == Form::Integer && cell.len() > 1 && cell[0] == b'0';
            Shape { says: Says::Value, form, day, has_space: false, leading_zero }
        }
        _ => look_closely(cell, declared),
    }
}

fn look_closely(cell: &[u8], declared: &[String]) -> Shape {
    let says = missing::says(cell, declared);
    if says == Says::Missing {
        return Shape {
            says,
            form: Form::Not,
            day: day::Seen::default(),
            has_space: false,
            leading_zero: false,
        };
    }
    let form = if quick::is_no_number(cell) { Form::Not } else { number::form(cell) };
    Shape {
        says,
        form,
        day: day::look(cell),
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
        ] {
            let cell = text.as_bytes();
            let plain = quick::plain(cell, b'.');
            let long = Shape { form: number::form(cell), ..look_closely(cell, &[]) };
            assert_eq!(look(cell, plain.as_ref(), &[]), long, "{text}");
        }
    }
}
