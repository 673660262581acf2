//! How two shapes lie to each other: the DE-9IM matrix, exactly.
//!
//! No point is ever computed. Edges are compared with edges by the signs of exact determinants, and
//! where a line leaves a point on the other shape's boundary, the edges sorted around that point
//! tell the side on which it goes on.

/// Areas against areas.
mod areas;
/// Lines against areas and lines.
mod lines;
/// Points against anything.
mod points;

pub use areas::relate_rings;

use super::{IntersectionMatrix, MultiPolygon, Point, Shape};
use lines::Lines;
use points::PointSet;

/// The DE-9IM matrix of two shapes, the first one's parts in the rows.
///
/// Areas must be valid. A line's boundary are the ends at which an odd number of lines end; a line
/// without length is nothing. Exact; time is proportional to n + m and the pairs of edges whose
/// boxes meet, and n log n for large shapes.
pub fn relate(a: &Shape, b: &Shape) -> IntersectionMatrix {
    match (a, b) {
        (Shape::Areas(a), Shape::Areas(b)) => relate_rings(&slices(a), &slices(b)),
        (Shape::Lines(a), Shape::Areas(b)) => Lines::new(a).relate_area(&slices(b)),
        (Shape::Lines(a), Shape::Lines(b)) => Lines::new(a).relate_lines(&Lines::new(b)),
        (Shape::Points(a), Shape::Areas(b)) => PointSet::new(a).relate_area(&slices(b)),
        (Shape::Points(a), Shape::Lines(b)) => PointSet::new(a).relate_lines(&Lines::new(b)),
        (Shape::Points(a), Shape::Points(b)) => PointSet::new(a).relate_points(&PointSet::new(b)),
        (Shape::Areas(_), _) | (Shape::Lines(_), Shape::Points(_)) => relate(b, a).transposed(),
    }
}

fn slices(area: &MultiPolygon) -> Vec<&[Point]> {
    area.rings().map(|ring| ring.0.as_slice()).collect()
}

/// Whether the first shape covers the second: no point of the second lies outside the first. A
/// shape on the first one's boundary is covered; an empty shape is not.
pub fn covers(a: &Shape, b: &Shape) -> bool {
    relate(a, b).is_covers()
}

/// Whether two shapes have a point in common; touching counts.
pub fn intersects(a: &Shape, b: &Shape) -> bool {
    relate(a, b).is_intersects()
}

/// Whether the interiors have a point in common: neighbours that share a boundary do not.
pub fn interiors_intersect(a: &Shape, b: &Shape) -> bool {
    relate(a, b).is_interiors_intersect()
}

/// Whether two shapes have points in common, but none of both interiors. Two points never touch.
pub fn touches(a: &Shape, b: &Shape) -> bool {
    relate(a, b).is_touches()
}
