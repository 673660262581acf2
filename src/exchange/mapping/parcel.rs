//! A feature read as a parcel.

use super::land_use;
use super::mapper::Mapper;
use super::reading::{Read, Reading, unreadable, wrong_kind};
use crate::cadastre::{
    Day, MapScale, NationalParcelIdentifier, ParcelKey, ParcelNumber, ParcelStatus, SheetNumber,
};
use crate::exchange::profile::AreaUnit;
use crate::exchange::source::RawFeature;
use crate::exchange::stated_area::{NoArea, StatedArea, ambiguous};
use crate::exchange::{Finding, FindingCode, ParcelDraft, Unstated};
use crate::geometry::MultiPolygon;

impl Mapper<'_> {
    /// The parcel that a feature states, and whether its measured area told which of two its
    /// registered one is.
    pub(super) fn parcel(&self, feature: &RawFeature) -> Read<(ParcelDraft, bool)> {
        let reading = self.reading(feature);
        let as_map = map_key(&reading)?;
        let key = as_map.to_string();
        self.parcel_with(&reading, as_map)
            .map_err(|finding| Box::new(finding.with_key(key)))
    }

    /// The facts of parcels of which the layer says nothing.
    pub fn unstated(&self) -> Unstated {
        let certificate = [
            "certificate_commune",
            "certificate_sheet",
            "certificate_number",
        ];
        Unstated {
            as_certificate: !certificate.iter().any(|part| self.states(part)),
            national_identifier: !self.states("national_identifier"),
            registered_area: !self.states("registered_area"),
            land_use: !self.states("land_use"),
            status: !self.states("status"),
        }
    }

    fn parcel_with(&self, reading: &Reading<'_>, as_map: ParcelKey) -> Read<(ParcelDraft, bool)> {
        let ward = reading.ward("ward")?;
        let geometry = self.geometry(reading.feature)?;
        if geometry.areas.is_empty() {
            return Err(wrong_kind(geometry, "Polygon"));
        }
        let commune = ward.unwrap_or(as_map.commune);
        let (valid_from, valid_to) = (reading.day("valid_from")?, reading.day("valid_to")?);
        if let (Some(from), Some(to)) = (valid_from, valid_to)
            && to <= from
        {
            return Err(never_valid(from, to));
        }
        let plane = self.plane(reading, geometry, &|_| self.plane_of_ward?(commune))?;
        let (shape, scale) = (self.placing.areas(plane, geometry)?, scale(reading)?);
        let registered = self.registered_area(reading, (&shape, scale))?;
        let draft = ParcelDraft {
            feature: reading.feature.feature_number(),
            shape,
            plane: plane.epsg,
            as_certificate: certificate_key(reading, &as_map)?,
            ward,
            national_identifier: reading
                .parsed("national_identifier", NationalParcelIdentifier::parse)?,
            registered_area: registered.map(|stated| stated.area),
            scale,
            land_use: reading
                .parsed("land_use", land_use::read)?
                .unwrap_or_default(),
            status: status(reading)?,
            valid_from,
            valid_to,
            as_map,
        };
        Ok((draft, registered.is_some_and(|stated| stated.by_measure)))
    }

    fn registered_area(
        &self,
        reading: &Reading<'_>,
        drawn: (&MultiPolygon, MapScale),
    ) -> Read<Option<StatedArea>> {
        let unit_m2 = match self.profile.area_unit {
            AreaUnit::SquareMetres => 1.0,
            AreaUnit::Hectares => 10_000.0,
        };
        let Some((found, written)) = reading.written("registered_area")? else {
            return Ok(None);
        };
        let stated = StatedArea::of(written, unit_m2, drawn).map_err(|e| match e {
            NoArea::OutOfRange => unreadable(&found, "0 - 1e12 m²"),
            NoArea::Ambiguous(decimal, grouped) => {
                Box::new(ambiguous(found.from, &found.text, decimal, grouped))
            }
        });
        stated.map(Some)
    }
}

fn never_valid(from: Day, to: Day) -> Box<Finding> {
    let (from, to) = (from.to_string(), to.to_string());
    let values = [("from", from.as_str()), ("to", &to)];
    let code = FindingCode::UnreadableField;
    Box::new(Finding::rejection(code, "never_valid", &values))
}

fn map_key(reading: &Reading<'_>) -> Read<ParcelKey> {
    let commune = reading.ward("commune")?;
    let sheet = reading.parsed("sheet", SheetNumber::parse)?;
    let number = reading.parsed("number", ParcelNumber::parse)?;
    Ok(ParcelKey {
        commune: commune.ok_or_else(|| reading.missing("commune"))?,
        sheet: sheet.ok_or_else(|| reading.missing("sheet"))?,
        number: number.ok_or_else(|| reading.missing("number"))?,
    })
}

/// The key on the certificate, when a part of it is given; the rest is as on the map.
fn certificate_key(reading: &Reading<'_>, as_map: &ParcelKey) -> Read<Option<ParcelKey>> {
    let commune = reading.ward("certificate_commune")?;
    let sheet = reading.parsed("certificate_sheet", SheetNumber::parse)?;
    let number = reading.parsed("certificate_number", ParcelNumber::parse)?;
    if commune.is_none() && sheet.is_none() && number.is_none() {
        return Ok(None);
    }
    Ok(Some(ParcelKey {
        commune: commune.unwrap_or(as_map.commune),
        sheet: sheet.unwrap_or_else(|| as_map.sheet.clone()),
        number: number.unwrap_or_else(|| as_map.number.clone()),
    }))
}

/// `500`, `1:500` or `1/500`.
pub(super) fn scale(reading: &Reading<'_>) -> Read<MapScale> {
    let found = reading.required("scale")?;
    let text = found.text.trim_start_matches("1:").trim_start_matches("1/");
    let denominator = text.parse().ok();
    denominator
        .and_then(MapScale::from_denominator)
        .ok_or_else(|| unreadable(&found, "200, 500, 1000, 2000"))
}

/// In use where nothing is said.
pub(super) fn status(reading: &Reading<'_>) -> Read<ParcelStatus> {
    let Some(found) = reading.found("status")? else {
        return Ok(ParcelStatus::InUse);
    };
    match &*found.text {
        "in_use" => Ok(ParcelStatus::InUse),
        "recovered" => Ok(ParcelStatus::Recovered),
        "disputed" => Ok(ParcelStatus::Disputed),
        _ => Err(unreadable(&found, "in_use, recovered, disputed")),
    }
}
