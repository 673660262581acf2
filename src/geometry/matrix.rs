//! The DE-9IM matrix: how interiors, boundaries and exteriors of two shapes meet.

use super::Location;

/// The dimension of a common part of two shapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Dimension {
    /// Nothing in common.
    #[default]
    Empty,
    /// Points.
    Points,
    /// Lines.
    Lines,
    /// Areas.
    Areas,
}

/// Three by three dimensions: interior, boundary and exterior of one shape against those of
/// another (OGC 06-103r4, 6.1.15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct IntersectionMatrix {
    cells: [[Dimension; 3]; 3],
}

/// A pattern that is not nine characters of `T F * 0 1 2`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a DE-9IM pattern, expected nine of `T`, `F`, `*`, `0`, `1`, `2`")]
pub struct NotAPattern(pub String);

impl IntersectionMatrix {
    /// Nothing meets but the exteriors, which are areas.
    pub(super) const fn apart() -> Self {
        let mut cells = [[Dimension::Empty; 3]; 3];
        cells[2][2] = Dimension::Areas;
        Self { cells }
    }

    /// The dimension of what a part of the first shape and a part of the second have in common.
    pub const fn at(&self, first: Location, second: Location) -> Dimension {
        self.cells[first as usize][second as usize]
    }

    /// Raises one cell to at least a dimension.
    pub(super) fn raise(&mut self, first: Location, second: Location, to: Dimension) {
        let cell = &mut self.cells[first as usize][second as usize];
        *cell = (*cell).max(to);
    }

    /// The matrix of the second shape against the first.
    pub fn transposed(&self) -> Self {
        let mut cells = self.cells;
        for (i, row) in cells.iter_mut().enumerate() {
            for (j, cell) in row.iter_mut().enumerate() {
                *cell = self.cells[j][i];
            }
        }
        Self { cells }
    }

    /// Whether the matrix fits a pattern such as `T*F**FFF*`, row by row: `T` any dimension, `F`
    /// nothing, `*` either, a digit that dimension.
    ///
    /// # Errors
    /// [`NotAPattern`] for anything but nine such characters.
    pub fn matches(&self, pattern: &str) -> Result<bool, NotAPattern> {
        let refused = || NotAPattern(pattern.to_owned());
        if pattern.chars().count() != 9 {
            return Err(refused());
        }
        let mut fits = true;
        for (cell, sign) in self.cells.iter().flatten().zip(pattern.chars()) {
            fits &= match sign {
                '*' => true,
                'T' | 't' => *cell != Dimension::Empty,
                'F' | 'f' => *cell == Dimension::Empty,
                '0' => *cell == Dimension::Points,
                '1' => *cell == Dimension::Lines,
                '2' => *cell == Dimension::Areas,
                _ => return Err(refused()),
            };
        }
        Ok(fits)
    }

    fn meets(&self, first: Location, second: Location) -> bool {
        self.at(first, second) != Dimension::Empty
    }

    /// Whether the shapes have a point in common; touching counts.
    pub fn is_intersects(&self) -> bool {
        use Location::{Boundary, Interior};
        [Interior, Boundary]
            .iter()
            .any(|&s| [Interior, Boundary].iter().any(|&t| self.meets(s, t)))
    }

    /// Whether the interiors have a point in common; touching does not count.
    pub fn is_interiors_intersect(&self) -> bool {
        self.meets(Location::Interior, Location::Interior)
    }

    /// Whether the shapes have points in common, but not of their interiors.
    pub fn is_touches(&self) -> bool {
        self.is_intersects() && !self.is_interiors_intersect()
    }

    /// Whether no point of the second shape lies outside the first; its boundary counts as inside.
    pub fn is_covers(&self) -> bool {
        use Location::{Boundary, Exterior, Interior};
        self.is_intersects() && !self.meets(Exterior, Interior) && !self.meets(Exterior, Boundary)
    }

    /// Whether no point of the first shape lies outside the second.
    pub fn is_covered_by(&self) -> bool {
        self.transposed().is_covers()
    }

    /// Whether both are the same set of points.
    pub fn is_equal_set(&self) -> bool {
        self.is_covers() && self.is_covered_by()
    }
}

impl std::fmt::Display for IntersectionMatrix {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.cells.iter().flatten().try_for_each(|cell| {
            f.write_str(match cell {
                Dimension::Empty => "F",
                Dimension::Points => "0",
                Dimension::Lines => "1",
                Dimension::Areas => "2",
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Location::{Boundary, Exterior, Interior};

    #[test]
    fn a_pattern_is_compared_cell_by_cell() {
        let mut matrix = IntersectionMatrix::apart();
        matrix.raise(Boundary, Exterior, Dimension::Lines);
        assert_eq!(matrix.to_string(), "FFFFF1FF2");
        assert_eq!(matrix.transposed().to_string(), "FFFFFFF12");
        assert_eq!(matrix.matches("FFFFFT**2"), Ok(true));
        assert_eq!(matrix.matches("FFFFF0**2"), Ok(false));
        assert!(matrix.matches("FFFFF1FF").is_err());
        assert!(matrix.matches("FFFFF1FFx").is_err());
    }

    #[test]
    fn common_boundary_alone_is_a_touch_and_no_cover() {
        let mut matrix = IntersectionMatrix::apart();
        matrix.raise(Boundary, Boundary, Dimension::Points);
        matrix.raise(Exterior, Interior, Dimension::Areas);
        assert!(matrix.is_touches() && matrix.is_intersects());
        assert!(!matrix.is_covers() && !matrix.is_interiors_intersect());
        matrix.raise(Interior, Interior, Dimension::Areas);
        assert!(!matrix.is_touches());
    }
}
