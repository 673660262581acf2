//! Where each planning layer speaks, prepared for asking about one small area after the other.

use crate::crs::Epsg;
use crate::geometry::overlay::intersection;
use crate::geometry::{Envelope, MultiPolygon, Point, Polygon, Ring, orient, relate_rings};
use crate::index::PackedTree;
use crate::planning::Layer;

/// The coverage of a layer on each of its planes.
#[derive(Debug, Clone, Default)]
pub(super) struct Coverage {
    grounds: Vec<CoverageGround>,
}

/// The coverage on one plane, with trees over its polygons and their edges.
#[derive(Debug, Clone)]
struct CoverageGround {
    plane: Epsg,
    polygons: PackedTree,
    /// With the number of its polygon.
    edges: Vec<(Point, Point, u32)>,
    tree: PackedTree,
}

/// How much of an area something holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reach {
    /// All of it; the border counts.
    Whole,
    /// This part of it, which may be too narrow to be drawn.
    Part(MultiPolygon),
    /// None of its interior.
    Nothing,
}

impl Coverage {
    /// The coverage of a layer.
    pub fn of(layer: &Layer) -> Self {
        let grounds = layer.coverage.iter();
        let grounds = grounds.map(|(plane, area)| CoverageGround::of(*plane, area));
        Self {
            grounds: grounds.collect(),
        }
    }

    /// How much of an area on a plane the layer speaks about. Exact, but for the border of a part.
    pub fn reach(&self, layer: &Layer, plane: Epsg, area: &MultiPolygon) -> Reach {
        let Some(around) = area.envelope() else {
            return Reach::Nothing;
        };
        let mut parts = Vec::new();
        for ((_, coverage), ground) in layer.coverage.iter().zip(&self.grounds) {
            if ground.plane != plane {
                continue;
            }
            match ground.reach(coverage, area, &around) {
                Reach::Whole => return Reach::Whole,
                Reach::Part(part) => parts.extend(part.0),
                Reach::Nothing => {}
            }
        }
        if parts.is_empty() {
            Reach::Nothing
        } else {
            Reach::Part(MultiPolygon(parts))
        }
    }
}

impl CoverageGround {
    fn of(plane: Epsg, area: &MultiPolygon) -> Self {
        let polygons = (0..).zip(&area.0);
        let edges = polygons.flat_map(|(number, polygon)| {
            let edges = polygon.rings().flat_map(|ring| ring.edges());
            edges.map(move |(from, to)| (from, to, number))
        });
        let edges: Vec<(Point, Point, u32)> = edges.collect();
        let boxes = edges.iter().map(|&(a, b, _)| Envelope::around([a, b]));
        let tree = PackedTree::pack(boxes);
        Self {
            plane,
            polygons: PackedTree::pack(area.0.iter().map(around)),
            edges,
            tree,
        }
    }

    fn reach(&self, coverage: &MultiPolygon, area: &MultiPolygon, around: &Envelope) -> Reach {
        let mut near = false;
        self.tree.search(around, |_| near = true);
        if !near {
            // No edge of the coverage is near, so one place tells of all.
            let inside = self.holds(around.min);
            return if inside { Reach::Whole } else { Reach::Nothing };
        }
        // Only polygons near the area can have anything in common with it.
        let beside = self.polygons_at(around);
        let beside = beside.iter().map(|&number| &coverage.0[number as usize]);
        let own: Vec<&[Point]> = beside.clone().flat_map(|p| rings(p.rings())).collect();
        let asked: Vec<&[Point]> = rings(area.rings()).collect();
        let matrix = relate_rings(&own, &asked);
        if matrix.is_covers() {
            Reach::Whole
        } else if matrix.is_interiors_intersect() {
            Reach::Part(intersection(area, &MultiPolygon(beside.cloned().collect())))
        } else {
            Reach::Nothing
        }
    }

    /// Numbers of the polygons whose envelopes meet a window, in order.
    fn polygons_at(&self, window: &Envelope) -> Vec<u32> {
        let mut found = Vec::new();
        self.polygons.search(window, |number| found.push(number));
        found.sort_unstable();
        found
    }

    /// Whether a place that lies on no edge is inside: a ray to the east, as far as the polygons
    /// around it reach, crosses an odd number of their edges.
    fn holds(&self, at: Point) -> bool {
        let around = self.polygons_at(&Envelope { min: at, max: at });
        let ends = around.iter().filter_map(|&n| self.polygons.envelope_of(n));
        let Some(east) = ends.map(|own| own.max.x()).max() else {
            return false;
        };
        let Some(end) = Point::new(east.max(at.x()), at.y()).ok() else {
            return false;
        };
        let ray = Envelope { min: at, max: end };
        let mut inside = false;
        self.tree.search(&ray, |edge| {
            let (a, b, polygon) = self.edges[edge as usize];
            let (low, high) = if a.y() <= b.y() { (a, b) } else { (b, a) };
            let spans = low.y() <= at.y() && at.y() < high.y();
            let crosses = spans && orient::cross(low, high, at) > 0;
            inside ^= crosses && around.contains(&polygon);
        });
        inside
    }
}

fn around(polygon: &Polygon) -> Option<Envelope> {
    Envelope::around(polygon.exterior.0.iter().copied())
}

fn rings<'r>(rings: impl Iterator<Item = &'r Ring>) -> impl Iterator<Item = &'r [Point]> {
    rings.map(|ring| ring.0.as_slice())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rectangle(west: i32, south: i32, east: i32, north: i32) -> Polygon {
        let corners = [(west, south), (east, south), (east, north), (west, north)];
        let points = corners.map(|(x, y)| Point::new(x, y).expect("on the grid"));
        Polygon {
            exterior: Ring(points.to_vec()),
            interiors: Vec::new(),
        }
    }

    proptest! {
        /// A checkered city with courts: what is reached is what comparing with all of it says.
        #[test]
        fn what_is_reached_is_what_all_polygons_together_say(
            here in prop::collection::vec(any::<(bool, bool)>(), 36),
            (west, south) in (-5..65_i32, -5..65_i32),
            (wide, high) in (1..30_i32, 1..30_i32),
        ) {
            let squares = (0..).zip(&here).filter(|(_, (there, _))| *there);
            let squares = squares.map(|(i, (_, court))| {
                let (x, y) = (10 * (i % 6), 10 * (i / 6));
                let mut hole = rectangle(x + 3, y + 3, x + 7, y + 7).exterior;
                hole.0.reverse();
                let mut square = rectangle(x, y, x + 10, y + 10);
                square.interiors.extend(court.then_some(hole));
                square
            });
            let coverage = MultiPolygon(squares.collect());
            let area = MultiPolygon(vec![rectangle(west, south, west + wide, south + high)]);
            let own: Vec<&[Point]> = rings(coverage.rings()).collect();
            let asked: Vec<&[Point]> = rings(area.rings()).collect();
            let matrix = relate_rings(&own, &asked);
            let ground = CoverageGround::of(Epsg(9210), &coverage);
            let around = area.envelope().expect("it has corners");
            match ground.reach(&coverage, &area, &around) {
                Reach::Whole => prop_assert!(matrix.is_covers()),
                Reach::Nothing => prop_assert!(!matrix.is_interiors_intersect()),
                Reach::Part(part) => {
                    prop_assert!(matrix.is_interiors_intersect() && !matrix.is_covers());
                    let all = intersection(&area, &coverage);
                    prop_assert_eq!(part.twice_area(), all.twice_area());
                }
            }
        }
    }
}
