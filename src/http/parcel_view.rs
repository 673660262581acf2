//! From the land's own values to features and other views, with names in the language of the answer.

use super::features::links::Link;
use super::json::{Json, Pieces};
use super::language::{Language, ParcelLabels, Part};
use super::positions::Positions;
use super::shape_view::{Wound, geometry, plane, plane_name, polygons};
use super::view::LineageView;
use crate::app::{self, View};
use crate::cadastre::{Day, Lineage, LineageKind, ParcelStatus, ParcelVersion, UseForm, WardCode};
use crate::land::{Entry, EntryIdentifier, EntryKey, EntryLine, Hit, LotNumber, MatchedBy};

/// Bytes of a feature with few corners; an answer that begins with room for them grows seldom.
pub const FEATURE_BYTES: usize = 2048;

/// Says what one [`View`] holds, in one language.
pub struct Wording<'a> {
    pub(super) view: &'a View,
    pub(super) language: Language,
    labels: Option<ParcelLabels>,
    pub(super) positions: &'a Positions,
}

/// What a feature says beside its parcel.
#[derive(Clone, Copy, Default)]
pub struct Aside<'m> {
    /// Why it was found.
    pub found: Option<&'m Hit>,
    /// Whether the feature is an answer of its own, with revision and day.
    pub is_answer: bool,
    /// Whether the parcels that touch it are told.
    pub with_neighbours: bool,
    /// Whether the shape in metres of its plane is left out.
    pub without_metres: bool,
    /// Where to go on from it.
    pub links: &'m [Link],
}

impl<'a> Wording<'a> {
    /// For the answers of one view of the land.
    pub fn new(view: &'a View, language: Language) -> Self {
        Self {
            view,
            language,
            labels: language.parcel_labels(),
            positions: &Positions::LonLat,
        }
    }

    /// With positions in another system.
    pub fn at(self, positions: &'a Positions) -> Self {
        Self { positions, ..self }
    }

    /// Versions of a parcel, as an array of features.
    ///
    /// # Errors
    /// As [`Wording::feature`].
    pub fn versions(&self, json: &mut Json, versions: &[ParcelVersion]) -> Result<(), app::Error> {
        json.array(|features| {
            versions.iter().try_for_each(|version| {
                self.feature(features, &Entry::of(version), Aside::default())
            })
        })
    }

    /// Parcels that answer a question, as an array of features.
    ///
    /// # Errors
    /// As [`Wording::feature`].
    pub fn hits(
        &self,
        json: &mut Json,
        hits: &[Hit],
        with_neighbours: bool,
    ) -> Result<(), app::Error> {
        json.array(|features| {
            hits.iter().try_for_each(|found| {
                let aside = Aside {
                    found: Some(found),
                    with_neighbours,
                    ..Aside::default()
                };
                self.feature(features, &self.view.entry(found), aside)
            })
        })
    }

    /// One parcel in one version: a [`super::view::FeatureView`].
    ///
    /// # Errors
    /// [`app::Error::Internal`] when its plane is none of the city's.
    pub fn feature(
        &self,
        json: &mut Json,
        parcel: &Entry<'_>,
        aside: Aside<'_>,
    ) -> Result<(), app::Error> {
        let shape = Wound::of(parcel.rings());
        let transforms = &self.view.city().transforms;
        self.framed(
            json,
            parcel.id.get(),
            aside,
            |json| geometry(json, transforms, self.positions, parcel.plane, &shape),
            |json| self.properties(json, parcel, &shape, aside),
        )
    }

    /// A feature of any kind: the closures write its geometry and the members of its properties.
    ///
    /// # Errors
    /// What the closures answer.
    pub(super) fn framed(
        &self,
        json: &mut Json,
        id: i64,
        aside: Aside<'_>,
        geometry: impl FnOnce(&mut Json) -> Result<(), app::Error>,
        properties: impl FnOnce(&mut Json) -> Result<(), app::Error>,
    ) -> Result<(), app::Error> {
        json.object(|feature| {
            feature.name("type").word("Feature");
            feature.name("id").integer(id);
            if aside.is_answer {
                let view = self.view;
                feature.name("synthetic").truth(view.is_synthetic());
                feature.name("revision").integer(view.revision().0 as i64);
                feature.name("date").day(view.date());
            }
            geometry(feature.name("geometry"))?;
            feature.name("properties").object(properties)?;
            if !aside.links.is_empty() {
                feature.name("links").view(&aside.links);
            }
            Ok(())
        })
    }

    /// What a collection says before its features: kind, revision, day.
    pub fn head(&self, json: &mut Json) {
        json.name("type").text("FeatureCollection");
        json.name("revision").integer(self.view.revision().0 as i64);
        json.name("date").day(self.view.date());
    }

    fn properties(
        &self,
        json: &mut Json,
        parcel: &Entry<'_>,
        shape: &Wound,
        aside: Aside<'_>,
    ) -> Result<(), app::Error> {
        let day = self.view.naming_day(parcel.valid);
        let ward = self.view.ward_name(parcel.ward, day);
        self.label(json.name("label"), parcel, ward);
        if let Some(found) = aside.found {
            json.name("matchedBy").word(matched_by(found.matched_by));
            if let Some(share) = found.circle_share {
                json.name("circleShare").rounded::<6>(share);
            }
        }
        write_ward(json.name("ward"), parcel.ward, ward);
        self.key(json.name("asMap"), &parcel.as_map);
        let certificate = parcel.as_certificate.as_ref();
        json.name("asCertificate")
            .option(certificate, |json, key| self.key(json, key));
        json.name("nationalIdentifier")
            .option(parcel.identifier, |json, identifier| match identifier {
                EntryIdentifier::Usual(number) => json.code::<12>(number),
                EntryIdentifier::Text(text) => json.text(text),
            });
        json.name("landUse").array(|lines| {
            parcel.each_land_use(|line| self.land_use(lines, line, day));
        });
        self.areas(json, parcel);
        json.name("status").word(match parcel.status {
            ParcelStatus::InUse => "inUse",
            ParcelStatus::Recovered => "recovered",
            ParcelStatus::Disputed => "disputed",
        });
        json.name("scale")
            .integer(i64::from(parcel.scale.denominator()));
        json.name("validFrom").day(parcel.valid.from);
        json.name("validTo").option(parcel.valid.to, Json::day);
        json.name("recordedIn").integer(parcel.recorded_in.0 as i64);
        let transforms = &self.view.city().transforms;
        let working_plane = self.view.plane(parcel.plane)?;
        let json_of_plane = json.name("plane");
        if aside.without_metres {
            plane_name(json_of_plane, transforms, working_plane);
        } else {
            plane(json_of_plane, transforms, working_plane, shape);
        }
        if aside.with_neighbours {
            self.neighbours(json.name("neighbours"), parcel)?;
        }
        Ok(())
    }

    fn areas(&self, json: &mut Json, parcel: &Entry<'_>) {
        let areas = self.view.areas(parcel);
        let registered = parcel.registered_area;
        json.name("registeredArea")
            .option(registered, |json, area| {
                json.fixed::<2>(area.hundredths_m2())
            });
        json.name("measuredArea")
            .fixed::<4>(areas.measured.ten_thousandths_m2());
        json.name("areaTolerance")
            .option(areas.tolerance_m2, |json, m2| json.rounded::<2>(m2));
        json.name("areaDiffers").option(areas.differ, Json::truth);
    }

    fn neighbours(&self, json: &mut Json, parcel: &Entry<'_>) -> Result<(), app::Error> {
        let neighbours = self.view.neighbours(parcel);
        json.array(|items| {
            neighbours.iter().try_for_each(|beside| {
                let parcel = &beside.parcel;
                let working_plane = self.view.plane(parcel.plane)?;
                items.object(|neighbour| {
                    neighbour.name("id").integer(parcel.id.get());
                    neighbour.name("sheet").text(parcel.as_map.sheet.as_str());
                    neighbour.name("number").text(parcel.as_map.number.as_str());
                    neighbour.name("epsg").integer(i64::from(parcel.plane.0));
                    let shape = Wound::of_shape(&parcel.shape);
                    polygons(neighbour.name("polygons"), working_plane, &shape);
                });
                Ok(())
            })
        })
    }

    /// Two parcels of one ward may have the same sheet and number in the series of different
    /// communes; the name of the commune tells them apart.
    fn label(&self, json: &mut Json, parcel: &Entry<'_>, ward: Option<&str>) {
        let key = &parcel.as_map;
        let commune = self.view.commune_name(key.commune);
        let own = key.commune == parcel.ward && (commune == ward || commune.is_none());
        let template = self
            .labels
            .map(|labels| if own { labels.plain } else { labels.of_series });
        json.pieces(|text| {
            for part in template.iter().flat_map(|label| label.parts()) {
                match (part, ward) {
                    (Part::Text(piece), _) => text.add(piece),
                    (Part::Hole("number"), _) => match key.number {
                        LotNumber::Plain(number) => text.add_number(number),
                        LotNumber::Text(number) => text.add(number),
                    },
                    (Part::Hole("sheet"), _) => text.add(key.sheet),
                    (Part::Hole("commune"), _) => self.add_commune(text, key.commune),
                    (Part::Hole("ward"), Some(name)) => text.add(name),
                    (Part::Hole("ward"), None) => text.add_code::<5>(parcel.ward.number()),
                    (Part::Hole(other), _) => text.add(other),
                }
            }
        });
    }

    /// What to call a parcel.
    pub(super) fn label_text(&self, parcel: &Entry<'_>, ward: Option<&str>) -> String {
        let mut json = Json::with_capacity(128);
        self.label(&mut json, parcel, ward);
        serde_json::from_slice(&json.into_bytes()).unwrap_or_default()
    }

    fn add_commune(&self, text: &mut Pieces<'_>, commune: WardCode) {
        match self.view.commune_name(commune) {
            Some(name) => text.add(name),
            None => text.add_code::<5>(commune.number()),
        }
        if let Some(district) = self.view.commune_district(commune) {
            text.add(", ");
            text.add(district);
        }
    }

    /// A key, its commune by the name it had when sheets were numbered in it.
    fn key(&self, json: &mut Json, key: &EntryKey<'_>) {
        json.object(|members| {
            members.name("commune").object(|commune| {
                let code = u64::from(key.commune.number());
                commune.name("code").code::<5>(code);
                let name = self.view.commune_name(key.commune);
                commune.name("name").option(name, Json::text);
                let district = self.view.commune_district(key.commune);
                commune.name("district").option(district, Json::text);
            });
            members.name("sheet").text(key.sheet);
            let number = members.name("number");
            match key.number {
                LotNumber::Plain(plain) => number.number_as_text(plain),
                LotNumber::Text(text) => number.text(text),
            }
        });
    }

    fn land_use(&self, json: &mut Json, line: &EntryLine<'_>, day: Day) {
        let purpose = self.view.land_use(line.code, day);
        let name = purpose.map(|purpose| match self.language {
            Language::Vietnamese => purpose.name_vi.as_str(),
            Language::English => purpose.name_en.as_str(),
        });
        json.object(|members| {
            members.name("code").text(line.code.as_str());
            members.name("name").option(name, Json::text);
            members.name("area").option(line.area, |json, area| {
                json.fixed::<2>(area.hundredths_m2());
            });
            members.name("origin").option(line.origin, Json::text);
            members.name("form").option(line.form, |json, form| {
                json.word(match form {
                    UseForm::Private => "private",
                    UseForm::Common => "common",
                });
            });
            members.name("until").option(line.until, Json::day);
        });
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
            }
            .to_owned(),
            day: edge.day.to_string(),
        }
    }
}

fn write_ward(json: &mut Json, code: WardCode, name: Option<&str>) {
    json.object(|ward| {
        ward.name("code").code::<5>(u64::from(code.number()));
        ward.name("name").option(name, Json::text);
    });
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
