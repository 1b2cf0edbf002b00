//! The `[audience]` table of the config.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which column of the contacts is what. The `[audience]` table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Params {
    /// The table of contacts; `--contacts` in its place.
    pub contacts: String,
    /// The column that names the customers; empty: as in the run.
    pub id: String,
    /// The column of e-mail addresses.
    pub email: String,
    /// The column of telephone numbers.
    pub phone: String,
    /// The column of countries, by two letters; needed for numbers without a country's code.
    pub country: String,
    /// The column of first names.
    pub first_name: String,
    /// The column of last names.
    pub last_name: String,
    /// The column of companies.
    pub company: String,
    /// The column of their websites.
    pub website: String,
    /// The column that says who has consented: yes, true, 1 and the like.
    pub consent: String,
    /// The column that says who has opted out: whatever is neither empty nor no, false, 0.
    pub suppress: String,
    /// A smaller list is refused.
    pub min_size: usize,
}

impl Default for Params {
    fn default() -> Self {
        let name = |name: &str| name.to_owned();
        Self {
            contacts: String::new(),
            id: String::new(),
            email: name("email"),
            phone: name("phone"),
            country: name("country"),
            first_name: name("first_name"),
            last_name: name("last_name"),
            company: name("company"),
            website: name("website"),
            consent: name("consent"),
            suppress: name("suppress"),
            min_size: 100,
        }
    }
}

impl Params {
    /// Whether nothing was changed.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// Whether a cell says that consent was given. Anything but a plain yes says that it was not.
#[must_use]
pub fn says_yes(cell: &str) -> bool {
    const YES: [&str; 14] = [
        "yes",
        "y",
        "true",
        "t",
        "1",
        "1.0",
        "granted",
        "given",
        "opt-in",
        "opted-in",
        "subscribed",
        "ja",
        "da",
        "是",
    ];
    YES.contains(&cell.trim().to_lowercase().as_str())
}

/// Whether a cell says that somebody has opted out. Anything but nothing or a plain no says
/// so, a date for instance.
#[must_use]
pub fn says_out(cell: &str) -> bool {
    const NO: [&str; 10] = ["", "no", "n", "false", "f", "0", "0.0", "nei", "nej", "nu"];
    !NO.contains(&cell.trim().to_lowercase().as_str())
}
