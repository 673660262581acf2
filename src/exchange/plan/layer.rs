//! A layer as an import meets it: its day, its accuracy, and where it speaks.

use super::StatedFeature;
use crate::cadastre::Day;
use crate::crs::Epsg;
use crate::exchange::check::FAR_MM;
use crate::geometry::{MultiPolygon, Shape};
use crate::planning::LayerCode;

/// A layer of which a file may have features.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerHere {
    /// Code.
    pub code: LayerCode,
    /// Day on which features begin that state no day, and those that are gone end.
    pub day: Day,
    /// Accuracy of its geometry, in millimetres.
    pub accuracy_mm: u32,
    /// Where it speaks.
    pub speaks: Speaks,
}

/// Where a layer speaks.
#[derive(Debug, Clone, PartialEq)]
pub enum Speaks {
    /// On the ground of its features.
    OnFeatures,
    /// On areas, of a plane each; they may overlap.
    OnAreas(Vec<(Epsg, MultiPolygon)>),
    /// On the ground of wards, whose borders are not surveyed.
    OnWards(Vec<(Epsg, MultiPolygon)>),
}

impl Speaks {
    /// The areas; none where they follow from the features.
    pub fn areas(&self) -> &[(Epsg, MultiPolygon)] {
        match self {
            Self::OnFeatures => &[],
            Self::OnAreas(areas) | Self::OnWards(areas) => areas,
        }
    }

    /// How far a feature may reach beyond the areas before that is said, in millimetres.
    pub fn tolerance_mm(&self, accuracy_mm: u32) -> f64 {
        match self {
            Self::OnWards(_) => FAR_MM,
            Self::OnFeatures | Self::OnAreas(_) => f64::from(accuracy_mm),
        }
    }
}

/// The ground of the features of a layer that hold on a day or later, by plane; lines and points
/// have no ground.
pub fn ground_of_features<'f>(
    features: impl Iterator<Item = &'f StatedFeature>,
    day: Day,
) -> Vec<(Epsg, MultiPolygon)> {
    let holding = features.filter(|f| f.valid_to.is_none_or(|to| day < to));
    let shapes = holding.flat_map(|feature| &feature.shapes);
    let areas = shapes.filter_map(|(plane, shape)| match shape {
        Shape::Areas(areas) => Some((*plane, areas.clone())),
        Shape::Lines(_) | Shape::Points(_) => None,
    });
    areas.collect()
}
