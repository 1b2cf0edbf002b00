//! How the user wants a table to be read.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::params::CsvParams;

/// Which sheet of a workbook is meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Sheet {
    /// By its position, from 1.
    Number(usize),
    /// By its name.
    Name(String),
}

impl fmt::Display for Sheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Name(name) => f.write_str(name),
        }
    }
}

/// How one table is read, whatever its format; what is not said is found out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct How {
    /// The dialect of a text, and what its values mean.
    pub csv: CsvParams,
    /// The sheet of a workbook; needed where several hold cells.
    pub sheet: Option<Sheet>,
    /// The file inside a zip archive; needed where several are tables.
    pub member: Option<String>,
    /// How many rows of a wrong structure are left out and counted, over all files.
    pub max_bad_rows: u64,
}
