//! kohort finds the segments in a customer base, proves how far each one can be
//! trusted, says who is likely to leave, and writes the report.
//!
//! The modules stand in the order in which data flows through them. The engine
//! (everything without a feature) knows no file, no clock and no terminal; `frames`
//! adds tables and files, `cli` the program.

// Shared nouns.
pub mod day;
pub mod fault;
pub mod words;
pub mod format;
pub mod expression;
pub mod said;
pub mod finding;
pub mod matrix;
pub mod results;
pub mod seed;
pub mod kernel;
pub mod stats;
pub mod synth;
pub mod table;
pub mod schema;

#[cfg(test)]
mod testing;

// The stages.
#[cfg(feature = "frames")]
pub mod load;
pub mod orders;
#[cfg(feature = "frames")]
pub mod features;
pub mod normalise;
pub mod cluster;
pub mod value;
pub mod profile;
pub mod churn;
pub mod change;
pub mod model;
pub mod typing;
pub mod audience;
pub mod experiment;
pub mod chart;
pub mod report;
#[cfg(feature = "frames")]
pub mod export;
#[cfg(any(feature = "frames", feature = "spark"))]
pub mod backend;
#[cfg(feature = "frames")]
pub mod config;
#[cfg(feature = "frames")]
pub mod pipeline;
#[cfg(feature = "cli")]
pub mod cli;
