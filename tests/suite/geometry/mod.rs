//! The geometry room against cases, libraries and oracles that others wrote or that are exact.

mod jts;
mod jts_cases;
mod wkt;
