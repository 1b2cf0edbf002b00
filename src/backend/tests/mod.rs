//! The contract that every engine passes, and this machine's own tests.

pub(crate) mod contract;
mod fit;
mod local;
mod prepared;
pub(crate) mod table;
