//! The part of lines that runs inside an area.

use super::graph::Graph;
use super::snap::node;
use super::sweep::box_of;
use super::{LineString, MultiPolygon, Point};

/// What of the lines runs in the interior of an area, in pieces that meet only at their ends.
///
/// A stretch that several lines share comes once; one along the boundary is not inside. Crossings
/// are rounded to the grid, so an end may be off by 0.71 mm. Time is that of an overlay.
pub fn lines_inside(lines: &[LineString], area: &MultiPolygon) -> Vec<LineString> {
    let Some(around) = area.envelope() else {
        return Vec::new();
    };
    let mut segments: Vec<(Point, Point)> = area.rings().flat_map(|r| r.edges()).collect();
    let edges = segments.len();
    // What passes by elsewhere changes nothing here.
    let pairs = lines.iter().flat_map(|line| line.0.windows(2));
    let pairs = pairs.map(|pair| (pair[0], pair[1]));
    segments.extend(pairs.filter(|&(a, b)| box_of(a, b).intersects(&around)));
    if segments.len() == edges {
        return Vec::new();
    }
    let pieces = node(&segments);
    let of_lines = pieces.iter().filter(|piece| piece.source >= edges);
    let mut along: Vec<(Point, Point)> = of_lines.map(|p| ordered(p.from, p.to)).collect();
    along.sort_unstable();
    along.dedup();
    let rises = ring_rises(area);
    let graph = Graph::new(pieces.iter().map(|piece| {
        let rise = rises.get(piece.source).copied().unwrap_or(0);
        (piece.from, piece.to, [rise, 0])
    }));
    let depths = graph.depths();
    let inside = (0..graph.half_edges()).step_by(2).filter(|&h| {
        let ends = ordered(graph.points[graph.from(h)], graph.points[graph.to(h)]);
        depths[h][0] > 0 && depths[h ^ 1][0] > 0 && along.binary_search(&ends).is_ok()
    });
    inside
        .map(|h| LineString(vec![graph.points[graph.from(h)], graph.points[graph.to(h)]]))
        .collect()
}

/// By how much each edge of an area raises the depth on its left: shells enclose, holes exclude,
/// whichever way their rings go.
fn ring_rises(area: &MultiPolygon) -> Vec<i32> {
    let mut rises = Vec::new();
    for polygon in &area.0 {
        for (i, ring) in polygon.rings().enumerate() {
            let as_given = (ring.twice_signed_area() >= 0) == (i == 0);
            let rise = if as_given { 1 } else { -1 };
            rises.extend(std::iter::repeat_n(rise, ring.0.len()));
        }
    }
    rises
}

fn ordered(a: Point, b: Point) -> (Point, Point) {
    if a <= b { (a, b) } else { (b, a) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::drawn::area;

    fn line(points: &[(i32, i32)]) -> LineString {
        let point = |&(x, y): &(i32, i32)| Point::new(x, y).expect("on the grid");
        LineString(points.iter().map(point).collect())
    }

    fn length(lines: &[LineString], area: &MultiPolygon) -> f64 {
        let inside = lines_inside(lines, area);
        inside.iter().map(LineString::length_mm).sum()
    }

    #[test]
    fn a_line_counts_from_border_to_border_and_not_in_a_hole() {
        let holed = area(&[
            &[(0, 0), (100, 0), (100, 100), (0, 100)],
            &[(40, 40), (60, 40), (60, 60), (40, 60)],
        ]);
        assert_eq!(length(&[line(&[(-50, 10), (150, 10)])], &holed), 100.0);
        assert_eq!(length(&[line(&[(-50, 50), (150, 50)])], &holed), 80.0);
        assert_eq!(length(&[line(&[(10, 10), (20, 10)])], &holed), 10.0);
        assert_eq!(length(&[line(&[(0, 150), (150, 150)])], &holed), 0.0);
    }

    #[test]
    fn a_line_along_the_border_is_not_inside_and_what_two_share_counts_once() {
        let square = area(&[&[(0, 0), (0, 100), (100, 100), (100, 0)]]);
        assert_eq!(length(&[line(&[(-50, 0), (150, 0)])], &square), 0.0);
        let twice = [line(&[(0, 50), (60, 50)]), line(&[(150, 50), (40, 50)])];
        assert_eq!(length(&twice, &square), 100.0);
    }
}
