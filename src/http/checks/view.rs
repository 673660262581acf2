//! What a check says on the wire. Decimals are texts, and only coordinates are numbers with
//! decimals, so that other programs come to the same bytes.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::part_view::{PartView, StoreysView};

/// Every verdict on a proposal.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = Check)]
pub struct CheckView {
    /// What may be stated so that less is unknown, that for which most verdicts wait first; then what
    /// has been stated.
    pub asks: Vec<AskView>,
    /// Day whose rules applied.
    #[schema(format = Date)]
    pub date: String,
    /// What was known of site and building, by parameter: what the asker states says so.
    pub facts: Vec<FactView>,
    /// Language of the texts: `vi` or `en`.
    pub language: String,
    /// What the register says of the lot and no rule judges: while anything stands here, no total is
    /// `may_proceed`.
    pub open: Vec<OpenView>,
    /// How each part stands that is drawn apart from the footprint, in their order.
    pub parts: Vec<PartView>,
    /// Which permit it needs, and who grants it.
    pub permit: PermitView,
    /// Revision of the register that answered.
    pub revision: u64,
    /// The ground it stands on.
    pub site: SiteView,
    /// Vertices that were moved onto the boundary of the parcels, as was asked.
    pub snapped: Vec<SnappedView>,
    /// Whether the building stands on its lot.
    pub standing: StandingView,
    /// How storeys were counted from the floors that were told; null when none was.
    pub storeys: Option<StoreysView>,
    /// Whether the register holds made-up data, as that of the demo city.
    pub synthetic: bool,
    /// `may_proceed`, `may_not` or `officer_decides`.
    pub total: String,
    /// The same in words.
    pub total_text: String,
    /// One for each quantity that any rule limits.
    pub verdicts: Vec<VerdictView>,
}

/// A parameter that verdicts wait for, or that was stated.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CheckAsk)]
pub struct AskView {
    /// What can be stated of it, other than a number or a code.
    pub choices: Vec<ChoiceView>,
    /// Name, as it is stated.
    pub parameter: String,
    /// `number`, `truth`, `word` or `code`.
    pub sort: String,
    /// The parameter in words.
    pub text: String,
    /// Unit of a number.
    pub unit: Option<String>,
    /// How many verdicts wait for it.
    pub waiting: u32,
}

/// A value that can be stated.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CheckChoice)]
pub struct ChoiceView {
    /// In words.
    pub text: String,
    /// As it is stated.
    pub value: String,
}

/// Which permit a proposal needs on its day, and who grants it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CheckPermit)]
pub struct PermitView {
    /// `commune`, `department_of_construction`, `zone_board`, `commune_of_larger_share` or, until 30
    /// June 2025, `district`; null when it is not known, or an officer decides.
    pub office: Option<String>,
    /// The same in words.
    pub office_text: String,
    /// Other readings of the law, to which an officer can hand the case over.
    pub other_readings: Vec<OtherOfficeView>,
    /// `exempt`, `notice`, `permit`, `limited_term` or `repair_only`; null when it is not known.
    pub path: Option<String>,
    /// The same in words.
    pub path_text: String,
}

/// An office that another reading of the law names.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CheckOtherOffice)]
pub struct OtherOfficeView {
    /// Number of the act.
    pub act: String,
    /// Article, table or clause.
    pub article: Option<String>,
    /// Code of the office.
    pub office: String,
    /// The same in words.
    pub office_text: String,
    /// Pack.
    pub pack: String,
    /// Rule within the pack.
    pub rule: String,
}

/// A question that an officer has to look into.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CheckOpen)]
pub struct OpenView {
    /// Name of the parameter that is stated otherwise than the register says.
    pub parameter: Option<String>,
    /// `recovered`, `disputed`, `restricted`, `without_data` or `contradicted`.
    pub reason: String,
    /// The same in words.
    pub text: String,
    /// Code of the theme, of what is restricted or without data.
    pub theme: Option<String>,
}

/// A vertex that was moved.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CheckSnapped)]
pub struct SnappedView {
    /// Where it was: easting and northing on the plane of the parcels, in m.
    pub from: [f64; 2],
    /// By how much, in m.
    pub moved_m: String,
    /// Which it is, such as `footprint[0][0][3]` or `parts[1].geometry[0][0][3]`: polygon, ring and
    /// vertex, counted from 0; of a line 0, 0 and the vertex.
    pub place: String,
    /// Where it is: easting and northing, in m.
    pub to: [f64; 2],
}

/// The ground of a proposal.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CheckSite)]
pub struct SiteView {
    /// Whether it lies between two roads that meet.
    pub corner: bool,
    /// The outline of the lot, piece by piece, with the lot on the left.
    pub edges: Vec<SiteEdgeView>,
    /// EPSG code of the plane on which everything is measured.
    pub epsg: u32,
    /// What is left of the parcels beside the roads and without corridors: GeoJSON in the system of
    /// the plane.
    #[schema(value_type = Object)]
    pub lot: Value,
    /// What is left of the parcels beside the roads and without corridors, in m².
    pub lot_area_m2: String,
    /// The parcels.
    pub parcels: Vec<SiteParcelView>,
    /// The roads it fronts on, the widest first.
    pub roads: Vec<SiteRoadView>,
    /// Whether it reaches from one road to another.
    pub through: bool,
}

/// A piece of the outline of the lot.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CheckEdge)]
pub struct SiteEdgeView {
    /// `road`, `side` or `rear`, as seen from the roads it fronts on.
    pub facing: String,
    /// GeoJSON LineString in the system of the plane.
    #[schema(value_type = Object)]
    pub line: Value,
    /// Name of the road it faces; empty for a nameless alley.
    pub street: Option<String>,
}

/// A parcel of the lot.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CheckParcel)]
pub struct SiteParcelView {
    /// Key.
    pub id: i64,
    /// Key of the version that was judged.
    pub version: i64,
}

/// A road the lot fronts on.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CheckRoad)]
pub struct SiteRoadView {
    /// Whether it is an alley.
    pub alley: bool,
    /// How far the lot reaches from its red line, in m.
    pub depth_m: String,
    /// Length of the lot on its red line, in m.
    pub frontage_m: String,
    /// Name; empty for a nameless alley.
    pub street: String,
    /// Right of way between its red lines, in m; null when it has not been decided.
    pub width_m: Option<String>,
}

/// What is known of a parameter.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CheckFact)]
pub struct FactView {
    /// `derived` from the register or the drawing, `stated` by the asker, `unknown`, or `assumed` by an
    /// envelope.
    pub origin: String,
    /// Name.
    pub parameter: String,
    /// Why it is unknown.
    pub reason: Option<String>,
    /// The parameter in words.
    pub text: String,
    /// Value; null when it is unknown.
    pub value: Option<String>,
}

/// Whether a building stands on its lot.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CheckStanding)]
pub struct StandingView {
    /// Area that lies beyond its lot, or in a corridor, in m²; null when none does.
    pub beyond_m2: Option<String>,
    /// What has to be cut off for it to stand within its lot.
    pub change: Option<ChangeView>,
    /// `pass`, `fail`, `marginal` or `unknown`.
    pub outcome: String,
    /// The same in words.
    pub text: String,
    /// What lies beyond, or in a corridor: GeoJSON in the system of the footprint.
    #[schema(value_type = Option<Object>)]
    pub witness: Option<Value>,
}

/// How a proposal stands to one limit.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = Verdict)]
pub struct VerdictView {
    /// The least change of the proposal by which it passes, of one that fails; null where none is
    /// known.
    pub change: Option<ChangeView>,
    /// What was found; null when it was not stated or cannot be measured here.
    pub found: Option<String>,
    /// Parameters that would have to be known; `day` where the days of a text are in doubt, `rule`
    /// where no pack speaks of the quantity at this place on this day.
    pub missing: Vec<String>,
    /// The same in words, in the same order.
    pub missing_text: Vec<String>,
    /// `pass`, `fail`, `marginal`, `unknown` or `not_applicable`.
    pub outcome: String,
    /// The same in words.
    pub outcome_text: String,
    /// What is limited, such as `coverage` or `setback/rear`.
    pub quantity: String,
    /// The same in words.
    pub quantity_text: String,
    /// What follows from all rules together.
    pub required: BoundView,
    /// Whether it rests on a text that nobody has read.
    pub rests_on_unconfirmed: bool,
    /// Every rule that was considered.
    pub rules: Vec<RuleView>,
    /// Unit of what was found, of a number.
    pub unit: Option<String>,
    /// What shows it on the ground: GeoJSON in the system of the footprint.
    #[schema(value_type = Option<Object>)]
    pub witness: Option<Value>,
}

/// A change of the proposal by which a failed verdict passes, as the check itself has judged.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CheckChange)]
pub struct ChangeView {
    /// By how much, rounded up: to the millimetre, to 10 cm² of floors, or to whole storeys.
    pub amount: String,
    /// The footprint with the change, where it is another one: GeoJSON in the system of the footprint.
    #[schema(value_type = Option<Object>)]
    pub footprint: Option<Value>,
    /// `moved_in`, `fewer_storeys`, `lower`, `smaller_footprint`, `smaller_floors`, `cut_off`, or of
    /// drawn parts `shorter` or `higher`.
    pub kind: String,
    /// What the verdict is then: `pass`.
    pub outcome: String,
    /// The change in words.
    pub text: String,
    /// What follows for the whole proposal then: `may_proceed`, `may_not` or `officer_decides`.
    pub total: String,
    /// The same in words.
    pub total_text: String,
    /// Unit of the amount: `m`, `m2` or `storeys`.
    pub unit: String,
}

/// What a rule or all together allow.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = Bound)]
pub struct BoundView {
    /// `number`, `words`, `path`, `office`, `officer`, `none`, `unconfirmed` or `unknown`.
    pub kind: Cow<'static, str>,
    /// `at_most`, `less_than`, `at_least` or `more_than`, of a number.
    pub sense: Option<Cow<'static, str>>,
    /// Unit of a number.
    pub unit: Option<Cow<'static, str>>,
    /// The number, the words, the path or the office.
    pub value: Option<String>,
}

/// A rule that was considered.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ConsideredRule)]
pub struct RuleView {
    /// Number of the act.
    pub act: String,
    /// `yes`, `no` or `unknown`.
    pub applies: String,
    /// Article, table or clause.
    pub article: Option<String>,
    /// What it comes to here.
    pub bound: BoundView,
    /// How sure the text is.
    pub confidence: String,
    /// Address of the text.
    pub link: Option<String>,
    /// Pack.
    pub pack: String,
    /// SHA-256 of the pack.
    pub pack_hash: String,
    /// `governs`, `caps`, `looser`, `replaced`, `yields`, `sets_none`, `open`, `other_reading` or
    /// `apart`.
    pub role: String,
    /// Rule within the pack.
    pub rule: String,
    /// Title.
    pub title: String,
}
