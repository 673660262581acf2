//! Making an area valid, and saying what changed.

use super::defect::Defect;
use super::overlay::{Outlines, difference, union_all};
use super::{MultiPolygon, Polygon, Ring, validity};

/// A valid area and what was done to get it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The area: as given when it was valid; else valid, shells counter-clockwise.
    pub shape: MultiPolygon,
    /// What changed; empty exactly when the area was valid.
    pub changes: Vec<Change>,
}

/// One thing that a repair changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// A defect that the given area had and the result has not.
    Mended(Defect),
    /// The number of polygons changed.
    Parts {
        /// Before.
        before: usize,
        /// After.
        after: usize,
    },
    /// The number of holes changed.
    Holes {
        /// Before.
        before: usize,
        /// After.
        after: usize,
    },
    /// The area changed, in halves of a mm².
    TwiceArea {
        /// Before, as [`MultiPolygon::twice_area`] counts it.
        before: i128,
        /// After.
        after: i128,
    },
}

/// Makes an area valid by the rules of OGC Simple Features.
///
/// A valid area comes back as it is. In any other, a ring that crosses itself keeps all that it
/// encloses an odd number of times, holes are taken off their own shell, and parts are united.
/// Idempotent. What collapses to lines or points vanishes, and the result may be empty.
pub fn repair(area: &MultiPolygon) -> Repair {
    let defects = validity::all_defects(area);
    if defects.is_empty() {
        return Repair {
            shape: area.clone(),
            changes: Vec::new(),
        };
    }
    let parts: Vec<MultiPolygon> = area.0.iter().map(mend).collect();
    let shape = union_all(&parts);
    let mut changes: Vec<Change> = defects.into_iter().map(Change::Mended).collect();
    let holes = |m: &MultiPolygon| m.0.iter().map(|p| p.interiors.len()).sum();
    let (before, after) = (area.0.len(), shape.0.len());
    changes.extend((before != after).then_some(Change::Parts { before, after }));
    let (before, after) = (holes(area), holes(&shape));
    changes.extend((before != after).then_some(Change::Holes { before, after }));
    let (before, after) = (area.twice_area(), shape.twice_area());
    changes.extend((before != after).then_some(Change::TwiceArea { before, after }));
    Repair { shape, changes }
}

/// One polygon: what its shell encloses without what its holes enclose.
fn mend(polygon: &Polygon) -> MultiPolygon {
    let shell = enclosed_by(&polygon.exterior);
    let holes: Vec<MultiPolygon> = polygon.interiors.iter().map(enclosed_by).collect();
    if holes.is_empty() {
        shell
    } else {
        difference(&shell, &union_all(&holes))
    }
}

/// What a ring encloses an odd number of times.
fn enclosed_by(ring: &Ring) -> MultiPolygon {
    let mut outlines = Outlines::default();
    outlines.add_ring(ring, [1, 0], true);
    outlines.areas_where(|[s, _]| s % 2 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::DefectKind;
    use crate::geometry::drawn::area;

    #[test]
    fn a_bow_tie_becomes_two_triangles() {
        let bow_tie = area(&[&[(0, 0), (4, 4), (4, 0), (0, 4)]]);
        let repair = repair(&bow_tie);
        assert_eq!(repair.shape.0.len(), 2);
        assert_eq!(repair.shape.twice_area(), 16);
        assert!(validity::is_valid(&repair.shape));
        assert!(repair.changes.contains(&Change::Parts {
            before: 1,
            after: 2
        }));
    }

    #[test]
    fn a_spike_is_taken_off() {
        let spike = area(&[&[(0, 0), (4, 0), (9, 0), (4, 0), (4, 4), (0, 4)]]);
        let repair = repair(&spike);
        assert_eq!(repair.shape.twice_area(), 32);
        assert!(matches!(
            repair.changes[0],
            Change::Mended(Defect {
                kind: DefectKind::RingOverlapsItself,
                ..
            })
        ));
    }

    #[test]
    fn a_hole_that_leaves_its_shell_takes_off_only_what_is_there() {
        let hole_outside = area(&[
            &[(0, 0), (10, 0), (10, 10), (0, 10)],
            &[(5, 5), (15, 5), (15, 7), (5, 7)],
        ]);
        assert_eq!(repair(&hole_outside).shape.twice_area(), 2 * (100 - 10));
    }

    #[test]
    fn a_valid_area_comes_back_as_it_is_and_a_repaired_one_too() {
        let valid = area(&[&[(0, 0), (0, 4), (4, 4), (4, 0)]]);
        assert_eq!(repair(&valid).shape, valid);
        assert!(repair(&valid).changes.is_empty());
        let again = repair(&area(&[&[(0, 0), (4, 4), (4, 0), (0, 4)]])).shape;
        assert!(repair(&again).changes.is_empty());
    }

    #[test]
    fn a_ring_without_area_leaves_nothing() {
        assert_eq!(
            repair(&area(&[&[(0, 0), (4, 4)]])).shape,
            MultiPolygon::default()
        );
    }
}
