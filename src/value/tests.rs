//! Tests.
mod cdnow;
