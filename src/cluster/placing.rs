//! What models say of a customer, as an [`Assignment`].

use super::Assignment;
use super::gmm::Membership;
use super::kprototypes::Nearest;

impl From<Membership> for Assignment {
    fn from(found: Membership) -> Self {
        Self {
            segment: Some(found.first),
            second: found.second,
            margin: found.second.map(|_| found.margin),
            distance: found.depth,
        }
    }
}

impl From<Nearest> for Assignment {
    fn from(found: Nearest) -> Self {
        let margin = |(_, second): (u32, f64)| {
            if second > 0.0 { (second - found.distance) / second } else { 0.0 }
        };
        Self {
            segment: Some(found.first),
            second: found.second.map(|(second, _)| second),
            margin: found.second.map(margin),
            distance: found.distance,
        }
    }
}
