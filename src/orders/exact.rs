//! Money without rounding: whole numbers of the smallest unit that the input writes.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Above this many units of the smallest decimal a number read as `f64` may be one off.
const EXACT: f64 = 2_251_799_813_685_248.0;
/// The most decimals that are kept.
pub const MOST_DECIMALS: u8 = 9;

/// An exact amount: `minor` units of `10^-decimals`, written as `-12.50`.
///
/// # Examples
///
/// ```
/// use kohort::orders::Exact;
/// let sum = Exact::new(9_747_747_934, 3);
/// assert_eq!(sum.to_string(), "9747747.934");
/// assert_eq!("-0.05".parse(), Ok(Exact::new(-5, 2)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exact {
    minor: i128,
    decimals: u8,
}

/// Why a text is no exact amount.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not an amount: expected digits with a point, such as -12.50")]
pub struct ExactError;

impl Exact {
    /// `minor` units of `10^-decimals`.
    #[must_use]
    pub fn new(minor: i128, decimals: u8) -> Self {
        Self { minor, decimals }
    }

    /// The whole number of smallest units.
    #[must_use]
    pub fn minor(self) -> i128 {
        self.minor
    }

    /// How many decimals the smallest unit has.
    #[must_use]
    pub fn decimals(self) -> u8 {
        self.decimals
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.minor < 0 { "-" } else { "" };
        let width = usize::from(self.decimals) + 1;
        let digits = format!("{:0width$}", self.minor.unsigned_abs());
        let (whole, rest) = digits.split_at(digits.len() - usize::from(self.decimals));
        let point = if rest.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{rest}")
    }
}

impl FromStr for Exact {
    type Err = ExactError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (whole, rest) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !plain(whole) || !plain(rest) {
            return Err(ExactError);
        }
        let decimals = u8::try_from(rest.len()).map_err(|_| ExactError)?;
        let minor: i128 = format!("{whole}{rest}").parse().map_err(|_| ExactError)?;
        Ok(Self { minor: if text.starts_with('-') { -minor } else { minor }, decimals })
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Exact {
    fn schema_name() -> Cow<'static, str> {
        "Exact".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$" })
    }
}

/// `10^decimals`.
#[must_use]
pub fn power(decimals: u8) -> f64 {
    (0..decimals).fold(1.0, |power, _| power * 10.0)
}

/// A number in units of `1 / power`, and whether that rounded it; `None` where it is too
/// large to be exact. `power` is a power of ten up to `10^9`.
pub(super) fn scaled(value: f64, power: f64) -> Option<(i64, bool)> {
    let exact = value * power;
    if exact.is_nan() || exact.abs() >= EXACT {
        return None;
    }
    let whole = rounded(exact);
    // Two roundings of an f64: what a decimal number loses on its way here at most.
    let noise = (exact.abs() * f64::EPSILON * 2.0).max(1e-9);
    Some((whole as i64, (exact - whole).abs() > noise))
}

/// As [`f64::round`], half away from zero, for numbers below [`EXACT`]: the library's own
/// is a call on processors that it is not built for.
fn rounded(exact: f64) -> f64 {
    let whole = (exact as i64) as f64;
    // Both parts are exact below 2^51.
    let rest = exact - whole;
    whole + f64::from(i8::from(rest >= 0.5)) - f64::from(i8::from(rest <= -0.5))
}

/// Smallest units as an `f64` of whole units, rounded once.
pub(super) fn whole_units(minor: i64, power: f64) -> f64 {
    minor as f64 / power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_and_read_to_the_last_digit() {
        for (minor, decimals, text) in [
            (0, 0, "0"),
            (5, 2, "0.05"),
            (-5, 2, "-0.05"),
            (123, 0, "123"),
            (-12_340, 3, "-12.340"),
        ] {
            let exact = Exact::new(minor, decimals);
            assert_eq!(exact.to_string(), text);
            assert_eq!(text.parse(), Ok(exact));
        }
        for wrong in ["", "-", ".5", "1,5", "1e5", "--1", "1.2.3"] {
            assert_eq!(wrong.parse::<Exact>(), Err(ExactError), "{wrong}");
        }
        let sum = Exact::new(i128::from(i64::MAX) * 1000, 3);
        assert_eq!(
            serde_json::from_str::<Exact>(&serde_json::to_string(&sum).unwrap()).unwrap(),
            sum
        );
    }

    #[test]
    fn numbers_are_rounded_as_the_library_does() {
        let below = 0.5_f64.next_down();
        let large = EXACT.next_down();
        for exact in [0.0, 0.25, below, 0.5, 1.5, 2.5, 1e9 + 0.5, large, 3.0_f64.next_down()] {
            for exact in [exact, -exact] {
                assert_eq!(rounded(exact), exact.round(), "{exact}");
            }
        }
    }

    #[test]
    fn every_cent_up_to_a_million_comes_back() {
        for cents in 0..100_000_000_i64 {
            if cents % 97 == 0 {
                let text = format!("{}.{:02}", cents / 100, cents % 100);
                assert_eq!(scaled(text.parse().unwrap(), 100.0), Some((cents, false)));
            }
        }
        assert_eq!(scaled(0.125, 100.0), Some((13, true)));
        assert_eq!(scaled(1e14, 100.0), None);
        assert_eq!(scaled(f64::NAN, 100.0), None);
    }
}
