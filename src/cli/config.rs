//! `kohort config`: the reference and the schema.

use clap::Args as ClapArgs;

use super::terminal::Terminal;
use crate::config::{REFERENCE, schema};

/// Print every config key with its default, or the JSON Schema for editors.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Example: kohort config --all > kohort.toml")]
#[group(required = true, multiple = false)]
pub(super) struct Args {
    /// Every key with its default and what it means
    #[arg(long, help_heading = "Output")]
    all: bool,
    /// The JSON Schema
    #[arg(long, help_heading = "Output")]
    schema: bool,
}

pub(super) fn main(args: &Args, terminal: &Terminal) -> anyhow::Result<()> {
    if args.schema {
        return terminal.result(&schema());
    }
    terminal.result(REFERENCE)
}
