//! The `[features]` table of the config.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::normalise::base::{ClusterOn, NotApplicable};
use crate::table::Family;

/// What a column is declared to be, in `[features.types]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum TypeRule {
    /// One of the words.
    Word(TypeWord),
    /// An ordered category: its levels from the lowest to the highest.
    Levels(Vec<String>),
}

/// The words that a type may be given as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TypeWord {
    /// Named levels without an order.
    Category,
    /// A quantity.
    Number,
    /// Two values.
    Flag,
    /// A calendar day.
    Date,
    /// The latitude of a place in degrees; with a longitude it is one place.
    Latitude,
    /// The longitude of a place in degrees.
    Longitude,
    /// A share of a whole, together with the shares beside it.
    Share,
}

impl TypeWord {
    /// The word as the config has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::Number => "number",
            Self::Flag => "flag",
            Self::Date => "date",
            Self::Latitude => "latitude",
            Self::Longitude => "longitude",
            Self::Share => "share",
        }
    }
}

/// What each column is and what it is used for. Whatever is not said is guessed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Params {
    /// What makes the segments: `"auto"`, or kinds or columns; everything else describes.
    pub cluster_on: ClusterOn,
    /// Columns about what customers do and buy.
    #[serde(alias = "behavioral")]
    pub behavioural: Vec<String>,
    /// Columns about who customers are.
    pub demographic: Vec<String>,
    /// Columns about where customers are.
    pub geographic: Vec<String>,
    /// Columns about what customers think and want.
    pub psychographic: Vec<String>,
    /// Columns about companies.
    pub firmographic: Vec<String>,
    /// Columns that are not used at all.
    pub ignore: Vec<String>,
    /// Levels that mean "does not have it".
    pub not_applicable: NotApplicable,
    /// Sensitive columns that may be used, each with the reason.
    pub allow_sensitive: BTreeMap<String, String>,
    /// What a column is: `"category"`, `"number"`, `"flag"`, `"date"`, `"latitude"`,
    /// `"longitude"`, `"share"` or a list of ordered levels.
    pub types: BTreeMap<String, TypeRule>,
}

impl Params {
    /// The family that a column is declared to belong to.
    #[must_use]
    pub fn family_of(&self, column: &str) -> Option<Family> {
        Family::ALL
            .into_iter()
            .find(|family| self.listed(*family).iter().any(|name| name == column))
    }

    /// The columns listed under a family.
    #[must_use]
    pub fn listed(&self, family: Family) -> &[String] {
        match family {
            Family::Behavioural => &self.behavioural,
            Family::Demographic => &self.demographic,
            Family::Geographic => &self.geographic,
            Family::Psychographic => &self.psychographic,
            Family::Firmographic => &self.firmographic,
        }
    }

    /// Every column that this table names, with the key that names it.
    pub(super) fn named(&self) -> Vec<(&'static str, &str)> {
        let mut named = Vec::new();
        for family in Family::ALL {
            named.extend(self.listed(family).iter().map(|name| (family.name(), name.as_str())));
        }
        named.extend(self.ignore.iter().map(|name| ("ignore", name.as_str())));
        named.extend(self.allow_sensitive.keys().map(|name| ("allow-sensitive", name.as_str())));
        named.extend(self.types.keys().map(|name| ("types", name.as_str())));
        named
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_words_or_lists_of_levels() {
        let params: Params = toml::from_str(
            "demographic = [\"age\"]\n[types]\nzip = \"category\"\nsize = [\"S\", \"M\", \"L\"]\n",
        )
        .unwrap();
        assert_eq!(params.types["zip"], TypeRule::Word(TypeWord::Category));
        assert_eq!(
            params.types["size"],
            TypeRule::Levels(vec!["S".into(), "M".into(), "L".into()])
        );
        assert_eq!(params.family_of("age"), Some(Family::Demographic));
        assert_eq!(params.family_of("zip"), None);
        assert!(toml::from_str::<Params>("[types]\nzip = \"postcode\"\n").is_err());
        assert!(toml::from_str::<Params>("colour = 1").is_err());
        assert_eq!(toml::from_str::<Params>("behavioral = [\"x\"]").unwrap().behavioural, ["x"]);
    }
}
