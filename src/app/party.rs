//! Who holds what, and who a party is: for an operator who says why, written down in the audit.

use super::Error;
use crate::cadastre::{Day, Instant, ParcelId, Party, PartyId};
use crate::store::{self, Asking, Reading, Store, UnitWithRights};

/// A party, who it is, and what it holds on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyFile {
    /// The party.
    pub party: Party,
    /// Who it is, unless its key is gone.
    pub reading: Reading,
    /// The units in which it has rights, with these rights.
    pub held: Vec<UnitWithRights>,
}

/// Reads who a party is and what it holds today; the reading stands in the audit.
///
/// # Errors
/// [`Error::Refused`] for a party that is not held, or a reason that holds its name or number;
/// what the store fails with.
pub fn show_party(
    store: &Store,
    id: PartyId,
    asking: Asking<'_>,
    now: Instant,
) -> Result<PartyFile, Error> {
    let read = store.read_party(id, asking, now)?;
    let (party, reading) = read.ok_or_else(|| not_held(id))?;
    let held = store.rights_of_party(id, now.day_in_vietnam(), None)?;
    Ok(PartyFile {
        party,
        reading,
        held,
    })
}

/// The parties with an identity number, by their keys only; the asking stands in the audit.
///
/// # Errors
/// [`Error::Refused`] for a reason that holds the number; what the store fails with.
pub fn find_parties(
    store: &Store,
    identity_number: &str,
    asking: Asking<'_>,
    now: Instant,
) -> Result<Vec<PartyId>, Error> {
    Ok(store.find_parties(identity_number, asking, now)?)
}

/// The units that hold a parcel on a day, with their rights and the keys of their parties; nobody
/// is read.
///
/// # Errors
/// [`Error::Refused`] for a parcel that the register never held; what the store fails with.
pub fn holders_of_parcel(
    store: &Store,
    parcel: ParcelId,
    day: Day,
) -> Result<Vec<UnitWithRights>, Error> {
    let held = store.units_of_parcel(parcel, day, None)?;
    if held.is_empty() && store.history(parcel)?.0.is_empty() {
        return Err(Error::Refused(format!(
            "the register has no parcel `{parcel}`, expected the id of one, as look-ups give it"
        )));
    }
    Ok(held)
}

/// Destroys the key of a party for ever; gives the other parties with the same identity number.
///
/// # Errors
/// [`Error::Refused`] for a party that is not held, or a reason that holds its name or number;
/// what the store fails with.
pub fn erase_party(
    store: &Store,
    id: PartyId,
    asking: Asking<'_>,
    now: Instant,
) -> Result<Vec<PartyId>, Error> {
    store
        .erase_party(id, asking, now)
        .map_err(|error| match error {
            store::Error::Stale { .. } => not_held(id),
            other => other.into(),
        })
}

fn not_held(id: PartyId) -> Error {
    Error::Refused(format!("the register has no party `{}`", id.0))
}
