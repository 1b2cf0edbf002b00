//! What a report wears: its look and the templates it is filled into, read before the data, so
//! that what is wrong with them is known before the work.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::job::Failure;
use crate::config::{look, place};
use crate::export::sha256_hex;
use crate::report::{ReportError, Templates};
use crate::results::look::Look;

/// The largest template of somebody's own, in bytes.
const LARGEST: u64 = 1024 * 1024;

/// Look and templates of a report.
#[derive(Debug, Clone, Default)]
pub struct Dress {
    /// Ground, colours and logo.
    pub look: Look,
    /// The templates.
    pub templates: Templates,
}

impl Dress {
    /// Reads what the config's `report.theme` and `report.templates` name, relative to `folder`.
    ///
    /// # Errors
    ///
    /// The theme, its logo or a template cannot be read or is not one.
    pub fn read(report: &crate::config::Report, folder: &Path) -> Result<Self, Failure> {
        let templates = match report.templates.as_str() {
            "" => Templates::default(),
            path => templates(&place(folder, path))?,
        };
        Ok(Self { look: look(&report.theme, folder)?, templates })
    }

    /// A checksum of what differs from the usual; empty where nothing does.
    #[must_use]
    pub(super) fn fingerprint(&self) -> String {
        if self.look.is_usual() && self.templates.is_usual() {
            return String::new();
        }
        let look = serde_json::to_string(&self.look).unwrap_or_default();
        let own: Vec<(&str, &str)> = self.templates.own().collect();
        let text = serde_json::to_string(&(look, own)).unwrap_or_default();
        format!("dress {}\n", sha256_hex(text.as_bytes()))
    }
}

/// Reads the templates in `folder`: its `.html`, `.md`, `.css` and `.js` files.
///
/// # Errors
///
/// The folder or a file cannot be read, none has the name of a usual template, or one is not a
/// template.
fn templates(folder: &Path) -> Result<Templates, Failure> {
    let wrong = |file: &Path, message: String| {
        Failure::from(ReportError::Own { file: file.display().to_string(), message })
    };
    let list = fs::read_dir(folder).map_err(|error| wrong(folder, error.to_string()))?;
    let mut own = BTreeMap::new();
    for entry in list {
        let path = entry.map_err(|error| wrong(folder, error.to_string()))?.path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        if !path.is_file() || !matches!(ending, Some("html" | "md" | "css" | "js")) {
            continue;
        }
        let size = fs::metadata(&path).map_err(|error| wrong(&path, error.to_string()))?.len();
        if size > LARGEST {
            return Err(wrong(&path, "it has more than 1 MB".into()));
        }
        let text = fs::read_to_string(&path).map_err(|error| wrong(&path, error.to_string()))?;
        own.insert(path.file_name().unwrap_or_default().to_string_lossy().into_owned(), text);
    }
    Ok(Templates::new(own).map_err(|error| match error {
        ReportError::Own { file, message } => {
            ReportError::Own { file: folder.join(file).display().to_string(), message }
        }
        other => other,
    })?)
}
