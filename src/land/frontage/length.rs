//! Lengths on the grid, exactly: whole micrometres, rounded down, the same on every machine.

use crate::geometry::Point;

/// A length in whole micrometres; what lies below is cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct Length {
    um: u64,
}

impl Length {
    /// Of whole millimetres.
    pub const fn of_mm(mm: u32) -> Self {
        Self {
            um: mm as u64 * 1000,
        }
    }

    /// Of whole micrometres.
    pub const fn of_um(um: u64) -> Self {
        Self { um }
    }

    /// Of the root of a number of square millimetres.
    pub fn of_root(squared_mm2: u128) -> Self {
        // At most 2^63 square millimetres: times 10^6 they fit.
        Self {
            um: (squared_mm2 * 1_000_000).isqrt() as u64,
        }
    }

    /// Between two points of the grid.
    pub fn between(a: Point, b: Point) -> Self {
        Self::of_root(Step::from(a, b).squared())
    }

    /// Micrometres.
    pub const fn um(self) -> u64 {
        self.um
    }

    /// Whole millimetres, to the nearest.
    pub const fn nearest_mm(self) -> i64 {
        ((self.um + 500) / 1000) as i64
    }
}

impl std::iter::Sum for Length {
    fn sum<I: Iterator<Item = Self>>(lengths: I) -> Self {
        let um = lengths.map(|length| length.um).sum();
        Self { um }
    }
}

/// From one point of the grid to another, in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Step {
    pub(super) x: i128,
    pub(super) y: i128,
}

impl Step {
    pub(super) fn from(a: Point, b: Point) -> Self {
        Self {
            x: i128::from(b.x()) - i128::from(a.x()),
            y: i128::from(b.y()) - i128::from(a.y()),
        }
    }

    /// The same way back.
    pub(super) const fn turned(self) -> Self {
        Self {
            x: -self.x,
            y: -self.y,
        }
    }

    pub(super) fn squared(self) -> u128 {
        (self.x * self.x + self.y * self.y).unsigned_abs()
    }

    pub(super) fn dot(self, other: Self) -> i128 {
        self.x * other.x + self.y * other.y
    }

    /// Positive when the other turns to the left.
    pub(super) fn cross(self, other: Self) -> i128 {
        self.x * other.y - self.y * other.x
    }

    /// The scalar product with another, of both at unit length, is at least one of these.
    ///
    /// Compares squares, with their signs: exact.
    pub(super) fn leans_to(self, other: Self, share: Share) -> bool {
        let dot = self.dot(other);
        let both = self.squared() as i128 * other.squared() as i128;
        let found = dot.signum() * dot * dot * share.of;
        found >= share.squared * both && both > 0
    }

    /// How far a point lies to the left of the line that goes this way; zero to its right.
    pub(super) fn left_of(self, to: Self) -> Length {
        self.of_product(self.cross(to))
    }

    /// How far a point lies ahead along this way; zero behind.
    pub(super) fn ahead_of(self, to: Self) -> Length {
        self.of_product(self.dot(to))
    }

    /// A product with this step, as a length; zero for a negative one.
    fn of_product(self, product: i128) -> Length {
        let cross = product.max(0).unsigned_abs();
        let long = self.squared();
        if long == 0 {
            return Length::default();
        }
        // Within a window of 2 km the product has 43 bits: squared, times 10^6, it fits.
        let um = match cross
            .checked_mul(cross)
            .and_then(|c| c.checked_mul(1_000_000))
        {
            Some(squared) => (squared / long).isqrt(),
            None => (cross / long.isqrt()).saturating_mul(1000),
        };
        Length { um: um as u64 }
    }
}

impl std::ops::Add for Step {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            x: self.x + other.x,
            y: self.y + other.y,
        }
    }
}

/// A signed square of a cosine, as a fraction.
#[derive(Debug, Clone, Copy)]
pub(super) struct Share {
    pub(super) squared: i128,
    pub(super) of: i128,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(x: i32, y: i32) -> Point {
        Point::new(x, y).expect("on the grid")
    }

    #[test]
    fn a_length_is_cut_off_at_micrometres() {
        assert_eq!(Length::between(p(0, 0), p(3000, 4000)).um(), 5_000_000);
        assert_eq!(Length::between(p(0, 0), p(1, 1)).um(), 1414);
        assert_eq!(Length::between(p(0, 0), p(1, 1)).nearest_mm(), 1);
        let (a, b) = (p(-(1 << 30), -(1 << 30)), p(1 << 30, 1 << 30));
        assert_eq!(Length::between(a, b).um(), 3_037_000_499_976);
    }

    #[test]
    fn what_lies_to_the_left_of_a_line_is_as_far_as_its_foot() {
        let line = Step::from(p(0, 0), p(4000, 3000));
        assert_eq!(
            line.left_of(Step::from(p(0, 0), p(-3000, 4000))),
            Length::of_mm(5000)
        );
        assert_eq!(
            line.left_of(Step::from(p(0, 0), p(3000, -4000))),
            Length::default()
        );
    }

    #[test]
    fn directions_lean_by_signed_squares_of_cosines() {
        let half = Share { squared: 1, of: 2 };
        let east = Step { x: 10, y: 0 };
        assert!(east.leans_to(Step { x: 5, y: 5 }, half));
        assert!(!east.leans_to(Step { x: 5, y: 6 }, half));
        assert!(!east.leans_to(Step { x: -5, y: 5 }, half));
    }
}
