//! What every city knows before it has a register: coordinate systems and tables of codes.

use std::sync::Arc;

use super::Error;
use super::rule_packs::packs_in_force;
use crate::cadastre::LandUseTable;
use crate::crs::{Planes, Transforms};
use crate::land::City;
use crate::planning::ThemeCatalogue;
use crate::rules::Pack;

/// Coordinate systems and tables of codes.
pub struct Reference {
    /// Coordinate systems.
    pub city: City,
    /// Codes of land use, by date.
    pub land_use: LandUseTable,
    /// Themes that must exist.
    pub themes: ThemeCatalogue,
    /// Rule packs that are law.
    pub packs: Vec<Pack>,
}

impl Reference {
    /// The tables that come with the program, from `data/`; PROJ's database is read here only.
    ///
    /// # Errors
    /// [`Error::Internal`] when PROJ's database is not there or too old.
    pub fn built_in() -> Result<Self, Error> {
        let failed = |what: &'static str| move |error| Error::internal(what, error);
        let planes = Planes::load(include_str!("../../data/planes.toml"))
            .map_err(failed("cannot read the planes of the city"))?;
        let transforms = Transforms::new(&planes)
            .map_err(failed("cannot set up the coordinate systems of the city"))?;
        let land_use = LandUseTable::load(include_str!("../../data/land_use_codes.toml"))
            .map_err(|error| Error::internal("cannot read the codes of land use", error))?;
        let themes = ThemeCatalogue::load(include_str!("../../data/themes.toml"))
            .map_err(|error| Error::internal("cannot read the catalogue of themes", error))?;
        Ok(Self {
            city: City {
                planes: Arc::new(planes),
                transforms: Arc::new(transforms),
            },
            land_use,
            themes,
            packs: packs_in_force()?,
        })
    }
}
