//! `kohort config`: the reference, the schema, and the templates to begin with.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use super::terminal::Terminal;
use crate::config::{REFERENCE, schema};
use crate::export::ExportError;
use crate::fault::Class;
use crate::pipeline::Failure;
use crate::report::USUAL;

/// Print every config key with its default, or the JSON Schema for editors; or write the usual
/// templates of the report.
#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Examples:\n  kohort config --all > kohort.toml\n  kohort config --templates ours"
)]
#[group(required = true, multiple = false)]
pub(super) struct Args {
    /// Every key with its default and what it means
    #[arg(long, help_heading = "Output")]
    all: bool,
    /// The JSON Schema
    #[arg(long, help_heading = "Output")]
    schema: bool,
    /// Write the usual templates of the report into a folder, to be changed and named by
    /// report.templates; no file is overwritten
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    templates: Option<PathBuf>,
}

pub(super) fn main(args: &Args, terminal: &Terminal) -> anyhow::Result<()> {
    if let Some(folder) = &args.templates {
        return terminal.written(&write(folder)?);
    }
    if args.schema {
        return terminal.result(&schema());
    }
    terminal.result(REFERENCE)
}

/// Writes the usual templates; the path of each.
fn write(folder: &Path) -> anyhow::Result<Vec<(String, String)>> {
    if let Some((name, _)) = USUAL.iter().find(|(name, _)| folder.join(name).exists()) {
        return Err(Failure {
            code: "E-CFG-014".into(),
            class: Class::Config,
            message: format!("{} is there already", folder.join(name).display()),
            hint: Some("name a new folder; nothing was written".into()),
        }
        .into());
    }
    let wrong = |path: &Path, error: &std::io::Error| Failure::from(ExportError::io(path, error));
    fs::create_dir_all(folder).map_err(|error| wrong(folder, &error))?;
    let mut written = Vec::new();
    for (name, text) in USUAL {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|error| wrong(&path, &error))?;
        written.push((path.display().to_string(), String::new()));
    }
    Ok(written)
}
