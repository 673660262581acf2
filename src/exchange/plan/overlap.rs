//! Plan units over the same ground: two units of one layer that hold on one day.

use std::collections::BTreeMap;

use super::{PlanGround, StatedFeature};
use crate::crs::Epsg;
use crate::exchange::check::{Contacts, SNAP_MM, metres, pairs_within, place};
use crate::exchange::{Finding, FindingCode};
use crate::geometry::overlay::intersection;
use crate::geometry::{Envelope, MultiPolygon, Shape, interiors_intersect, point_on_surface};
use crate::planning::{FeatureKind, LayerCode};

/// A unit on one plane.
struct Ground<'f> {
    unit: usize,
    areas: &'f MultiPolygon,
    shape: &'f Shape,
    envelope: Envelope,
}

/// A warning for every two plan units of a layer that overlap while both are valid. Which of the
/// two governs is not for an import to decide, so both go in.
///
/// Whether they overlap is exact; area and mean width are measured on what they have in common.
/// An overlap narrower than the accuracy of the layer is a sliver; one of at most 1 cm is counted.
pub fn overlaps(
    features: &[StatedFeature],
    ground: &PlanGround,
    contacts: &mut Contacts,
) -> Vec<Finding> {
    let mut found: BTreeMap<(usize, usize), Option<Finding>> = BTreeMap::new();
    for ((layer, plane), units) in units_by_ground(features) {
        let accuracy_mm = ground.layers.get(layer).map_or(0, |l| l.accuracy_mm);
        let envelopes: Vec<Envelope> = units.iter().map(|unit| unit.envelope).collect();
        for (i, j) in pairs_within(&envelopes, 0) {
            let (a, b) = (&units[i], &units[j]);
            let known = found.contains_key(&(a.unit, b.unit));
            let both_valid = features[a.unit].valid_with(&features[b.unit]);
            if known || !both_valid || !interiors_intersect(a.shape, b.shape) {
                continue;
            }
            let common = intersection(a.areas, b.areas);
            let area_mm2 = common.twice_area() as f64 / 2.0;
            let width_mm = 2.0 * area_mm2 / common.perimeter_mm().max(1.0);
            let finding = if width_mm <= SNAP_MM as f64 {
                contacts.below_snapping += 1;
                contacts.below_snapping_m2 += common.area_m2();
                None
            } else {
                let of = (&features[a.unit], &features[b.unit]);
                let sliver = width_mm < f64::from(accuracy_mm);
                Some(told(of, &common, width_mm, sliver, plane, ground))
            };
            found.insert((a.unit, b.unit), finding);
        }
    }
    found.into_values().flatten().collect()
}

/// The plan units on each plane, by layer.
fn units_by_ground(features: &[StatedFeature]) -> BTreeMap<(&LayerCode, Epsg), Vec<Ground<'_>>> {
    let mut units: BTreeMap<_, Vec<Ground<'_>>> = BTreeMap::new();
    for (unit, feature) in features.iter().enumerate() {
        if !matches!(feature.kind, FeatureKind::PlanUnit(_)) {
            continue;
        }
        for (plane, shape) in &feature.shapes {
            if let (Shape::Areas(areas), Some(envelope)) = (shape, shape.envelope()) {
                units
                    .entry((&feature.layer, *plane))
                    .or_default()
                    .push(Ground {
                        unit,
                        areas,
                        shape,
                        envelope,
                    });
            }
        }
    }
    units
}

fn told(
    (a, b): (&StatedFeature, &StatedFeature),
    common: &MultiPolygon,
    width_mm: f64,
    sliver: bool,
    plane: Epsg,
    ground: &PlanGround,
) -> Finding {
    let (area_m2, width_m) = (common.area_m2(), width_mm / 1000.0);
    let other = b.numbers.first().copied();
    let values = [
        ("other", other.map_or_else(String::new, |o| o.to_string())),
        ("key", b.key.clone()),
        ("area", metres(area_m2)),
        ("width", metres(width_m)),
    ];
    let values = values
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let case = if sliver { "units_sliver" } else { "units" };
    let finding = Finding::warning(FindingCode::Overlap, case, &values);
    let mut finding = a.told(finding).over_m2(area_m2).wide_m(width_m);
    finding.other_feature = other.map(|number| number.0);
    let finding = finding.drawn(Shape::Areas(common.clone()));
    match point_on_surface(common) {
        Some(at) => {
            let at_mm = (f64::from(at.x()), f64::from(at.y()));
            place(finding, &ground.ground, plane, at_mm)
        }
        None => finding,
    }
}
