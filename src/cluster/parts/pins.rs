//! Segments that a person defines by a condition, in the order of the config.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::cluster::ClusterError;
use crate::table::{Condition, ConditionError};

/// A segment that a condition defines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// What the segment is called.
    pub name: String,
    /// The condition, see [`Condition`].
    pub condition: String,
}

/// Segments that conditions define, in order; written as a table of names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pins(Vec<Pin>);

impl Pins {
    /// Those given, in this order.
    #[must_use]
    pub fn new(pins: Vec<Pin>) -> Self {
        Self(pins)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// One after the other.
    pub fn iter(&self) -> impl Iterator<Item = &Pin> {
        self.0.iter()
    }

    /// The conditions, read.
    ///
    /// # Errors
    ///
    /// A name that is empty or given twice, a condition that cannot be read.
    pub(in crate::cluster) fn conditions(&self) -> Result<Vec<Condition>, ClusterError> {
        for (at, pin) in self.0.iter().enumerate() {
            let name = pin.name.trim();
            if name.is_empty() || self.0[..at].iter().any(|other| other.name.trim() == name) {
                return Err(ClusterError::PinName { name: pin.name.clone() });
            }
        }
        let read = |(at, pin): (usize, &Pin)| {
            Condition::parse(&pin.condition).map_err(|error| self.wrong(at, error))
        };
        self.0.iter().enumerate().map(read).collect()
    }

    /// The error of one of them.
    pub(super) fn wrong(&self, at: usize, error: ConditionError) -> ClusterError {
        ClusterError::Pin { name: self.0[at].name.clone(), error }
    }
}

impl Serialize for Pins {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|pin| (&pin.name, &pin.condition)))
    }
}

impl<'de> Deserialize<'de> for Pins {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Pins;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("a table of names and conditions")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pins, A::Error> {
                let mut pins = Vec::new();
                while let Some((name, condition)) = map.next_entry()? {
                    pins.push(Pin { name, condition });
                }
                Ok(Pins(pins))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}
