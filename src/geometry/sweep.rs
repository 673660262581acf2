//! Which of many boxes meet: a sweep from west to east.

use super::{Envelope, Point};

/// The closed box around a segment.
pub(super) fn box_of(a: Point, b: Point) -> Envelope {
    Envelope { min: a, max: a }.including(b)
}

/// Calls `meet(i, j)` with `i < j` once for every pair of boxes that have a point in common.
///
/// Time is proportional to n log n and the pairs that overlap in x.
pub(super) fn meeting_pairs(boxes: &[Envelope], mut meet: impl FnMut(usize, usize)) {
    let mut order: Vec<usize> = (0..boxes.len()).collect();
    order.sort_unstable_by_key(|&i| boxes[i].min.x());
    let mut open: Vec<usize> = Vec::new();
    for i in order {
        let new = &boxes[i];
        open.retain(|&j| boxes[j].max.x() >= new.min.x());
        for &j in &open {
            if boxes[j].min.y() <= new.max.y() && new.min.y() <= boxes[j].max.y() {
                meet(i.min(j), i.max(j));
            }
        }
        open.push(i);
    }
}

/// Calls `meet` for every point in a closed box; `points` are sorted by x.
pub(super) fn points_within(bounds: &Envelope, points: &[Point], mut meet: impl FnMut(Point)) {
    let first = points.partition_point(|p| p.x() < bounds.min.x());
    let column = points[first..]
        .iter()
        .take_while(|p| p.x() <= bounds.max.x());
    for &p in column.filter(|p| p.y() >= bounds.min.y() && p.y() <= bounds.max.y()) {
        meet(p);
    }
}
