//! What an extract says beside its themes: the planning portal's answer, and changes. Members stand
//! in the order of the alphabet, as in `view.rs`.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::view::{KeyView, NamedView, ProvisionView, ShareView};

/// What the planning portal of a city answers.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ExtractPlanning)]
pub struct PlanningView {
    /// Units of detailed plans.
    pub detailed_plan: UnitsView,
    /// Local adjustments.
    pub local_adjustments: UnitsView,
    /// Streets and red lines.
    pub right_of_way: RoadsView,
    /// Units of zoning plans.
    pub zoning: UnitsView,
}

/// Units of the plans of one theme.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ExtractUnits)]
pub struct UnitsView {
    /// As in the theme.
    pub concern: String,
    /// Codes of the layers that speak about the parcel or a part of it.
    pub plans: Vec<String>,
    /// The units; null when the theme is without data.
    pub units: Option<Vec<UnitView>>,
}

/// A unit of a plan with its indices; an index that the plan does not state is null.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ExtractUnit)]
pub struct UnitView {
    /// Code in its plan.
    pub code: String,
    /// Greatest coverage in per cent.
    pub coverage_max_percent: Option<String>,
    /// Greatest floor-area ratio.
    pub floor_area_ratio_max: Option<String>,
    /// Planned function.
    pub function: String,
    /// Greatest height in millimetres.
    pub height_max_mm: Option<u32>,
    /// Code of its layer.
    pub layer: String,
    /// Planned population.
    pub population: Option<u32>,
    /// The part of the parcel in the unit.
    pub share: Option<ShareView>,
    /// Greatest number of storeys.
    pub storeys_max: Option<u16>,
}

/// Streets and red lines.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ExtractRoads)]
pub struct RoadsView {
    /// As in the theme: concerned when a right of way takes land of the parcel.
    pub concern: String,
    /// What is left of the parcel without the land within red lines, in m²; null where the
    /// register would not know of all of them.
    pub left_m2: Option<String>,
    /// The streets on which the parcel lies; null when the theme is without data and none is
    /// known.
    pub roads: Option<Vec<RoadView>>,
}

/// A street on which a parcel lies.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ExtractRoad)]
pub struct RoadView {
    /// Whether it is an alley.
    pub alley: bool,
    /// The decision that set it.
    pub decision: Option<ProvisionView>,
    /// Length in millimetres of the red line along what is left of the parcel.
    pub front_mm: i64,
    /// Code of its layer.
    pub layer: String,
    /// On which side of the parcel it runs: `east`, `northeast`, … or null when it takes all.
    pub side: Option<String>,
    /// Name of the street, empty for a nameless alley.
    pub street: String,
    /// Whether it takes land of the parcel.
    pub takes: bool,
    /// Width between the red lines in millimetres, when it has been decided.
    pub width_mm: Option<u32>,
}

/// What changed between an earlier day and that of the answer.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ExtractChanges)]
pub struct ChangesView {
    /// What the register holds otherwise of the parcel itself.
    pub facts: Vec<FactChangeView>,
    /// Its shape: `same`, `reshaped`, or `notThere` when the register has no such parcel on the earlier day;
    /// then nothing can be compared.
    pub parcel: String,
    /// The earlier day.
    #[schema(format = Date)]
    pub since: String,
    /// Themes in which something changed.
    pub themes: Vec<ThemeChangeView>,
}

/// Something of the parcel itself that is not as it was.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ExtractFactChange)]
pub struct FactChangeView {
    /// As it is now; null when it has none.
    pub after: Option<FactView>,
    /// As it was; null when it had none.
    pub before: Option<FactView>,
    /// `ward`, `asMap`, `asCertificate`, `nationalIdentifier`, `landUse`, `status`,
    /// `registeredArea`, `measuredArea` of another shape, `plane` by its EPSG code, or `scale`.
    /// Areas are in m².
    pub fact: String,
}

/// Something that the register holds of a parcel itself, as the fact is written.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
#[schema(as = ExtractFact)]
pub enum FactView {
    /// `status`, `nationalIdentifier`, areas, `plane` and `scale`.
    Text(String),
    /// `ward`.
    Ward(NamedView),
    /// `asMap` and `asCertificate`.
    Key(KeyView),
    /// `landUse`, main line first.
    LandUse(Vec<UseLineView>),
}

/// One line of land use with all that the register holds of it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ExtractUseLine)]
pub struct UseLineView {
    /// Area under this purpose, in m².
    pub area_m2: Option<String>,
    /// Code such as `ODT`.
    pub code: String,
    /// `private` or `common`.
    pub form: Option<String>,
    /// Origin class as written.
    pub origin: Option<String>,
    /// Last day of the term.
    #[schema(format = Date)]
    pub until: Option<String>,
}

/// What changed in a theme.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ExtractThemeChange)]
pub struct ThemeChangeView {
    /// Whether it concerns the parcel now.
    pub after: String,
    /// Whether it did on the earlier day.
    pub before: String,
    /// Restrictions that began, ended or changed.
    pub changes: Vec<ChangeView>,
    /// Code of the theme.
    pub code: String,
}

/// A restriction that began, ended or changed.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ExtractChange)]
pub struct ChangeView {
    /// As it is now; null when it ended.
    pub after: Option<SideView>,
    /// As it was; null when it began.
    pub before: Option<SideView>,
    /// What changed it; empty when the register holds no decision of it.
    pub by: Vec<ProvisionView>,
    /// Day of the change; null when it comes of the parcel's own shape.
    #[schema(format = Date)]
    pub day: Option<String>,
    /// `began`, `ended` or `changed`.
    pub kind: String,
}

/// A restriction before or after a change.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ExtractSide)]
pub struct SideView {
    /// Keys of its features.
    pub features: Vec<i64>,
    /// Kind.
    pub kind: String,
    /// Code of its layer.
    pub layer: String,
    /// What the legend says.
    pub legend: String,
    /// Length on the parcel in millimetres, for lines.
    pub length_mm: Option<i64>,
    /// The part of the parcel that it takes, for areas, told against the parcel of that day.
    pub share: Option<ShareView>,
}
