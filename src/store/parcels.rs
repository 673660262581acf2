//! Parcel versions as rows.

use super::codes::{self, Words};
use super::connection::{AnyConnection, on_both};
use super::error::Error;
use super::schema::{parcels, parcels_closed};
use crate::cadastre::Day;
use crate::cadastre::{
    Instant, Interval, Lifespan, MapScale, NationalParcelIdentifier, Parcel, ParcelId, ParcelKey,
    ParcelNumber, ParcelStatus, ParcelVersion, RegisteredArea, Revision, SheetNumber, VersionId,
};
use crate::crs::Epsg;
use crate::geometry::{Shape, blob};
use diesel::dsl::max;
use diesel::prelude::*;

/// A row of `parcels` or `parcels_closed`.
#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = parcels)]
#[diesel(table_name = parcels_closed)]
#[diesel(treat_none_as_default_value = false)]
pub(super) struct ParcelRow {
    pub version: i64,
    pub geom: Vec<u8>,
    pub parcel_id: i64,
    pub national_identifier: Option<String>,
    pub ward: String,
    pub map_commune: String,
    pub map_sheet: String,
    pub map_number: String,
    pub certificate_commune: Option<String>,
    pub certificate_sheet: Option<String>,
    pub certificate_number: Option<String>,
    pub registered_area_m2: Option<f64>,
    pub measured_area_m2: f64,
    pub scale: i64,
    pub status: String,
    pub land_use: String,
    pub plane: i64,
    pub shape: Vec<u8>,
    pub valid_from: String,
    pub valid_to: Option<String>,
    pub recorded_from: i64,
    pub recorded_to: Option<i64>,
    pub recorded_in: i64,
    pub closed_in: Option<i64>,
}

super::tables::versioned_table!(ParcelRow, "parcel", parcel_id: i64, parcels, parcels_closed);

impl ParcelRow {
    /// The greatest key of a parcel that has a version; keys beyond it have none.
    pub fn newest(connection: &mut AnyConnection) -> Result<Option<i64>, Error> {
        let of_both: [Option<i64>; 2] = on_both!(connection, c => [
            parcels::table.select(max(parcels::parcel_id)).first(c)?,
            parcels_closed::table.select(max(parcels_closed::parcel_id)).first(c)?,
        ]);
        Ok(of_both.into_iter().flatten().max())
    }

    /// A version not yet recorded, with the display geometry made elsewhere.
    pub fn new(parcel: &Parcel, from: Day, to: Option<Day>, geom: Vec<u8>) -> Self {
        let certificate = parcel.as_certificate.as_ref();
        Self {
            version: 0,
            geom,
            parcel_id: parcel.id.get(),
            national_identifier: parcel
                .national_identifier
                .as_ref()
                .map(|id| id.as_str().to_owned()),
            ward: parcel.ward.to_string(),
            map_commune: parcel.as_map.commune.to_string(),
            map_sheet: parcel.as_map.sheet.as_str().to_owned(),
            map_number: parcel.as_map.number.as_str().to_owned(),
            certificate_commune: certificate.map(|key| key.commune.to_string()),
            certificate_sheet: certificate.map(|key| key.sheet.as_str().to_owned()),
            certificate_number: certificate.map(|key| key.number.as_str().to_owned()),
            registered_area_m2: parcel.registered_area.map(RegisteredArea::m2),
            measured_area_m2: parcel.measured_area().m2(),
            scale: i64::from(parcel.scale.denominator()),
            status: parcel.status.word().to_owned(),
            land_use: codes::write_land_use(&parcel.land_use),
            plane: i64::from(parcel.plane.0),
            shape: blob::encode_shape(parcel.plane.0, &Shape::Areas(parcel.shape.clone())),
            valid_from: from.to_string(),
            valid_to: to.map(|day| day.to_string()),
            recorded_from: 0,
            recorded_to: None,
            recorded_in: 0,
            closed_in: None,
        }
    }
}

/// The columns that make a version; the display geometry and the derived area are not read back.
#[derive(Debug, Queryable)]
pub(super) struct StoredParcel {
    version: i64,
    parcel_id: i64,
    national_identifier: Option<String>,
    ward: String,
    map_commune: String,
    map_sheet: String,
    map_number: String,
    certificate_commune: Option<String>,
    certificate_sheet: Option<String>,
    certificate_number: Option<String>,
    registered_area_m2: Option<f64>,
    scale: i64,
    status: String,
    land_use: String,
    shape: Vec<u8>,
    valid_from: String,
    valid_to: Option<String>,
    recorded_from: i64,
    recorded_to: Option<i64>,
    recorded_in: i64,
}

/// The columns of [`StoredParcel`] in a table.
macro_rules! stored_parcel {
    ($table:ident) => {
        (
            $table::version,
            $table::parcel_id,
            $table::national_identifier,
            $table::ward,
            $table::map_commune,
            $table::map_sheet,
            $table::map_number,
            $table::certificate_commune,
            $table::certificate_sheet,
            $table::certificate_number,
            $table::registered_area_m2,
            $table::scale,
            $table::status,
            $table::land_use,
            $table::shape,
            $table::valid_from,
            $table::valid_to,
            $table::recorded_from,
            $table::recorded_to,
            $table::recorded_in,
        )
    };
}
pub(super) use stored_parcel;

impl StoredParcel {
    /// The version it states.
    pub fn into_version(self) -> Result<ParcelVersion, Error> {
        let (plane, shape) = blob::decode_shape(&self.shape)?;
        let Shape::Areas(shape) = shape else {
            return Err(Error::corrupt(
                &self.version,
                "a version whose shape is an area",
            ));
        };
        let as_certificate = match (
            &self.certificate_commune,
            &self.certificate_sheet,
            &self.certificate_number,
        ) {
            (Some(commune), Some(sheet), Some(number)) => Some(key(commune, sheet, number)?),
            _ => None,
        };
        let identifier = self.national_identifier.as_deref();
        Ok(ParcelVersion {
            version: VersionId(self.version),
            parcel: Parcel {
                id: ParcelId::new(self.parcel_id)?,
                national_identifier: identifier
                    .map(NationalParcelIdentifier::parse)
                    .transpose()?,
                ward: codes::ward_code(&self.ward)?,
                as_map: key(&self.map_commune, &self.map_sheet, &self.map_number)?,
                as_certificate,
                plane: Epsg(plane),
                shape,
                registered_area: self.registered_area_m2.map(registered).transpose()?,
                scale: MapScale::from_denominator(self.scale)
                    .ok_or_else(|| Error::corrupt(&self.scale, "the scale of a survey"))?,
                land_use: codes::read_land_use(&self.land_use)?,
                status: ParcelStatus::read(&self.status)?,
            },
            lifespan: Lifespan {
                valid: Interval {
                    from: Day::parse(&self.valid_from)?,
                    to: codes::optional_day(self.valid_to.as_deref())?,
                },
                recorded: Interval {
                    from: Instant(self.recorded_from),
                    to: self.recorded_to.map(Instant),
                },
            },
            recorded_in: Revision(codes::narrow(self.recorded_in, "a revision")?),
        })
    }
}

/// A key as its columns state it.
pub(super) fn key(commune: &str, sheet: &str, number: &str) -> Result<ParcelKey, Error> {
    Ok(ParcelKey {
        commune: codes::ward_code(commune)?,
        sheet: SheetNumber::parse(sheet)?,
        number: ParcelNumber::parse(number)?,
    })
}

fn registered(m2: f64) -> Result<RegisteredArea, Error> {
    RegisteredArea::from_m2(m2).map_err(|e| Error::corrupt(&e.0, "a registered area"))
}
