//! Tests of the room: hand-worked cases, invariants, and drift without drift.

mod drifting;
mod facts;
mod identities;
mod kpis;
mod simulated;
mod verdicts;
