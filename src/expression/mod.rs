//! Expressions on columns: one tree that a database prints and that is computed here, so
//! that both mean the same and, where it matters, give the same bits.
//!
//! A [`Query`] is a chain of layers on a table, each with columns that are expressions on
//! the columns of the layer below. [`Query::print`] writes it in the words of a database
//! ([`Dialect`]); [`Query::evaluate`] computes it on a [`Chunk`] of rows.
//!
//! # Arithmetic
//!
//! Numbers are f64. Every operation is rounded by itself, to nearest with ties to even, in
//! the order of the tree; nothing is fused, and no engine that is known re-orders sums of
//! doubles. `+ - * /`, comparisons, `CASE` and the square root have one result in IEEE 754,
//! and so has the fixed point, `FLOOR(x * 2^bits + 1/2)`: no `ROUND`, because databases
//! differ in what halves become and some round through decimals. Logarithms, exponentials,
//! sines and cosines differ from engine to engine in their last bits; [`exact::rewrite`] replaces
//! them by the operations above, and [`exact::is_exact`] says whether any is left.
//!
//! What is missing is NULL: an operation on it is NULL, a comparison with it does not hold.
//! Not-a-number is NULL as well ([`Expr::Real`]); none can arise from numbers that are held
//! within bounds, which the queries of the passes see to.
//!
//! # References
//!
//! IEEE Std 754-2019, clause 5.4.1: correctly rounded operations.

mod chunk;
mod evaluate;
pub mod exact;
mod layers;
mod print;
mod reads;
mod shapes;
mod tree;
mod values;
mod walk;

pub use chunk::{As, Cells, Chunk};
pub use evaluate::EvaluateError;
pub use layers::{ID, Layer, Named, Query};
pub use print::{Dialect, column, test, value};
pub use tree::{Behind, Expr, Function, PARTS, Test};
pub use values::Values;

#[cfg(test)]
mod tests;
