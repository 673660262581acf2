//! What `POST /v1/what-if` says on the wire, line by line. Decimals are texts.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::http::checks::view::BoundView;

/// One line of the answer.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", tag = "type")]
#[schema(as = WhatIfLine)]
pub enum LineView<'c> {
    /// The first.
    Begin(BeginView),
    /// A parcel whose answer changes.
    Parcel(#[serde(borrow)] ParcelChangeView<'c>),
    /// How far it has come.
    Progress(ProgressView),
    /// The last; an answer without it broke off.
    End(EndView),
}

/// Of what everything after it is said.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WhatIfBegin)]
pub struct BeginView {
    /// The day on which answers are compared.
    #[schema(format = Date)]
    pub date: String,
    /// Revision of the register with which the supposed one is compared.
    pub revision: u64,
    /// Whether the register holds made-up data, as that of the demo city.
    pub synthetic: bool,
    /// How many parcels are examined; the answers of all others stay.
    pub total: usize,
}

/// A parcel whose answer changes, with what of it does.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WhatIfParcel)]
pub struct ParcelChangeView<'c> {
    /// Key.
    pub id: i64,
    /// Code of its ward.
    pub ward: String,
    /// Area of the lot that conforms to the plan, where that changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lot_area_m2: Option<AreaChangeView>,
    /// The quantities of which something else is limited.
    #[serde(borrow)]
    pub limits: Vec<LimitChangeView<'c>>,
    /// The themes that say something else.
    pub themes: Vec<ThemeChangeView>,
}

/// An area before and after, in m²; null where it is not known.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = WhatIfArea)]
pub struct AreaChangeView {
    /// Before.
    pub before: Option<String>,
    /// After.
    pub after: Option<String>,
}

/// A quantity of which something else is limited.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = WhatIfLimit)]
pub struct LimitChangeView<'c> {
    /// Such as `coverage`, `setback/rear`, `permit_path`.
    pub quantity: String,
    /// Before; null where no rule binds or may.
    #[serde(borrow)]
    pub before: Option<LimitView<'c>>,
    /// After; null where no rule binds or may.
    #[serde(borrow)]
    pub after: Option<LimitView<'c>>,
}

/// What is limited of a quantity.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Limit)]
pub struct LimitView<'c> {
    /// What follows from all rules.
    pub bound: BoundView,
    /// Beside a bound that is unknown, one that holds whatever the unknown may be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certain: Option<BoundView>,
    /// What is lacking for a bound that is unknown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// The rules that bind, and those that may.
    #[serde(borrow)]
    pub rules: Vec<BindingView<'c>>,
}

/// A rule that binds, or may.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = BindingRule)]
pub struct BindingView<'c> {
    /// Pack.
    pub pack: Cow<'c, str>,
    /// Rule within the pack.
    pub rule: Cow<'c, str>,
    /// `governs`, `caps`, `open` or `other_reading`.
    pub role: Cow<'static, str>,
    /// What it comes to here.
    pub bound: BoundView,
}

/// A theme that says something else.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = WhatIfTheme)]
pub struct ThemeChangeView {
    /// Its code.
    pub theme: String,
    /// Before.
    pub before: ThemeSaysView,
    /// After.
    pub after: ThemeSaysView,
}

/// What a theme says of a parcel.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = WhatIfThemeSays)]
pub struct ThemeSaysView {
    /// `concerned`, `not_concerned` or `no_data`.
    pub concern: String,
    /// What lies on the parcel.
    pub restrictions: Vec<TakenView>,
}

/// A restriction and how much of a parcel it takes.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WhatIfRestriction)]
pub struct TakenView {
    /// Code of its layer.
    pub layer: String,
    /// Keys of its features; null stands for one that is supposed to be added.
    pub features: Vec<Option<i64>>,
    /// What it is, by the properties of its collection; lengths in m.
    #[schema(value_type = Object)]
    pub properties: Map<String, Value>,
    /// Area in m², of an area.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area_m2: Option<String>,
    /// Length in m, of lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length_m: Option<String>,
    /// Number of points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<usize>,
}

/// How far the answer has come.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = WhatIfProgress)]
pub struct ProgressView {
    /// Parcels examined so far.
    pub examined: usize,
    /// Parcels in all.
    pub total: usize,
    /// Those of them whose answer changes.
    pub changed: usize,
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = WhatIfEnd)]
pub struct EndView {
    /// Always true.
    pub complete: bool,
    /// Parcels examined.
    pub examined: usize,
    /// Those of them whose answer changes.
    pub changed: usize,
    /// How many of them lie in each ward, by code.
    pub wards: Vec<WardCountView>,
    /// Of how many something else is limited, by quantity.
    pub quantities: Vec<CountView>,
    /// Of how many a theme says something else, by code.
    pub themes: Vec<CountView>,
}

/// Parcels of a ward.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = WhatIfWard)]
pub struct WardCountView {
    /// Code.
    pub ward: String,
    /// Name on the day; null when it has none.
    pub name: Option<String>,
    /// How many change.
    pub changed: usize,
}

/// Parcels by what changes.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = WhatIfCount)]
pub struct CountView {
    /// Quantity or theme.
    pub of: String,
    /// How many change.
    pub changed: usize,
}
