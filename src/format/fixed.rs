//! Numbers with a fixed number of decimals, as `{:.n}` writes them, many times faster.

/// Up to this size the last figure of a number is known beyond doubt.
const LARGEST: f64 = 1e9;
/// So near to the middle between two figures the exact decimals decide.
const DOUBTFUL: f64 = 1e-6;
const POWERS: [f64; 10] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

/// The size of the value in units of its last decimal, rounded as `{:.n}` rounds; `None`
/// where that is not certain.
///
/// The product is off by at most 2^-53 of itself, below 1.2e-7 units, so that what lies
/// further than that from a half is rounded right.
#[inline]
fn units(value: f64, decimals: usize) -> Option<u64> {
    let scaled = value.abs() * POWERS.get(decimals)?;
    if scaled.is_nan() || scaled >= LARGEST {
        return None;
    }
    let whole = scaled as u64;
    let part = scaled - whole as f64;
    ((part - 0.5).abs() > DOUBTFUL).then(|| whole + u64::from(part > 0.5))
}

/// Writes a whole number.
pub(crate) fn whole(mut n: u64, out: &mut String) {
    let mut digits = [0_u8; 20];
    let mut first = digits.len();
    loop {
        first -= 1;
        digits[first] = b'0' + (n % 10) as u8;
        n /= 10;
        if n == 0 {
            break;
        }
    }
    out.push_str(std::str::from_utf8(&digits[first..]).unwrap_or_default());
}

/// Writes the value with so many decimals.
pub(crate) fn fixed(value: f64, decimals: usize, out: &mut String) {
    use std::fmt::Write as _;
    let Some(units) = units(value, decimals) else {
        // Writing into a String cannot fail.
        let _ = write!(out, "{value:.decimals$}");
        return;
    };
    if value.is_sign_negative() {
        out.push('-');
    }
    let power = POWERS[decimals] as u64;
    whole(units / power, out);
    if decimals > 0 {
        out.push('.');
        let mut rest = units % power;
        let mut unit = power;
        for _ in 0..decimals {
            unit /= 10;
            out.push(char::from(b'0' + (rest / unit) as u8));
            rest %= unit;
        }
    }
}

/// The number that `{:.n}` shows, read back.
#[cfg(any(feature = "frames", test))]
pub(crate) fn rounded(value: f64, decimals: usize) -> f64 {
    match units(value, decimals) {
        // Both are exact, so the quotient is the number nearest to the decimals.
        Some(units) => (units as f64 / POWERS[decimals]).copysign(value),
        None => format!("{value:.decimals$}").parse().unwrap_or(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_are_those_of_the_standard_library() {
        let mut state = 7_u64;
        for round in 0..200_000_u32 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888);
            let unit = (state >> 11) as f64 / 9_007_199_254_740_992.0 - 0.5;
            let decimals = (round % 10) as usize;
            let value = match round % 7 {
                0 => unit,
                1 => unit * 100.0,
                2 => unit * 1e8,
                3 => (unit * 1e5).round() / 8.0,
                4 => (unit * 1e6).round() / 1e3,
                5 => (unit * 2e4).round() / 2.0 / POWERS[decimals],
                _ => unit * 1e-4,
            };
            let mut text = String::new();
            fixed(value, decimals, &mut text);
            assert_eq!(text, format!("{value:.decimals$}"));
            assert_eq!(rounded(value, decimals).to_bits(), text.parse::<f64>().unwrap().to_bits());
        }
        for value in [0.0, -0.0, 0.5, 1.5, 2.5, -0.4, 1e300, -1e15, 0.05, f64::INFINITY] {
            for decimals in 0..4 {
                let mut text = String::new();
                fixed(value, decimals, &mut text);
                assert_eq!(text, format!("{value:.decimals$}"));
            }
        }
        let mut text = String::new();
        whole(u64::MAX, &mut text);
        assert_eq!(text, u64::MAX.to_string());
    }
}
