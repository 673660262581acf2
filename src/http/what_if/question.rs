//! The body of `POST /v1/what-if`, read strictly.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{drawn, properties, unknown};
use crate::app::what_if::{Supposed, WhatIfError, WhatIfQuestion};
use crate::app::{self, View};
use crate::cadastre::{Day, Instant, Interval, Lifespan, Revision, WardCode};
use crate::http::asked::{day, read_body, stated, unprocessable};
use crate::http::features::system::System;
use crate::http::language::Language;
use crate::http::problem::Problem;
use crate::http::rule_words;
use crate::land::items::{Collection, Region};
use crate::land::{Supposition, Wanted};
use crate::planning::{FeatureId, LayerCode, PlanFeature};

/// What is supposed, and of which parcels it is asked.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(
    rename_all = "camelCase",
    deny_unknown_fields,
    expecting = "an object with changes"
)]
#[schema(as = WhatIf)]
pub struct WhatIfRequest {
    /// What is supposed, all of it together.
    #[schema(min_items = 1, max_items = 20)]
    pub changes: Vec<ChangeRequest>,
    /// The day on which answers are compared, YYYY-MM-DD; today when absent.
    #[schema(format = Date)]
    pub date: Option<String>,
    /// Only parcels that meet this box: west, south, east, north in degrees.
    #[schema(min_items = 4, max_items = 4)]
    pub bbox: Option<Vec<f64>>,
    /// Only parcels of the ward with this code.
    #[schema(pattern = "^[0-9]{5}$")]
    pub ward: Option<String>,
    /// Parameters of rules that are taken for every parcel, by name, such as `building_kind`;
    /// `diachinh rules parameters` lists them.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, String>)]
    pub stated: BTreeMap<String, Value>,
}

/// One thing that is supposed.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = WhatIfChange)]
pub enum ChangeRequest {
    /// A planning feature more.
    Add(AddRequest),
    /// A planning feature with another geometry, other properties, or both.
    Change(OtherRequest),
    /// A planning feature that is gone.
    Remove(RemoveRequest),
    /// A rule in other words.
    Rule(RuleRequest),
}

/// A planning feature more.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = WhatIfAdd)]
pub struct AddRequest {
    /// Its collection: `zones`, `roads` or `restrictions`.
    pub collection: String,
    /// Code of its layer.
    pub layer: String,
    /// Its properties, as items of the collection have them; lengths in m.
    #[schema(value_type = Object)]
    pub properties: Map<String, Value>,
    /// GeoJSON.
    #[schema(value_type = Object)]
    pub geometry: Value,
    /// System of the geometry; longitude and latitude when absent.
    pub crs: Option<String>,
}

/// A planning feature that is otherwise.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = WhatIfOther)]
pub struct OtherRequest {
    /// Its collection: `zones`, `roads` or `restrictions`.
    pub collection: String,
    /// Its key.
    pub id: i64,
    /// The properties that are otherwise; null for what it does not have any more.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub properties: Map<String, Value>,
    /// GeoJSON, when it lies otherwise.
    #[schema(value_type = Option<Object>)]
    pub geometry: Option<Value>,
    /// System of the geometry; longitude and latitude when absent.
    pub crs: Option<String>,
}

/// A planning feature that is gone.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = WhatIfRemove)]
pub struct RemoveRequest {
    /// Its collection: `zones`, `roads` or `restrictions`.
    pub collection: String,
    /// Its key.
    pub id: i64,
}

/// A rule in other words.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = WhatIfRule)]
pub struct RuleRequest {
    /// Id of its pack.
    pub pack: String,
    /// Its id within the pack.
    pub rule: String,
    /// The whole rule as it stands in a pack file, in TOML.
    pub text: String,
}

/// Changes of one question, at most.
const CHANGES: usize = 20;
/// Bytes of the text of a rule, at most.
const TEXT: usize = 65_536;

impl WhatIfRequest {
    /// Reads a body.
    ///
    /// # Errors
    /// `malformed` with line and column for what is not JSON; `invalid_proposal` for another form.
    pub fn read(body: &[u8]) -> Result<Self, Problem> {
        read_body(body, "not_a_what_if", "what_if")
    }

    /// The day on which answers are compared.
    ///
    /// # Errors
    /// `invalid_proposal` for a text that is no day.
    pub fn day(&self) -> Result<Option<Day>, Problem> {
        day(self.date.as_deref())
    }

    /// The question, with every feature on the grid.
    ///
    /// # Errors
    /// A problem with the place of what cannot be used.
    pub fn question(&self, view: &View) -> Result<WhatIfQuestion, Problem> {
        if self.changes.is_empty() || self.changes.len() > CHANGES {
            let count = vec![("value", self.changes.len().to_string())];
            return Err(unprocessable("changes", "not_so_many", count, "changes"));
        }
        let changes = (0..).zip(&self.changes);
        let supposed = changes.map(|(i, change)| change.supposed(i, view));
        Ok(WhatIfQuestion {
            supposed: supposed.collect::<Result<_, _>>()?,
            stated: stated(&self.stated)?,
            wanted: self.wanted(view)?,
        })
    }

    fn wanted(&self, view: &View) -> Result<Wanted, Problem> {
        let ward = self.ward.as_deref().map(|text| {
            let code = WardCode::parse(text).ok();
            let known = code.filter(|&code| view.ward_name(code, view.date()).is_some());
            let value = vec![("value", text.to_owned())];
            known.ok_or_else(|| unprocessable("ward", "no_such_ward", value, "ward_code"))
        });
        let sides = self.bbox.as_deref().map(|sides| match sides {
            &[west, south, east, north]
                if west <= east
                    && south <= north
                    && west >= -180.0
                    && east <= 180.0
                    && south >= -90.0
                    && north <= 90.0 =>
            {
                let (sides, crs) = ([west, south, east, north], System::LonLat.epsg());
                let region = Region::of_boxes(view.city(), crs, &[sides]);
                let failed = |error| app::Error::internal("cannot draw a box", error);
                Ok(region.map_err(failed)?)
            }
            other => {
                let value = vec![("value", format!("{other:?}")), ("name", "bbox".to_owned())];
                Err(unprocessable("bbox", "not_a_bbox", value, "bbox"))
            }
        });
        Ok(Wanted {
            region: sides.transpose()?,
            ward: ward.transpose()?,
        })
    }
}

impl ChangeRequest {
    fn supposed(&self, i: i64, view: &View) -> Result<Supposed, Problem> {
        let feature = |before, after| Supposed::Feature(Box::new(Supposition { before, after }));
        match self {
            Self::Add(add) => Ok(feature(None, Some(add.feature(i, view)?))),
            Self::Change(other) => {
                let place = format!("changes[{i}].change");
                let before = held(&place, &other.collection, other.id, view)?;
                let after = other.feature(&place, &before, view)?;
                Ok(feature(Some(before), Some(after)))
            }
            Self::Remove(gone) => {
                let place = format!("changes[{i}].remove");
                let before = held(&place, &gone.collection, gone.id, view)?;
                Ok(feature(Some(before), None))
            }
            Self::Rule(rule) if rule.text.len() > TEXT => {
                let place = format!("changes[{i}].rule.text");
                let length = vec![("value", rule.text.len().to_string())];
                Err(unprocessable(&place, "rule_too_long", length, "rule_text"))
            }
            Self::Rule(rule) => Ok(Supposed::Rule {
                pack: rule.pack.clone(),
                rule: rule.rule.clone(),
                text: rule.text.clone(),
            }),
        }
    }
}

impl AddRequest {
    fn feature(&self, i: i64, view: &View) -> Result<PlanFeature, Problem> {
        let place = format!("changes[{i}].add");
        let collection = collection(&place, &self.collection)?;
        let layer = LayerCode(self.layer.as_str().into());
        let held = view
            .layer(&layer)
            .filter(|held| held.speaks_on(view.date()));
        if held.is_none() {
            let value = vec![("value", self.layer.clone())];
            let place = format!("{place}.layer");
            let names = view.layer_codes().join(", ");
            return Err(unknown(&place, "layer_not_held", value, names));
        }
        if !view.layer_holds(&layer, collection) {
            let place = format!("{place}.collection");
            let value = vec![
                ("value", self.collection.clone()),
                ("layer", self.layer.clone()),
            ];
            let expected = "collection_of_layer";
            return Err(unprocessable(&place, "not_of_layer", value, expected));
        }
        let kind = properties::kind(&place, collection, None, &self.properties)?;
        let system = system(self.crs.as_deref(), view)?;
        let shapes = drawn::shapes(&place, &self.geometry, system, collection, view)?;
        Ok(PlanFeature {
            // Above every key that is held.
            id: FeatureId(i64::MAX - 1 - i),
            layer,
            key: String::new(),
            kind,
            shapes,
            provisions: Vec::new(),
            lifespan: Lifespan {
                valid: Interval::open(view.date()),
                recorded: Interval::open(Instant(0)),
            },
            recorded_in: Revision::default(),
        })
    }
}

impl OtherRequest {
    fn feature(
        &self,
        place: &str,
        before: &PlanFeature,
        view: &View,
    ) -> Result<PlanFeature, Problem> {
        let collection = Collection::of_kind(&before.kind);
        let mut after = before.clone();
        after.kind = properties::kind(place, collection, Some(&before.kind), &self.properties)?;
        let system = system(self.crs.as_deref(), view)?;
        if let Some(geometry) = &self.geometry {
            after.shapes = drawn::shapes(place, geometry, system, collection, view)?;
        }
        Ok(after)
    }
}

fn system(crs: Option<&str>, view: &View) -> Result<System, Problem> {
    crs.map_or(Ok(System::LonLat), |text| {
        System::of_drawing(text, "crs", view)
    })
}

/// Collections of planning features.
const COLLECTIONS: [Collection; 3] = [
    Collection::Zones,
    Collection::Roads,
    Collection::Restrictions,
];

fn collection(place: &str, name: &str) -> Result<Collection, Problem> {
    let found = Collection::of_name(name).filter(|found| COLLECTIONS.contains(found));
    found.ok_or_else(|| {
        let value = vec![("value", name.to_owned())];
        let names = COLLECTIONS.map(Collection::name).join(", ");
        unknown(&format!("{place}.collection"), "not_a_choice", value, names)
    })
}

/// The version of a feature that holds on the day.
fn held(place: &str, name: &str, id: i64, view: &View) -> Result<PlanFeature, Problem> {
    let collection = collection(place, name)?;
    let held = view.planned(collection, FeatureId(id));
    let missing = |error: app::Error| {
        let problem: Problem = error.into();
        problem
            .at(&format!("{place}.id"))
            .expecting("feature_of_day", Vec::new())
    };
    Ok((*held.map_err(missing)?).clone())
}

/// What cannot be supposed.
pub(super) fn refused(error: WhatIfError, language: Language) -> Problem {
    let at = |place: usize, member: &str| format!("changes[{place}]{member}");
    match error {
        WhatIfError::NoPack { place, id, known } => {
            let value = vec![("value", id)];
            unknown(&at(place, ".rule.pack"), "no_such_pack", value, known)
        }
        WhatIfError::NoRule {
            place,
            pack,
            id,
            known,
        } => {
            let values = vec![("value", id), ("pack", pack)];
            unknown(&at(place, ".rule.rule"), "no_such_rule", values, known)
        }
        WhatIfError::Mistakes { place, mistakes } => {
            let told = mistakes.iter().map(|m| rule_words::mistake(m, language));
            let told = told.collect::<Vec<_>>().join("; ");
            let reason = vec![("reason", told)];
            unprocessable(&at(place, ".rule.text"), "not_a_rule", reason, "rule_text")
        }
        WhatIfError::Twice { place } => unprocessable(
            &at(place, ""),
            "supposed_twice",
            Vec::new(),
            "supposed_once",
        ),
    }
}
