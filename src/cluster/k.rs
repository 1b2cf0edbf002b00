//! How many segments a person asks for.

use std::fmt;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How many segments: `"auto"` (3 to 8, by evidence), a number, or a range `"3..8"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum K {
    /// 3 to 8, by evidence.
    #[default]
    Auto,
    /// Exactly this many.
    Exactly(usize),
    /// From the first to the last, both included, by evidence.
    Between(usize, usize),
}

impl fmt::Display for K {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auto => f.write_str("auto"),
            Self::Exactly(k) => write!(f, "{k}"),
            Self::Between(from, to) => write!(f, "{from}..{to}"),
        }
    }
}

impl Serialize for K {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Exactly(k) => serializer.serialize_u64(*k as u64),
            other => serializer.collect_str(other),
        }
    }
}

impl<'de> Deserialize<'de> for K {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(KVisitor)
    }
}

struct KVisitor;

impl Visitor<'_> for KVisitor {
    type Value = K;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"auto\", a number such as 5, or a range such as \"3..8\"")
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<K, E> {
        usize::try_from(value)
            .map(K::Exactly)
            .map_err(|_| E::invalid_value(de::Unexpected::Unsigned(value), &self))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<K, E> {
        usize::try_from(value)
            .map(K::Exactly)
            .map_err(|_| E::invalid_value(de::Unexpected::Signed(value), &self))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<K, E> {
        let wrong = || E::invalid_value(de::Unexpected::Str(value), &self);
        if value == "auto" {
            return Ok(K::Auto);
        }
        if let Some((from, to)) = value.split_once("..") {
            let from = from.trim().parse().map_err(|_| wrong())?;
            let to = to.trim().trim_start_matches('=').parse().map_err(|_| wrong())?;
            return Ok(K::Between(from, to));
        }
        value.trim().parse().map(K::Exactly).map_err(|_| wrong())
    }
}
