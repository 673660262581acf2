//! Views of parcels on the wire: GeoJSON features with lowerCamelCase properties.
//!
//! They describe the answers (OpenAPI), and whoever reads answers in Rust may read them into these.
//! `parcel_view.rs` writes features without making one of them first; a test reads what it wrote
//! back into them and wants the same bytes again.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};

use super::read_view::ReadAsView;

/// Parcels that answer a question; empty when there are none.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ParcelCollection)]
pub struct CollectionView {
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    #[schema(pattern = "^FeatureCollection$")]
    pub kind: String,
    /// Revision of the register that answers.
    pub revision: u64,
    /// Day answered for.
    #[schema(format = Date)]
    pub date: String,
    /// Whether the register holds made-up data, as that of the demo city.
    pub synthetic: bool,
    /// The parcels, best first.
    pub features: Vec<FeatureView>,
    /// Why there is none; present exactly when `features` is empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nothing_here: Option<NothingHereView>,
    /// How the words of the question were understood; absent for a place in numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_as: Option<ReadAsView>,
    /// Completions of `q` while it is typed, when they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestions: Option<Vec<SuggestionView>>,
}

/// All versions of one parcel that the register holds, by their first day.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ParcelHistory)]
pub struct HistoryView {
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    #[schema(pattern = "^FeatureCollection$")]
    pub kind: String,
    /// Revision of the register that answers.
    pub revision: u64,
    /// Day answered for.
    #[schema(format = Date)]
    pub date: String,
    /// The versions, oldest first.
    pub features: Vec<FeatureView>,
    /// What the parcel came out of, and what came out of it.
    pub lineage: Vec<LineageView>,
}

/// One edge of the lineage.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Lineage)]
pub struct LineageView {
    /// The parcel before.
    pub predecessor: i64,
    /// The parcel after.
    pub successor: i64,
    /// `split`, `merge` or `adjustment`.
    pub kind: String,
    /// First day of the successor.
    #[schema(format = Date)]
    pub day: String,
}

/// One parcel in one version.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ParcelFeature)]
pub struct FeatureView {
    /// Always `Feature`.
    #[serde(rename = "type")]
    #[schema(pattern = "^Feature$")]
    pub kind: String,
    /// Key of the parcel; the same in all its versions.
    pub id: i64,
    /// Whether the register holds made-up data; on a feature that is an answer of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub synthetic: Option<bool>,
    /// Revision of the register that answers; on a feature that is an answer of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<u64>,
    /// Day answered for; on a feature that is an answer of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date)]
    pub date: Option<String>,
    /// Shape in longitude and latitude (WGS 84), 9 decimals, rings wound as RFC 7946 says.
    pub geometry: GeometryView,
    /// Facts.
    pub properties: ParcelView,
}

/// A pair of coordinates, easting or longitude first.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Position(pub [f64; 2]);

impl utoipa::PartialSchema for Position {
    fn schema() -> RefOr<Schema> {
        let number = ObjectBuilder::new().schema_type(Type::Number);
        ArrayBuilder::new()
            .items(number)
            .min_items(Some(2))
            .max_items(Some(2))
            .description(Some("Longitude and latitude, or easting and northing"))
            .into()
    }
}

impl ToSchema for Position {}

/// Shape of a parcel.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", content = "coordinates")]
#[schema(as = ParcelGeometry)]
pub enum GeometryView {
    /// One part: shell first, then holes.
    Polygon(Vec<Vec<Position>>),
    /// Several parts.
    MultiPolygon(Vec<Vec<Vec<Position>>>),
}

/// Facts of a parcel.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ParcelProperties)]
pub struct ParcelView {
    /// What to call it, in the language of the answer.
    pub label: String,
    /// Why it answers: `interior`, `boundary`, `circle`, `keyAsMap`, `keyAsCertificate`,
    /// `formerWardAsMap`, `formerWardAsCertificate`, `nationalIdentifier`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matched_by: Option<String>,
    /// Share of the circle of uncertainty that lies on it, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub circle_share: Option<f64>,
    /// Ward in which it lies.
    pub ward: WardView,
    /// Key on the cadastral map.
    pub as_map: KeyView,
    /// Key on the certificate, when it is known.
    pub as_certificate: Option<KeyView>,
    /// National identifier, when it has been assigned.
    pub national_identifier: Option<String>,
    /// Land use, main line first.
    pub land_use: Vec<LandUseView>,
    /// Area as registered, in m².
    pub registered_area: Option<f64>,
    /// Area measured on the parcel's own plane, in m².
    pub measured_area: f64,
    /// Difference of the two that the cadastral circular tolerates (Appendix 04), in m².
    pub area_tolerance: Option<f64>,
    /// Whether the two areas differ by more than that; null when no area is registered.
    pub area_differs: Option<bool>,
    /// `inUse`, `recovered` or `disputed`.
    pub status: String,
    /// Denominator of the scale of its survey.
    pub scale: u16,
    /// First day of this version.
    #[schema(format = Date)]
    pub valid_from: String,
    /// First day after this version, when it has ended or will.
    #[schema(format = Date)]
    pub valid_to: Option<String>,
    /// Revision that recorded this version.
    pub recorded_in: u64,
    /// Shape in metres on the plane in which the parcel is measured.
    pub plane: PlaneView,
    /// Parcels that touch it, when they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub neighbours: Option<Vec<NeighbourView>>,
}

/// A ward.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Ward)]
pub struct WardView {
    /// Code of five digits.
    pub code: String,
    /// Name with its kind, such as `Phường Bến Thành`, when it is known.
    pub name: Option<String>,
}

/// A commune that numbers its sheets by itself.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Commune)]
pub struct CommuneView {
    /// Code of five digits.
    pub code: String,
    /// Name with its kind, such as `Phường 4`, as it was before a merger that it has seen.
    pub name: Option<String>,
    /// The district in which a commune of before lay, which tells it from others of its name.
    pub district: Option<String>,
}

/// A key by sheet and number.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ParcelKey)]
pub struct KeyView {
    /// The commune in whose series the sheet is numbered; a retired one, as a rule.
    pub commune: CommuneView,
    /// Sheet.
    pub sheet: String,
    /// Number within the sheet.
    pub number: String,
}

/// One line of land use.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LandUse)]
pub struct LandUseView {
    /// Code such as `ODT`.
    pub code: String,
    /// What the code stands for on the day of the version, when the table has it.
    pub name: Option<String>,
    /// Area under this purpose, in m².
    pub area: Option<f64>,
    /// Origin class as written.
    pub origin: Option<String>,
    /// `private` or `common`.
    pub form: Option<String>,
    /// Last day of the term.
    #[schema(format = Date)]
    pub until: Option<String>,
}

/// A shape in metres, as it is measured.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PlaneShape)]
pub struct PlaneView {
    /// EPSG code of the plane.
    pub epsg: u32,
    /// The operation between the plane's datum and WGS 84.
    pub operation: String,
    /// Parts, each a list of rings, shell first: easting and northing in metres, 3 decimals;
    /// wound and closed as the rings of `geometry`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(required = true)]
    pub polygons: Vec<Vec<Vec<Position>>>,
    /// Length of every edge of every ring of every part, in metres.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(required = true)]
    pub edge_lengths: Vec<Vec<Vec<f64>>>,
}

/// A parcel beside another.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Neighbour)]
pub struct NeighbourView {
    /// Key.
    pub id: i64,
    /// Sheet on the map.
    pub sheet: String,
    /// Number on the map.
    pub number: String,
    /// EPSG code of its plane.
    pub epsg: u32,
    /// Parts in metres, as in `plane`.
    pub polygons: Vec<Vec<Vec<Position>>>,
}

/// Why nothing was found.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NothingHere)]
pub struct NothingHereView {
    /// `outsideCity`, `onRoad`, `onWater`, `withoutData`, `noParcel`, `unknownWard`,
    /// `wardElsewhere`, `notFormer`, `districtMissing`, `wardMissing`, `sheetMissing`,
    /// `numberMissing`, `keyIncomplete`, `unknownKey`, `severalKeys`, `address` or `notUnderstood`.
    pub reason: String,
    /// The reason in words, in the language of the answer.
    pub text: String,
    /// What may have gone wrong with the coordinate, when something explains it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likely_cause: Option<LikelyCauseView>,
    /// Name of the street or water, when it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The ward in which the place lies, or the former one that was asked for, when it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ward: Option<CommuneView>,
    /// Wards to choose from, when the name of one is not enough, its district is another, or its
    /// name looks misspelt; for an address, the keys that its numbers would be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<SuggestionView>,
}

/// What may have gone wrong with a coordinate.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = LikelyCause)]
pub struct LikelyCauseView {
    /// `axesSwapped`, `looksLikeLonLat` or `otherZone`.
    pub code: String,
    /// The cause in words, in the language of the answer.
    pub text: String,
}

/// A completion.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Suggestion)]
pub struct SuggestionView {
    /// `ward`, `formerWard`, `sheet` or `parcel`.
    pub kind: String,
    /// What to show.
    pub label: String,
    /// Wards that a former ward became.
    pub became: Vec<String>,
    /// What to ask with `q` when it is chosen.
    pub q: String,
}
