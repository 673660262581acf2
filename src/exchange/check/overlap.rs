//! Overlaps: interiors of two parcels that have a place in common, decided exactly.

use super::ground::{Ground, about, metres, place};
use super::junction::SNAP_MM;
use super::near::pairs_within;
use super::neighbours::{Contacts, widest_gap_mm};
use crate::cadastre::{MapScale, RegisteredArea, area_tolerance_mm2};
use crate::exchange::{Finding, FindingCode, ParcelDraft};
use crate::geometry::overlay::intersection;
use crate::geometry::{Envelope, MultiPolygon, Shape, interiors_intersect, point_on_surface};

/// A warning for every two drafts of one plane that overlap while both are valid.
///
/// Whether they overlap is exact; area and mean width are measured on what they have in common,
/// whose vertices are rounded to the grid. Which of the two is wrong is not for an import to
/// decide, so both go in.
pub fn overlaps(drafts: &[&ParcelDraft], ground: &Ground, contacts: &mut Contacts) -> Vec<Finding> {
    let shapes: Vec<Shape> = drafts
        .iter()
        .map(|d| Shape::Areas(d.shape.clone()))
        .collect();
    let boxes: Vec<(usize, Envelope)> = shapes
        .iter()
        .enumerate()
        .filter_map(|(i, shape)| Some((i, shape.envelope()?)))
        .collect();
    let envelopes: Vec<Envelope> = boxes.iter().map(|(_, envelope)| *envelope).collect();
    let mut findings = Vec::new();
    for (i, j) in pairs_within(&envelopes, 0) {
        let (i, j) = (boxes[i].0, boxes[j].0);
        let (a, b) = (drafts[i], drafts[j]);
        if !a.valid_with(b) || !interiors_intersect(&shapes[i], &shapes[j]) {
            continue;
        }
        match Overlap::of(Lot::of(a), Lot::of(b)) {
            Ok(overlap) => {
                let case = if overlap.is_sliver {
                    "sliver"
                } else {
                    "beyond_tolerance"
                };
                let other = b.feature.to_string();
                let finding = overlap.told(a, case, &[("other", &other)], ground);
                findings.push(finding.and(b.feature));
            }
            Err(area_m2) => {
                contacts.below_snapping += 1;
                contacts.below_snapping_m2 += area_m2;
            }
        }
    }
    findings
}

/// What is asked of a parcel to compare it with another one.
#[derive(Clone, Copy)]
pub(super) struct Lot<'a> {
    pub areas: &'a MultiPolygon,
    pub scale: MapScale,
}

impl<'a> Lot<'a> {
    pub const fn of(draft: &'a ParcelDraft) -> Self {
        Self {
            areas: &draft.shape,
            scale: draft.scale,
        }
    }
}

/// What two parcels have in common, where that is more than a contact.
pub(super) struct Overlap {
    common: MultiPolygon,
    extent: Extent,
    tolerance_mm2: f64,
    /// Smaller than the area tolerance and narrower than neighbours' boundaries may differ.
    pub is_sliver: bool,
    /// Whether both lie on the same ground, to within the area tolerance.
    pub is_whole: bool,
}

impl Overlap {
    /// Of two parcels whose interiors meet.
    ///
    /// # Errors
    /// The area in common, in m², when it is no wider on average than the snapping distance and
    /// smaller than the area tolerance.
    pub fn of(a: Lot<'_>, b: Lot<'_>) -> Result<Self, f64> {
        let common = intersection(a.areas, b.areas);
        let tolerance_mm2 = tolerance_mm2(a, b);
        let Some(extent) = Extent::of(&common) else {
            return Err(common.area_m2());
        };
        let is_small = extent.area_mm2 < tolerance_mm2;
        if is_small && extent.width_mm <= SNAP_MM as f64 {
            return Err(common.area_m2());
        }
        let both_mm2 = (a.areas.twice_area() + b.areas.twice_area()) as f64 / 2.0;
        Ok(Self {
            is_sliver: is_small && extent.width_mm < f64::from(widest_gap_mm(a.scale, b.scale)),
            is_whole: both_mm2 - 2.0 * extent.area_mm2 <= tolerance_mm2,
            common,
            extent,
            tolerance_mm2,
        })
    }

    /// The warning about it; `more` are values of the wording beside area, width and tolerance.
    pub fn told(
        self,
        a: &ParcelDraft,
        case: &str,
        more: &[(&str, &str)],
        ground: &Ground,
    ) -> Finding {
        let (area_m2, width_m) = (self.extent.area_mm2 / 1e6, self.extent.width_mm / 1e3);
        let values = [
            ("area", metres(area_m2)),
            ("width", metres(width_m)),
            ("tolerance", metres(self.tolerance_mm2 / 1e6)),
        ];
        let values = values.iter().map(|(name, value)| (*name, value.as_str()));
        let values: Vec<(&str, &str)> = values.chain(more.iter().copied()).collect();
        let finding = about(a, Finding::warning(FindingCode::Overlap, case, &values))
            .over_m2(area_m2)
            .wide_m(width_m);
        let at = point_on_surface(&self.common);
        let finding = finding.drawn(Shape::Areas(self.common));
        match at {
            Some(at) => place(finding, ground, a.plane, (at.x().into(), at.y().into())),
            None => finding,
        }
    }
}

/// How large what two parcels have in common is.
#[derive(Debug, Clone, Copy)]
struct Extent {
    area_mm2: f64,
    width_mm: f64,
}

impl Extent {
    /// Nothing when rounding to the grid left no area.
    fn of(common: &MultiPolygon) -> Option<Self> {
        let area_mm2 = common.twice_area() as f64 / 2.0;
        let around_mm = common.perimeter_mm();
        (area_mm2 > 0.0 && around_mm > 0.0).then(|| Self {
            area_mm2,
            width_mm: 2.0 * area_mm2 / around_mm,
        })
    }
}

/// What App. 04 allows the smaller of two parcels.
fn tolerance_mm2(a: Lot<'_>, b: Lot<'_>) -> f64 {
    let smaller = if a.areas.twice_area() <= b.areas.twice_area() {
        a
    } else {
        b
    };
    let area = RegisteredArea::from_m2(smaller.areas.area_m2()).ok();
    area.map_or(0.0, |area| area_tolerance_mm2(smaller.scale, area) as f64)
}
