//! What an envelope says on the wire. Decimals are texts; only coordinates are numbers.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::http::checks::view::{BoundView, FactView, OpenView, PermitView, RuleView, SiteView};

/// What may be built on a parcel.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = Envelope)]
pub struct EnvelopeView {
    /// Storeys that may be added to those told, and what that rests on; null where no table adds
    /// any.
    pub added: Option<AddedView>,
    /// Quantities of limits that stand against any building; `levels` is empty then.
    pub against: Vec<String>,
    /// What nobody says, and as what it was taken: no more is allowed by it than by any other value.
    pub assumed: Vec<AssumedView>,
    /// System of the shapes.
    pub crs: String,
    /// Day whose rules applied.
    #[schema(format = Date)]
    pub date: String,
    /// `known`: the levels say what may be built. `nothing`: nothing may. `unknown`: something is
    /// lacking, `missing` says what, and nothing is told as allowed.
    pub extent: String,
    /// The same in words.
    pub extent_text: String,
    /// What was known of the site, by parameter: what the asker states says so, and so does what was
    /// only taken (`assumed`).
    pub facts: Vec<FactView>,
    /// The greatest area of all floors, in m².
    pub floors: Option<GreatestView>,
    /// The greatest area of the footprint on the ground, in m².
    pub footprint: Option<GreatestView>,
    /// Language of the texts: `vi` or `en`.
    pub language: String,
    /// What may be built, from the ground up; empty unless the extent is `known`.
    pub levels: Vec<LevelView>,
    /// Every limit at this place, with what it comes to for a building of this outline.
    pub limits: Vec<LimitView>,
    /// What is lacking.
    pub missing: Vec<MissingView>,
    /// Sizes of the building from which on the limits are those told; a smaller building may be limited
    /// more strictly.
    pub needs: Vec<NeedView>,
    /// What the register says of the lot and no rule judges: an officer has to look at it.
    pub open: Vec<OpenView>,
    /// Which permit the greatest building needs, and who grants it.
    pub permit: PermitView,
    /// Beyond this no building may reach, whatever is lacking, and not all within it may be
    /// allowed: GeoJSON; null where distances are not known.
    #[schema(value_type = Option<Object>)]
    pub reach: Option<Value>,
    /// Revision of the register that answered.
    pub revision: u64,
    /// The ground.
    pub site: SiteView,
    /// The greatest number of storeys.
    pub storeys: Option<GreatestView>,
    /// Whether the register holds made-up data, as that of the demo city.
    pub synthetic: bool,
    /// `may_proceed`, `may_not` or `officer_decides`: what follows for a building within the levels,
    /// if its areas are no greater than told.
    pub total: String,
    /// The same in words.
    pub total_text: String,
}

/// Storeys that may be added to those told.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = EnvelopeAdded)]
pub struct AddedView {
    /// The height at the building line, in m; null where none is told.
    pub at_line_m: Option<String>,
    /// How far the added storey stands behind the building line, in m, at whatever height it begins.
    pub back_m: Option<String>,
    /// The greatest number of storeys then; null where it is not known.
    pub storeys: Option<String>,
    /// The same in words.
    pub text: String,
    /// The greatest height of the highest point then, in m.
    pub top_m: Option<String>,
    /// For what reasons a storey may be added; one is enough, and those that do not hold are left
    /// out.
    pub ways: Vec<AddedWayView>,
}

/// A reason for which a storey may be added.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = EnvelopeAddedWay)]
pub struct AddedWayView {
    /// How many storeys.
    pub add: String,
    /// Whether it holds; null where that is not known.
    pub holds: Option<bool>,
    /// Parameters that would have to be known.
    pub missing: Vec<String>,
    /// What the table says of it.
    pub text: String,
}

/// What was taken where nobody says it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = EnvelopeAssumed)]
pub struct AssumedView {
    /// Name of the parameter.
    pub parameter: String,
    /// The same in words.
    pub text: String,
    /// As what it was taken.
    pub value: String,
}

/// A greatest value with what makes it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = EnvelopeGreatest)]
pub struct GreatestView {
    /// What is limited, such as `coverage`; null where the shape makes it.
    pub quantity: Option<String>,
    /// The same in words, with its rules.
    pub text: String,
    /// The value.
    pub value: String,
}

/// A size of the building by which limits go.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = EnvelopeNeed)]
pub struct NeedView {
    /// The least size, in m.
    pub at_least_m: String,
    /// `depth_from_building_line_m` or `building_frontage_m`.
    pub parameter: String,
    /// The same in words.
    pub text: String,
}

/// An outline and the heights for which it holds: a building whose highest point lies above `fromM`
/// and no higher than `toM` stands within it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = EnvelopeLevel)]
pub struct LevelView {
    /// Its area, in m².
    pub area_m2: String,
    /// Its faces.
    pub faces: Vec<FaceView>,
    /// The greatest area of the footprint of a building as high as the level, in m².
    pub footprint: Option<GreatestView>,
    /// Where it begins, in m above the planned ground.
    pub from_m: String,
    /// The outline: GeoJSON Polygon or MultiPolygon.
    #[schema(value_type = Object)]
    pub geometry: Value,
    /// Where it ends; null where no rule limits the height.
    pub to_m: Option<String>,
    /// What limits the height, of the highest level; null where it ends since nothing higher has room.
    pub top: Option<TopView>,
}

/// A face of an outline.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = EnvelopeFace)]
pub struct FaceView {
    /// `limit`, `red_line`, `boundary` or `corridor`.
    pub cause: String,
    /// Distance that is kept, in m, rounded up to the millimetre: that of the limit, of what stands
    /// back with that of the building line; from a corridor as it is drawn, with what both may be off
    /// and without what the corridor itself is wide.
    pub distance_m: Option<String>,
    /// The face: GeoJSON LineString, the land on its left.
    #[schema(value_type = Object)]
    pub geometry: Value,
    /// What is limited, such as `setback/rear`.
    pub quantity: Option<String>,
    /// What follows from all rules together.
    pub required: Option<BoundView>,
    /// The rules that bind.
    pub rules: Vec<RuleView>,
    /// Name of the street, of a red line, and of a distance from one of several streets.
    pub street: Option<String>,
    /// What makes it, in words.
    pub text: String,
}

/// What limits the height.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = EnvelopeTop)]
pub struct TopView {
    /// What is limited.
    pub quantity: String,
    /// What follows from all rules together.
    pub required: BoundView,
    /// The rules that bind.
    pub rules: Vec<RuleView>,
    /// The same in words.
    pub text: String,
}

/// A limit at a place.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = EnvelopeLimit)]
pub struct LimitView {
    /// Parameters that would have to be known; `day` and `rule` as in a check.
    pub missing: Vec<String>,
    /// What is limited, such as `coverage` or `setback/rear`.
    pub quantity: String,
    /// What follows from all rules together.
    pub required: BoundView,
    /// Whether it rests on a text that nobody has read.
    pub rests_on_unconfirmed: bool,
    /// Every rule that was considered.
    pub rules: Vec<RuleView>,
    /// What is limited, in words.
    pub text: String,
}

/// What is lacking.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = EnvelopeMissing)]
pub struct MissingView {
    /// Parameters that would have to be known; whoever asks may state them.
    pub parameters: Vec<String>,
    /// What is limited; null for what keeps the lot itself from being known.
    pub quantity: Option<String>,
    /// `unknown`, `unconfirmed`, `officer`, `not_measured`, `no_edges`, `not_drawn` or
    /// `no_added_storey` of a limit;
    /// `roads_without_data`, `corridors_without_data`, `lot_in_pieces`, `no_red_line` or
    /// `partly_residential` of the lot.
    pub reason: String,
    /// The same in words.
    pub text: String,
}
