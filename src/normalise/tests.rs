//! Hand-worked cases, invariants and scikit-learn's numbers.
