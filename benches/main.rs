//! The benches, one file per capability; each asserts its answer.

fn main() {}
