//! The contract that every engine passes, and this machine's own tests.

pub(crate) mod contract;
mod local;
pub(crate) mod table;
