//! Features that reach beyond the coverage of their layer: there the layer says nothing, and what
//! is drawn will not be answered.

use super::{LayerHere, PlanGround, StatedFeature};
use crate::crs::Epsg;
use crate::exchange::check::{metres, place};
use crate::exchange::crossing::Crossing;
use crate::exchange::{Finding, FindingCode};
use crate::geometry::overlay::difference;
use crate::geometry::{
    Envelope, Location, MultiPolygon, Point, Shape, covers, distance, intersects, locate,
};

/// Where a layer is stated to speak, part by part.
pub struct Coverage<'a> {
    parts: Vec<Part>,
    tolerance_mm: f64,
    crossing: &'a Crossing<'a>,
}

struct Part {
    plane: Epsg,
    envelope: Envelope,
    areas: MultiPolygon,
    shape: Shape,
}

impl<'a> Coverage<'a> {
    /// The coverage of a layer; one that follows from the features has no part.
    pub fn of(layer: &LayerHere, crossing: &'a Crossing<'a>) -> Self {
        let areas = layer.speaks.areas().iter();
        let polygons = areas.flat_map(|(plane, areas)| areas.0.iter().map(|p| (*plane, p)));
        let part = |(plane, polygon): (Epsg, &crate::geometry::Polygon)| {
            let areas = MultiPolygon(vec![polygon.clone()]);
            Some(Part {
                plane,
                envelope: areas.envelope()?,
                shape: Shape::Areas(areas.clone()),
                areas,
            })
        };
        Self {
            parts: polygons.filter_map(part).collect(),
            tolerance_mm: layer.speaks.tolerance_mm(layer.accuracy_mm),
            crossing,
        }
    }

    /// A warning when a feature reaches farther outside the coverage than its borders are known;
    /// of an area also how much of it.
    pub fn outside(&self, feature: &StatedFeature, ground: &PlanGround) -> Option<Finding> {
        let (plane, shape) = feature.shapes.first()?;
        let inside = |part: &Part| covers(&part.shape, shape);
        if self.parts.is_empty() || self.near(*plane, shape.envelope()).any(inside) {
            return None;
        }
        let (plane, rest) = self.rest(*plane, shape);
        let (at, reach_mm) = self.farthest(plane, &rest)?;
        if reach_mm <= self.tolerance_mm {
            return None;
        }
        let area_m2 = match &rest {
            Shape::Areas(areas) => areas.area_m2(),
            Shape::Lines(_) | Shape::Points(_) => 0.0,
        };
        let case = match (&rest, self.is_met(feature)) {
            (_, false) => "wholly",
            (Shape::Areas(_), true) => "area",
            (Shape::Lines(_) | Shape::Points(_), true) => "reach",
        };
        let values = [
            ("layer", feature.layer.to_string()),
            ("area", metres(area_m2)),
            ("reach", metres(reach_mm / 1000.0)),
        ];
        let values = values
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let finding = Finding::warning(FindingCode::OutsideCoverage, case, &values);
        let mut finding = feature.told(finding).wide_m(reach_mm / 1000.0);
        if let Shape::Areas(_) = rest {
            finding = finding.over_m2(area_m2).drawn(rest);
        }
        let at_mm = (f64::from(at.x()), f64::from(at.y()));
        Some(place(finding, &ground.ground, plane, at_mm))
    }

    /// Whether a feature meets the coverage at all, on any plane.
    fn is_met(&self, feature: &StatedFeature) -> bool {
        let mut shapes = feature.shapes.iter();
        shapes.any(|(plane, shape)| {
            self.near(*plane, shape.envelope())
                .any(|part| intersects(&part.shape, shape))
        })
    }

    /// The parts on a plane whose envelopes meet another.
    fn near(&self, plane: Epsg, envelope: Option<Envelope>) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |part| {
            part.plane == plane && envelope.is_some_and(|e| e.intersects(&part.envelope))
        })
    }

    /// What of a shape lies in no part, whichever plane that is on, and the plane of this rest.
    /// Lines and points are left whole: their vertices are asked one by one.
    fn rest(&self, plane: Epsg, shape: &Shape) -> (Epsg, Shape) {
        let Shape::Areas(areas) = shape else {
            return (plane, shape.clone());
        };
        let without = |areas: &MultiPolygon, plane: Epsg| {
            let envelope = areas.envelope();
            let near = self.near(plane, envelope);
            let near = MultiPolygon(near.flat_map(|part| part.areas.0.clone()).collect());
            difference(areas, &near)
        };
        let (mut at, mut rest) = (plane, without(areas, plane));
        for other in self.planes().into_iter().filter(|other| *other != plane) {
            let there = self.crossing.shape(at, other, &Shape::Areas(rest.clone()));
            let Some(Shape::Areas(there)) = there else {
                continue;
            };
            if self.near(other, there.envelope()).next().is_some() {
                (at, rest) = (other, without(&there, other));
            }
        }
        (at, Shape::Areas(rest))
    }

    fn planes(&self) -> Vec<Epsg> {
        let mut planes: Vec<Epsg> = self.parts.iter().map(|part| part.plane).collect();
        planes.sort_unstable();
        planes.dedup();
        planes
    }

    /// The vertex that lies farthest outside, and how far, in millimetres; nothing of nothing.
    fn farthest(&self, plane: Epsg, shape: &Shape) -> Option<(Point, f64)> {
        let vertices: Vec<Point> = match shape {
            Shape::Areas(areas) => areas.rings().flat_map(|r| r.0.iter().copied()).collect(),
            Shape::Lines(lines) => lines.iter().flat_map(|l| l.0.iter().copied()).collect(),
            Shape::Points(points) => points.clone(),
        };
        let away = vertices.into_iter().map(|v| (v, self.away_mm(plane, v)));
        away.max_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// How far a point lies outside the parts of every plane.
    fn away_mm(&self, plane: Epsg, point: Point) -> f64 {
        let mut nearest = f64::INFINITY;
        for other in self.planes() {
            let Some(there) = self.crossing.point(plane, other, point) else {
                continue;
            };
            for part in self.parts.iter().filter(|part| part.plane == other) {
                if locate(there, &part.areas) != Location::Exterior {
                    return 0.0;
                }
                let away = distance(&Shape::Points(vec![there]), &part.shape);
                nearest = nearest.min(away.map_or(f64::INFINITY, |w| w.distance_mm));
            }
        }
        nearest
    }
}
