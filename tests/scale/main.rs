//! The passes on engines of others, that the tests start themselves: bit for bit what they
//! give here. `tests/scale/install.sh` installs the engines; `KOHORT_SOAK=1` asks for the long
//! tests.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]
#![expect(clippy::disallowed_methods, reason = "a server is waited for, but not for ever")]

mod faults;
mod here;
#[cfg(feature = "cli")]
mod lines;
mod passes;
#[cfg(feature = "cli")]
mod program;
mod refused;
mod servers;
