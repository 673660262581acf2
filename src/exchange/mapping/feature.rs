//! A feature read as a plan unit, right of way, corridor or restriction.

use super::mapper::Mapper;
use super::provisions;
use super::reading::{Read, Reading, keyless, unreadable, wrong_kind};
use crate::exchange::profile::{LengthUnit, Target};
use crate::exchange::source::{RawFeature, RawGeometry};
use crate::exchange::{FeatureDraft, shown_key};
use crate::planning::{
    Corridor, CorridorKind, FeatureKind, LayerCode, LegalProvision, PlanIndices, PlanUnit,
    RightOfWay,
};

impl Mapper<'_> {
    /// The planning feature that a feature of the source states.
    pub(super) fn planning_feature(&self, feature: &RawFeature) -> Read<FeatureDraft> {
        let reading = self.reading(feature);
        let layer = self.layer_of(&reading)?;
        let key = reading.text("key")?.ok_or_else(keyless)?;
        let shown = shown_key(&layer, &key);
        self.feature_with(&reading, layer, key)
            .map_err(|finding| Box::new(finding.with_key(shown)))
    }

    /// The layer the feature names, or the only one of the profile.
    fn layer_of(&self, reading: &Reading<'_>) -> Read<LayerCode> {
        match (
            reading.parsed("layer", LayerCode::parse)?,
            self.profile.planning_layers.as_slice(),
        ) {
            (Some(layer), _) => Ok(layer),
            (None, [only]) => Ok(only.code.clone()),
            (None, _) => Err(reading.missing("layer")),
        }
    }

    fn feature_with(
        &self,
        reading: &Reading<'_>,
        layer: LayerCode,
        key: String,
    ) -> Read<FeatureDraft> {
        let geometry = self.geometry(reading.feature)?;
        of_one_kind(self.profile.target, geometry)?;
        let plane = self.plane(reading, geometry, &|at| self.plane_at?(at))?;
        Ok(FeatureDraft {
            feature: reading.feature.feature_number(),
            layer,
            key,
            kind: self.kind(reading)?,
            provisions: self.provisions(reading)?,
            plane: plane.epsg,
            states_plane: self.columns.has("plane") && reading.found("plane")?.is_some(),
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
            Target::Restrictions | Target::Parcels | Target::Certificates => {
                Ok(FeatureKind::Restriction {
                    kind: reading.required("kind")?.text.into_owned(),
                    legend_vi: reading.text("legend_vi")?.unwrap_or_default(),
                    legend_en: reading.text("legend_en")?.unwrap_or_default(),
                })
            }
        }
    }

    /// What the feature rests on beyond its layer. The act that a road names is the decision of
    /// its width, and part of the road.
    fn provisions(&self, reading: &Reading<'_>) -> Read<Vec<LegalProvision>> {
        let own = match self.profile.target {
            Target::Roads => None,
            _ => provision(reading)?,
        };
        let mut provisions: Vec<LegalProvision> = own.into_iter().collect();
        if let Some(found) = reading.found("provisions")? {
            let listed = provisions::read(&found.text);
            provisions.extend(listed.ok_or_else(|| unreadable(&found, provisions::FORM))?);
        }
        Ok(provisions)
    }
}

/// A zone, road or corridor is an area; a restriction may be areas, lines or points, and is one
/// of these.
fn of_one_kind(target: Target, geometry: &RawGeometry) -> Read<()> {
    let kinds = [
        !geometry.areas.is_empty(),
        !geometry.lines.is_empty(),
        !geometry.points.is_empty(),
    ];
    let one = kinds.iter().filter(|kind| **kind).count() == 1;
    let (fits, expected) = match target {
        Target::Restrictions => (one, "Polygon, LineString, Point"),
        _ => (one && kinds[0], "Polygon"),
    };
    if fits {
        Ok(())
    } else {
        Err(wrong_kind(geometry, expected))
    }
}

fn plan_unit(reading: &Reading<'_>, per_unit_mm: f64) -> Read<PlanUnit> {
    const MANY: i64 = 1_000_000_000;
    Ok(PlanUnit {
        code: reading.required("code")?.text.into_owned(),
        function: reading.text("function")?.unwrap_or_default(),
        indices: PlanIndices {
            storeys_max: reading.declared("storeys_max", 1.0, 200, "a whole number, 0 - 200")?,
            height_max_mm: reading.scaled("height_max", per_unit_mm)?,
            coverage_max_permille: reading.declared(
                "coverage_max",
                10.0,
                1000,
                "a percentage, 0 - 100, with at most 1 decimal",
            )?,
            floor_area_ratio_max_hundredths: reading.declared(
                "floor_area_ratio_max",
                100.0,
                10_000,
                "a ratio, 0 - 100, with at most 2 decimals",
            )?,
            population: reading.declared("population", 1.0, MANY, "a whole number of people")?,
        },
    })
}

fn right_of_way(reading: &Reading<'_>, per_unit_mm: f64) -> Read<RightOfWay> {
    Ok(RightOfWay {
        street: reading.text("street")?.unwrap_or_default(),
        width_mm: reading.scaled("width", per_unit_mm)?,
        decision: provision(reading)?,
        alley: reading.flag("alley")?,
    })
}

/// The act that the fields `act`, `article`, `dated` and `link` name.
fn provision(reading: &Reading<'_>) -> Read<Option<LegalProvision>> {
    let (article, dated) = (reading.text("article")?, reading.day("dated")?);
    let link = reading.text("link")?;
    match reading.text("act")? {
        Some(act) => Ok(Some(LegalProvision {
            act,
            article,
            dated,
            link,
        })),
        None if article.is_none() && dated.is_none() && link.is_none() => Ok(None),
        None => Err(reading.missing("act")),
    }
}

fn corridor(reading: &Reading<'_>, per_unit_mm: f64) -> Read<Corridor> {
    const HIGHEST: i64 = 2_000_000;
    let kind = reading.required("kind")?;
    Ok(Corridor {
        kind: match &*kind.text {
            "canal" => CorridorKind::Canal,
            "power" => CorridorKind::Power,
            "rail" => CorridorKind::Rail,
            _ => return Err(unreadable(&kind, "canal, power, rail")),
        },
        name: reading.text("name")?.unwrap_or_default(),
        width_mm: reading.scaled("width", per_unit_mm)?,
        voltage_v: reading.declared("voltage", 1.0, HIGHEST, "whole volts")?,
    })
}
