//! Predicates and validity against GEOS, on random and adversarial shapes; an exact oracle decides.

use diachinh::geometry::wkb::{Geometry, encode_wkb};
use diachinh::geometry::{Location, Shape, locate_rings, relate, validity};
use geos::Geom;

use super::oracle;
use super::random::{Random, is_valid, moved, point};

fn in_geos(shape: &Shape) -> geos::Geometry {
    let position = |p: diachinh::geometry::Point| [f64::from(p.x()), f64::from(p.y())];
    let wkb = encode_wkb(&Geometry::of_shape(shape, position));
    geos::Geometry::new_from_wkb(&wkb).expect("GEOS reads the WKB")
}

fn geos_matrix(a: &Shape, b: &Shape) -> Option<String> {
    in_geos(a).relate(&in_geos(b)).ok()
}

/// Pairs in which GEOS differs from the oracle: both areas, or others. GEOS 3.11 computes where
/// edges cross in floating point, so where a third edge goes through the same place, as lines do
/// that cross themselves, it may find two nodes for one.
#[derive(Debug, Default)]
struct Wrong {
    areas: usize,
    others: usize,
}

/// Compares each pair with GEOS, and with the oracle where they differ and for every tenth pair.
/// Returns in how many pairs GEOS was wrong.
fn compare(pairs: impl IntoIterator<Item = (Shape, Shape)>) -> Wrong {
    let mut wrong = Wrong::default();
    for (i, (a, b)) in pairs.into_iter().enumerate() {
        let ours = relate(&a, &b).to_string();
        let back = relate(&b, &a).transposed().to_string();
        assert_eq!(
            ours, back,
            "the turned question has another answer: {a:?} {b:?}"
        );
        let theirs = geos_matrix(&a, &b);
        let agree = theirs.as_ref() == Some(&ours);
        if !agree || i % 10 == 0 {
            let truth = oracle::matrix(&a, &b);
            assert_eq!(
                ours, truth,
                "ours is wrong (GEOS says {theirs:?}): {a:?} {b:?}"
            );
        }
        if matches!((&a, &b), (Shape::Areas(_), Shape::Areas(_))) {
            wrong.areas += usize::from(!agree);
        } else {
            wrong.others += usize::from(!agree);
        }
    }
    wrong
}

#[test]
fn random_shapes_that_touch_a_lot_relate_as_in_geos() {
    let mut random = Random::new(1);
    let pairs = (0..3000).map(|i| {
        let size = 4 + i % 6;
        (random.shape(size), random.shape(size))
    });
    let wrong = compare(pairs);
    assert!(
        wrong.areas == 0 && wrong.others < 60,
        "GEOS differs: {wrong:?}"
    );
}

#[test]
fn the_random_areas_have_holes_holes_that_touch_their_shell_and_several_parts() {
    let mut random = Random::new(1);
    let (mut holes, mut touching, mut several) = (0, 0, 0);
    for i in 0..2000 {
        let area = random.valid_area(4 + i % 6);
        let shells = |p| locate_rings(p, area.0.iter().map(|part| part.exterior.0.as_slice()));
        let mut inner = area.0.iter().flat_map(|part| &part.interiors).peekable();
        holes += usize::from(inner.peek().is_some());
        touching +=
            usize::from(inner.any(|hole| hole.0.iter().any(|&p| shells(p) == Location::Boundary)));
        several += usize::from(area.0.len() > 1);
    }
    let found = format!("{holes} with holes, {touching} touching, {several} in parts");
    assert!(holes > 100 && touching > 50 && several > 100, "{found}");
}

#[test]
fn parcels_far_from_the_origin_with_gaps_of_a_millimetre_relate_as_the_oracle_says() {
    let mut random = Random::new(2);
    let mut pairs = Vec::new();
    while pairs.len() < 800 {
        let scale = [3, 1000, 30_011, 20_000_003][pairs.len() % 4];
        let place = |p: diachinh::geometry::Point| {
            point(p.x() * scale + 603_123_457, p.y() * scale - 191_234_567)
        };
        let (a, b) = (random.shape(7), random.shape(7));
        let mut jitter = Random::new(pairs.len() as u64);
        let mut nudge = |v: i32| v + (jitter.below(6) - 2) % 2;
        let a = moved(&a, place);
        let b = moved(&moved(&b, place), |p| point(nudge(p.x()), nudge(p.y())));
        if is_valid(&a) && is_valid(&b) {
            pairs.push((a, b));
        }
    }
    let wrong = compare(pairs);
    assert!(
        wrong.areas < 10 && wrong.others < 15,
        "GEOS differs from the oracle: {wrong:?}"
    );
}

#[test]
fn every_shape_relates_to_itself_and_to_its_halves() {
    let mut random = Random::new(3);
    let pairs = (0..700).map(|_| {
        let a = random.shape(8);
        let b = match &a {
            Shape::Areas(area) => match random.below(3) {
                0 => Shape::Lines(
                    area.rings()
                        .map(|r| diachinh::geometry::LineString([&r.0[..], &r.0[..1]].concat()))
                        .collect(),
                ),
                1 => Shape::Points(area.rings().flat_map(|r| r.0.clone()).collect()),
                _ => a.clone(),
            },
            _ => a.clone(),
        };
        (a, b)
    });
    let wrong = compare(pairs);
    assert!(
        wrong.areas == 0 && wrong.others == 0,
        "GEOS differs: {wrong:?}"
    );
}

#[test]
fn validity_of_random_areas_is_as_in_geos() {
    let mut random = Random::new(4);
    let (mut valid, mut invalid) = (0, 0);
    for i in 0..15_000 {
        let area = random.area(4 + i % 6);
        let ours = validity::is_valid(&area);
        let theirs = in_geos(&Shape::Areas(area.clone()))
            .is_valid()
            .expect("GEOS answers");
        assert_eq!(
            ours,
            theirs,
            "{area:?}: {:?}",
            validity::first_defect(&area)
        );
        if ours { valid += 1 } else { invalid += 1 }
    }
    assert!(
        valid > 1000 && invalid > 1000,
        "{valid} valid, {invalid} not"
    );
}
