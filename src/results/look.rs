//! How a report looks: the theme of an organisation, read, as `report.json` keeps it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Ground, colours and logo of a report. What is not given is as usual.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Look {
    /// Whether figures and page are drawn on a dark ground.
    pub dark: bool,
    /// The colour that says "look here", `#rrggbb`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accent: Option<String>,
    /// The colours of the first segments, `#rrggbb`, at most 12.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub segments: Vec<String>,
    /// The picture above the title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<Logo>,
}

/// A picture inside the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Logo {
    /// What it is: `image/png`, `image/jpeg` or `image/svg+xml`.
    pub media: String,
    /// Its bytes in base 64.
    pub base64: String,
    /// What it says, for somebody who cannot see it.
    pub text: String,
}

impl Look {
    /// Whether nothing differs from the usual look.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// Red, green and blue of `#rrggbb`; `None` for any other text.
#[must_use]
pub fn rgb(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#')?.as_bytes();
    if digits.len() != 6 {
        return None;
    }
    let mut bytes = [0; 3];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
        let digit = |at: usize| char::from(pair[at]).to_digit(16);
        *byte = u8::try_from(digit(0)? * 16 + digit(1)?).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_six_digits_behind_a_hash() {
        assert_eq!(rgb("#0b5cAD"), Some([11, 92, 173]));
        for wrong in ["", "#", "0b5cad", "#0b5ca", "#0b5cad0", "#0b5cag", "#+b5cad", "#ééé"] {
            assert_eq!(rgb(wrong), None, "{wrong}");
        }
    }
}
