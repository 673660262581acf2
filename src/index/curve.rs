//! Positions along the Hilbert curve, so that what lies close together is stored close together.

use crate::geometry::Envelope;

/// Bits per axis: the grid reaches from -2^30 to 2^30.
const BITS: u32 = 31;

/// The position of an envelope's centre along the Hilbert curve over the whole grid.
///
/// Neighbours on the curve are neighbours on the ground; the reverse holds mostly, which is all
/// that packing needs.
pub fn curve_position(envelope: &Envelope) -> u64 {
    let centre = |a: i32, b: i32| {
        let middle = (i64::from(a) + i64::from(b)) / 2 + (1 << (BITS - 1));
        middle.clamp(0, (1 << BITS) - 1) as u32
    };
    hilbert(
        centre(envelope.min.x(), envelope.max.x()),
        centre(envelope.min.y(), envelope.max.y()),
    )
}

/// The classic descent: one quadrant per bit, turned and mirrored as the curve turns.
fn hilbert(mut x: u32, mut y: u32) -> u64 {
    let mut position = 0_u64;
    let mut side = 1_u32 << (BITS - 1);
    while side > 0 {
        let right = u32::from(x & side > 0);
        let upper = u32::from(y & side > 0);
        position = position << 2 | u64::from((3 * right) ^ upper);
        if upper == 0 {
            if right == 1 {
                x = !x;
                y = !y;
            }
            std::mem::swap(&mut x, &mut y);
        }
        side >>= 1;
    }
    position
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Point;
    use crate::geometry::shape::COORDINATE_LIMIT;

    #[test]
    fn consecutive_cells_of_the_curve_share_an_edge() {
        let low = 1 << (BITS - 5);
        let mut cells: Vec<(u64, u32, u32)> = (0..32 * 32)
            .map(|i| (hilbert(i % 32 * low, i / 32 * low), i % 32, i / 32))
            .collect();
        cells.sort_unstable();
        for pair in cells.windows(2) {
            let step = pair[0].1.abs_diff(pair[1].1) + pair[0].2.abs_diff(pair[1].2);
            assert_eq!(step, 1, "{pair:?}");
        }
    }

    #[test]
    fn the_corners_of_the_grid_have_a_position() {
        for (x, y) in [(1, 1), (-1, 1), (1, -1), (-1, -1)] {
            let corner = Point::new(x * COORDINATE_LIMIT, y * COORDINATE_LIMIT).expect("a corner");
            let envelope = Envelope {
                min: corner,
                max: corner,
            };
            assert!(curve_position(&envelope) < 1 << (2 * BITS));
        }
    }
}
