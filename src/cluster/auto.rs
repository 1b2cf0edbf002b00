//! A parameter that may be found out.

use std::borrow::Cow;

use serde::de;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// `"auto"` or a number.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Auto<T> {
    /// Found out from the data.
    #[default]
    Auto,
    /// As given.
    Is(T),
}

impl<T: Serialize> Serialize for Auto<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Auto => serializer.serialize_str("auto"),
            Self::Is(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Auto<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "expected \"auto\" or a number")]
        enum Written<'a, T> {
            Is(T),
            Word(Cow<'a, str>),
        }
        match Written::deserialize(deserializer)? {
            Written::Is(value) => Ok(Self::Is(value)),
            Written::Word(word) if word == "auto" => Ok(Self::Auto),
            Written::Word(_) => Err(de::Error::custom("expected \"auto\" or a number")),
        }
    }
}
