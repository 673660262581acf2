//! The content of a layer as one hash, by which evidence names what was consulted.
//!
//! It is the SHA-256 of lines, each ended by a line feed: first the code, coverage and day of the
//! layer, then every version of a feature that the register holds, by key and first day; each line
//! in canonical JSON (RFC 8785), shapes in whole millimetres of their planes.

use crate::evidence::{ContentHash, ContentHasher, canonical_bytes};
use crate::geometry::{LineString, PlainArea, Point, Shape, plain_area};
use crate::planning::{FeatureKind, Layer, LegalProvision, PlanFeature, PlanUnit};
use serde::Serialize;

#[derive(Serialize)]
struct HeadForm<'l> {
    as_of: String,
    code: &'l str,
    coverage: Vec<(u32, PlainArea)>,
}

#[derive(Serialize)]
struct FeatureForm<'f> {
    from: String,
    id: i64,
    key: &'f str,
    kind: KindForm<'f>,
    provisions: &'f [LegalProvision],
    shapes: Vec<(u32, ShapeForm)>,
    to: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum KindForm<'f> {
    PlanUnit(&'f PlanUnit),
    RightOfWay {
        alley: bool,
        decision: Option<&'f LegalProvision>,
        street: &'f str,
        width_mm: Option<u32>,
    },
    Corridor {
        kind: &'static str,
        name: &'f str,
        voltage_v: Option<u32>,
        width_mm: Option<u32>,
    },
    Restriction {
        kind: &'f str,
        legend_en: &'f str,
        legend_vi: &'f str,
    },
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum ShapeForm {
    Points(Vec<[i32; 2]>),
    Lines(Vec<Vec<[i32; 2]>>),
    Areas(PlainArea),
}

/// The content of a layer with the features that are held of it.
pub(super) fn content<'f>(
    head: &Layer,
    features: impl Iterator<Item = &'f PlanFeature>,
) -> ContentHash {
    let mut hasher = ContentHasher::new();
    let coverage = head.coverage.iter();
    add(
        &mut hasher,
        &HeadForm {
            as_of: head.as_of.to_string(),
            code: &head.code.0,
            coverage: coverage
                .map(|(epsg, area)| (epsg.0, plain_area(area)))
                .collect(),
        },
    );
    let mut features: Vec<&PlanFeature> = features.collect();
    features.sort_by_key(|own| (own.id, own.lifespan.valid.from, own.recorded_in));
    for feature in features {
        add(&mut hasher, &form(feature));
    }
    hasher.finish()
}

fn add(hasher: &mut ContentHasher, line: &impl Serialize) {
    let line = canonical_bytes(line).expect("texts and whole numbers have a canonical form");
    hasher.update(&line);
    hasher.update(b"\n");
}

fn form(feature: &PlanFeature) -> FeatureForm<'_> {
    let shapes = feature.shapes.iter();
    FeatureForm {
        from: feature.lifespan.valid.from.to_string(),
        id: feature.id.0,
        key: &feature.key,
        kind: match &feature.kind {
            FeatureKind::PlanUnit(unit) => KindForm::PlanUnit(unit),
            FeatureKind::RightOfWay(way) => KindForm::RightOfWay {
                alley: way.alley,
                decision: way.decision.as_ref(),
                street: &way.street,
                width_mm: way.width_mm,
            },
            FeatureKind::Corridor(corridor) => KindForm::Corridor {
                kind: corridor.kind.as_restriction(),
                name: &corridor.name,
                voltage_v: corridor.voltage_v,
                width_mm: corridor.width_mm,
            },
            FeatureKind::Restriction {
                kind,
                legend_vi,
                legend_en,
            } => KindForm::Restriction {
                kind,
                legend_en,
                legend_vi,
            },
        },
        provisions: &feature.provisions,
        shapes: shapes
            .map(|(epsg, shape)| (epsg.0, shape_form(shape)))
            .collect(),
        to: feature.lifespan.valid.to.map(|day| day.to_string()),
    }
}

fn shape_form(shape: &Shape) -> ShapeForm {
    let point = |point: &Point| [point.x(), point.y()];
    let line = |line: &LineString| line.0.iter().map(point).collect();
    match shape {
        Shape::Points(points) => ShapeForm::Points(points.iter().map(point).collect()),
        Shape::Lines(lines) => ShapeForm::Lines(lines.iter().map(line).collect()),
        Shape::Areas(areas) => ShapeForm::Areas(plain_area(areas)),
    }
}
