//! What an item says under the names that can be asked for.

use std::borrow::Cow;

use super::figure::{Figure, Met, Relation};
use super::property::{Fact, Property};
use super::value::Value;
use crate::cadastre::{ParcelStatus, Ward, WardCode};
use crate::geometry::Shape;
use crate::land::drawing::LotNumber;
use crate::land::entry::{Entry, EntryIdentifier, EntryKey};
use crate::land::snapshot::Land;
use crate::planning::{Corridor, FeatureKind, Layer, PlanFeature, PlanUnit, RightOfWay};

/// An item that is looked at. It lives as long as the look, so the size of a parcel costs nothing.
#[expect(
    clippy::large_enum_variant,
    reason = "never kept, and most items are parcels"
)]
pub(in crate::land) enum Said<'a> {
    /// A version of a parcel.
    Parcel(&'a Land, u32, Entry<'a>),
    /// A ward.
    Ward(&'a Ward),
    /// A planning feature, with the head of its layer.
    Planned(&'a PlanFeature, Option<&'a Layer>),
}

impl<'a> Said<'a> {
    /// A version of a parcel by its row.
    pub(in crate::land) fn parcel(land: &'a Land, row: u32) -> Self {
        Self::Parcel(land, row, land.entry(row))
    }

    /// What it says; [`Value::Null`] for a shape, and for what it does not have.
    pub(super) fn value(&self, property: &Property) -> Value<'_> {
        match self {
            Self::Parcel(_, _, entry) => of_parcel(entry, property.fact),
            Self::Ward(ward) => of_ward(ward, property.fact),
            Self::Planned(feature, layer) => {
                let of_layer = layer.map(|layer| of_layer(layer, property.fact));
                match of_layer {
                    None | Some(Value::Null) => of_feature(feature, property.fact),
                    Some(value) => value,
                }
            }
        }
    }

    /// Whether it has nothing under a name.
    pub(super) fn is_missing(&self, property: &Property) -> bool {
        match (property.fact, self) {
            (Fact::Geometry, Self::Parcel(..)) => false,
            (Fact::Geometry, Self::Ward(ward)) => ward.border.0.is_empty(),
            (Fact::Geometry, Self::Planned(feature, _)) => feature.shapes.is_empty(),
            _ => self.value(property) == Value::Null,
        }
    }

    /// Whether it lies so to a figure; unknown for an item without a shape.
    pub(super) fn lies(&self, relation: Relation, figure: &Figure) -> Option<bool> {
        self.met(figure).map(|parts| relation.holds(&parts))
    }

    /// How each of its parts lies to a figure; nothing for an item without a shape.
    fn met(&self, figure: &Figure) -> Option<Vec<Option<Met>>> {
        match self {
            Self::Parcel(land, row, entry) => {
                let shape = || Cow::Owned(Shape::Areas(land.shape(*row)));
                Some(vec![figure.met(entry.plane, &land.envelope(*row)?, shape)])
            }
            Self::Ward(ward) => {
                let shape = || Cow::Owned(Shape::Areas(ward.border.clone()));
                Some(vec![figure.met(
                    ward.plane,
                    &ward.border.envelope()?,
                    shape,
                )])
            }
            Self::Planned(feature, _) => {
                let shapes = feature.shapes.iter();
                let parts = shapes.filter_map(|(plane, shape)| {
                    let envelope = shape.envelope()?;
                    Some(figure.met(*plane, &envelope, || Cow::Borrowed(shape)))
                });
                Some(parts.collect()).filter(|parts: &Vec<_>| !parts.is_empty())
            }
        }
    }
}

fn text(text: &str) -> Value<'_> {
    Value::Text(Cow::Borrowed(text))
}

fn code(ward: WardCode) -> Value<'static> {
    Value::Text(Cow::Owned(ward.to_string()))
}

fn number<'e>(key: &EntryKey<'e>) -> Value<'e> {
    match key.number {
        LotNumber::Plain(number) => Value::Text(Cow::Owned(number.to_string())),
        LotNumber::Text(written) => text(written),
    }
}

fn of_parcel<'e>(entry: &'e Entry<'_>, fact: Fact) -> Value<'e> {
    let certificate = entry.as_certificate.as_ref();
    match fact {
        Fact::Id => Value::whole(entry.id.get()),
        Fact::WardCode => code(entry.ward),
        Fact::MapCommune => code(entry.as_map.commune),
        Fact::MapSheet => text(entry.as_map.sheet),
        Fact::MapNumber => number(&entry.as_map),
        Fact::CertificateCommune => Value::of(certificate, |key| code(key.commune)),
        Fact::CertificateSheet => Value::of(certificate, |key| text(key.sheet)),
        Fact::CertificateNumber => Value::of(certificate, number),
        Fact::Identifier => Value::of(entry.identifier, |identifier| match identifier {
            EntryIdentifier::Usual(number) => Value::Text(Cow::Owned(format!("{number:012}"))),
            EntryIdentifier::Text(written) => text(written),
        }),
        Fact::LandUseCodes => {
            let mut codes = String::new();
            entry.each_land_use(|line| {
                if !codes.is_empty() {
                    codes.push('+');
                }
                codes.push_str(line.code.as_str());
            });
            Value::Text(Cow::Owned(codes))
        }
        Fact::RegisteredArea => Value::of(entry.registered_area, |area| {
            Value::decimal(area.hundredths_m2(), 2)
        }),
        // As it is shown, so that what stands in an answer finds it again.
        Fact::MeasuredArea => Value::decimal(entry.measured_area().ten_thousandths_m2(), 4),
        Fact::Status => text(match entry.status {
            ParcelStatus::InUse => "inUse",
            ParcelStatus::Recovered => "recovered",
            ParcelStatus::Disputed => "disputed",
        }),
        Fact::Scale => Value::whole(i64::from(entry.scale.denominator())),
        Fact::ValidFrom => Value::Day(entry.valid.from),
        Fact::ValidTo => Value::of(entry.valid.to, Value::Day),
        Fact::RecordedIn => Value::whole(entry.recorded_in.0 as i64),
        Fact::Plane => Value::whole(i64::from(entry.plane.0)),
        _ => Value::Null,
    }
}

fn of_ward(ward: &Ward, fact: Fact) -> Value<'_> {
    match fact {
        Fact::Id => Value::whole(i64::from(ward.code.number())),
        Fact::Code => code(ward.code),
        Fact::Name => text(&ward.name),
        Fact::Kind => text(ward.kind.word()),
        Fact::ValidFrom => Value::Day(ward.valid.from),
        Fact::ValidTo => Value::of(ward.valid.to, Value::Day),
        Fact::Plane => Value::whole(i64::from(ward.plane.0)),
        _ => Value::Null,
    }
}

fn of_layer(layer: &Layer, fact: Fact) -> Value<'_> {
    match fact {
        Fact::Theme => text(&layer.theme.0),
        Fact::LawStatus => text(layer.law_status.as_str()),
        Fact::AsOf => Value::Day(layer.as_of),
        Fact::Accuracy => Value::decimal(i64::from(layer.accuracy_mm), 3),
        _ => Value::Null,
    }
}

fn of_feature(feature: &PlanFeature, fact: Fact) -> Value<'_> {
    let valid = feature.lifespan.valid;
    match (fact, &feature.kind) {
        (Fact::Id, _) => Value::whole(feature.id.0),
        (Fact::Layer, _) => text(&feature.layer.0),
        (Fact::ValidFrom, _) => Value::Day(valid.from),
        (Fact::ValidTo, _) => Value::of(valid.to, Value::Day),
        (Fact::RecordedIn, _) => Value::whole(feature.recorded_in.0 as i64),
        (fact, FeatureKind::PlanUnit(unit)) => of_unit(unit, fact),
        (fact, FeatureKind::RightOfWay(way)) => of_way(way, fact),
        (fact, FeatureKind::Corridor(corridor)) => of_corridor(corridor, fact),
        (Fact::Kind, FeatureKind::Restriction { kind, .. }) => text(kind),
        (Fact::Legend, FeatureKind::Restriction { legend_vi, .. }) => text(legend_vi),
        _ => Value::Null,
    }
}

fn of_unit(unit: &PlanUnit, fact: Fact) -> Value<'_> {
    let indices = &unit.indices;
    let decimal = |held: Option<i64>, decimals| Value::of(held, |n| Value::decimal(n, decimals));
    match fact {
        Fact::Code => text(&unit.code),
        Fact::Function => text(&unit.function),
        Fact::StoreysMax => decimal(indices.storeys_max.map(i64::from), 0),
        Fact::HeightMax => decimal(indices.height_max_mm.map(i64::from), 3),
        Fact::CoverageMaxPercent => decimal(indices.coverage_max_permille.map(i64::from), 1),
        Fact::FloorAreaRatioMax => {
            decimal(indices.floor_area_ratio_max_hundredths.map(i64::from), 2)
        }
        Fact::Population => decimal(indices.population.map(i64::from), 0),
        _ => Value::Null,
    }
}

fn of_way(way: &RightOfWay, fact: Fact) -> Value<'_> {
    match fact {
        Fact::Street => text(&way.street),
        Fact::Width => Value::of(way.width_mm, |mm| Value::decimal(i64::from(mm), 3)),
        Fact::Alley => Value::Truth(way.alley),
        Fact::Decision => Value::of(way.decision.as_ref(), |decision| text(&decision.act)),
        _ => Value::Null,
    }
}

fn of_corridor(corridor: &Corridor, fact: Fact) -> Value<'_> {
    match fact {
        Fact::Kind => text(corridor.kind.as_restriction()),
        Fact::Legend => text(&corridor.name),
        Fact::Width => Value::of(corridor.width_mm, |mm| Value::decimal(i64::from(mm), 3)),
        Fact::Voltage => Value::of(corridor.voltage_v, |v| Value::whole(i64::from(v))),
        _ => Value::Null,
    }
}
