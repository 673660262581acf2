//! The wards that come with the program: those of today with their borders, and what they were.

use super::held::Wards;
use super::{Error, Reference};
use crate::cadastre::{Day, Instant, Revision, WardCode, ward_successions};
use crate::exchange::read_wards;
use crate::land::{City, Edit};
use crate::store::{CityDisplay, Store};

const WARDS: &[u8] = include_bytes!("../../data/wards/wards.gpkg");
const WARDS_FILE: &str = include_str!("../../data/wards/wards.toml");
const CROSSWALK: &str = include_str!("../../data/wards/ward-crosswalk-2025.csv");
/// The day on which the wards of the crosswalk became those of today: 1 July 2025.
const MERGER: Day = Day(20_270);

/// The 168 wards of today and the crosswalk from those of before.
pub(super) fn built_in_wards(city: &City) -> Result<Wards, Error> {
    let wards = read_wards(WARDS, WARDS_FILE, &city.planes, &city.transforms)
        .map_err(|error| Error::internal("cannot read the wards", error))?;
    let successions = ward_successions(CROSSWALK, MERGER)
        .map_err(|error| Error::internal("cannot read the crosswalk of the wards", error))?;
    Ok(Wards { wards, successions })
}

/// Whether a ward is one of the city's, of today or of before the merger.
///
/// # Errors
/// [`Error::Internal`] when the crosswalk that comes with the program is none.
pub fn is_of_city(code: WardCode) -> Result<bool, Error> {
    let all = ward_successions(CROSSWALK, MERGER)
        .map_err(|error| Error::internal("cannot read the crosswalk of the wards", error))?;
    let mut all = all.iter();
    Ok(all.any(|one| one.ward == code || one.former.code == Some(code)))
}

/// Writes the wards as the first revision of a register that holds nothing yet: without them no
/// parcel could be told where it lies.
///
/// # Errors
/// What the store fails with.
pub(super) fn begin_register(
    store: &Store,
    reference: &Reference,
    now: Instant,
) -> Result<(), Error> {
    if store.revision()? != Revision(0) {
        return Ok(());
    }
    let city = &reference.city;
    let Wards { wards, successions } = built_in_wards(city)?;
    let display = CityDisplay::new(&city.planes, &city.transforms)
        .map_err(|error| Error::internal("cannot set up the display of the city", error))?;
    let edit = Edit {
        based_on: Some(Revision(0)),
        dataset: "wards".to_owned(),
        summary: "the wards that come with the program".to_owned(),
        wards,
        successions,
        ..Edit::default()
    };
    store.commit(&edit, now, &display)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_merger_is_the_day_on_which_the_wards_of_today_begin() {
        assert_eq!(MERGER.to_string(), "2025-07-01");
        assert!(WARDS_FILE.contains("day = \"2025-07-01\""));
    }
}
