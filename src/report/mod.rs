//! x
pub mod format;
#[cfg(test)]
pub(crate) mod fixture;
