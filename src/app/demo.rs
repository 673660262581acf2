//! Builds the demo city into an empty register.

use super::held::Wards;
use super::wards::built_in_wards;
use super::{Clock, Error, Reference};
use crate::cadastre::Revision;
use crate::exchange::demo::{DemoCity, DemoOptions};
use crate::store::{CityDisplay, Store};

const CITY_FILE: &str = include_str!("../../data/demo/city.toml");

/// What was built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuiltDemo {
    /// State of the register afterwards.
    pub revision: Revision,
    /// Parcels that exist today.
    pub parcels: u64,
    /// Versions of parcels, those of before included.
    pub versions: u64,
    /// Defects planted for checks to find.
    pub planted: u64,
    /// Certificates, those of before included.
    pub certificates: u64,
    /// Made-up parties.
    pub parties: u64,
}

/// Plans the city and writes it, one revision for each of its edits; `progress` hears how many
/// versions are written. A city that fits into one edit is written whole or not at all.
///
/// # Errors
/// [`Error::Refused`] when the register holds anything, or the wards have no room for so many
/// parcels; what the store fails with.
pub fn build_demo_city(
    store: &Store,
    reference: &Reference,
    options: DemoOptions,
    clock: &Clock,
    progress: &mut dyn FnMut(u64),
) -> Result<BuiltDemo, Error> {
    let held = store.revision()?;
    if held != Revision(0) {
        return Err(Error::Refused(format!(
            "the register already holds revision `{}`, expected an empty one for the demo city",
            held.0
        )));
    }
    let city = &reference.city;
    let Wards { wards, successions } = built_in_wards(city)?;
    let display = CityDisplay::new(&city.planes, &city.transforms)
        .map_err(|error| Error::internal("cannot set up the display of the city", error))?;
    let mut demo = DemoCity::new(options, CITY_FILE, &wards, &successions, &city.planes)
        .map_err(|error| Error::Refused(error.to_string()))?
        .known_up_to(clock().day_in_vietnam());
    let mut built = BuiltDemo {
        revision: held,
        parcels: options.parcels,
        versions: 0,
        planted: 0,
        certificates: 0,
        parties: 0,
    };
    for edit in demo.by_ref() {
        built.revision = store.commit(&edit, clock(), &display)?;
        built.versions += edit.parcels.len() as u64;
        built.certificates += edit.rights.units.len() as u64;
        built.parties += edit.rights.parties.len() as u64;
        progress(built.versions);
    }
    built.planted = demo.planted().len() as u64;
    Ok(built)
}
