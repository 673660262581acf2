//! Standing parcels: what a register will hold beside the parcels of a file, and which of these lie
//! on it.

use super::ground::Ground;
use super::near::pairs_within;
use super::neighbours::Contacts;
use super::overlap::{Lot, Overlap};
use crate::cadastre::ParcelVersion;
use crate::exchange::{Finding, ParcelDraft};
use crate::geometry::{Envelope, Shape, interiors_intersect};

/// A parcel that stands in a register and that a file does not change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// What the register holds of it.
    pub version: ParcelVersion,
    /// The dataset that brought it in.
    pub dataset: String,
}

/// A warning for every draft that lies on a standing parcel of its plane while both are valid.
/// Whether they overlap is exact, as among the drafts themselves.
pub fn overlaps_standing(
    drafts: &[&ParcelDraft],
    standing: &[Standing],
    ground: &Ground,
    contacts: &mut Contacts,
) -> Vec<Finding> {
    let drawn = drafts.iter().map(|draft| &draft.shape);
    let held = standing.iter().map(|held| &held.version.parcel.shape);
    let envelopes: Vec<(usize, Envelope)> = drawn
        .chain(held)
        .enumerate()
        .filter_map(|(i, shape)| Some((i, shape.envelope()?)))
        .collect();
    let boxes: Vec<Envelope> = envelopes.iter().map(|(_, envelope)| *envelope).collect();
    let mut findings = Vec::new();
    for (i, j) in pairs_within(&boxes, 0) {
        // Drafts come first, and the first of a pair comes before the second.
        let (i, j) = (envelopes[i].0, envelopes[j].0);
        let other = j.checked_sub(drafts.len()).map(|j| &standing[j]);
        let (Some(draft), Some(held)) = (drafts.get(i), other) else {
            continue;
        };
        if !may_meet(draft, held) {
            continue;
        }
        let parcel = &held.version.parcel;
        let (a, b) = (&draft.shape, &parcel.shape);
        if !interiors_intersect(&Shape::Areas(a.clone()), &Shape::Areas(b.clone())) {
            continue;
        }
        let lot = Lot {
            areas: b,
            scale: parcel.scale,
        };
        match Overlap::of(Lot::of(draft), lot) {
            Ok(overlap) => {
                let case = match (overlap.is_sliver, overlap.is_whole) {
                    (true, _) => "standing_sliver",
                    (false, true) => "standing_whole",
                    (false, false) => "standing",
                };
                let key = parcel.as_map.to_string();
                let more = [("held", key.as_str()), ("dataset", &held.dataset)];
                findings.push(overlap.told(draft, case, &more, ground));
            }
            Err(area_m2) => {
                contacts.below_snapping += 1;
                contacts.below_snapping_m2 += area_m2;
            }
        }
    }
    findings
}

/// Whether both lie on one plane and are valid on one day; a draft without a first day begins with
/// the file.
fn may_meet(draft: &ParcelDraft, held: &Standing) -> bool {
    let valid = held.version.lifespan.valid;
    let ends_before = draft.valid_to.is_some_and(|to| to <= valid.from);
    let begins_after = match (draft.valid_from, valid.to) {
        (Some(from), Some(to)) => to <= from,
        _ => false,
    };
    draft.plane == held.version.parcel.plane && !ends_before && !begins_after
}
