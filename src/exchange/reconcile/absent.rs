//! Parcels of the register that a file no longer has: they end, unless a rejected feature may be one
//! of them.

use std::collections::BTreeSet;

use super::Reconciled;
use crate::cadastre::{Day, ParcelVersion};
use crate::crs::Epsg;
use crate::exchange::check::pairs_within;
use crate::geometry::{Envelope, Location, MultiPolygon, locate, point_on_surface};
use crate::land::ParcelChange;

/// What of a file was rejected, and so may be a parcel that seems to be missing from it.
#[derive(Debug, Clone, Default)]
pub struct Rejected {
    /// Keys of the features, as far as they could be read.
    pub keys: BTreeSet<String>,
    /// Whether there are features without one: each missing parcel may be one of them.
    pub without_key: bool,
    /// Where the features lie, each on its plane.
    pub places: Vec<(Epsg, MultiPolygon)>,
}

/// Ends on a day what still stands of the newest versions of the absent parcels. One stays that may
/// be a rejected feature: by its key, or because it lies beneath one, as where the file gives a
/// parcel the number of another, or joins parcels in a shape that is not valid.
pub(super) fn end_absent(
    mut newest: Vec<ParcelVersion>,
    rejected: &Rejected,
    day: Day,
    reconciled: &mut Reconciled,
) {
    newest.retain(|version| version.lifespan.valid.to.is_none());
    let beneath = beneath(&newest, &rejected.places);
    for (i, current) in newest.iter().enumerate() {
        let key = current.parcel.as_map.to_string();
        if rejected.without_key || rejected.keys.contains(&key) || beneath.contains(&i) {
            reconciled.counts.in_doubt += 1;
            continue;
        }
        reconciled.counts.retired += 1;
        reconciled.concerned.insert(current.parcel.id);
        reconciled.edit.parcels.push(ParcelChange::Close {
            version: current.version,
            to: day.max(current.lifespan.valid.from),
        });
    }
}

/// Which of some versions have the point on their surface in one of the places, or on its border.
fn beneath(versions: &[ParcelVersion], places: &[(Epsg, MultiPolygon)]) -> BTreeSet<usize> {
    let mut beneath = BTreeSet::new();
    if places.is_empty() {
        return beneath;
    }
    // Places come first, and the first of a pair comes before the second.
    let mut boxes: Vec<Envelope> = Vec::with_capacity(places.len() + versions.len());
    let drawn = places
        .iter()
        .filter_map(|place| Some((place, place.1.envelope()?)));
    let (drawn, of_places): (Vec<_>, Vec<Envelope>) = drawn.unzip();
    boxes.extend(of_places);
    let mut points = Vec::with_capacity(versions.len());
    for (i, version) in versions.iter().enumerate() {
        if let Some(point) = point_on_surface(&version.parcel.shape) {
            boxes.extend(Envelope::around([point]));
            points.push((i, point));
        }
    }
    for (i, j) in pairs_within(&boxes, 0) {
        let point = j.checked_sub(drawn.len()).map(|j| points[j]);
        let (Some((plane, areas)), Some((version, point))) = (drawn.get(i), point) else {
            continue;
        };
        let on_plane = versions[version].parcel.plane == *plane;
        if on_plane && locate(point, areas) != Location::Exterior {
            beneath.insert(version);
        }
    }
    beneath
}
