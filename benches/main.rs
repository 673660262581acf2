//! The benches, one file per capability; each asserts its answer.

use criterion::Criterion;

mod check;
mod city;
mod extract;
mod geometry;
mod index;
mod land;
mod tile;
mod what_if;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    geometry::define(&mut criterion);
    index::define(&mut criterion);
    land::define(&mut criterion);
    extract::define(&mut criterion);
    check::define(&mut criterion);
    tile::define(&mut criterion);
    what_if::define(&mut criterion);
    criterion.final_summary();
}
