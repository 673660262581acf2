//! Where each planning layer speaks, prepared for asking about one small area after the other.

use crate::crs::Epsg;
use crate::geometry::overlay::intersection;
use crate::geometry::{Envelope, MultiPolygon, Point, orient, relate_rings};
use crate::index::PackedTree;
use crate::planning::Layer;

/// The coverage of a layer on each of its planes.
#[derive(Debug, Clone, Default)]
pub(super) struct Coverage {
    grounds: Vec<CoverageGround>,
}

/// The coverage on one plane, with a tree over its edges.
#[derive(Debug, Clone)]
struct CoverageGround {
    plane: Epsg,
    edges: Vec<(Point, Point)>,
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
        let ground = |(plane, area): &(Epsg, MultiPolygon)| {
            let edges: Vec<(Point, Point)> = area.rings().flat_map(|r| r.edges()).collect();
            let boxes = edges.iter().map(|&(a, b)| Envelope::around([a, b]));
            let tree = PackedTree::pack(boxes);
            CoverageGround {
                plane: *plane,
                edges,
                tree,
            }
        };
        Self {
            grounds: layer.coverage.iter().map(ground).collect(),
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
    fn reach(&self, coverage: &MultiPolygon, area: &MultiPolygon, around: &Envelope) -> Reach {
        let mut near = false;
        self.tree.search(around, |_| near = true);
        if !near {
            // No edge of the coverage is near, so one place tells of all.
            let inside = self.holds(around.min);
            return if inside { Reach::Whole } else { Reach::Nothing };
        }
        let (own, asked) = (rings(coverage), rings(area));
        let matrix = relate_rings(&own, &asked);
        if matrix.is_covers() {
            Reach::Whole
        } else if matrix.is_interiors_intersect() {
            Reach::Part(intersection(area, coverage))
        } else {
            Reach::Nothing
        }
    }

    /// Whether a place that lies on no edge is inside: a ray to the east crosses an odd number.
    fn holds(&self, at: Point) -> bool {
        let Some(east) = self.tree.envelope().map(|around| around.max.x()) else {
            return false;
        };
        let Some(end) = Point::new(east.max(at.x()), at.y()).ok() else {
            return false;
        };
        let ray = Envelope { min: at, max: end };
        let mut inside = false;
        self.tree.search(&ray, |edge| {
            let (a, b) = self.edges[edge as usize];
            let (low, high) = if a.y() <= b.y() { (a, b) } else { (b, a) };
            let spans = low.y() <= at.y() && at.y() < high.y();
            inside ^= spans && orient::cross(low, high, at) > 0;
        });
        inside
    }
}

fn rings(area: &MultiPolygon) -> Vec<&[Point]> {
    area.rings().map(|ring| ring.0.as_slice()).collect()
}
