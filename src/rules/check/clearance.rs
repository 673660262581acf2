//! How far a building stands from what corridors protect.

use super::found::{Found, FoundValue, Witness};
use super::proposal::Proposal;
use crate::geometry::{MultiPolygon, Shape, distance, interiors_intersect};
use crate::rules::site::Site;
use rust_decimal::Decimal;

/// The horizontal distance from the edge that the law names: as far as the building stands from the
/// corridor, and what the corridor is wide. Nothing for what stands in one, since nobody knows how near
/// it comes, and for what no layer draws: the land of roads, and the edge of the protection zone from
/// which the safety corridor of a railway is measured.
pub(super) fn clearance(site: &Site, outline: &MultiPolygon, of: &str) -> Option<Found> {
    if of == "railway_safety" {
        return None;
    }
    let building = Shape::Areas(outline.clone());
    let corridors = site.corridors_of(of)?.into_iter();
    let found = corridors.map(|(_, corridor)| {
        let area = Shape::Areas(corridor.area.clone());
        if interiors_intersect(&building, &area) {
            return None;
        }
        let way = distance(&building, &area)?;
        let mm = way.distance_mm.round() as i64 + i64::from(corridor.width_mm);
        Some((mm, Witness::Segment(way.from, way.to)))
    });
    let found: Option<Vec<(i64, Witness)>> = found.collect();
    let (mm, witness) = found?.into_iter().min_by_key(|(mm, _)| *mm)?;
    Some(Found {
        value: FoundValue::Number(Decimal::new(mm, 3)),
        witness: Some(witness),
    })
}

/// How far such a distance may be off, in metres: two surveys meet, and the outline may be off too.
pub(super) fn doubt(site: &Site, proposal: &Proposal, of: &str) -> Decimal {
    let surveys_mm = f64::from(site.corridors_doubt_mm(of));
    let mm = surveys_mm.hypot(f64::from(proposal.off_by_mm)).ceil();
    Decimal::new(mm as i64, 3)
}
