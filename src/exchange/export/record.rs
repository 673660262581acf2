//! What is written of a parcel or a planning feature: cells under fixed names, and the shape.

use crate::cadastre::{Day, Interval, Parcel, ParcelKey, ParcelStatus, Ward};
use crate::crs::Epsg;
use crate::exchange::mapping::{land_use, provisions};
use crate::exchange::profile::Target;
use crate::geometry::Shape;
use crate::planning::{Corridor, CorridorKind, FeatureKind, PlanFeature, PlanUnit, RightOfWay};

/// One value; its kind is the same in all records of a collection.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Text, when there is one.
    Text(Option<String>),
    /// A whole number, when there is one.
    Integer(Option<i64>),
    /// A number, when there is one.
    Real(Option<f64>),
    /// Yes or no, when it is known.
    Truth(Option<bool>),
    /// A civil day, when there is one; records for import have days as texts.
    Day(Option<Day>),
}

/// One feature to write.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The key of the parcel or feature.
    pub id: i64,
    /// First day of the version.
    pub valid_from: Day,
    /// Whether the feature has a record on another plane as well.
    pub in_parts: bool,
    /// Cells in the order of [`Collection::columns`].
    pub cells: Vec<Cell>,
    /// The plane of the shape.
    pub plane: Epsg,
    /// The shape on the grid of its plane.
    pub shape: Shape,
}

const PARCELS: &[&str] = &[
    "commune",
    "sheet",
    "number",
    "certificate_commune",
    "certificate_sheet",
    "certificate_number",
    "ward",
    "national_identifier",
    "registered_area_m2",
    "measured_area_m2",
    "scale",
    "land_use",
    "status",
    "valid_from",
    "valid_to",
    "plane",
];
const ZONES: &[&str] = &[
    "key",
    "layer",
    "code",
    "function",
    "storeys_max",
    "height_max_m",
    "coverage_max_percent",
    "floor_area_ratio_max",
    "population",
    "provisions",
    "valid_from",
    "valid_to",
    "plane",
];
const ROADS: &[&str] = &[
    "key",
    "layer",
    "street",
    "width_m",
    "alley",
    "act",
    "article",
    "dated",
    "link",
    "provisions",
    "valid_from",
    "valid_to",
    "plane",
];
const CORRIDORS: &[&str] = &[
    "key",
    "layer",
    "kind",
    "name",
    "width_m",
    "voltage_v",
    "provisions",
    "valid_from",
    "valid_to",
    "plane",
];
const RESTRICTIONS: &[&str] = &[
    "key",
    "layer",
    "kind",
    "legend_vi",
    "legend_en",
    "provisions",
    "valid_from",
    "valid_to",
    "plane",
];

const ALL_RESTRICTIONS: &[&str] = &[
    "key",
    "layer",
    "kind",
    "name",
    "width_m",
    "voltage_v",
    "legend_vi",
    "legend_en",
    "provisions",
    "valid_from",
    "valid_to",
    "plane",
];

/// The name of the column that holds the key of a parcel or feature, the same in all versions.
pub(super) const ID: &str = "id";

const WARDS: &[&str] = &["code", "name", "kind", "valid_from", "valid_to", "plane"];

/// What is written into one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Collection {
    /// A collection that a profile can map to.
    Of(Target),
    /// The wards of every day with their borders, which no profile maps to.
    Wards,
    /// Corridors and other restrictions together, as others read them.
    AllRestrictions,
}

impl From<Target> for Collection {
    fn from(target: Target) -> Self {
        Self::Of(target)
    }
}

impl Collection {
    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Of(target) => target.as_str(),
            Self::Wards => "wards",
            Self::AllRestrictions => "restrictions",
        }
    }

    /// The names of its cells; the built-in profile of the same name reads them, where there is
    /// one.
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Of(Target::Parcels) => PARCELS,
            Self::Of(Target::Zones) => ZONES,
            Self::Of(Target::Roads) => ROADS,
            Self::Of(Target::Corridors) => CORRIDORS,
            Self::Of(Target::Restrictions) => RESTRICTIONS,
            // No collection: who holds what is not exported.
            Self::Of(Target::Certificates) => &[],
            Self::Wards => WARDS,
            Self::AllRestrictions => ALL_RESTRICTIONS,
        }
    }

    /// Whether all its shapes are areas.
    pub const fn is_of_areas(self) -> bool {
        match self {
            Self::Wards => true,
            // An import takes nothing else for these.
            Self::Of(target) => !matches!(target, Target::Restrictions),
            Self::AllRestrictions => false,
        }
    }
}

/// Whether a layer has the fields of exported wards, and no others; files of before have no ids.
pub fn is_of_wards(fields: &[String]) -> bool {
    let own = fields.iter().filter(|field| *field != ID);
    let known = own.clone().all(|field| WARDS.contains(&field.as_str()));
    known && own.count() == WARDS.len()
}

fn text<T: ToString + ?Sized>(value: &T) -> Cell {
    Cell::Text(Some(value.to_string()))
}

fn optional<T: ToString>(value: Option<T>) -> Cell {
    Cell::Text(value.map(|v| v.to_string()))
}

fn whole(value: Option<impl Into<i64>>) -> Cell {
    Cell::Integer(value.map(Into::into))
}

/// A count of parts as the number they make, such as millimetres as metres.
fn parts(value: Option<u32>, per_unit: f64) -> Cell {
    Cell::Real(value.map(|v| f64::from(v) / per_unit))
}

/// The record of a parcel as it was during an interval.
pub fn of_parcel(parcel: &Parcel, valid: Interval<Day>) -> Record {
    let certificate = parcel.as_certificate.as_ref();
    let of = |part: fn(&ParcelKey) -> String| Cell::Text(certificate.map(part));
    let status = match parcel.status {
        ParcelStatus::InUse => "in_use",
        ParcelStatus::Recovered => "recovered",
        ParcelStatus::Disputed => "disputed",
    };
    let land_use = land_use::write(&parcel.land_use);
    let cells = vec![
        text(&parcel.as_map.commune),
        text(parcel.as_map.sheet.as_str()),
        text(parcel.as_map.number.as_str()),
        of(|key| key.commune.to_string()),
        of(|key| key.sheet.as_str().to_owned()),
        of(|key| key.number.as_str().to_owned()),
        text(&parcel.ward),
        optional(parcel.national_identifier.as_ref().map(|n| n.as_str())),
        Cell::Real(parcel.registered_area.map(|a| a.m2())),
        Cell::Real(Some(parcel.measured_area().m2())),
        whole(Some(parcel.scale.denominator())),
        optional((!land_use.is_empty()).then_some(land_use)),
        text(status),
        text(&valid.from),
        optional(valid.to),
        whole(Some(parcel.plane.0)),
    ];
    Record {
        id: parcel.id.get(),
        valid_from: valid.from,
        in_parts: false,
        cells,
        plane: parcel.plane,
        shape: Shape::Areas(parcel.shape.normalized()),
    }
}

/// The record of a ward as it was during its days.
pub fn of_ward(ward: &Ward) -> Record {
    let code = ward.code.to_string();
    Record {
        // A code is five digits.
        id: code.parse().unwrap_or_default(),
        valid_from: ward.valid.from,
        in_parts: false,
        cells: vec![
            text(&code),
            text(&ward.name),
            text(ward.kind.word()),
            text(&ward.valid.from),
            optional(ward.valid.to),
            whole(Some(ward.plane.0)),
        ],
        plane: ward.plane,
        shape: Shape::Areas(ward.border.normalized()),
    }
}

/// The records of a planning feature, one for each plane it reaches into, and their collection.
pub fn of_feature(feature: &PlanFeature) -> (Target, Vec<Record>) {
    let own = match &feature.kind {
        FeatureKind::PlanUnit(unit) => of_plan_unit(unit),
        FeatureKind::RightOfWay(way) => of_right_of_way(way),
        FeatureKind::Corridor(corridor) => of_corridor(corridor),
        FeatureKind::Restriction {
            kind,
            legend_vi,
            legend_en,
        } => vec![text(kind), text(legend_vi), text(legend_en)],
    };
    let record = |(plane, shape): &(Epsg, Shape)| {
        let mut cells = vec![text(&feature.key), text(&feature.layer)];
        cells.extend(own.iter().cloned());
        cells.extend([
            Cell::Text(provisions::write(&feature.provisions)),
            text(&feature.lifespan.valid.from),
            optional(feature.lifespan.valid.to),
            whole(Some(plane.0)),
        ]);
        Record {
            id: feature.id.0,
            valid_from: feature.lifespan.valid.from,
            in_parts: feature.shapes.len() > 1,
            cells,
            plane: *plane,
            shape: match shape {
                Shape::Areas(areas) => Shape::Areas(areas.normalized()),
                other => other.clone(),
            },
        }
    };
    let records = feature.shapes.iter().map(record).collect();
    (Target::of(&feature.kind), records)
}

/// A record of a corridor or of another restriction as one of both together; nothing for any other.
pub fn among_restrictions(of: Target, mut record: Record) -> Option<Record> {
    // Key, layer and kind stand first in both, what they rest on and their days last.
    let (place, without) = match of {
        Target::Corridors => (6, vec![Cell::Text(None), Cell::Text(None)]),
        Target::Restrictions => (
            3,
            vec![Cell::Text(None), Cell::Real(None), Cell::Integer(None)],
        ),
        _ => return None,
    };
    record.cells.splice(place..place, without);
    Some(record)
}

fn of_plan_unit(unit: &PlanUnit) -> Vec<Cell> {
    let indices = &unit.indices;
    let ratio = indices.floor_area_ratio_max_hundredths;
    vec![
        text(&unit.code),
        text(&unit.function),
        whole(indices.storeys_max),
        parts(indices.height_max_mm, 1000.0),
        parts(indices.coverage_max_permille.map(u32::from), 10.0),
        parts(ratio.map(u32::from), 100.0),
        whole(indices.population),
    ]
}

fn of_right_of_way(way: &RightOfWay) -> Vec<Cell> {
    let decision = way.decision.as_ref();
    vec![
        text(&way.street),
        parts(way.width_mm, 1000.0),
        text(&way.alley),
        optional(decision.map(|d| &d.act)),
        optional(decision.and_then(|d| d.article.as_ref())),
        optional(decision.and_then(|d| d.dated)),
        optional(decision.and_then(|d| d.link.as_ref())),
    ]
}

fn of_corridor(corridor: &Corridor) -> Vec<Cell> {
    let kind = match corridor.kind {
        CorridorKind::Canal => "canal",
        CorridorKind::Power => "power",
        CorridorKind::Rail => "rail",
    };
    vec![
        text(kind),
        text(&corridor.name),
        parts(corridor.width_mm, 1000.0),
        whole(corridor.voltage_v),
    ]
}
