//! Vertices of a drawing moved onto a boundary that they were meant to lie on.

use super::{LineString, Location, MultiPolygon, Point, locate};

/// A vertex that was moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// Number of the polygon, of the ring in it, shell first, and of the vertex in that.
    pub place: [usize; 3],
    /// Where it was.
    pub from: Point,
    /// Where it is.
    pub to: Point,
}

/// Grid points around a place that are looked at, to each side.
const AROUND: i32 = 2;
/// How far beside the boundary the grid point of a place on it can lie, in millimetres.
const BESIDE_MM: f64 = 1.5;

/// Moves every vertex of a drawing that lies no farther than so many millimetres from the boundary
/// of an area, and not on it: onto its nearest corner within that distance, else to the grid point
/// next to the nearest place of its edges, which lies in the area or on its boundary and at most
/// 1.5 mm beside it.
///
/// The drawing may no longer be valid then; the vertices that were moved are told in their order.
pub fn settle(drawing: &mut MultiPolygon, area: &MultiPolygon, within_mm: u32) -> Vec<Moved> {
    let within = f64::from(within_mm);
    let mut moved = Vec::new();
    for (i, polygon) in drawing.0.iter_mut().enumerate() {
        let shell = std::iter::once(&mut polygon.exterior);
        for (k, ring) in shell.chain(&mut polygon.interiors).enumerate() {
            for (n, vertex) in ring.0.iter_mut().enumerate() {
                let Some(to) = settled(*vertex, area, within).filter(|to| to != vertex) else {
                    continue;
                };
                let (place, from) = ([i, k, n], std::mem::replace(vertex, to));
                moved.push(Moved { place, from, to });
            }
        }
    }
    moved
}

/// The same for the vertices of a line; its place is that of the vertex alone, behind two zeros.
pub fn settle_line(line: &mut LineString, area: &MultiPolygon, within_mm: u32) -> Vec<Moved> {
    let within = f64::from(within_mm);
    let mut moved = Vec::new();
    for (n, vertex) in line.0.iter_mut().enumerate() {
        let Some(to) = settled(*vertex, area, within).filter(|to| to != vertex) else {
            continue;
        };
        let (place, from) = ([0, 0, n], std::mem::replace(vertex, to));
        moved.push(Moved { place, from, to });
    }
    moved
}

/// Where a vertex is moved to; nothing when it lies on the boundary, or too far from it.
fn settled(vertex: Point, area: &MultiPolygon, within: f64) -> Option<Point> {
    if locate(vertex, area) == Location::Boundary {
        return None;
    }
    let here = spot(vertex);
    let corners = area.rings().flat_map(|ring| ring.0.iter().copied());
    let corner = nearest(corners.map(|corner| (apart(here, spot(corner)), corner)));
    if let Some((_, corner)) = corner.filter(|(distance, _)| *distance <= within) {
        return Some(corner);
    }
    let edges = area.rings().flat_map(|ring| ring.edges());
    let feet = edges.map(|edge| foot(here, edge));
    let (distance, on_edge) = nearest(feet.map(|foot| (apart(here, foot), foot)))?;
    if distance > within {
        return None;
    }
    let (x, y) = (on_edge.0.round() as i32, on_edge.1.round() as i32);
    let steps = || -AROUND..=AROUND;
    let around = steps().flat_map(|dx| steps().map(move |dy| (x + dx, y + dy)));
    let inside = around.filter_map(|(x, y)| {
        let point = Point::new(x, y).ok()?;
        let beside = apart(on_edge, spot(point));
        (beside <= BESIDE_MM && locate(point, area) != Location::Exterior)
            .then_some((beside, point))
    });
    nearest(inside).map(|(_, point)| point)
}

/// The first of those with the least distance.
fn nearest<T>(each: impl Iterator<Item = (f64, T)>) -> Option<(f64, T)> {
    each.min_by(|(a, _), (b, _)| a.total_cmp(b))
}

fn spot(point: Point) -> (f64, f64) {
    (f64::from(point.x()), f64::from(point.y()))
}

fn apart(a: (f64, f64), b: (f64, f64)) -> f64 {
    (b.0 - a.0).hypot(b.1 - a.1)
}

/// The nearest place of an edge.
fn foot(here: (f64, f64), (a, b): (Point, Point)) -> (f64, f64) {
    let (a, b) = (spot(a), spot(b));
    let way = (b.0 - a.0, b.1 - a.1);
    let whole = way.0 * way.0 + way.1 * way.1;
    let along = (here.0 - a.0) * way.0 + (here.1 - a.1) * way.1;
    let share = if whole > 0.0 {
        (along / whole).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (a.0 + share * way.0, a.1 + share * way.1)
}

#[cfg(test)]
mod tests {
    use super::super::drawn::area;
    use super::*;

    #[test]
    fn what_is_near_goes_to_a_corner_first_then_to_an_edge_and_never_beyond() {
        // A lot on a street that does not run east.
        let lot = area(&[&[(0, 0), (4_000, 1_333), (-1_000, 16_333), (-5_000, 15_000)]]);
        let mut house = area(&[&[(9, -12), (2_007, 671), (1_900, 5_000), (-5_000, 15_000)]]);
        let told = settle(&mut house, &lot, 20);
        assert_eq!(told.len(), 2, "{told:?}");
        let (corner, on_edge) = (told[0], told[1]);
        assert_eq!(corner.place, [0, 0, 0]);
        assert_eq!(corner.to, Point::new(0, 0).expect("on the grid"));
        assert_eq!(on_edge.from, Point::new(2_007, 671).expect("on the grid"));
        assert!(
            apart(spot(on_edge.to), (2_007.0, 669.0)) < 4.0,
            "{on_edge:?}"
        );
        assert_ne!(locate(on_edge.to, &lot), Location::Exterior);
        assert_eq!(house.0[0].exterior.0[1], on_edge.to);
    }

    #[test]
    fn what_is_farther_stays() {
        let lot = area(&[&[(0, 0), (4_000, 0), (4_000, 9_000), (0, 9_000)]]);
        let mut house = area(&[&[(21, 21), (3_980, 500), (3_979, 8_979), (21, 8_980)]]);
        let told = settle(&mut house, &lot, 20);
        let places: Vec<usize> = told.iter().map(|moved| moved.place[2]).collect();
        assert_eq!(places, [1, 3]);
        assert_eq!(
            house.0[0].exterior.0[1],
            Point::new(4_000, 500).expect("it is")
        );
        assert_eq!(
            house.0[0].exterior.0[3],
            Point::new(21, 9_000).expect("it is")
        );
    }
}
