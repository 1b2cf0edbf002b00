//! The report: one HTML file that needs nothing else, and a shorter Markdown text with
//! the same figures. Both are written from finished results; nothing is computed here.

#[cfg(test)]
pub(crate) mod fixture;
mod html;
mod markdown;
mod templates;
mod view;
mod xlsx;

use crate::fault::{Class, Fault};
pub use html::html;
pub use markdown::markdown;
pub use templates::{Templates, USUAL};
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
    /// A template of somebody's own cannot be used.
    #[error("the template {file} cannot be used: {message}")]
    Own {
        /// The file, or the folder of templates.
        file: String,
        /// What is wrong, with the line where it is known.
        message: String,
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
            Self::Own { .. } => "E-RPT-003",
        }
    }

    fn class(&self) -> Class {
        match self {
            Self::Own { .. } => Class::Config,
            Self::Template { .. } | Self::Workbook { .. } => Class::Internal,
        }
    }

    fn hint(&self) -> Option<String> {
        matches!(self, Self::Own { .. }).then(|| {
            "`kohort config --templates DIR` writes the usual ones to begin with; `kohort report RUN --set report.templates=DIR` tries them on a finished run".into()
        })
    }
}

#[cfg(test)]
mod tests;
