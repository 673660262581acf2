//! Polygons from line work, as a drawing holds it, with every line that closes nothing.

use super::graph::Graph;
use super::snap::{Piece, node};
use super::{LineString, Point, Polygon, faces};

/// What became of line work. Every piece of a line bounds a polygon, dangles or is a cut.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Polygonized {
    /// The bounded faces, valid, with disjoint interiors; a face around others has them as holes.
    pub polygons: Vec<Polygon>,
    /// Lines with an open end, from that end to the node where they meet what is left.
    pub dangles: Vec<Dangle>,
    /// Lines that hang on at both ends and have the same face on both sides.
    pub cuts: Vec<LineString>,
    /// Stretches that were drawn more than once.
    pub doubled: Vec<Doubled>,
}

/// A line that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dangle {
    /// Its vertices; the first is the open end.
    pub path: LineString,
    /// Index of the input line at the open end.
    pub line: usize,
}

/// A stretch that was drawn more than once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubled {
    /// One end.
    pub from: Point,
    /// The other end.
    pub to: Point,
    /// Indices of the input lines that run here, ascending; one line that runs back along itself
    /// stands here twice.
    pub lines: Vec<usize>,
}

/// Nodes lines with each other by snap rounding and builds the polygons that they bound.
///
/// Lines need not be split where they cross or meet. Ends that miss a line by a millimetre or more
/// are not joined to it: they are dangles. Vertices stay where they are; crossings are rounded to
/// the grid. Time is proportional to n log n and the crossings.
pub fn polygonize(lines: &[LineString]) -> Polygonized {
    let mut segments = Vec::new();
    let mut line_of = Vec::new();
    for (line, LineString(points)) in lines.iter().enumerate() {
        segments.extend(points.windows(2).map(|pair| (pair[0], pair[1])));
        line_of.resize(segments.len(), line);
    }
    let mut pieces = node(&segments);
    for piece in &mut pieces {
        if piece.from > piece.to {
            (piece.from, piece.to) = (piece.to, piece.from);
        }
    }
    pieces.sort_unstable_by_key(|p| (p.from, p.to, p.source));
    let graph = Graph::new(pieces.iter().map(|p| (p.from, p.to, [0, 0])));
    let mut kept = vec![true; graph.half_edges()];
    let dangles = take_dangles(&graph, &mut kept, &pieces, &line_of);
    let cuts = take_cuts(&graph, &mut kept);
    Polygonized {
        polygons: faces::polygons(&graph, &kept),
        dangles,
        cuts,
        doubled: doubled(&pieces, &line_of),
    }
}

fn same_place(p: &Piece, q: &Piece) -> bool {
    (p.from, p.to) == (q.from, q.to)
}

fn doubled(pieces: &[Piece], line_of: &[usize]) -> Vec<Doubled> {
    pieces
        .chunk_by(same_place)
        .filter(|same| same.len() > 1)
        .map(|same| Doubled {
            from: same[0].from,
            to: same[0].to,
            lines: same.iter().map(|p| line_of[p.source]).collect(),
        })
        .collect()
}

/// Takes off lines from their open ends on, until only closed line work is left.
fn take_dangles(
    graph: &Graph,
    kept: &mut [bool],
    pieces: &[Piece],
    line_of: &[usize],
) -> Vec<Dangle> {
    let mut degrees: Vec<usize> = (0..graph.points.len())
        .map(|n| graph.around(n).len())
        .collect();
    let open: Vec<usize> = (0..degrees.len()).filter(|&n| degrees[n] == 1).collect();
    let mut dangles = Vec::new();
    let mut ends = open;
    ends.reverse();
    while let Some(end) = ends.pop() {
        let mut path = vec![graph.points[end]];
        let mut node = end;
        while degrees[node] == 1 {
            let Some(&h) = graph.around(node).iter().find(|&&h| kept[h]) else {
                break;
            };
            (kept[h], kept[h ^ 1]) = (false, false);
            degrees[node] = 0;
            node = graph.to(h);
            degrees[node] -= 1;
            path.push(graph.points[node]);
        }
        if let [first, second, ..] = path[..] {
            let key = (first.min(second), first.max(second));
            let at = pieces.partition_point(|p| (p.from, p.to) < key);
            let line = line_of[pieces[at].source];
            dangles.push(Dangle {
                path: LineString(path),
                line,
            });
        }
    }
    dangles
}

/// Takes out edges that have the same face on both sides.
fn take_cuts(graph: &Graph, kept: &mut [bool]) -> Vec<LineString> {
    let mut face = vec![usize::MAX; graph.half_edges()];
    let mut seen = vec![false; graph.half_edges()];
    for start in 0..graph.half_edges() {
        if kept[start] && !seen[start] {
            for h in faces::walk(graph, kept, start, &mut seen) {
                face[h] = start;
            }
        }
    }
    let mut cuts = Vec::new();
    for h in (0..graph.half_edges()).step_by(2) {
        if kept[h] && face[h] == face[h + 1] {
            (kept[h], kept[h + 1]) = (false, false);
            cuts.push(LineString(vec![
                graph.points[graph.from(h)],
                graph.points[graph.to(h)],
            ]));
        }
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{MultiPolygon, validity};

    fn line(v: &[(i32, i32)]) -> LineString {
        LineString(
            v.iter()
                .map(|&(x, y)| Point::new(x, y).expect("on the grid"))
                .collect(),
        )
    }

    #[test]
    fn crossing_lines_that_were_never_split_bound_a_face() {
        let lines = [
            line(&[(-1, 0), (11, 0)]),
            line(&[(-1, 10), (11, 10)]),
            line(&[(0, -1), (0, 11)]),
            line(&[(10, -1), (10, 11)]),
        ];
        let result = polygonize(&lines);
        assert_eq!(result.polygons.len(), 1);
        assert_eq!(result.polygons[0].exterior.twice_signed_area(), 200);
        assert_eq!(result.dangles.len(), 8);
        assert!(result.cuts.is_empty() && result.doubled.is_empty());
    }

    #[test]
    fn an_end_one_millimetre_short_leaves_the_face_open() {
        let open = [line(&[(0, 0), (10, 0), (10, 10), (0, 10), (0, 1)])];
        let result = polygonize(&open);
        assert!(result.polygons.is_empty());
        assert_eq!(result.dangles.len(), 1);
        let closed = [line(&[(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)])];
        assert_eq!(polygonize(&closed).polygons.len(), 1);
    }

    #[test]
    fn a_bridge_between_two_faces_is_a_cut_and_a_stretch_drawn_twice_is_named() {
        let lines = [
            line(&[(0, 0), (2, 0), (2, 2), (0, 2), (0, 0)]),
            line(&[(8, 0), (10, 0), (10, 2), (8, 2), (8, 0)]),
            line(&[(2, 1), (8, 1)]),
            line(&[(0, 0), (0, 2)]),
        ];
        let result = polygonize(&lines);
        assert_eq!(result.polygons.len(), 2);
        assert_eq!(result.cuts, [line(&[(2, 1), (8, 1)])]);
        assert_eq!(result.doubled.len(), 1);
        assert_eq!(result.doubled[0].lines, [0, 3]);
    }

    #[test]
    fn a_ring_inside_a_face_becomes_its_hole_and_a_face() {
        let lines = [
            line(&[(0, 0), (9, 0), (9, 9), (0, 9), (0, 0)]),
            line(&[(3, 3), (5, 3), (5, 5), (3, 5), (3, 3)]),
        ];
        let result = polygonize(&lines);
        assert_eq!(result.polygons.len(), 2);
        let all = MultiPolygon(result.polygons);
        assert_eq!(all.twice_area(), 162);
        for polygon in all.0 {
            assert!(validity::is_valid(&MultiPolygon(vec![polygon])));
        }
    }

    #[test]
    fn a_lone_line_is_one_dangle() {
        let result = polygonize(&[line(&[(0, 0), (5, 0), (9, 4)])]);
        assert_eq!(result.dangles.len(), 1);
        assert_eq!(result.dangles[0].path.0.len(), 3);
    }
}
