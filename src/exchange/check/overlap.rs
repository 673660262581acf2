//! Overlaps: interiors of two parcels that have a place in common, decided exactly.

use super::ground::{Ground, about, metres, place};
use super::junction::SNAP_MM;
use super::near::pairs_within;
use super::neighbours::{Contacts, widest_gap_mm};
use crate::cadastre::{RegisteredArea, area_tolerance_mm2};
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
        let common = intersection(&a.shape, &b.shape);
        match Extent::of(&common).filter(|extent| !extent.is_below_snapping(a, b)) {
            Some(extent) => findings.push(told(a, b, &common, extent, ground)),
            None => {
                contacts.below_snapping += 1;
                contacts.below_snapping_m2 += common.area_m2();
            }
        }
    }
    findings
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

    /// No wider on average than the snapping distance, and smaller than the area tolerance.
    fn is_below_snapping(self, a: &ParcelDraft, b: &ParcelDraft) -> bool {
        self.width_mm <= SNAP_MM as f64 && self.area_mm2 < tolerance_mm2(a, b)
    }

    /// Smaller than the area tolerance and narrower than neighbours' boundaries may differ.
    fn is_sliver(self, a: &ParcelDraft, b: &ParcelDraft) -> bool {
        let width_mm = f64::from(widest_gap_mm(a.scale, b.scale));
        self.width_mm < width_mm && self.area_mm2 < tolerance_mm2(a, b)
    }
}

/// What App. 04 allows the smaller of two parcels.
fn tolerance_mm2(a: &ParcelDraft, b: &ParcelDraft) -> f64 {
    let smaller = if a.shape.twice_area() <= b.shape.twice_area() {
        a
    } else {
        b
    };
    let area = RegisteredArea::from_m2(smaller.shape.area_m2()).ok();
    area.map_or(0.0, |area| area_tolerance_mm2(smaller.scale, area) as f64)
}

fn told(
    a: &ParcelDraft,
    b: &ParcelDraft,
    common: &MultiPolygon,
    extent: Extent,
    ground: &Ground,
) -> Finding {
    let (area_m2, width_m) = (extent.area_mm2 / 1e6, extent.width_mm / 1e3);
    let values = [
        ("other", b.feature.to_string()),
        ("area", metres(area_m2)),
        ("width", metres(width_m)),
        ("tolerance", metres(tolerance_mm2(a, b) / 1e6)),
    ];
    let values = values
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let case = if extent.is_sliver(a, b) {
        "sliver"
    } else {
        "beyond_tolerance"
    };
    let finding = Finding::warning(FindingCode::Overlap, case, &values);
    let finding = about(a, finding)
        .drawn(Shape::Areas(common.clone()))
        .and(b.feature)
        .over_m2(area_m2)
        .wide_m(width_m);
    match point_on_surface(common) {
        Some(at) => place(finding, ground, a.plane, (at.x().into(), at.y().into())),
        None => finding,
    }
}
