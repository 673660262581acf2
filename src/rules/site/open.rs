//! What the register says of a lot and no rule judges yet: it keeps a building from being allowed.

use super::gather::{DETAILED_PLAN, RIGHT_OF_WAY, SiteParcel, ZONING};
use crate::cadastre::{Day, ParcelStatus};
use crate::geometry::overlay::intersection;
use crate::land::Land;
use crate::land::extract::{Concern, Extract};
use std::collections::BTreeSet;

/// A question that an officer has to look into.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Open {
    /// A parcel has been recovered by the State.
    Recovered,
    /// A parcel is in dispute.
    Disputed,
    /// Another parcel of the register lies on a part of the lot.
    Overlapped,
    /// Restrictions of a theme, by its code, lie on the lot.
    Restricted(Box<str>),
    /// The layers of a theme, by its code, do not speak for the whole lot.
    WithoutData(Box<str>),
}

/// Themes whose features the rules read themselves, and are unknown by when they are missing.
const JUDGED: [&str; 3] = [RIGHT_OF_WAY, ZONING, DETAILED_PLAN];

/// What two parcels have in common counts from this mean width on; on the grid their common boundary
/// may lie apart by less.
const OVERLAP_MM: f64 = 2.0;

/// Whether another parcel of the day lies on a part of these, by more than the grid makes of a common
/// boundary.
pub(super) fn is_overlapped(land: &Land, parcels: &[SiteParcel], day: Day) -> bool {
    let others = |parcel: &SiteParcel| {
        let neighbours = land.neighbours(parcel.id, day).into_iter();
        let is_own = |id| parcels.iter().any(|own| own.id == id);
        neighbours.filter(move |other| !is_own(other.parcel.id))
    };
    parcels.iter().any(|parcel| {
        others(parcel).any(|other| {
            let common = intersection(&parcel.shape, &other.parcel.shape);
            let area_mm2 = common.twice_area() as f64 / 2.0;
            area_mm2 > 0.0 && 2.0 * area_mm2 / common.perimeter_mm() >= OVERLAP_MM
        })
    })
}

/// What is open on the parcels of a lot.
pub(super) fn open_questions(extracts: &[Extract<'_>], statuses: &[ParcelStatus]) -> Vec<Open> {
    let mut open = BTreeSet::new();
    for status in statuses {
        match status {
            ParcelStatus::InUse => {}
            ParcelStatus::Recovered => drop(open.insert(Open::Recovered)),
            ParcelStatus::Disputed => drop(open.insert(Open::Disputed)),
        }
    }
    for theme in extracts.iter().flat_map(|extract| &extract.themes) {
        let code: Box<str> = theme.theme.0.clone();
        if !theme.gaps.is_empty() {
            open.insert(Open::WithoutData(code.clone()));
        }
        // What only touches the significance of its layer is for an officer to see too.
        let touched = theme.concern() == Concern::Concerned || !theme.contacts.is_empty();
        if touched && !JUDGED.contains(&&*code) {
            open.insert(Open::Restricted(code));
        }
    }
    open.into_iter().collect()
}
