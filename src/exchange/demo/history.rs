//! Versions and lineage: splits, merges, changed land use, the change of wards.

use super::lots::Lot;
use super::random::Random;
use crate::cadastre::{Day, Parcel, WardCode};
use crate::land::ParcelChange;

/// The last day on which something happens in the demo city: 31 October 2026.
const LAST_DAY: Day = Day(20_757);

/// What happened to a lot since the register holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Story {
    /// Nothing.
    Still(Lot),
    /// Its garden land became residential land on a day.
    Rezoned(Lot, Day),
    /// It and the next one came out of one parcel on a day.
    Split(Lot, Lot, Day),
    /// It came out of two parcels on a day.
    Merged(Lot, Lot, Day),
}

impl Story {
    /// How many parcels of it there are today.
    pub fn parcels_today(&self) -> u64 {
        match self {
            Self::Split(..) => 2,
            Self::Still(_) | Self::Rezoned(..) | Self::Merged(..) => 1,
        }
    }
}

/// Draws the stories of a sheet's lots, given in the order of their numbers with their blocks.
pub(super) fn stories(
    lots: &[(usize, Lot)],
    first_day: Day,
    random: &mut Random,
) -> Vec<(usize, Story)> {
    let mut stories = Vec::with_capacity(lots.len());
    let mut at = 0;
    while at < lots.len() {
        let (block, lot) = lots[at];
        let roll = random.between(0, 999);
        let day = Day(random.between(i64::from(first_day.0) + 30, LAST_DAY.0.into()) as i32);
        let next = lots
            .get(at + 1)
            .filter(|(b, _)| *b == block)
            .map(|(_, next)| *next);
        // A row that is numbered from the east has its western neighbour next.
        let pair = next.and_then(|next| {
            let in_order = lot.is_followed_by(next).then_some((lot, next));
            in_order.or_else(|| next.is_followed_by(lot).then_some((next, lot)))
        });
        let story = match (roll, pair) {
            (0..=14, Some((west, east))) => Story::Split(west, east, day),
            (15..=21, Some((west, east))) => Story::Merged(west, east, day),
            (22..=51, _) => Story::Rezoned(lot, day),
            _ => Story::Still(lot),
        };
        at += if matches!(story, Story::Split(..) | Story::Merged(..)) {
            2
        } else {
            1
        };
        stories.push((block, story));
    }
    stories
}

/// Opens a parcel from a day to a day, as two versions when the wards changed in between: before,
/// it lay in its former commune.
pub(super) fn open(
    parcel: &Parcel,
    (from, to): (Day, Option<Day>),
    merger: Day,
    out: &mut Vec<ParcelChange>,
) {
    let version = |ward: WardCode, from: Day, to: Option<Day>| ParcelChange::Open {
        parcel: Parcel {
            ward,
            ..parcel.clone()
        },
        from,
        to,
    };
    let commune = parcel.as_map.commune;
    match to {
        _ if merger <= from => out.push(version(parcel.ward, from, to)),
        Some(to) if to <= merger => out.push(version(commune, from, Some(to))),
        _ => {
            out.push(version(commune, from, Some(merger)));
            out.push(version(parcel.ward, merger, to));
        }
    }
}
