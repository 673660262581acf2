//! What a check says on the wire of drawn parts and of the floors that were counted.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// How a part stands that is drawn apart from the footprint.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CheckPart)]
pub struct PartView {
    /// Height of its underside above the planned ground, in m.
    pub from_m: Option<String>,
    /// The quantities of the verdicts that judge it; empty where no rule in force speaks of it.
    pub judged_by: Vec<String>,
    /// What it is.
    pub kind: String,
    /// The same in words.
    pub kind_text: String,
    /// `pass`, `fail`, `marginal`, `unknown`, or `not_applicable` where it lies on the lot and no rule
    /// speaks of it.
    pub outcome: String,
    /// The same in words.
    pub outcome_text: String,
    /// Which it is, such as `parts[0]`.
    pub part: String,
    /// `within` the lot, `over_street` by which the rules go, `over_other_street`, `beyond` on land of
    /// others, `in_corridor`, `marginal` or `unknown`.
    pub place: String,
    /// The same in words.
    pub place_text: String,
    /// How far it reaches over the street, in m.
    pub reach_m: Option<String>,
    /// Height of its top above the planned ground, in m.
    pub to_m: Option<String>,
    /// What of it lies where it may not, or over a street: GeoJSON in the system of the plane.
    #[schema(value_type = Option<Object>)]
    pub witness: Option<Value>,
}

/// Storeys as the law counts them.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CheckStoreys)]
pub struct StoreysView {
    /// How many there are.
    pub counted: String,
    /// Every sort of floor, and whether it counts.
    pub floors: Vec<CountedFloorView>,
}

/// Floors of one sort.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CheckCountedFloor)]
pub struct CountedFloorView {
    /// Whether they count as storeys.
    pub counts: bool,
    /// How many there are.
    pub floors: String,
    /// `full`, `technical`, `attic`, `mezzanine`, `half_basement` or `stair_roof`.
    pub kind: String,
    /// Why they count or do not, in words.
    pub text: String,
}
