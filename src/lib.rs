//! kohort finds the segments in a customer base, proves how far each one can be
//! trusted, says who is likely to leave, and writes the report.
//!
//! The modules stand in the order in which data flows through them. The engine
//! (everything without a feature) knows no file, no clock and no terminal; `frames`
//! adds tables and files, `cli` the program.

// Shared nouns.
pub mod day;
pub mod fault;
pub mod finding;
pub mod format;
pub mod matrix;
pub mod results;
pub mod schema;
pub mod seed;
pub mod stats;
pub mod synth;
pub mod table;

// The stages.
pub mod chart;
pub mod churn;
#[cfg(feature = "cli")]
pub mod cli;
pub mod cluster;
#[cfg(feature = "frames")]
pub mod config;
#[cfg(feature = "frames")]
pub mod export;
#[cfg(feature = "frames")]
pub mod features;
#[cfg(feature = "frames")]
pub mod load;
pub mod model;
pub mod normalise;
#[cfg(feature = "frames")]
pub mod pipeline;
pub mod profile;
pub mod report;
pub mod value;
