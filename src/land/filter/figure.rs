//! A shape as others draw it, on every plane of the city, where it is compared exactly.

use super::sketch::{Drawing, FigureError, Sketch, drawn};
use crate::crs::Epsg;
use crate::geometry::{Dimension, Envelope, IntersectionMatrix, Location, Shape, relate};
use crate::land::City;

/// A shape on each plane of a city on which it has a part.
#[derive(Debug, Clone)]
pub struct Figure {
    drawn: Vec<Drawing>,
}

/// How an item lies to a figure (OGC 06-103r4, 6.1.15.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the standard")]
pub enum Relation {
    Contains,
    Crosses,
    Disjoint,
    Equals,
    Intersects,
    Overlaps,
    Touches,
    Within,
}

/// How a part of an item lies to a figure on its plane.
pub(super) struct Met {
    matrix: IntersectionMatrix,
    dimensions: [Dimension; 2],
}

impl Figure {
    /// A sketch in a system, its edges straight in that system. Where it reaches beyond what a
    /// plane expects it is cut, since no land is there.
    ///
    /// # Errors
    /// [`FigureError`] for an unknown system, an area that is not valid, too many vertices.
    pub fn draw(city: &City, crs: Epsg, sketch: &Sketch) -> Result<Self, FigureError> {
        let drawn = drawn(city, crs, sketch)?;
        Ok(Self { drawn })
    }

    /// The planes on which it has a part, each with a box around that part.
    pub(in crate::land) fn windows(&self) -> impl Iterator<Item = (Epsg, &Envelope)> {
        self.drawn.iter().map(|d| (d.plane, &d.envelope))
    }

    /// How a part of an item lies to it; nothing when the boxes around both are apart.
    pub(super) fn met<'s>(
        &self,
        plane: Epsg,
        envelope: &Envelope,
        shape: impl FnOnce() -> std::borrow::Cow<'s, Shape>,
    ) -> Option<Met> {
        let mut drawn = self.drawn.iter();
        let near = drawn.find(|d| d.plane == plane && d.envelope.intersects(envelope))?;
        let shape = shape();
        Some(Met {
            matrix: relate(&shape, &near.shape),
            dimensions: [dimension(&shape), dimension(&near.shape)],
        })
    }
}

const fn dimension(shape: &Shape) -> Dimension {
    match shape {
        Shape::Points(_) => Dimension::Points,
        Shape::Lines(_) => Dimension::Lines,
        Shape::Areas(_) => Dimension::Areas,
    }
}

impl Relation {
    /// Every relation with its name in CQL2.
    const NAMED: [(&'static str, Self); 8] = [
        ("s_contains", Self::Contains),
        ("s_crosses", Self::Crosses),
        ("s_disjoint", Self::Disjoint),
        ("s_equals", Self::Equals),
        ("s_intersects", Self::Intersects),
        ("s_overlaps", Self::Overlaps),
        ("s_touches", Self::Touches),
        ("s_within", Self::Within),
    ];

    /// The relation with this name in CQL2.
    pub fn named(name: &str) -> Option<Self> {
        let mut named = Self::NAMED.iter();
        named.find(|(known, _)| *known == name).map(|(_, r)| *r)
    }

    /// The relation of the second to the first.
    pub const fn turned(self) -> Self {
        match self {
            Self::Contains => Self::Within,
            Self::Within => Self::Contains,
            same => same,
        }
    }

    /// Whether an item whose parts on the planes lie so to a figure lies so itself. Parts are
    /// judged each on its own plane: an item is within when all its parts are, contains when one
    /// of them does.
    pub(super) fn holds(self, parts: &[Option<Met>]) -> bool {
        use Location::{Boundary, Exterior, Interior};
        let any = |holds: &dyn Fn(&Met) -> bool| parts.iter().flatten().any(holds);
        let intersects = any(&|m| m.matrix.is_intersects());
        let inside = any(&Met::is_inside);
        match self {
            Self::Intersects => intersects,
            Self::Disjoint => !intersects,
            Self::Touches => intersects && !inside,
            Self::Within => {
                let covered = |m: &Met| !m.has(Interior, Exterior) && !m.has(Boundary, Exterior);
                inside && parts.iter().all(|m| m.as_ref().is_some_and(covered))
            }
            Self::Contains => any(&|m| m.matrix.is_covers() && m.is_inside()),
            Self::Equals => any(&|m| m.matrix.is_equal_set()),
            Self::Overlaps => any(&Met::overlaps),
            Self::Crosses => any(&Met::crosses),
        }
    }
}

impl Met {
    fn has(&self, item: Location, figure: Location) -> bool {
        self.matrix.at(item, figure) != Dimension::Empty
    }

    fn is_inside(&self) -> bool {
        self.matrix.is_interiors_intersect()
    }

    /// Equal dimensions, the common part of the same, and each has something of its own.
    fn overlaps(&self) -> bool {
        use Location::{Exterior, Interior};
        let [item, figure] = self.dimensions;
        item == figure
            && self.matrix.at(Interior, Interior) == item
            && self.has(Interior, Exterior)
            && self.has(Exterior, Interior)
    }

    /// The one of lower dimension goes in and out of the other; two lines meet in points.
    fn crosses(&self) -> bool {
        use Location::{Exterior, Interior};
        let [item, figure] = self.dimensions;
        match item.cmp(&figure) {
            std::cmp::Ordering::Less => self.is_inside() && self.has(Interior, Exterior),
            std::cmp::Ordering::Greater => self.is_inside() && self.has(Exterior, Interior),
            std::cmp::Ordering::Equal => {
                item == Dimension::Lines && self.matrix.at(Interior, Interior) == Dimension::Points
            }
        }
    }
}
