//! Worlds in which a plan is otherwise, by numbers that look random.

use diachinh::cadastre::{Day, Interval, ParcelId, Revision};
use diachinh::geometry::{LineString, MultiPolygon, Point, Polygon, Ring, Shape};
use diachinh::land::{Land, LandBuilder, RegisterReader, Supposition};
use diachinh::planning::{FeatureId, FeatureKind, PlanFeature};

/// Numbers in a row that looks random and is the same in every run.
pub struct Numbers(pub u64);

impl Numbers {
    /// The next, below a number.
    pub fn below(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }
}

/// A land with other features, built record by record.
pub fn built(land: &Land, features: Vec<PlanFeature>) -> Land {
    let mut builder = LandBuilder::default();
    land.layers()
        .cloned()
        .for_each(|layer| builder.layer(layer));
    features
        .into_iter()
        .for_each(|feature| builder.feature(feature));
    for id in 1..900 {
        let versions = land.history(ParcelId::new(id).expect("an id"));
        versions
            .into_iter()
            .for_each(|version| builder.parcel(version));
    }
    builder.build(Revision(1), land.recorded_at(), land.city().clone())
}

pub fn moved(shape: &Shape, (dx, dy): (i32, i32)) -> Shape {
    let point = |p: &Point| Point::new(p.x() + dx, p.y() + dy).expect("on the grid");
    let ring = |ring: &Ring| Ring(ring.0.iter().map(point).collect());
    match shape {
        Shape::Points(points) => Shape::Points(points.iter().map(point).collect()),
        Shape::Lines(lines) => Shape::Lines(
            lines
                .iter()
                .map(|line| LineString(line.0.iter().map(point).collect()))
                .collect(),
        ),
        Shape::Areas(areas) => {
            let polygon = |polygon: &Polygon| Polygon {
                exterior: ring(&polygon.exterior),
                interiors: polygon.interiors.iter().map(ring).collect(),
            };
            Shape::Areas(MultiPolygon(areas.0.iter().map(polygon).collect()))
        }
    }
}

/// A feature as it could be instead.
fn otherwise(feature: &PlanFeature, numbers: &mut Numbers) -> PlanFeature {
    let mut other = feature.clone();
    if numbers.below(3) > 0 {
        let by = (
            numbers.below(12_000) as i32 - 6_000,
            numbers.below(12_000) as i32 - 6_000,
        );
        other
            .shapes
            .iter_mut()
            .for_each(|(_, shape)| *shape = moved(shape, by));
    }
    match &mut other.kind {
        FeatureKind::PlanUnit(unit) => unit.indices.storeys_max = Some(2),
        FeatureKind::RightOfWay(way) => way.width_mm = Some(4_000 + 500 * numbers.below(40) as u32),
        FeatureKind::Corridor(corridor) => corridor.name.push('x'),
        FeatureKind::Restriction { kind, .. } => kind.push('x'),
    }
    other
}

/// One of the ways in which a plan can change on a day.
pub fn supposition(land: &Land, day: Day, numbers: &mut Numbers) -> Supposition {
    let held: Vec<&PlanFeature> = land.features().collect();
    let feature = held[numbers.below(held.len())].clone();
    let other = otherwise(&feature, numbers);
    if !feature.lifespan.valid.has(day) || numbers.below(3) == 0 {
        let id = FeatureId(i64::MAX - 1);
        return Supposition {
            before: None,
            after: Some(PlanFeature { id, ..other }),
        };
    }
    Supposition {
        before: Some(feature),
        after: (numbers.below(2) == 0).then_some(other),
    }
}

/// The features of a land as they would be recorded.
pub fn features_with(land: &Land, supposed: &Supposition, day: Day) -> Vec<PlanFeature> {
    let mut features: Vec<PlanFeature> = land.features().cloned().collect();
    let same = |held: &PlanFeature| {
        let before = supposed.before.as_ref();
        before.is_some_and(|before| (before.id, &before.layer) == (held.id, &held.layer))
    };
    let mut until = None;
    for held in features.iter_mut().filter(|held| same(held)) {
        until = held.lifespan.valid.to;
        held.lifespan.valid.to = Some(day);
    }
    features.retain(|held| {
        held.lifespan
            .valid
            .to
            .is_none_or(|to| held.lifespan.valid.from < to)
    });
    features.extend(supposed.after.clone().map(|mut after| {
        after.lifespan.valid = Interval {
            from: day,
            to: until,
        };
        after
    }));
    features
}
