//! A feature read as a plan unit, right of way, corridor or restriction.

use super::mapper::Mapper;
use super::reading::{Read, Reading, unreadable};
use crate::exchange::FeatureDraft;
use crate::exchange::profile::{LengthUnit, Target};
use crate::exchange::source::RawFeature;
use crate::planning::{
    Corridor, CorridorKind, FeatureKind, LegalProvision, PlanIndices, PlanUnit, RightOfWay,
};

impl Mapper<'_> {
    /// The planning feature that a feature of the source states.
    pub(super) fn planning_feature(&self, feature: &RawFeature) -> Read<FeatureDraft> {
        let reading = self.reading(feature);
        let key = reading.text("key")?;
        let shown = key.clone().unwrap_or_default();
        self.feature_with(&reading, key)
            .map_err(|finding| Box::new(finding.with_key(shown)))
    }

    fn feature_with(&self, reading: &Reading<'_>, key: Option<String>) -> Read<FeatureDraft> {
        let geometry = self.geometry(reading.feature)?;
        let plane = self.plane(reading, geometry, None)?;
        Ok(FeatureDraft {
            feature: reading.feature.feature_number(),
            key,
            kind: self.kind(reading)?,
            plane: plane.epsg,
            shape: self.placing.shape(plane, geometry)?,
            valid_from: reading.day("valid_from")?,
            valid_to: reading.day("valid_to")?,
        })
    }

    fn kind(&self, reading: &Reading<'_>) -> Read<FeatureKind> {
        let per_unit_mm = match self.profile.length_unit {
            LengthUnit::Metres => 1000.0,
            LengthUnit::Millimetres => 1.0,
        };
        match self.profile.target {
            Target::Zones => plan_unit(reading, per_unit_mm).map(FeatureKind::PlanUnit),
            Target::Roads => right_of_way(reading, per_unit_mm).map(FeatureKind::RightOfWay),
            Target::Corridors => corridor(reading, per_unit_mm).map(FeatureKind::Corridor),
            Target::Restrictions | Target::Parcels => Ok(FeatureKind::Restriction {
                kind: reading.required("kind")?.text,
                legend_vi: reading.text("legend_vi")?.unwrap_or_default(),
                legend_en: reading.text("legend_en")?.unwrap_or_default(),
            }),
        }
    }
}

fn plan_unit(reading: &Reading<'_>, per_unit_mm: f64) -> Read<PlanUnit> {
    Ok(PlanUnit {
        code: reading.required("code")?.text,
        function: reading.text("function")?.unwrap_or_default(),
        indices: PlanIndices {
            storeys_max: reading.scaled("storeys_max", 1.0)?,
            height_max_mm: reading.scaled("height_max", per_unit_mm)?,
            coverage_max_permille: reading.scaled("coverage_max", 10.0)?,
            floor_area_ratio_max_hundredths: reading.scaled("floor_area_ratio_max", 100.0)?,
            population: reading.scaled("population", 1.0)?,
        },
    })
}

fn right_of_way(reading: &Reading<'_>, per_unit_mm: f64) -> Read<RightOfWay> {
    let decision = match reading.text("act")? {
        Some(act) => Some(LegalProvision {
            act,
            article: reading.text("article")?,
            dated: reading.day("dated")?,
            link: reading.text("link")?,
        }),
        None => None,
    };
    Ok(RightOfWay {
        street: reading.text("street")?.unwrap_or_default(),
        width_mm: reading.scaled("width", per_unit_mm)?,
        decision,
        alley: reading.flag("alley")?,
    })
}

fn corridor(reading: &Reading<'_>, per_unit_mm: f64) -> Read<Corridor> {
    let kind = reading.required("kind")?;
    Ok(Corridor {
        kind: match kind.text.as_str() {
            "canal" => CorridorKind::Canal,
            "power" => CorridorKind::Power,
            "rail" => CorridorKind::Rail,
            _ => return Err(unreadable(&kind, "canal, power, rail")),
        },
        name: reading.text("name")?.unwrap_or_default(),
        width_mm: reading.scaled("width", per_unit_mm)?,
        voltage_v: reading.scaled("voltage", 1.0)?,
    })
}
