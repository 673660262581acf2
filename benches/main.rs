//! The benches, one file per capability; each asserts its answer.

use criterion::Criterion;

mod geometry;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    geometry::define(&mut criterion);
    criterion.final_summary();
}
