//! What an extract says on the wire. Members stand in the order of the alphabet and no number has
//! decimals, so that what serde writes is canonical (RFC 8785).

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

pub use super::block_views::{
    ChangeView, ChangesView, FactChangeView, FactView, PlanningView, RoadView, RoadsView, SideView,
    ThemeChangeView, UnitView, UnitsView, UseLineView,
};

/// What applies to a parcel on a day.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = Extract)]
pub struct ExtractView {
    /// Its areas, against which shares are told.
    pub areas: AreasView,
    /// What changed since an earlier day, when that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<ChangesView>,
    /// System of the geometries, when they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crs: Option<String>,
    /// Day answered for.
    #[schema(format = Date)]
    pub date: String,
    /// Language of the texts: `vi` or `en`.
    pub language: String,
    /// The parcel.
    pub parcel: ParcelView,
    /// What the planning portal of a city answers: units and indices, streets and red lines.
    pub planning: PlanningView,
    /// When the revision was recorded.
    #[schema(format = DateTime)]
    pub recorded_at: Option<String>,
    /// Revision of the register that answers.
    pub revision: u64,
    /// The themes in three lists, by code.
    pub summary: SummaryView,
    /// Whether the register holds made-up data, as that of the demo city.
    pub synthetic: bool,
    /// Every theme that must exist for the city, in the city's order, then others that are held.
    pub themes: Vec<ThemeView>,
}

/// The areas of a parcel. Square metres are decimals, as texts.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ExtractAreas)]
pub struct AreasView {
    /// Whether the two differ by more than the tolerance, so that shares differ by the area they
    /// are told against; null when no area is registered.
    pub differ: Option<bool>,
    /// Area measured on the parcel's own plane, in m².
    pub measured_m2: String,
    /// Area as registered, in m².
    pub registered_m2: Option<String>,
    /// Difference that Appendix 04 of Circular 26/2024/TT-BTNMT allows, in m².
    pub tolerance_m2: Option<String>,
}

/// A parcel.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ExtractParcel)]
pub struct ParcelView {
    /// Key on the certificate, when it is known.
    pub as_certificate: Option<KeyView>,
    /// Key on the cadastral map.
    pub as_map: KeyView,
    /// EPSG code of the plane on which it is measured.
    pub epsg: u32,
    /// Its shape as GeoJSON, when it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub geometry: Option<Value>,
    /// Key.
    pub id: i64,
    /// What to call it.
    pub label: String,
    /// Land use, main line first.
    pub land_use: Vec<LandUseView>,
    /// National identifier, when it has been assigned.
    pub national_identifier: Option<String>,
    /// Revision that recorded this version.
    pub recorded_in: u64,
    /// Denominator of the scale of its survey.
    pub scale: u16,
    /// `inUse`, `recovered` or `disputed`.
    pub status: String,
    /// First day of this version.
    #[schema(format = Date)]
    pub valid_from: String,
    /// First day after this version, when it has ended or will.
    #[schema(format = Date)]
    pub valid_to: Option<String>,
    /// Ward in which it lies.
    pub ward: NamedView,
}

/// A code with its name.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = Named)]
pub struct NamedView {
    /// Code.
    pub code: String,
    /// Name, when it is known.
    pub name: Option<String>,
}

/// A key by sheet and number.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ExtractKey)]
pub struct KeyView {
    /// The commune in whose series the sheet is numbered.
    pub commune: NamedView,
    /// Number within the sheet.
    pub number: String,
    /// Sheet.
    pub sheet: String,
}

/// One line of land use.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ExtractLandUse)]
pub struct LandUseView {
    /// Area under this purpose, in m².
    pub area_m2: Option<String>,
    /// Code such as `ODT`.
    pub code: String,
    /// What the code stands for on the day.
    pub name: Option<String>,
    /// Last day of the term.
    #[schema(format = Date)]
    pub until: Option<String>,
}

/// The themes in three lists, by code.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ExtractSummary)]
pub struct SummaryView {
    /// A restriction lies on the parcel.
    pub concerned: Vec<String>,
    /// None does, and the register would know.
    pub not_concerned: Vec<String>,
    /// None is known, and the register would not know of all.
    pub without_data: Vec<String>,
}

/// One theme.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ExtractTheme)]
pub struct ThemeView {
    /// Code.
    pub code: String,
    /// `concerned`, `notConcerned` or `withoutData`.
    pub concern: String,
    /// What meets the parcel by less than can be told from nothing: narrower than its layer is
    /// exact, and smaller than two surveys may differ by.
    pub contacts: Vec<RestrictionView>,
    /// Why nothing can be said, of all of the parcel or a part; also of a theme that concerns it.
    pub gaps: Vec<GapView>,
    /// Its layers.
    pub layers: Vec<LayerView>,
    /// What concerns the parcel.
    pub restrictions: Vec<RestrictionView>,
    /// What its layers restrict.
    pub restricts: Option<String>,
    /// Title.
    pub title: String,
}

/// Why nothing can be said.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ExtractGap)]
pub struct GapView {
    /// Code of the layer, when it is one layer's doing.
    pub layer: Option<String>,
    /// `layerMissing`, `outsideCoverage`, `withdrawn`, `stale`, `beforeFirstDay`, `notInForce`,
    /// `unreviewed`, or `failed`: features of the layer stayed out when it was taken in, or without
    /// a layer, the parcel's own outline is not valid.
    pub reason: String,
    /// The part of the parcel of which that is so.
    pub share: ShareView,
    /// The reason in words.
    pub text: String,
}

/// A part of the parcel.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ExtractShare)]
pub struct ShareView {
    /// Its area in m².
    pub m2: String,
    /// In per cent of the measured area.
    pub percent_of_measured: String,
    /// In per cent of the registered area, when one is registered.
    pub percent_of_registered: Option<String>,
    /// Whether it is all of the parcel.
    pub whole: bool,
}

/// A layer that was asked.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ExtractLayer)]
pub struct LayerView {
    /// Accuracy of its shapes in millimetres.
    pub accuracy_mm: u32,
    /// Day up to which it is known to be right.
    #[schema(format = Date)]
    pub as_of: String,
    /// Code.
    pub code: String,
    /// First day on which it knows anything.
    #[schema(format = Date)]
    pub first_day: Option<String>,
    /// Whether it binds.
    pub law_status: String,
    /// Who answers for it.
    pub office: NamedView,
    /// What it rests on.
    pub provisions: Vec<ProvisionView>,
    /// The part of the parcel about which it speaks.
    pub speaks: ShareView,
    /// `speaks`, or a reason as in `gaps`.
    pub state: String,
    /// Whether it is made up.
    pub synthetic: bool,
    /// Title.
    pub title: String,
}

/// A text of law.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ExtractProvision)]
pub struct ProvisionView {
    /// Number of the act.
    pub act: String,
    /// Article, when stated.
    pub article: Option<String>,
    /// Day of the act.
    #[schema(format = Date)]
    pub dated: Option<String>,
    /// Address of its text.
    pub link: Option<String>,
}

/// Something that lies on a parcel: features of one layer that say the same, counted once.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ExtractRestriction)]
pub struct RestrictionView {
    /// Accuracy of its layer in millimetres.
    pub accuracy_mm: u32,
    /// Day up to which its layer is known to be right.
    #[schema(format = Date)]
    pub as_of: String,
    /// Number of points on the parcel, for points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// Keys of its features.
    pub features: Vec<i64>,
    /// What of it lies on the parcel, as GeoJSON, when it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub geometry: Option<Value>,
    /// Kind.
    pub kind: String,
    /// Whether it binds: `in_force`, `announced`, `announced_with_effect` or
    /// `announced_not_carried_out`.
    pub law_status: String,
    /// Code of its layer.
    pub layer: String,
    /// What the legend says.
    pub legend: String,
    /// Length on the parcel in millimetres, for lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length_mm: Option<i64>,
    /// Who answers for it.
    pub office: NamedView,
    /// What it rests on: its own provisions, then those of its layer.
    pub provisions: Vec<ProvisionView>,
    /// The part of the parcel that it takes, for areas: what overlaps counts once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<ShareView>,
    /// Whether its layer is made up.
    pub synthetic: bool,
    /// First day of what it says.
    #[schema(format = Date)]
    pub valid_from: String,
    /// Mean width in millimetres of what it takes, for areas.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width_mm: Option<i64>,
}
