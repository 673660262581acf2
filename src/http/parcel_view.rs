//! From the land's own values to their views, with names in the language of the answer.

use super::language::Language;
use super::shape_view::{geometry, plane_view, polygons, rounded};
use super::view::{
    FeatureView, KeyView, LandUseView, LikelyCauseView, LineageView, NeighbourView,
    NothingHereView, ParcelView, SuggestionView, WardView,
};
use crate::app::{self, View};
use crate::cadastre::{
    Day, LandUseLine, Lineage, LineageKind, ParcelKey, ParcelStatus, ParcelVersion, UseForm,
    WardCode,
};
use crate::crs::Cause;
use crate::land::{Match, MatchedBy, NothingHere, Suggestion, SuggestionKind};

/// Makes views of what one [`View`] holds, in one language.
pub struct Wording<'a> {
    view: &'a View,
    language: Language,
}

impl<'a> Wording<'a> {
    /// For the answers of one view of the land.
    pub fn new(view: &'a View, language: Language) -> Self {
        Self { view, language }
    }

    /// Parcels that answer a question.
    ///
    /// # Errors
    /// As [`Wording::feature`].
    pub fn matches(
        &self,
        matches: &[Match],
        neighbours: bool,
    ) -> Result<Vec<FeatureView>, app::Error> {
        let feature = |found: &Match| {
            let mut feature = self.feature(&found.version, neighbours)?;
            feature.properties.matched_by = Some(matched_by(found.matched_by));
            feature.properties.circle_share = found.circle_share.map(|s| rounded(s, 1e6));
            Ok(feature)
        };
        matches.iter().map(feature).collect()
    }

    /// Versions of a parcel.
    ///
    /// # Errors
    /// As [`Wording::feature`].
    pub fn versions(&self, versions: &[ParcelVersion]) -> Result<Vec<FeatureView>, app::Error> {
        versions
            .iter()
            .map(|version| self.feature(version, false))
            .collect()
    }

    /// One parcel in one version.
    ///
    /// # Errors
    /// [`app::Error::Internal`] when its plane is none of the city's.
    pub fn feature(
        &self,
        version: &ParcelVersion,
        neighbours: bool,
    ) -> Result<FeatureView, app::Error> {
        let parcel = &version.parcel;
        let city = self.view.city();
        let plane = self.view.plane(parcel.plane)?;
        let day = self.view.naming_day(version);
        let ward = self.ward(parcel.ward, day);
        let areas = self.view.areas(parcel);
        let properties = ParcelView {
            label: self.label(&parcel.as_map, &ward),
            matched_by: None,
            circle_share: None,
            as_map: self.key(&parcel.as_map),
            as_certificate: parcel.as_certificate.as_ref().map(|key| self.key(key)),
            ward,
            national_identifier: parcel
                .national_identifier
                .as_ref()
                .map(|i| i.as_str().to_owned()),
            land_use: parcel
                .land_use
                .iter()
                .map(|line| self.land_use(line, day))
                .collect(),
            registered_area: parcel.registered_area.map(|area| area.m2()),
            measured_area: rounded(areas.measured.m2(), 1e4),
            area_tolerance: areas.tolerance_m2.map(|m2| rounded(m2, 1e2)),
            area_differs: areas.differ,
            status: match parcel.status {
                ParcelStatus::InUse => "inUse",
                ParcelStatus::Recovered => "recovered",
                ParcelStatus::Disputed => "disputed",
            },
            scale: parcel.scale.denominator(),
            valid_from: version.lifespan.valid.from.to_string(),
            valid_to: version.lifespan.valid.to.map(|day| day.to_string()),
            recorded_in: version.recorded_in.0,
            plane: plane_view(&city.transforms, plane, &parcel.shape),
            neighbours: neighbours.then(|| self.neighbours(version)).transpose()?,
        };
        Ok(FeatureView {
            kind: "Feature",
            id: parcel.id.get(),
            synthetic: None,
            revision: None,
            date: None,
            geometry: geometry(&city.transforms, parcel.plane, &parcel.shape)?,
            properties,
        })
    }

    fn neighbours(&self, version: &ParcelVersion) -> Result<Vec<NeighbourView>, app::Error> {
        let view = |beside: &ParcelVersion| {
            let parcel = &beside.parcel;
            Ok(NeighbourView {
                id: parcel.id.get(),
                sheet: parcel.as_map.sheet.as_str().to_owned(),
                number: parcel.as_map.number.as_str().to_owned(),
                epsg: parcel.plane.0,
                polygons: polygons(self.view.plane(parcel.plane)?, &parcel.shape),
            })
        };
        self.view.neighbours(version).iter().map(view).collect()
    }

    fn label(&self, key: &ParcelKey, ward: &WardView) -> String {
        let arguments = [
            ("number", key.number.as_str().to_owned()),
            ("sheet", key.sheet.as_str().to_owned()),
            (
                "ward",
                ward.name.clone().unwrap_or_else(|| ward.code.clone()),
            ),
        ];
        self.language.text("parcel", "label", &arguments)
    }

    fn ward(&self, code: WardCode, day: Day) -> WardView {
        WardView {
            code: code.to_string(),
            name: self.view.ward_name(code, day),
        }
    }

    /// A key, its commune by the name it had when sheets were numbered in it.
    fn key(&self, key: &ParcelKey) -> KeyView {
        KeyView {
            commune: WardView {
                code: key.commune.to_string(),
                name: self.view.commune_name(key.commune),
            },
            sheet: key.sheet.as_str().to_owned(),
            number: key.number.as_str().to_owned(),
        }
    }

    fn land_use(&self, line: &LandUseLine, day: Day) -> LandUseView {
        LandUseView {
            code: line.code.as_str().to_owned(),
            name: self
                .view
                .land_use(line.code, day)
                .map(|purpose| match self.language {
                    Language::Vietnamese => purpose.name_vi.clone(),
                    Language::English => purpose.name_en.clone(),
                }),
            area: line.area.map(|area| area.m2()),
            origin: line.origin.as_deref().map(str::to_owned),
            form: line.form.map(|form| match form {
                UseForm::Private => "private",
                UseForm::Common => "common",
            }),
            until: line.until.map(|day| day.to_string()),
        }
    }

    /// An edge of the lineage.
    pub fn lineage(&self, edge: &Lineage) -> LineageView {
        LineageView {
            predecessor: edge.predecessor.get(),
            successor: edge.successor.get(),
            kind: match edge.kind {
                LineageKind::Split => "split",
                LineageKind::Merge => "merge",
                LineageKind::Adjustment => "adjustment",
            },
            day: edge.day.to_string(),
        }
    }

    /// Why nothing was found.
    pub fn nothing(&self, why: &NothingHere) -> NothingHereView {
        let (reason, name, ward) = match why {
            NothingHere::OutsideCity { .. } => ("outsideCity", None, None),
            NothingHere::OnRoad { street } => ("onRoad", Some(street), None),
            NothingHere::OnWater { name } => ("onWater", Some(name), None),
            NothingHere::WithoutData { ward } => ("withoutData", None, *ward),
            NothingHere::NoParcel { ward } => ("noParcel", None, *ward),
            NothingHere::UnknownWard => ("unknownWard", None, None),
            NothingHere::WardMissing => ("wardMissing", None, None),
            NothingHere::KeyIncomplete => ("keyIncomplete", None, None),
            NothingHere::UnknownKey => ("unknownKey", None, None),
            NothingHere::NotUnderstood => ("notUnderstood", None, None),
        };
        let name = name.filter(|name| !name.is_empty()).cloned();
        let key = match (reason, &name) {
            ("onRoad", Some(_)) => "onNamedRoad",
            ("onWater", Some(_)) => "onNamedWater",
            _ => reason,
        };
        let arguments: Vec<_> = name.iter().map(|name| ("name", name.clone())).collect();
        let cause = match why {
            NothingHere::OutsideCity { cause } => *cause,
            _ => None,
        };
        NothingHereView {
            reason,
            text: self.language.text("nothing_here", key, &arguments),
            likely_cause: cause.map(|cause| self.cause(cause)),
            ward: ward.map(|code| self.ward(code, self.view.date())),
            name,
        }
    }

    fn cause(&self, cause: Cause) -> LikelyCauseView {
        let (code, arguments) = match cause {
            Cause::LooksLikeLonLat => ("looksLikeLonLat", Vec::new()),
            Cause::AxesSwapped => ("axesSwapped", Vec::new()),
            Cause::OtherZone(epsg) => ("otherZone", vec![("crs", epsg.to_string())]),
        };
        LikelyCauseView {
            code,
            text: self.language.text("likely_cause", code, &arguments),
        }
    }

    /// Completions.
    pub fn suggestions(&self, suggestions: &[Suggestion]) -> Vec<SuggestionView> {
        let view = |suggestion: &Suggestion| SuggestionView {
            kind: match suggestion.kind {
                SuggestionKind::Ward => "ward",
                SuggestionKind::FormerWard => "formerWard",
                SuggestionKind::Sheet => "sheet",
                SuggestionKind::Parcel => "parcel",
            },
            label: suggestion.label.clone(),
            became: suggestion.became.clone(),
            q: suggestion.q.clone(),
        };
        suggestions.iter().map(view).collect()
    }
}

const fn matched_by(why: MatchedBy) -> &'static str {
    match why {
        MatchedBy::Interior => "interior",
        MatchedBy::Boundary => "boundary",
        MatchedBy::Circle => "circle",
        MatchedBy::KeyAsMap => "keyAsMap",
        MatchedBy::KeyAsCertificate => "keyAsCertificate",
        MatchedBy::FormerWardAsMap => "formerWardAsMap",
        MatchedBy::FormerWardAsCertificate => "formerWardAsCertificate",
        MatchedBy::NationalIdentifier => "nationalIdentifier",
    }
}
