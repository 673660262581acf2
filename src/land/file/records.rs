//! The bytes of everything in a snapshot file that is not a column.

use super::codec::{Record, choice, record, take};
use crate::cadastre::{
    Day, FormerWard, Instant, Interval, LandUseCode, Lifespan, Lineage, LineageKind, ParcelId,
    Revision, SheetNumber, UseForm, Ward, WardCode, WardKind, WardSuccession,
};
use crate::crs::Epsg;
use crate::geometry::{MultiPolygon, Shape, blob};
use crate::land::columns::{LineArea, UsePattern};
use crate::land::series::Series;
use crate::planning::{
    Corridor, CorridorKind, FeatureId, FeatureKind, LawStatus, Layer, LayerCode, LayerCondition,
    LegalProvision, Office, PlanFeature, PlanIndices, PlanUnit, RightOfWay, Theme,
};

record!(Day { 0 });
record!(Instant { 0 });
record!(Revision { 0 });
record!(Epsg { 0 });
record!(FeatureId { 0 });
record!(LayerCode { 0 });
record!(Theme { 0 });
record!(Interval<Day> { from, to });
record!(Interval<Instant> { from, to });
record!(Lifespan { valid, recorded });
record!(Ward {
    code,
    name,
    kind,
    plane,
    border,
    valid
});
record!(FormerWard {
    code,
    full_name,
    district,
    province
});
record!(WardSuccession {
    former,
    split,
    ward,
    day
});
record!(Lineage {
    predecessor,
    successor,
    kind,
    day
});
record!(Series { commune, sheet });
record!(UsePattern {
    code,
    area,
    origin,
    form,
    until
});
record!(LegalProvision {
    act,
    article,
    dated,
    link
});
record!(Office {
    code,
    name_vi,
    name_en
});
record!(Layer {
    code,
    theme,
    title_vi,
    title_en,
    coverage,
    as_of,
    accuracy_mm,
    law_status,
    provisions,
    office,
    synthetic,
    withdrawn,
    condition,
});
record!(PlanIndices {
    storeys_max,
    height_max_mm,
    coverage_max_permille,
    floor_area_ratio_max_hundredths,
    population,
});
record!(PlanUnit {
    code,
    function,
    indices
});
record!(RightOfWay {
    street,
    width_mm,
    decision,
    alley
});
record!(Corridor {
    kind,
    name,
    width_mm,
    voltage_v
});
record!(PlanFeature {
    id,
    layer,
    key,
    kind,
    shapes,
    provisions,
    lifespan,
    recorded_in
});

choice!(WardKind { Ward = 0, Commune = 1, SpecialZone = 2, Township = 3 });
choice!(LineageKind { Split = 0, Merge = 1, Adjustment = 2 });
choice!(LineArea { Absent = 0, AsRegistered = 1, Own = 2 });
choice!(UseForm { Private = 0, Common = 1 });
choice!(LawStatus {
    InForce = 0, Announced = 1, AnnouncedWithEffect = 2, AnnouncedNotCarriedOut = 3,
});
choice!(LayerCondition { Sound = 0, Unreviewed = 1, Failed = 2 });
choice!(CorridorKind { Canal = 0, Power = 1, Rail = 2 });

impl Record for ParcelId {
    fn write(&self, out: &mut Vec<u8>) {
        self.get().write(out);
    }

    fn read(input: &mut &[u8]) -> Option<Self> {
        Self::new(i64::read(input)?).ok()
    }
}

impl Record for WardCode {
    fn write(&self, out: &mut Vec<u8>) {
        self.number().write(out);
    }

    fn read(input: &mut &[u8]) -> Option<Self> {
        Self::from_number(u32::read(input)?).ok()
    }
}

impl Record for SheetNumber {
    fn write(&self, out: &mut Vec<u8>) {
        self.as_str().to_owned().write(out);
    }

    fn read(input: &mut &[u8]) -> Option<Self> {
        Self::parse(&String::read(input)?).ok()
    }
}

impl Record for LandUseCode {
    fn write(&self, out: &mut Vec<u8>) {
        self.as_str().to_owned().write(out);
    }

    fn read(input: &mut &[u8]) -> Option<Self> {
        Self::parse(&String::read(input)?).ok()
    }
}

impl Record for Shape {
    fn write(&self, out: &mut Vec<u8>) {
        // The plane stands beside the shape wherever one is kept.
        let bytes = blob::encode_shape(0, self);
        (bytes.len() as u32).write(out);
        out.extend(bytes);
    }

    fn read(input: &mut &[u8]) -> Option<Self> {
        let length = u32::read(input)? as usize;
        let (_, shape) = blob::decode_shape(take(input, length)?).ok()?;
        Some(shape)
    }
}

impl Record for MultiPolygon {
    fn write(&self, out: &mut Vec<u8>) {
        Shape::Areas(self.clone()).write(out);
    }

    fn read(input: &mut &[u8]) -> Option<Self> {
        match Shape::read(input)? {
            Shape::Areas(areas) => Some(areas),
            Shape::Points(_) | Shape::Lines(_) => None,
        }
    }
}

impl Record for FeatureKind {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::PlanUnit(unit) => {
                0_u8.write(out);
                unit.write(out);
            }
            Self::RightOfWay(road) => {
                1_u8.write(out);
                road.write(out);
            }
            Self::Corridor(corridor) => {
                2_u8.write(out);
                corridor.write(out);
            }
            Self::Restriction {
                kind,
                legend_vi,
                legend_en,
            } => {
                3_u8.write(out);
                for text in [kind, legend_vi, legend_en] {
                    text.write(out);
                }
            }
        }
    }

    fn read(input: &mut &[u8]) -> Option<Self> {
        match u8::read(input)? {
            0 => PlanUnit::read(input).map(Self::PlanUnit),
            1 => RightOfWay::read(input).map(Self::RightOfWay),
            2 => Corridor::read(input).map(Self::Corridor),
            3 => Some(Self::Restriction {
                kind: Record::read(input)?,
                legend_vi: Record::read(input)?,
                legend_en: Record::read(input)?,
            }),
            _ => None,
        }
    }
}
