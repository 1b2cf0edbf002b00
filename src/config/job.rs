//! The periodic job: the `[job]` table.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// What a run does where a previous run of its lineage is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Score with the frozen model; fit anew where the verdict is refit.
    #[default]
    Auto,
    /// Score with the frozen model, whatever the verdict.
    Score,
    /// Fit anew, from the previous centres.
    Refit,
}

impl Mode {
    /// The word used in the config.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Score => "score",
            Self::Refit => "refit",
        }
    }
}

impl std::str::FromStr for Mode {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = [Self::Auto, Self::Score, Self::Refit];
        let found = known.into_iter().find(|mode| mode.name() == text);
        found.ok_or_else(|| "expected auto, score or refit".to_owned())
    }
}

/// How the periodic job goes. The `[job]` table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Periodic {
    /// What a run does where a previous run is there: `auto`, `score` or `refit`.
    pub mode: Mode,
    /// A model as old as this is at least to be looked at, such as `6 months`.
    #[schemars(with = "String")]
    pub review_every: Span,
}

/// A span of time such as `6 months`; `never` is no span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    count: u32,
    unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Days,
    Weeks,
    Months,
    Years,
}

impl Unit {
    const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Days, "day", "days"),
        (Self::Weeks, "week", "weeks"),
        (Self::Months, "month", "months"),
        (Self::Years, "year", "years"),
    ];
}

impl Default for Span {
    fn default() -> Self {
        Self { count: 6, unit: Unit::Months }
    }
}

impl Span {
    /// How many days: a month is 30 and a year 365, so that a run on the day before the
    /// month is full does not wait for the next. 0 for `never`.
    #[must_use]
    pub fn days(self) -> i64 {
        let days = match self.unit {
            Unit::Days => 1,
            Unit::Weeks => 7,
            Unit::Months => 30,
            Unit::Years => 365,
        };
        i64::from(self.count) * days
    }

    fn parse(text: &str) -> Option<Self> {
        if text == "never" {
            return Some(Self { count: 0, unit: Unit::Days });
        }
        let (count, word) = text.trim().split_once(' ')?;
        let count = count.parse().ok().filter(|&count| (1..=100_000).contains(&count))?;
        let known = |(_, one, several): &&(Unit, &str, &str)| word == *one || word == *several;
        Unit::ALL.iter().find(known).map(|(unit, ..)| Self { count, unit: *unit })
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.count == 0 {
            return f.write_str("never");
        }
        let words = Unit::ALL.iter().find(|(unit, ..)| *unit == self.unit);
        let word =
            words.map_or("days", |(_, one, several)| if self.count == 1 { one } else { several });
        write!(f, "{} {word}", self.count)
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            de::Error::custom("expected a span such as \"6 months\" or \"90 days\", or \"never\"")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_and_written_back() {
        for (text, days) in
            [("6 months", 180), ("1 year", 365), ("90 days", 90), ("2 weeks", 14), ("never", 0)]
        {
            let span = Span::parse(text).unwrap();
            assert_eq!((span.days(), span.to_string().as_str()), (days, text));
        }
        for wrong in ["", "6", "months", "0 days", "-1 days", "6 moons", "1.5 years"] {
            assert_eq!(Span::parse(wrong), None, "{wrong}");
        }
    }
}
