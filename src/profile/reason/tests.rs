//! Tests of the sentences.
