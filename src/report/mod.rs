//! The report: one HTML file that needs nothing else, and a shorter Markdown text with
//! the same figures. Both are written from finished results; nothing is computed here.

#[cfg(test)]
pub(crate) mod fixture;
mod html;
mod markdown;
mod view;
mod xlsx;

use crate::fault::{Class, Fault};
pub use html::html;
pub use markdown::markdown;
pub use xlsx::{Entry, Listing, MOST_CUSTOMERS, xlsx};

/// Why a report could not be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The template refused.
    #[error("the report's template {template} cannot be filled: {reason}")]
    Template {
        /// Which template.
        template: &'static str,
        /// What the template engine said.
        reason: String,
    },
    /// The workbook's writer refused.
    #[error("the workbook cannot be written: {reason}")]
    Workbook {
        /// What it said.
        reason: String,
    },
}

impl Fault for ReportError {
    fn code(&self) -> &'static str {
        match self {
            Self::Template { .. } => "E-RPT-001",
            Self::Workbook { .. } => "E-RPT-002",
        }
    }

    fn class(&self) -> Class {
        Class::Internal
    }
}

#[cfg(test)]
mod tests;
