//! Options that several commands share.

use clap::{Args, ValueEnum};

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Format {
    /// For people.
    #[default]
    Text,
    /// One JSON line.
    Json,
}

/// How progress is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Log {
    /// For people.
    #[default]
    Text,
    /// One JSON line per event.
    Json,
}

/// Options that every command takes.
#[derive(Debug, Clone, Args)]
pub(super) struct Global {
    /// How many threads work; never changes a byte of the results [default: all]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024), help_heading = "Model")]
    pub threads: Option<u16>,
    /// The one seed of everything random
    #[arg(long, global = true, value_name = "N", default_value_t = 1, help_heading = "Model")]
    pub seed: u64,
    /// How results are printed
    #[arg(
        long,
        global = true,
        value_name = "FORMAT",
        default_value = "text",
        help_heading = "Output"
    )]
    pub format: Format,
    /// Say nothing but results and errors
    #[arg(long, short, global = true, conflicts_with = "verbose", help_heading = "Logging")]
    pub quiet: bool,
    /// Say more: every finding, every column
    #[arg(long, short, global = true, help_heading = "Logging")]
    pub verbose: bool,
    /// How progress is told
    #[arg(
        long,
        global = true,
        value_name = "FORMAT",
        default_value = "text",
        help_heading = "Logging"
    )]
    pub log: Log,
}

impl Global {
    /// How many threads work.
    pub(super) fn threads(&self) -> usize {
        self.threads.map_or_else(
            || std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            usize::from,
        )
    }
}
