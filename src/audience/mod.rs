//! Audiences: the customers of some segments in the form that an advertising platform takes.
//!
//! Who may be in a list: customers of the segments asked for, who have given their consent,
//! are not suppressed, are not held out to measure what contacts achieve, and have not left.
//! An address that also belongs to somebody who may not be contacted is in no list either.
//! What is hashed was valid before: an address that cannot be one is counted and never hashed.
//!
//! Hashing is no anonymity: whoever knows an address knows its hash, so a list of hashes is
//! personal data all the same.
//!
//! Each platform has a normal form of its own, in a file of its own: a hash of another form
//! matches nobody.

mod calling;
mod list;
mod normal;
mod params;

use crate::fault::{Class, Fault};

pub use list::{Counts, Entry, List, Person, Platform, build, delta};
pub use normal::{email, meta_name, meta_phone, phone};
pub use params::{Params, says_out, says_yes};

/// Why there is no list.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum AudienceError {
    /// The contacts do not say who has consented, or who has opted out.
    #[error("the contacts have no column {column}, which would say {what}")]
    NoConsent {
        /// The column asked for.
        column: String,
        /// What it would say.
        what: &'static str,
    },
    /// Too few people.
    #[error("the list would hold {found} people, fewer than {least}")]
    TooSmall {
        /// How many it would hold.
        found: usize,
        /// How many it must hold.
        least: usize,
    },
    /// The platform needs a column that the contacts lack.
    #[error("a list for {platform} needs {needs}, but the contacts have no such column")]
    Lacks {
        /// The platform.
        platform: &'static str,
        /// What is needed.
        needs: &'static str,
    },
}

impl Fault for AudienceError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoConsent { .. } => "E-PRV-001",
            Self::TooSmall { .. } => "E-PRV-002",
            Self::Lacks { .. } => "E-PRV-003",
        }
    }

    fn class(&self) -> Class {
        match self {
            Self::NoConsent { .. } | Self::TooSmall { .. } => Class::Refused,
            Self::Lacks { .. } => Class::Input,
        }
    }

    fn hint(&self) -> Option<String> {
        Some(
            match self {
                Self::NoConsent { .. } => {
                    "name the column with audience.consent or audience.suppress; without both no list is written"
                }
                Self::TooSmall { .. } => {
                    "add segments, or change audience.min-size knowing that platforms refuse small lists"
                }
                Self::Lacks { .. } => {
                    "name the column with audience.email, audience.phone, audience.company or audience.website"
                }
            }
            .to_owned(),
        )
    }
}

#[cfg(test)]
mod tests;
