//! The streets a parcel lies on, and what their red lines leave of it.

use super::restriction::{FoundShape, Part, Restriction};
use super::theme::ThemeExtract;
use super::{Site, is_road};
use crate::geometry::MultiPolygon;
use crate::geometry::overlay::difference;
use crate::land::frontage::{self, Front, Frontage};
use crate::planning::{FeatureKind, Layer, PlanFeature, RightOfWay};

/// The streets a parcel lies on.
#[derive(Debug)]
pub struct Roads<'l> {
    /// One for each right of way that takes land of the parcel or runs along it, by key.
    pub roads: Vec<Road<'l>>,
    /// Every right of way near it, the widest first.
    pub near: Vec<frontage::Road>,
    /// What is left of the parcel without the land within red lines, and its fronts on what is near.
    pub left: Frontage,
    /// Twice the area of what is left, in mm².
    pub left_twice_mm2: i128,
}

/// A street a parcel lies on.
#[derive(Debug)]
pub struct Road<'l> {
    /// The layer that says so.
    pub layer: &'l Layer,
    /// The first of the features that draw it.
    pub feature: &'l PlanFeature,
    /// What it is.
    pub way: &'l RightOfWay,
    /// Whether it takes land of the parcel.
    pub takes: bool,
    /// The length of its red line along what is left of the parcel.
    pub front_mm: i64,
    /// On which side of the parcel it runs, from 0 for east on counter-clockwise in eighths of a
    /// turn; nothing when it takes all of the parcel.
    pub side: Option<u8>,
}

impl<'l> Roads<'l> {
    /// From the shapes of rights of way near a parcel, and what its themes say of them.
    pub(super) fn beside(
        site: &Site<'_>,
        found: &[FoundShape<'l>],
        themes: &[ThemeExtract<'l>],
    ) -> Self {
        let takings = themes.iter().flat_map(|theme| &theme.restrictions);
        let takings: Vec<&Restriction<'_>> = takings.filter(|r| is_road(r.feature())).collect();
        let shapes = found.iter().map(|own| (own.layer, own.feature, own.shape));
        let near = frontage::Road::gathered(shapes);
        let left = Frontage::of(left_of(site, &takings), &near);
        let roads = near.iter().enumerate().filter_map(|(i, road)| {
            let takes = takings.iter().any(|taking| {
                let mut features = taking.features.iter();
                features.any(|feature| road.features.contains(&feature.id))
            });
            let front = left.front_on(i);
            // The way's own features are among what was found.
            let drawn = found.iter().find(|f| road.features.contains(&f.feature.id));
            let &FoundShape { layer, feature, .. } = drawn?;
            let FeatureKind::RightOfWay(way) = &feature.kind else {
                return None;
            };
            (takes || front.is_some()).then(|| Road {
                layer,
                feature,
                way,
                takes,
                front_mm: front.map_or(0, |front| front.length.nearest_mm()),
                side: side(front.map_or((0.0, 0.0), Front::outward)),
            })
        });
        let mut roads: Vec<Road<'_>> = roads.collect();
        roads.sort_by_key(|road| (&road.layer.code, road.feature.id));
        Self {
            roads,
            left_twice_mm2: left.area.twice_area().min(site.twice_mm2),
            near,
            left,
        }
    }
}

/// A parcel without the land that is taken of it.
fn left_of(site: &Site<'_>, takings: &[&Restriction<'_>]) -> MultiPolygon {
    let mut taken = Vec::new();
    for taking in takings {
        match &taking.part {
            Part::Area { shape: None, .. } => return MultiPolygon::default(),
            Part::Area {
                shape: Some(shape), ..
            } => taken.extend(shape.0.iter().cloned()),
            Part::Length { .. } | Part::Points(_) => {}
        }
    }
    if taken.is_empty() {
        site.shape.clone()
    } else {
        difference(site.shape, &MultiPolygon(taken))
    }
}

/// The eighth of a turn in which a direction lies, east first.
fn side((east, north): (f64, f64)) -> Option<u8> {
    if east == 0.0 && north == 0.0 {
        return None;
    }
    // The tangent of a sixteenth of a turn.
    const NARROW: f64 = 0.414_213_562_373_095_1;
    let (wide, high) = (east.abs(), north.abs());
    let (right, up) = (east > 0.0, north > 0.0);
    Some(if high <= NARROW * wide {
        if right { 0 } else { 4 }
    } else if wide <= NARROW * high {
        if up { 2 } else { 6 }
    } else {
        match (right, up) {
            (true, true) => 1,
            (false, true) => 3,
            (false, false) => 5,
            (true, false) => 7,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_direction_lies_in_the_eighth_around_its_axis() {
        for (east, north, expected) in [
            (1.0, 0.0, Some(0)),
            (1.0, 0.4, Some(0)),
            (1.0, 0.5, Some(1)),
            (0.0, 2.0, Some(2)),
            (-1.0, 1.0, Some(3)),
            (-1.0, -0.1, Some(4)),
            (-1.0, -1.0, Some(5)),
            (0.1, -1.0, Some(6)),
            (1.0, -1.0, Some(7)),
            (0.0, 0.0, None),
        ] {
            assert_eq!(side((east, north)), expected, "{east} {north}");
        }
    }
}
