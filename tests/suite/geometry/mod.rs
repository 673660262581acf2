//! The geometry room against cases, libraries and oracles that others wrote or that are exact.

mod defects;
mod differential;
mod jts;
mod jts_cases;
pub(crate) mod oracle;
mod overlay_areas;
mod properties;
pub(crate) mod random;
mod relations;
mod wkt;
