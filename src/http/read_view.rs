//! How a question was understood, told back with words in the language of the answer.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::parcel_view::Wording;
use super::view::CommuneView;
use crate::land::{LookupQuestion, NamedWard, ReadAs, ReadWard, WardOutcome};

/// How the words of a question were understood.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReadAs)]
pub struct ReadAsView {
    /// The understanding in words, such as `Đã hiểu là: thửa 12, tờ 5, Phường Bến Thành`.
    pub text: String,
    /// Whether the words may mean several wards, so that no answer is certain before one of
    /// `wards` was chosen.
    pub ambiguous: bool,
    /// Number of the parcel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Sheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Every ward that may be meant, and what came of looking in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wards: Vec<ReadWardView>,
    /// Words that were not used, as they were written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set_aside: Vec<String>,
    /// National identifier, when the text is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub national_identifier: Option<String>,
    /// Longitude, when the text is a position.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    /// Latitude.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Easting in metres, when the text is a coordinate of a plane.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x: Option<f64>,
    /// Northing in metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub y: Option<f64>,
    /// EPSG code of that plane.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crs: Option<u32>,
}

/// A ward that the words of a question may mean.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReadWard)]
pub struct ReadWardView {
    /// Code of five digits, when it has one.
    pub code: Option<String>,
    /// Name with its kind.
    pub name: String,
    /// The district in which a ward of before lay.
    pub district: Option<String>,
    /// Whether it is a ward of before on the day asked for.
    pub former: bool,
    /// `found`, `notFound` (it has parcels, none with this key), `withoutData` (the register has
    /// no parcels of it) or `notAsked` (the question has no whole key).
    pub outcome: String,
    /// What to ask with `q` to mean this ward alone; absent when it is the only one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
}

impl Wording<'_> {
    /// How a question was understood.
    pub fn read_as(&self, read: &ReadAs) -> ReadAsView {
        let mut view = match read {
            ReadAs::Key {
                number,
                sheet,
                wards,
                set_aside,
            } => ReadAsView {
                ambiguous: wards.len() > 1,
                number: number.as_deref().map(str::to_uppercase),
                sheet: sheet.as_deref().map(str::to_uppercase),
                wards: wards.iter().map(read_ward).collect(),
                set_aside: set_aside.clone(),
                ..ReadAsView::default()
            },
            ReadAs::Identifier(number) => ReadAsView {
                national_identifier: Some(number.clone()),
                ..ReadAsView::default()
            },
            ReadAs::Place(place) => place_read(place),
        };
        view.text = self.understood(&view);
        view
    }

    /// The sentences that tell it.
    fn understood(&self, view: &ReadAsView) -> String {
        let say = |key: &str, value: &str| {
            let arguments = [("value", value.to_owned())];
            self.language.text("read_as", key, &arguments)
        };
        let mut parts: Vec<String> = Vec::new();
        parts.extend(view.number.as_deref().map(|number| say("number", number)));
        parts.extend(view.sheet.as_deref().map(|sheet| say("sheet", sheet)));
        parts.extend(self.ward_understood(&view.wards));
        let identifier = view.national_identifier.as_deref();
        parts.extend(identifier.map(|number| say("identifier", number)));
        if let (Some(lon), Some(lat)) = (view.lon, view.lat) {
            parts.push(say("lon", &lon.to_string()));
            parts.push(say("lat", &lat.to_string()));
        }
        if let (Some(x), Some(y), Some(crs)) = (view.x, view.y, view.crs) {
            // Surveyors and the page write X for north; `x` of this interface is the easting.
            let arguments = [
                ("north", y.to_string()),
                ("east", x.to_string()),
                ("crs", crs.to_string()),
            ];
            parts.push(self.language.text("read_as", "metres", &arguments));
        }
        let mut sentences: Vec<String> = Vec::new();
        if !parts.is_empty() {
            sentences.push(say("understood", &parts.join(", ")));
        }
        if !view.set_aside.is_empty() {
            sentences.push(say("set_aside", &view.set_aside.join("; ")));
        }
        sentences.join(". ")
    }

    fn ward_understood(&self, wards: &[ReadWardView]) -> Option<String> {
        let first = wards.first()?;
        let name = match &first.district {
            Some(district) if wards.len() == 1 => format!("{}, {district}", first.name),
            _ => first.name.clone(),
        };
        let key = match wards {
            [only] if only.former => "former_ward",
            [_] => return Some(name),
            _ => "several_wards",
        };
        let arguments = [("value", name), ("count", wards.len().to_string())];
        Some(self.language.text("read_as", key, &arguments))
    }

    /// A ward of before, as the answer that it has no data names it.
    pub(super) fn commune(&self, ward: &NamedWard) -> Option<CommuneView> {
        Some(CommuneView {
            code: ward.code?.to_string(),
            name: Some(ward.name.clone()),
            district: ward.district.clone(),
        })
    }
}

fn read_ward(read: &ReadWard) -> ReadWardView {
    let ward = &read.ward;
    ReadWardView {
        code: ward.code.map(|code| code.to_string()),
        name: ward.name.clone(),
        district: ward.district.clone(),
        former: ward.is_former,
        outcome: match read.outcome {
            WardOutcome::Found => "found",
            WardOutcome::NotFound => "notFound",
            WardOutcome::WithoutData => "withoutData",
            WardOutcome::NotAsked => "notAsked",
        }
        .to_owned(),
        q: read.q.clone(),
    }
}

fn place_read(place: &LookupQuestion) -> ReadAsView {
    match place {
        LookupQuestion::Position { at, .. } => ReadAsView {
            lon: Some(at.lon),
            lat: Some(at.lat),
            ..ReadAsView::default()
        },
        LookupQuestion::Planar {
            east_m,
            north_m,
            crs,
        } => ReadAsView {
            x: Some(*east_m),
            y: Some(*north_m),
            crs: Some(crs.0),
            ..ReadAsView::default()
        },
        LookupQuestion::Key { .. } | LookupQuestion::Text(_) => ReadAsView::default(),
    }
}
