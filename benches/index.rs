//! The packed base beside `rstar`: bulk load, windows, points, nearest; on a grid of row houses.

use crate::city::{name, once, resident, say, sizes};
use criterion::Criterion;
use diachinh::geometry::{Envelope, Point};
use diachinh::index::{PackedTree, Tree, curve_position};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use std::hint::black_box;

/// Houses of 5 m by 20 m, wall to wall, in rows of this many; 12 m of street between two rows.
const IN_A_ROW: i32 = 2000;
const WIDTH: i32 = 5_000;
const DEPTH: i32 = 20_000;
const STREET: i32 = 12_000;

fn point(x: i32, y: i32) -> Point {
    Point::new(x, y).expect("on the grid")
}

fn house(number: i32) -> Envelope {
    let (x, y) = (
        number % IN_A_ROW * WIDTH,
        number / IN_A_ROW * (DEPTH + STREET),
    );
    Envelope {
        min: point(x, y),
        max: point(x + WIDTH, y + DEPTH),
    }
}

/// In the order of the curve, as the land hands them over.
fn packed(houses: i32) -> Tree {
    let mut envelopes: Vec<Envelope> = (0..houses).map(house).collect();
    envelopes.sort_by_cached_key(curve_position);
    Tree::new(PackedTree::pack(envelopes.into_iter().map(Some)), 0)
}

type Leaf = GeomWithData<Rectangle<[f32; 2]>, u32>;

fn corner(p: Point) -> [f32; 2] {
    [p.x() as f32, p.y() as f32]
}

fn with_rstar(houses: i32) -> RTree<Leaf> {
    let leaf = |n: i32| {
        let e = house(n);
        Leaf::new(
            Rectangle::from_corners(corner(e.min), corner(e.max)),
            n as u32,
        )
    };
    RTree::bulk_load((0..houses).map(leaf).collect())
}

/// Middles of houses in an order that no cache foresees.
fn middles(houses: i32) -> impl FnMut() -> Point {
    let mut state = 1_u64;
    move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let e = house((state >> 33) as i32 % houses);
        point(e.min.x() + WIDTH / 2, e.min.y() + DEPTH / 2)
    }
}

fn square(middle: Point, half: i32) -> Envelope {
    Envelope {
        min: point(middle.x() - half, middle.y() - half),
        max: point(middle.x() + half, middle.y() + half),
    }
}

pub fn define(criterion: &mut Criterion) {
    for parcels in sizes() {
        let (houses, size) = (parcels as i32, name(parcels));
        let before = resident();
        let tree = once(&format!("index/build/{size}"), || packed(houses));
        say(&format!(
            "index/bytes/{size}: {} in boxes, {} more resident",
            tree.base_bytes(),
            resident() - before
        ));
        windows(criterion, &tree, houses, &size);
        let before = resident();
        let theirs = once(&format!("rstar/build/{size}"), || with_rstar(houses));
        say(&format!(
            "rstar/bytes/{size}: {} more resident",
            resident() - before
        ));
        windows_of_rstar(criterion, &theirs, houses, &size);
    }
}

fn windows(criterion: &mut Criterion, tree: &Tree, houses: i32, size: &str) {
    for (what, half) in [("point", 0), ("window_100_m", 50_000)] {
        let mut next = middles(houses);
        criterion.bench_function(&format!("index/{what}/{size}"), |b| {
            b.iter(|| {
                let mut found = 0;
                tree.search(&square(next(), half), |key| {
                    black_box(key);
                    found += 1;
                });
                assert!(found >= 1 && (half > 0 || found == 1));
            });
        });
    }
    let mut next = middles(houses);
    criterion.bench_function(&format!("index/nearest/{size}"), |b| {
        b.iter(|| {
            let nearest = tree.nearest(next()).next();
            assert!(nearest.is_some_and(|(_, distance)| distance == 0.0));
        });
    });
}

fn windows_of_rstar(criterion: &mut Criterion, tree: &RTree<Leaf>, houses: i32, size: &str) {
    for (what, half) in [("point", 0), ("window_100_m", 50_000)] {
        let mut next = middles(houses);
        criterion.bench_function(&format!("rstar/{what}/{size}"), |b| {
            b.iter(|| {
                let e = square(next(), half);
                let window = AABB::from_corners(corner(e.min), corner(e.max));
                let mut found = 0;
                for leaf in tree.locate_in_envelope_intersecting(window) {
                    black_box(leaf.data);
                    found += 1;
                }
                assert!(found >= 1);
            });
        });
    }
}
