//! Points in parcels, relations and overlays of parcel-sized shapes, beside GEOS and geo.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use diachinh::geometry::wkb::{Geometry, encode_wkb};
use diachinh::geometry::{
    Location, MultiPolygon, Point, Polygon, Ring, Shape, locate, overlay, polygonize, relate,
    validity,
};
use geo::{BooleanOps, Relate};
use geos::Geom;

/// Lots along a street: [`LOTS`] neighbours, 4 m wide and 18 m deep, each with eight vertices, on a
/// street that does not run east.
const LOTS: i32 = 500;

/// A grid point at metres along and across the street, far from the origin.
fn on_street(along_mm: i32, across_mm: i32) -> Point {
    let (along, across) = (i64::from(along_mm), i64::from(across_mm));
    let x = 603_123_457 + (along * 924 - across * 383) / 1000;
    let y = 191_234_567 + (along * 383 + across * 924) / 1000;
    Point::new(x as i32, y as i32).expect("on the grid")
}

/// The lot between two of its neighbours, moved along and across the street.
fn lot(number: i32, (along_mm, across_mm): (i32, i32)) -> MultiPolygon {
    let west = number * 4000 + along_mm;
    let east = west + 4000;
    let outline = [
        (west, 0),
        (east, 0),
        (east, 6100),
        (east, 18_000),
        (west + 2700, 18_150),
        (west + 1300, 18_150),
        (west, 18_000),
        (west, 6100),
    ];
    let vertices = outline.map(|(along, across)| on_street(along, across + across_mm));
    MultiPolygon(vec![Polygon {
        exterior: Ring(vertices.to_vec()),
        interiors: Vec::new(),
    }])
}

fn row(moved_mm: (i32, i32)) -> Vec<Shape> {
    (0..LOTS).map(|n| Shape::Areas(lot(n, moved_mm))).collect()
}

fn position(p: Point) -> [f64; 2] {
    [f64::from(p.x()), f64::from(p.y())]
}

fn in_geos(shape: &Shape) -> geos::Geometry {
    let wkb = encode_wkb(&Geometry::of_shape(shape, position));
    geos::Geometry::new_from_wkb(&wkb).expect("GEOS reads the WKB")
}

fn in_geo(shape: &Shape) -> geo::MultiPolygon<f64> {
    let Geometry::MultiPolygon(parts) = Geometry::of_shape(shape, position) else {
        return geo::MultiPolygon(Vec::new());
    };
    let ring = |r: &Vec<[f64; 2]>| r.iter().map(|&p| geo::Coord::from(p)).collect();
    let polygon = |rings: &Vec<Vec<[f64; 2]>>| {
        geo::Polygon::new(ring(&rings[0]), rings[1..].iter().map(ring).collect())
    };
    parts.iter().map(polygon).collect()
}

fn area(shape: &Shape) -> &MultiPolygon {
    match shape {
        Shape::Areas(area) => area,
        Shape::Points(_) | Shape::Lines(_) => unreachable!("a row holds areas"),
    }
}

/// All benches of the room.
pub fn define(criterion: &mut Criterion) {
    locating(criterion);
    relating(
        criterion,
        "neighbours",
        &row((0, 0)),
        &row((4000, 0)),
        "FF2F11212",
    );
    relating(
        criterion,
        "overlapping",
        &row((0, 0)),
        &row((1500, 750)),
        "212101212",
    );
    overlaying(criterion);
    assembling(criterion);
}

fn locating(criterion: &mut Criterion) {
    let lots = row((0, 0));
    let points: Vec<Point> = (0..LOTS)
        .map(|n| on_street(n * 4000 + 2000, 9000))
        .collect();
    let mut group = criterion.benchmark_group("geometry/locate/lot_8");
    group.throughput(Throughput::Elements(LOTS as u64));
    group.bench_function("ours", |b| {
        b.iter(|| {
            let pairs = lots.iter().zip(&points);
            let inside = pairs.filter(|(s, p)| locate(**p, area(s)) == Location::Interior);
            assert_eq!(black_box(inside.count()), LOTS as usize);
        });
    });
    let theirs: Vec<_> = lots.iter().map(in_geos).collect();
    let in_points: Vec<_> = points
        .iter()
        .map(|p| in_geos(&Shape::Points(vec![*p])))
        .collect();
    group.bench_function("geos", |b| {
        b.iter(|| {
            let pairs = theirs.iter().zip(&in_points);
            let inside = pairs.filter(|(s, p)| s.contains(*p).expect("GEOS answers"));
            assert_eq!(black_box(inside.count()), LOTS as usize);
        });
    });
    group.finish();
}

fn relating(criterion: &mut Criterion, name: &str, a: &[Shape], b: &[Shape], expected: &str) {
    let mut group = criterion.benchmark_group(format!("geometry/relate/{name}"));
    group.throughput(Throughput::Elements(LOTS as u64));
    let wanted = LOTS as usize;
    group.bench_function("ours", |bench| {
        bench.iter(|| {
            let matrices = a.iter().zip(b).map(|(a, b)| relate(a, b));
            let fit = matrices.filter(|m| m.matches(expected).expect("nine signs"));
            assert_eq!(black_box(fit.count()), wanted);
        });
    });
    let (s, t): (Vec<_>, Vec<_>) = (
        a.iter().map(in_geos).collect(),
        b.iter().map(in_geos).collect(),
    );
    group.bench_function("geos", |bench| {
        bench.iter(|| {
            let pairs = s.iter().zip(&t);
            let fit = pairs.filter(|(s, t)| s.relate(*t).expect("GEOS answers") == expected);
            assert_eq!(black_box(fit.count()), wanted);
        });
    });
    let (s, t): (Vec<_>, Vec<_>) = (
        a.iter().map(in_geo).collect(),
        b.iter().map(in_geo).collect(),
    );
    group.bench_function("geo", |bench| {
        bench.iter(|| {
            let pairs = s.iter().zip(&t);
            let fit = pairs.filter(|(s, t)| s.relate(*t).matches(expected).expect("nine signs"));
            assert_eq!(black_box(fit.count()), wanted);
        });
    });
    group.finish();
}

fn overlaying(criterion: &mut Criterion) {
    let (a, b) = (row((0, 0)), row((1500, 750)));
    let mut group = criterion.benchmark_group("geometry/overlay/intersection");
    group.throughput(Throughput::Elements(LOTS as u64));
    // Lots that were moved by 1.5 m along a street and 0.75 m across have 2.5 m by 17.3 m in
    // common, and a little of the bevelled backs.
    let expected_m2 = 43.2;
    let check = |total_m2: f64| {
        let mean = total_m2 / f64::from(LOTS);
        assert!((mean - expected_m2).abs() < 0.3, "{mean} m² in common");
    };
    group.bench_function("ours", |bench| {
        bench.iter(|| {
            let pairs = a.iter().zip(&b);
            let common = pairs.map(|(a, b)| overlay::intersection(area(a), area(b)).area_m2());
            check(black_box(common.sum()));
        });
    });
    let (s, t): (Vec<_>, Vec<_>) = (
        a.iter().map(in_geos).collect(),
        b.iter().map(in_geos).collect(),
    );
    group.bench_function("geos", |bench| {
        bench.iter(|| {
            let common = s.iter().zip(&t).map(|(s, t)| {
                let common = s.intersection(t).expect("GEOS answers");
                common.area().expect("GEOS answers") / 1e6
            });
            check(black_box(common.sum()));
        });
    });
    let (s, t): (Vec<_>, Vec<_>) = (
        a.iter().map(in_geo).collect(),
        b.iter().map(in_geo).collect(),
    );
    group.bench_function("geo", |bench| {
        bench.iter(|| {
            let pairs = s.iter().zip(&t);
            let common = pairs.map(|(s, t)| geo::Area::unsigned_area(&s.intersection(t)) / 1e6);
            check(black_box(common.sum()));
        });
    });
    group.finish();
}

/// A street of lots as a drawing has it: every lot's outline, so that shared edges are doubled.
fn assembling(criterion: &mut Criterion) {
    let lots: Vec<MultiPolygon> = (0..LOTS).map(|n| lot(n, (0, 0))).collect();
    let mut group = criterion.benchmark_group("geometry/assemble/street_500");
    group.throughput(Throughput::Elements(LOTS as u64));
    group.bench_function("union_all", |bench| {
        bench.iter(|| {
            let street = overlay::union_all(&lots);
            assert_eq!(black_box(street).0.len(), 1);
        });
    });
    let outlines: Vec<_> = lots
        .iter()
        .flat_map(MultiPolygon::rings)
        .map(|r| diachinh::geometry::LineString([&r.0[..], &r.0[..1]].concat()))
        .collect();
    group.bench_function("polygonize", |bench| {
        bench.iter(|| {
            let faces = polygonize(&outlines).polygons;
            assert_eq!(black_box(faces).len(), LOTS as usize);
        });
    });
    group.bench_function("validity", |bench| {
        bench.iter(|| assert!(lots.iter().all(|lot| validity::is_valid(black_box(lot)))));
    });
    group.finish();
}
