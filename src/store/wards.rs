//! Wards as rows.

use super::codes::{self, Words};
use super::connection::{AnyConnection, on_both, stream};
use super::error::Error;
use super::schema::{wards, wards_closed};
use crate::cadastre::{Day, Interval, Ward, WardKind};
use crate::crs::Epsg;
use crate::geometry::{Shape, blob};
use diesel::prelude::*;

/// A row of `wards` or `wards_closed`.
#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = wards)]
#[diesel(table_name = wards_closed)]
#[diesel(treat_none_as_default_value = false)]
pub(super) struct WardRow {
    pub version: i64,
    pub geom: Vec<u8>,
    pub code: String,
    pub name: String,
    pub kind: String,
    pub plane: i64,
    pub shape: Vec<u8>,
    pub valid_from: String,
    pub valid_to: Option<String>,
    pub recorded_from: i64,
    pub recorded_to: Option<i64>,
    pub recorded_in: i64,
    pub closed_in: Option<i64>,
}

super::tables::versioned_table!(WardRow, "ward", code: String, wards, wards_closed);

impl WardRow {
    /// A version not yet recorded.
    pub fn new(ward: &Ward, border: &Shape, geom: Vec<u8>) -> Self {
        Self {
            version: 0,
            geom,
            code: ward.code.to_string(),
            name: ward.name.clone(),
            kind: ward.kind.word().to_owned(),
            plane: i64::from(ward.plane.0),
            shape: blob::encode_shape(ward.plane.0, border),
            valid_from: ward.valid.from.to_string(),
            valid_to: ward.valid.to.map(|day| day.to_string()),
            recorded_from: 0,
            recorded_to: None,
            recorded_in: 0,
            closed_in: None,
        }
    }

    /// The ward it states.
    pub fn into_ward(self) -> Result<Ward, Error> {
        let (plane, shape) = blob::decode_shape(&self.shape)?;
        let Shape::Areas(border) = shape else {
            return Err(Error::corrupt(&self.code, "a ward whose border is an area"));
        };
        Ok(Ward {
            code: codes::ward_code(&self.code)?,
            name: self.name,
            kind: WardKind::read(&self.kind)?,
            plane: Epsg(plane),
            border,
            valid: Interval {
                from: Day::parse(&self.valid_from)?,
                to: codes::optional_day(self.valid_to.as_deref())?,
            },
        })
    }
}

/// Visits the wards that are the current knowledge and were recorded after a revision.
pub(super) fn visit(
    connection: &mut AnyConnection,
    after: i64,
    mut visit: impl FnMut(Ward),
) -> Result<(), Error> {
    let mut take = |row: WardRow| -> Result<(), Error> {
        visit(row.into_ward()?);
        Ok(())
    };
    stream!(
        connection,
        wards::table
            .filter(wards::recorded_in.gt(after))
            .order((wards::recorded_in, wards::version)),
        WardRow,
        &mut take
    );
    stream!(
        connection,
        wards_closed::table
            .filter(wards_closed::recorded_in.gt(after))
            .filter(wards_closed::closed_in.is_null())
            .order((wards_closed::recorded_in, wards_closed::version)),
        WardRow,
        &mut take
    );
    Ok(())
}
