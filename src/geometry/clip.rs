//! The part of a shape that lies in a box.

use super::{Envelope, LineString, MultiPolygon, Point, Polygon, Ring, Shape, overlay};

/// The part of a shape in a closed box.
///
/// Areas are cut as [`overlay::intersection`] does it and stay valid; lines that only touch the box
/// in a point vanish; cuts are rounded to the grid and lie on the box.
pub fn clip(shape: &Shape, to: &Envelope) -> Shape {
    match shape {
        Shape::Points(points) => {
            Shape::Points(points.iter().copied().filter(|&p| holds(to, p)).collect())
        }
        Shape::Lines(lines) => Shape::Lines(lines.iter().flat_map(|l| clip_line(l, to)).collect()),
        Shape::Areas(areas) => Shape::Areas(clip_area(areas, to)),
    }
}

fn holds(bounds: &Envelope, p: Point) -> bool {
    bounds.intersects(&Envelope { min: p, max: p })
}

fn clip_area(area: &MultiPolygon, to: &Envelope) -> MultiPolygon {
    match area.envelope() {
        Some(bounds) if holds(to, bounds.min) && holds(to, bounds.max) => area.clone(),
        Some(bounds) if bounds.intersects(to) => overlay::intersection(area, &rectangle(to)),
        _ => MultiPolygon::default(),
    }
}

fn rectangle(bounds: &Envelope) -> MultiPolygon {
    let (min, max) = (bounds.min, bounds.max);
    let corner = |x: Point, y: Point| {
        Point::new(x.x(), y.y()).expect("coordinates of grid points are on the grid")
    };
    MultiPolygon(vec![Polygon {
        exterior: Ring(vec![min, corner(max, min), max, corner(min, max)]),
        interiors: Vec::new(),
    }])
}

fn clip_line(line: &LineString, to: &Envelope) -> Vec<LineString> {
    let mut parts: Vec<Vec<Point>> = Vec::new();
    for pair in line.0.windows(2) {
        let Some((from, until)) = clip_segment(pair[0], pair[1], to) else {
            continue;
        };
        match parts.last_mut() {
            // The line is still inside only when it came unclipped to its vertex.
            Some(part) if part.last() == Some(&from) && from == pair[0] => part.push(until),
            _ => parts.push(vec![from, until]),
        }
    }
    parts.into_iter().map(LineString).collect()
}

/// The part of a segment in a box; nothing when it is less than a stretch.
fn clip_segment(a: Point, b: Point, to: &Envelope) -> Option<(Point, Point)> {
    let (dx, dy) = (
        i128::from(b.x()) - i128::from(a.x()),
        i128::from(b.y()) - i128::from(a.y()),
    );
    // Shares of the way from a to b, as fractions with positive denominators.
    let (mut enter, mut leave) = ((0_i128, 1_i128), (1_i128, 1_i128));
    let sides = [
        (-dx, a.x(), to.min.x(), -1),
        (dx, a.x(), to.max.x(), 1),
        (-dy, a.y(), to.min.y(), -1),
        (dy, a.y(), to.max.y(), 1),
    ];
    for (outward, from, limit, sign) in sides {
        let room = sign * (i128::from(limit) - i128::from(from));
        if outward == 0 && room < 0 {
            return None;
        }
        if outward < 0 && -room * enter.1 > enter.0 * -outward {
            enter = (-room, -outward);
        }
        if outward > 0 && room * leave.1 < leave.0 * outward {
            leave = (room, outward);
        }
    }
    if enter.0 * leave.1 >= leave.0 * enter.1 {
        return None;
    }
    let (from, until) = (share(a, (dx, dy), enter), share(a, (dx, dy), leave));
    (from != until).then_some((from, until))
}

fn share(a: Point, (dx, dy): (i128, i128), (part, whole): (i128, i128)) -> Point {
    let along = |from: i32, d: i128| {
        (i128::from(from) + (2 * d * part + whole).div_euclid(2 * whole)) as i32
    };
    Point::new(along(a.x(), dx), along(a.y(), dy))
        .expect("a share of the way between two grid points is on the grid")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(x: i32, y: i32) -> Point {
        Point::new(x, y).expect("on the grid")
    }

    const fn bounds(min: Point, max: Point) -> Envelope {
        Envelope { min, max }
    }

    #[test]
    fn a_line_that_leaves_and_comes_back_is_two_lines() {
        let line = LineString(vec![
            p(0, 5),
            p(5, 5),
            p(5, 20),
            p(7, 20),
            p(7, 5),
            p(20, 5),
        ]);
        let clipped = clip(&Shape::Lines(vec![line]), &bounds(p(0, 0), p(10, 10)));
        let parts = vec![
            LineString(vec![p(0, 5), p(5, 5), p(5, 10)]),
            LineString(vec![p(7, 10), p(7, 5), p(10, 5)]),
        ];
        assert_eq!(clipped, Shape::Lines(parts));
    }

    #[test]
    fn a_line_that_touches_a_corner_vanishes() {
        let line = LineString(vec![p(0, 20), p(20, 0)]);
        let clipped = clip(&Shape::Lines(vec![line]), &bounds(p(0, 0), p(10, 10)));
        assert_eq!(clipped, Shape::Lines(Vec::new()));
    }

    #[test]
    fn an_area_is_cut_at_the_box_and_one_inside_is_unchanged() {
        let area = rectangle(&bounds(p(-5, -5), p(5, 5)));
        let quarter = clip_area(&area, &bounds(p(0, 0), p(100, 100)));
        assert_eq!(quarter.twice_area(), 50);
        assert_eq!(clip_area(&area, &bounds(p(-9, -9), p(9, 9))), area);
        assert_eq!(
            clip_area(&area, &bounds(p(6, 6), p(9, 9))),
            MultiPolygon::default()
        );
    }

    #[test]
    fn a_point_on_the_side_of_the_box_is_in_it() {
        let points = Shape::Points(vec![p(10, 3), p(11, 3)]);
        let clipped = clip(&points, &bounds(p(0, 0), p(10, 10)));
        assert_eq!(clipped, Shape::Points(vec![p(10, 3)]));
    }
}
