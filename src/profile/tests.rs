//! Tests of the whole description.
