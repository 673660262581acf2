//! A street beside land: its planned right of way and how exactly it is known.

use crate::geometry::{MultiPolygon, Shape};
use crate::planning::{FeatureId, FeatureKind, Layer, LayerCode, PlanFeature, RightOfWay};
use std::cmp::Reverse;

/// A right of way (lộ giới) near some land: the pieces of one street that one layer tells alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Road {
    /// The layer that says so.
    pub layer: LayerCode,
    /// The features that draw it, by key.
    pub features: Vec<FeatureId>,
    /// What it is.
    pub way: RightOfWay,
    /// Accuracy of the layer, in millimetres.
    pub accuracy_mm: u32,
    /// The land between the red lines.
    pub area: MultiPolygon,
}

/// How far the edges of a parcel may be off: what App. 03 of Circular 26/2024 allows at 1:500.
pub const EDGE_MM: f64 = 100.0;
/// The farthest from which a red line may be taken for an edge.
pub(in crate::land) const FARTHEST_MM: i32 = 2_000;

impl Road {
    /// How far from the red line an edge may lie that is taken to run along it, in millimetres: the
    /// root of the squares of what the layer and the edges of a parcel may be off.
    pub fn reach_mm(&self) -> f64 {
        let reach = f64::from(self.accuracy_mm).hypot(EDGE_MM);
        reach.min(f64::from(FARTHEST_MM))
    }

    /// The streets of some shapes of one plane, the widest first. What has no name is apart from
    /// everything else that has none.
    pub(in crate::land) fn gathered<'l>(
        found: impl Iterator<Item = (&'l Layer, &'l PlanFeature, &'l Shape)>,
    ) -> Vec<Self> {
        let mut roads: Vec<Self> = Vec::new();
        for (layer, feature, shape) in found {
            let (FeatureKind::RightOfWay(way), Shape::Areas(area)) = (&feature.kind, shape) else {
                continue;
            };
            let same = |road: &&mut Self| {
                road.features.contains(&feature.id)
                    || !way.street.is_empty() && road.way == *way && road.layer == layer.code
            };
            match roads.iter_mut().find(same) {
                Some(road) => {
                    road.features.push(feature.id);
                    road.area.0.extend(area.0.iter().cloned());
                }
                None => roads.push(Self {
                    layer: layer.code.clone(),
                    features: vec![feature.id],
                    way: way.clone(),
                    accuracy_mm: layer.accuracy_mm,
                    area: area.clone(),
                }),
            }
        }
        for road in &mut roads {
            road.features.sort_unstable();
            road.features.dedup();
        }
        roads.sort_by_key(order);
        roads
    }

    /// The streets of several lists, such as those near each of several parcels, as one list.
    pub fn joined<'r>(lists: impl Iterator<Item = &'r [Self]>) -> Vec<Self> {
        let mut roads: Vec<Self> = Vec::new();
        for other in lists.flatten() {
            let of_own = |id: &FeatureId, road: &Self| road.features.contains(id);
            let same = |road: &&mut Self| {
                other.features.iter().any(|id| of_own(id, road))
                    || !other.way.street.is_empty()
                        && road.way == other.way
                        && road.layer == other.layer
            };
            match roads.iter_mut().find(same) {
                Some(road) if other.features.iter().all(|id| of_own(id, road)) => {}
                Some(road) => {
                    // A piece that is there twice has its outline twice, which measures nothing.
                    road.area.0.extend(other.area.0.iter().cloned());
                    road.features.extend(&other.features);
                    road.features.sort_unstable();
                    road.features.dedup();
                }
                None => roads.push(other.clone()),
            }
        }
        roads.sort_by_key(order);
        roads
    }
}

/// The widest first; of one width, the first by key.
fn order(road: &Road) -> (Reverse<Option<u32>>, Option<FeatureId>) {
    (Reverse(road.way.width_mm), road.features.first().copied())
}
