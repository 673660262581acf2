//! From what applies to a parcel to what is said of it.

use serde_json::Value;

use super::changes::changes;
use super::decimal::{day_text, decimal, square_metres};
use super::planning::planning;
use super::said::{Said, kind, provisions, word_of};
use super::view::{
    AreasView, ChangesView, ExtractView, KeyView, LandUseView, NamedView, ParcelView,
    RestrictionView, SummaryView, ThemeView,
};
use crate::app::{self, Error, View};
use crate::cadastre::{AreaCheck, Day, ParcelId, ParcelStatus, RegisteredArea};
use crate::crs::Epsg;
use crate::evidence::canonical_bytes;
use crate::geometry::{MultiPolygon, Shape};
use crate::http::features::system::System;
use crate::http::json::Json;
use crate::http::language::Language;
use crate::http::parcel_view::Wording;
use crate::http::positions::Positions;
use crate::http::shape_view;
use crate::land::extract::{Concern, Extract, Part, Restriction, ThemeExtract};
use crate::land::{Entry, EntryKey, LotNumber};

/// How an extract is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// Language of its texts.
    pub language: Language,
    /// System of its shapes; without one it has none.
    pub system: Option<System>,
    /// The earlier day since which changes are told, if any.
    pub since: Option<Day>,
}

/// The extract of a parcel on the day of a view, as canonical JSON: an [`ExtractView`].
///
/// # Errors
/// [`app::Error::NotFound`] for a parcel that is not there on the day; [`app::Error::Internal`]
/// for a plane that is none of the city's.
pub fn canonical(view: &View, id: ParcelId, asked: Asked) -> Result<Vec<u8>, app::Error> {
    let extract = view.extract(id)?;
    let written = written(view, &extract, asked)?;
    let failed = |error: Box<dyn std::error::Error + Send + Sync>| {
        Error::internal("cannot write an extract", error)
    };
    if asked.system.is_some() {
        // Coordinates are numbers, which serde writes in a form of its own.
        return canonical_bytes(&written).map_err(|error| failed(error.into()));
    }
    serde_json::to_vec(&written).map_err(|error| failed(error.into()))
}

/// What is said of an extract.
///
/// # Errors
/// [`app::Error::Internal`] for a plane that is none of the city's.
pub fn written(
    view: &View,
    extract: &Extract<'_>,
    asked: Asked,
) -> Result<ExtractView, app::Error> {
    let writer = Writer {
        view,
        said: Said::of(extract, asked.language),
        positions: asked
            .system
            .map(|system| system.positions(view))
            .transpose()?,
        plane: extract.parcel.plane,
        parcel: &extract.shape,
    };
    let mut summary = SummaryView::default();
    for theme in &extract.themes {
        let list = match theme.concern() {
            Concern::Concerned => &mut summary.concerned,
            Concern::NotConcerned => &mut summary.not_concerned,
            Concern::NoData => &mut summary.without_data,
        };
        list.push(theme.theme.0.to_string());
    }
    let themes = extract.themes.iter().map(|theme| writer.theme(theme));
    Ok(ExtractView {
        areas: areas(extract),
        changes: asked.since.map(|since| writer.changes(extract, since)),
        crs: asked.system.map(System::uri),
        date: day_text(view.date()),
        language: asked.language.tag().to_owned(),
        parcel: writer.parcel(extract)?,
        planning: planning(&writer.said, extract),
        recorded_at: view.recorded_at().map(|at| at.to_string()),
        revision: view.revision().0,
        summary,
        synthetic: view.is_synthetic(),
        themes: themes.collect::<Result<_, _>>()?,
    })
}

/// The outlines of the parcels beside it, as GeoJSON in longitude and latitude.
///
/// # Errors
/// As [`written`].
pub fn beside(view: &View, extract: &Extract<'_>) -> Result<Vec<Value>, app::Error> {
    let neighbours = view.neighbours(&extract.parcel);
    let shapes = neighbours.into_iter().map(|beside| {
        let parcel = beside.parcel;
        let shape = Shape::Areas(parcel.shape);
        drawn(view, &Positions::LonLat, parcel.plane, &shape)
    });
    shapes.collect()
}

/// A shape of a plane as GeoJSON.
fn drawn(
    view: &View,
    positions: &Positions,
    plane: Epsg,
    shape: &Shape,
) -> Result<Value, app::Error> {
    let mut json = Json::with_capacity(512);
    let transforms = &view.city().transforms;
    shape_view::shape(&mut json, transforms, positions, plane, shape)?;
    serde_json::from_slice(&json.into_bytes())
        .map_err(|error| Error::internal("cannot write an extract", error))
}

struct Writer<'v> {
    view: &'v View,
    said: Said,
    positions: Option<Positions>,
    plane: Epsg,
    parcel: &'v MultiPolygon,
}

impl Writer<'_> {
    fn changes(&self, after: &Extract<'_>, since: Day) -> ChangesView {
        let earlier = self.view.on(since);
        let before = earlier.extract(after.parcel.id).ok();
        let days = (since, self.view.date());
        changes(
            before.as_ref(),
            after,
            (self.view, days),
            self.said.language,
        )
    }

    fn theme(&self, theme: &ThemeExtract<'_>) -> Result<ThemeView, app::Error> {
        let said = &self.said;
        let restrictions = |listed: &[Restriction<'_>]| -> Result<Vec<_>, app::Error> {
            listed.iter().map(|one| self.restriction(one)).collect()
        };
        let first = theme.layers.first().map(|consulted| consulted.layer);
        let title = match (theme.listed, first) {
            (Some(listed), _) => said.choose(&listed.title_vi, &listed.title_en),
            (None, Some(layer)) => said.choose(&layer.title_vi, &layer.title_en),
            (None, None) => &theme.theme.0,
        };
        let restricts = theme.listed.map(|listed| {
            let text = said.choose(&listed.restricts_vi, &listed.restricts_en);
            text.to_owned()
        });
        let date = self.view.date();
        Ok(ThemeView {
            code: theme.theme.0.to_string(),
            concern: word_of(theme.concern()).to_owned(),
            contacts: restrictions(&theme.contacts)?,
            gaps: theme.gaps.iter().map(|gap| said.gap(gap, date)).collect(),
            layers: theme.layers.iter().map(|own| said.layer(own)).collect(),
            restrictions: restrictions(&theme.restrictions)?,
            restricts,
            title: title.to_owned(),
        })
    }

    fn restriction(&self, restriction: &Restriction<'_>) -> Result<RestrictionView, app::Error> {
        let (layer, feature) = (restriction.layer, restriction.feature());
        let mut view = RestrictionView {
            accuracy_mm: layer.accuracy_mm,
            as_of: day_text(layer.as_of),
            count: None,
            features: restriction.features.iter().map(|f| f.id.0).collect(),
            geometry: self.geometry_of(&restriction.part)?,
            kind: kind(feature).to_owned(),
            law_status: layer.law_status.as_str().to_owned(),
            layer: layer.code.to_string(),
            legend: self.said.legend(feature),
            length_mm: None,
            office: self.said.office(layer),
            provisions: provisions(layer, feature),
            share: None,
            synthetic: layer.synthetic,
            valid_from: day_text(feature.lifespan.valid.from),
            width_mm: None,
        };
        match &restriction.part {
            Part::Area {
                twice_mm2,
                width_mm,
                ..
            } => {
                view.share = Some(self.said.share(*twice_mm2));
                view.width_mm = Some(*width_mm);
            }
            Part::Length { mm, .. } => view.length_mm = Some(*mm),
            Part::Points(points) => view.count = Some(points.len() as u32),
        }
        Ok(view)
    }

    fn parcel(&self, extract: &Extract<'_>) -> Result<ParcelView, app::Error> {
        let parcel = &extract.parcel;
        let view = self.view;
        let day = view.naming_day(parcel.valid);
        let ward = view.ward_name(parcel.ward, day);
        let certificate = parcel.as_certificate.as_ref();
        let mut land_use = Vec::new();
        parcel.each_land_use(|line| {
            let purpose = view.land_use(line.code, day);
            let name = purpose.map(|own| self.said.choose(&own.name_vi, &own.name_en).to_owned());
            land_use.push(LandUseView {
                area_m2: line.area.map(registered),
                code: line.code.as_str().to_owned(),
                name,
                until: line.until.map(day_text),
            });
        });
        Ok(ParcelView {
            as_certificate: certificate.map(|key| written_key(self.view, key)),
            as_map: written_key(self.view, &parcel.as_map),
            epsg: parcel.plane.0,
            geometry: self.geometry(&Shape::Areas(extract.shape.clone()))?,
            id: parcel.id.get(),
            label: Wording::new(view, self.said.language).label_text(parcel, ward),
            land_use,
            national_identifier: parcel.identifier_text(),
            recorded_in: parcel.recorded_in.0,
            scale: parcel.scale.denominator(),
            status: status(parcel).to_owned(),
            valid_from: day_text(parcel.valid.from),
            valid_to: parcel.valid.to.map(day_text),
            ward: NamedView {
                code: parcel.ward.to_string(),
                name: ward.map(str::to_owned),
            },
        })
    }

    fn geometry_of(&self, part: &Part) -> Result<Option<Value>, app::Error> {
        if self.positions.is_none() {
            return Ok(None);
        }
        let shape = match part {
            Part::Area { shape, .. } => Shape::Areas(shape.as_ref().unwrap_or(self.parcel).clone()),
            Part::Length { lines, .. } => Shape::Lines(lines.clone()),
            Part::Points(points) => Shape::Points(points.clone()),
        };
        self.geometry(&shape)
    }

    /// A shape of the parcel's plane as GeoJSON, where shapes are wanted.
    fn geometry(&self, shape: &Shape) -> Result<Option<Value>, app::Error> {
        let positions = self.positions.as_ref();
        let drawn = positions.map(|positions| drawn(self.view, positions, self.plane, shape));
        drawn.transpose()
    }
}

/// A key by sheet and number.
pub fn written_key(view: &View, key: &EntryKey<'_>) -> KeyView {
    let name = view.commune_name(key.commune);
    let district = view.commune_district(key.commune);
    let name = name.map(|name| match district {
        Some(district) => format!("{name}, {district}"),
        None => name.to_owned(),
    });
    KeyView {
        commune: NamedView {
            code: key.commune.to_string(),
            name,
        },
        number: match key.number {
            LotNumber::Plain(number) => number.to_string(),
            LotNumber::Text(text) => text.to_owned(),
        },
        sheet: key.sheet.to_owned(),
    }
}

fn areas(extract: &Extract<'_>) -> AreasView {
    let parcel = &extract.parcel;
    let measured = parcel.measured_area();
    let check = parcel
        .registered_area
        .map(|area| AreaCheck::compare(parcel.scale, area, measured));
    AreasView {
        differ: check.map(|check| !check.is_within()),
        measured_m2: square_metres(extract.shape.twice_area()),
        registered_m2: parcel.registered_area.map(registered),
        tolerance_m2: check.map(|check| decimal(i128::from(check.tolerance_mm2), 1_000_000, 3)),
    }
}

/// A registered area in m².
pub fn registered(area: RegisteredArea) -> String {
    decimal(i128::from(area.hundredths_m2()), 100, 2)
}

/// The word for its status.
pub const fn status(parcel: &Entry<'_>) -> &'static str {
    match parcel.status {
        ParcelStatus::InUse => "inUse",
        ParcelStatus::Recovered => "recovered",
        ParcelStatus::Disputed => "disputed",
    }
}
