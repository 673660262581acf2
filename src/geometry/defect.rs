//! What can be wrong with an area, and where.

use super::Point;

/// Where in an area something is: the edge that begins at a vertex of a ring of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Which polygon, from 0.
    pub part: usize,
    /// Which ring of it: 0 is the shell, holes follow.
    pub ring: usize,
    /// Which vertex of the ring, from 0.
    pub vertex: usize,
}

/// What is wrong with an area by the rules of OGC Simple Features (OGC 06-103r4, 6.1.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DefectKind {
    /// A ring with fewer than three different vertices.
    TooFewVertices,
    /// A ring crosses itself.
    RingCrossesItself,
    /// A ring runs back along itself, as a spike or a doubled stretch does.
    RingOverlapsItself,
    /// A ring comes back to a point that it has been at.
    RingTouchesItself,
    /// Two rings of one polygon cross.
    RingsCross,
    /// Two rings of one polygon run along the same line.
    RingsOverlap,
    /// A hole lies outside its shell.
    HoleOutsideShell,
    /// A hole lies inside another hole.
    HoleInsideHole,
    /// Rings that touch cut the interior into pieces that are not connected.
    InteriorDisconnected,
    /// Two polygons of the area cross or overlap.
    PartsOverlap,
    /// Two polygons of the area have a stretch of boundary in common.
    PartsShareEdge,
}

/// One defect, with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Defect {
    /// What is wrong.
    pub kind: DefectKind,
    /// Where.
    pub place: Place,
    /// The other edge that takes part, if any.
    pub other: Option<Place>,
    /// The grid point at which to look.
    pub at: Point,
}

impl DefectKind {
    /// A stable name for files and messages.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooFewVertices => "too_few_vertices",
            Self::RingCrossesItself => "ring_crosses_itself",
            Self::RingOverlapsItself => "ring_overlaps_itself",
            Self::RingTouchesItself => "ring_touches_itself",
            Self::RingsCross => "rings_cross",
            Self::RingsOverlap => "rings_overlap",
            Self::HoleOutsideShell => "hole_outside_shell",
            Self::HoleInsideHole => "hole_inside_hole",
            Self::InteriorDisconnected => "interior_disconnected",
            Self::PartsOverlap => "parts_overlap",
            Self::PartsShareEdge => "parts_share_edge",
        }
    }

    const fn sentence(self) -> &'static str {
        match self {
            Self::TooFewVertices => "the ring has fewer than three different vertices",
            Self::RingCrossesItself => "the ring crosses itself",
            Self::RingOverlapsItself => "the ring runs back along itself",
            Self::RingTouchesItself => "the ring touches itself",
            Self::RingsCross => "two rings of the polygon cross",
            Self::RingsOverlap => "two rings of the polygon run along the same line",
            Self::HoleOutsideShell => "the hole lies outside its shell",
            Self::HoleInsideHole => "the hole lies inside another hole",
            Self::InteriorDisconnected => "rings that touch cut the interior in two",
            Self::PartsOverlap => "two polygons overlap",
            Self::PartsShareEdge => "two polygons have a stretch of boundary in common",
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { part, ring, vertex } = self;
        write!(f, "polygon {part}, ring {ring}, vertex {vertex}")
    }
}

impl std::fmt::Display for Defect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} at {}", self.kind.sentence(), self.place)?;
        match self.other {
            Some(other) => write!(f, " and {other}"),
            None => Ok(()),
        }
    }
}
