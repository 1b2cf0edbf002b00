//! The program from outside: commands, files, exit codes, real data.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod audience;
mod bad_input;
mod browser;
mod commands;
mod contract;
mod corpus;
mod crash;
#[cfg(all(feature = "postgres", feature = "sqlite"))]
mod databases;
mod determinism;
mod explore;
mod golden;
mod languages;
mod lifecycle;
mod look;
mod model_files;
#[cfg(feature = "sqlite")]
mod model_sql;
mod output;
mod parts;
mod periodic;
mod places;
mod readme;
mod real_data;
mod refits;
mod roles;
mod scale;
mod score_lines;
mod scoring;
mod support;
mod tables;
mod telco;
