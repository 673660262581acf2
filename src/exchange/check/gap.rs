//! Gaps: strips of no parcel between two neighbours' edges that face each other.

use std::collections::BTreeMap;

use super::edges::{Edge, offset};

/// A strip between two neighbours that belongs to neither.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// The two parcels, the lower index first.
    pub parcels: (usize, usize),
    /// A point in the middle of its widest part, in millimetres of the plane's grid.
    pub place_mm: (f64, f64),
    /// Area in mm².
    pub area_mm2: f64,
    /// Greatest width in mm.
    pub width_mm: f64,
    /// Length in mm.
    pub length_mm: f64,
    /// Corners of its parts, in millimetres of the plane's grid, unrounded.
    pub parts_mm: Vec<[(f64, f64); 4]>,
}

/// A gap nowhere as wide as this, in millimetres, is none that can be told from the rounding of
/// vertices to the grid.
const LEAST_MM: f64 = 1.0;

/// How much longer than wide a strip that opens into wider land must be.
const SLENDER: f64 = 20.0;

/// The part of a strip between one edge and one other edge.
#[derive(Debug, Clone, Copy)]
struct Strip {
    ends: [(f64, f64); 2],
    corners: [(f64, f64); 4],
    widths_mm: [f64; 2],
    length_mm: f64,
    /// Whether it goes on, wider than the reach, at one of its ends.
    opens: bool,
}

/// All gaps between different parcels, at most `reach_mm(i, j)` wide, in the order of the parcels.
///
/// Two edges face each other when each lies on the land-less side of the other and they run in
/// opposite directions. What lies between them, measured square to the longer edge, counts as far as
/// it is not wider than the reach; strips of one pair that follow each other are one gap. A gap
/// narrower than [`LEAST_MM`] is none. A strip that opens into land wider than
/// the reach is a gap only when it is longer than [`SLENDER`] times its width; the mouth of a road
/// between two corner lots is none. A third parcel that fills the strip is not looked for here:
/// the caller knows the shapes.
pub fn gaps(
    edges: &[Edge],
    near: &[(usize, usize)],
    reach_mm: impl Fn(usize, usize) -> f64,
) -> Vec<Gap> {
    let mut strips: BTreeMap<(usize, usize), Vec<Strip>> = BTreeMap::new();
    for &(i, j) in near {
        let (a, b) = (&edges[i], &edges[j]);
        if a.parcel == b.parcel {
            continue;
        }
        let pair = (a.parcel.min(b.parcel), a.parcel.max(b.parcel));
        let (base, other) = based(a, b);
        if let Some(strip) = strip_between(base, other, reach_mm(pair.0, pair.1)) {
            strips.entry(pair).or_default().push(strip);
        }
    }
    let joined = |(parcels, strips): ((usize, usize), Vec<Strip>)| {
        let reach = reach_mm(parcels.0, parcels.1);
        runs(strips, reach)
            .into_iter()
            .filter(|run| is_gap(run))
            .filter(|run| widest_mm(run) >= LEAST_MM)
            .map(move |run| gap_of(parcels, &run))
    };
    strips.into_iter().flat_map(joined).collect()
}

/// Two edges, first the one to which their distance is measured: the longer one, whichever parcel
/// came first in the file.
fn based<'e>(a: &'e Edge, b: &'e Edge) -> (&'e Edge, &'e Edge) {
    let order = |edge: &Edge| {
        let (x, y) = edge.along();
        let square = i128::from(x) * i128::from(x) + i128::from(y) * i128::from(y);
        (square, edge.from, edge.to)
    };
    if order(a) >= order(b) { (a, b) } else { (b, a) }
}

/// What lies between edge `a` and edge `b`, measured square to `a`.
fn strip_between(a: &Edge, b: &Edge, reach_mm: f64) -> Option<Strip> {
    let length = a.length();
    let (ax, ay) = a.along();
    let (bx, by) = b.along();
    if length == 0.0 || i128::from(ax) * i128::from(bx) + i128::from(ay) * i128::from(by) >= 0 {
        return None;
    }
    let (ux, uy) = (ax as f64 / length, ay as f64 / length);
    // Along `a`, and away from its land, to the right.
    let placed = |p| {
        let (x, y) = offset(a.from, p);
        let (x, y) = (x as f64, y as f64);
        (x * ux + y * uy, x * uy - y * ux)
    };
    // `b` runs the other way, so its last vertex comes first along `a`.
    let ((s0, d0), (s1, d1)) = (placed(b.to), placed(b.from));
    let slope = (d1 - d0) / (s1 - s0);
    let width_at = |s: f64| d0 + slope * (s - s0);
    let (mut low, mut high) = (s0.max(0.0), s1.min(length));
    let mut opens = false;
    // Where the width is 0 and where it is the reach, if the edges are not parallel.
    if slope != 0.0 {
        let at = |width: f64| s0 + (width - d0) / slope;
        let (first, last) = if slope > 0.0 {
            (at(0.0), at(reach_mm))
        } else {
            (at(reach_mm), at(0.0))
        };
        opens = if slope > 0.0 {
            last < high
        } else {
            first > low
        };
        low = low.max(first);
        high = high.min(last);
    } else if !(0.0..=reach_mm).contains(&d0) {
        return None;
    }
    let widths = [width_at(low).max(0.0), width_at(high).max(0.0)];
    if high <= low || widths[0] + widths[1] <= 0.0 {
        return None;
    }
    let (x, y) = (f64::from(a.from.x()), f64::from(a.from.y()));
    let beside_a = |s: f64, width: f64| (x + s * ux + width * uy, y + s * uy - width * ux);
    Some(Strip {
        ends: [(low, 0), (high, 1)].map(|(s, end): (f64, usize)| beside_a(s, widths[end] / 2.0)),
        corners: [
            beside_a(low, widths[0]),
            beside_a(low, 0.0),
            beside_a(high, 0.0),
            beside_a(high, widths[1]),
        ],
        widths_mm: widths,
        length_mm: high - low,
        opens,
    })
}

/// Strips that follow each other, end near end, gathered into runs.
fn runs(strips: Vec<Strip>, reach_mm: f64) -> Vec<Vec<Strip>> {
    let follows = |a: &Strip, b: &Strip| {
        a.ends.iter().any(|p| {
            let near = |q: &(f64, f64)| (p.0 - q.0).hypot(p.1 - q.1) <= reach_mm;
            b.ends.iter().any(near)
        })
    };
    let mut runs: Vec<Vec<Strip>> = Vec::new();
    for strip in strips {
        let joins = |run: &Vec<Strip>| run.iter().any(|other| follows(other, &strip));
        let (touched, apart): (Vec<_>, Vec<_>) = runs.into_iter().partition(joins);
        runs = apart;
        let mut run: Vec<Strip> = touched.into_iter().flatten().collect();
        run.push(strip);
        runs.push(run);
    }
    runs
}

/// Whether a run is a strip between neighbours, and not the mouth of land between them.
fn is_gap(run: &[Strip]) -> bool {
    let length: f64 = run.iter().map(|strip| strip.length_mm).sum();
    length > SLENDER * widest_mm(run) || !run.iter().any(|strip| strip.opens)
}

fn widest_mm(run: &[Strip]) -> f64 {
    let widths = run.iter().flat_map(|strip| strip.widths_mm);
    widths.fold(0.0, f64::max)
}

fn gap_of(parcels: (usize, usize), run: &[Strip]) -> Gap {
    let mut gap = Gap {
        parcels,
        place_mm: (0.0, 0.0),
        area_mm2: 0.0,
        width_mm: -1.0,
        length_mm: 0.0,
        parts_mm: run.iter().map(|strip| strip.corners).collect(),
    };
    for strip in run {
        let [w0, w1] = strip.widths_mm;
        gap.area_mm2 += (w0 + w1) / 2.0 * strip.length_mm;
        gap.length_mm += strip.length_mm;
        if w0.max(w1) > gap.width_mm {
            gap.width_mm = w0.max(w1);
            let [p, q] = strip.ends;
            // Two thirds towards the wider end: inside the strip even when it tapers to a point.
            let t = if w0 >= w1 { 1.0 / 3.0 } else { 2.0 / 3.0 };
            gap.place_mm = (p.0 + (q.0 - p.0) * t, p.1 + (q.1 - p.1) * t);
        }
    }
    gap
}

#[cfg(test)]
mod tests {
    use super::super::edges::unshared_edges;
    use super::super::near::pairs_within;
    use super::*;
    use crate::geometry::{MultiPolygon, Point, Polygon, Ring};

    fn shape(points: &[(i32, i32)]) -> MultiPolygon {
        let point = |&(x, y)| Point::new(x, y).expect("on the grid");
        MultiPolygon(vec![Polygon {
            exterior: Ring(points.iter().map(point).collect()),
            interiors: Vec::new(),
        }])
    }

    fn gaps_between(shapes: &[MultiPolygon], reach_mm: i32) -> Vec<Gap> {
        let shapes: Vec<&MultiPolygon> = shapes.iter().collect();
        let edges = unshared_edges(&shapes);
        let envelopes: Vec<_> = edges.iter().map(Edge::envelope).collect();
        let near = pairs_within(&envelopes, reach_mm);
        gaps(&edges, &near, |_, _| f64::from(reach_mm))
    }

    fn lot(west: i32, east: i32) -> MultiPolygon {
        shape(&[(west, 0), (east, 0), (east, 20_000), (west, 20_000)])
    }

    #[test]
    fn a_gap_at_the_reach_is_found_and_one_millimetre_wider_is_land_between() {
        let found = gaps_between(&[lot(0, 5_000), lot(5_100, 10_000)], 100);
        assert_eq!(found.len(), 1);
        assert!((found[0].area_mm2 - 100.0 * 20_000.0).abs() < 1.0);
        assert!((found[0].width_mm - 100.0).abs() < 1e-6);
        assert!((found[0].place_mm.0 - 5_050.0).abs() < 1e-6);
        assert!(gaps_between(&[lot(0, 5_000), lot(5_101, 10_000)], 100).is_empty());
    }

    #[test]
    fn neighbours_with_a_common_edge_or_an_overlap_have_no_gap() {
        assert!(gaps_between(&[lot(0, 5_000), lot(5_000, 10_000)], 100).is_empty());
        assert!(gaps_between(&[lot(0, 5_000), lot(4_990, 10_000)], 100).is_empty());
    }

    #[test]
    fn a_wedge_along_a_vertex_of_the_neighbour_is_one_gap_with_the_area_of_its_triangles() {
        // The neighbour's boundary bulges away by 60 mm in the middle: two triangles, one gap.
        let bulged = shape(&[
            (5_000, 0),
            (10_000, 0),
            (10_000, 20_000),
            (5_000, 20_000),
            (5_060, 10_000),
        ]);
        let found = gaps_between(&[bulged, lot(0, 5_000)], 100);
        assert_eq!(found.len(), 1);
        assert!((found[0].area_mm2 - 60.0 * 20_000.0 / 2.0).abs() < 2_000.0);
        assert!((found[0].width_mm - 60.0).abs() < 1.0);
        assert_eq!(found[0].parcels, (0, 1));
    }

    #[test]
    fn two_gaps_far_apart_between_the_same_neighbours_are_two() {
        let toothed = shape(&[
            (5_000, 5_000),
            (5_000, 15_000),
            (5_050, 15_000),
            (5_050, 20_000),
            (10_000, 20_000),
            (10_000, 0),
            (5_050, 0),
            (5_050, 5_000),
        ]);
        assert_eq!(gaps_between(&[lot(0, 5_000), toothed], 100).len(), 2);
    }

    #[test]
    fn the_mouth_of_a_road_between_two_corner_lots_is_no_gap_and_a_long_wedge_is_one() {
        let leaning = |top: i32| shape(&[(5_000, 0), (10_000, 0), (10_000, 20_000), (top, 20_000)]);
        assert!(gaps_between(&[lot(0, 5_000), leaning(9_000)], 100).is_empty());
        let wedge = gaps_between(&[lot(0, 5_000), leaning(5_300)], 100);
        assert_eq!(wedge.len(), 1);
        assert!((wedge[0].width_mm - 100.0).abs() < 1e-6);
    }

    #[test]
    fn a_gap_narrower_than_a_millimetre_is_none_and_one_of_a_millimetre_is_one() {
        // The wall's vertex lies 0.43 mm beside the neighbour's slanting edge: rounding to the grid.
        let slanting = shape(&[(0, 0), (5_000, 0), (5_013, 20_000), (0, 20_000)]);
        let beside = |middle: i32| {
            shape(&[
                (5_000, 0),
                (10_000, 0),
                (10_000, 20_000),
                (5_013, 20_000),
                (middle, 10_000),
            ])
        };
        assert!(gaps_between(&[slanting.clone(), beside(5_007)], 100).is_empty());
        assert_eq!(gaps_between(&[slanting, beside(5_008)], 100).len(), 1);
    }

    #[test]
    fn the_order_of_the_parcels_decides_nothing() {
        let corner = |x: i32, y: i32, turn: i32| (x * 31 - y * turn, y * 29 + x * turn);
        let lot_at = |n: i32, slack: i32| {
            let (west, east) = (n * 150 + slack, (n + 1) * 150);
            let ring = [(west, 0), (east, 0), (east, 600), (west + slack / 2, 600)];
            shape(&ring.map(|(x, y)| corner(x, y, 7)))
        };
        let shapes: Vec<MultiPolygon> = (0..9).map(|n| lot_at(n, n % 4)).collect();
        let found = |order: &[usize]| {
            let shuffled: Vec<MultiPolygon> = order.iter().map(|i| shapes[*i].clone()).collect();
            let gaps = gaps_between(&shuffled, 250).into_iter().map(|gap| {
                let (a, b) = (order[gap.parcels.0], order[gap.parcels.1]);
                let width = (gap.width_mm * 1e6).round() as i64;
                (
                    a.min(b),
                    a.max(b),
                    width,
                    (gap.area_mm2 * 10.0).round() as i64,
                )
            });
            let mut gaps: Vec<_> = gaps.collect();
            gaps.sort_unstable();
            gaps
        };
        let in_order = found(&[0, 1, 2, 3, 4, 5, 6, 7, 8]);
        assert!(in_order.len() > 3, "{in_order:?}");
        for order in [[8, 7, 6, 5, 4, 3, 2, 1, 0], [4, 0, 8, 2, 6, 1, 7, 3, 5]] {
            assert_eq!(found(&order), in_order);
        }
    }
}
