//! The streets a parcel lies on, and what their red lines leave of it.

use super::restriction::{FoundShape, Part, Restriction};
use super::theme::ThemeExtract;
use super::{Site, is_road};
use crate::geometry::overlay::difference;
use crate::geometry::{MultiPolygon, Shape, beside};
use crate::planning::{FeatureKind, Layer, PlanFeature, RightOfWay};

/// The farthest from which a red line may be taken for a parcel's edge.
pub(super) const FARTHEST_MM: i32 = 2_000;
/// How far the edges of a parcel may be off: what App. 03 of Circular 26/2024 allows at 1:500.
const EDGE_MM: f64 = 100.0;
/// How far the line that was cut along may be off.
const CUT_MM: f64 = 2.0;

/// The streets a parcel lies on.
#[derive(Debug)]
pub struct Roads<'l> {
    /// One for each right of way that takes land of the parcel or runs along it, by key.
    pub roads: Vec<Road<'l>>,
    /// Twice what is left of the parcel without the land within red lines, in mm².
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
        let left = left_of(site, &takings);
        let roads = ways(found).into_iter().filter_map(|(road, way, area)| {
            let own = |taking: &&Restriction<'_>| {
                taking.layer.code == road.layer.code && taking.feature().kind == road.feature.kind
            };
            let takes = takings.iter().any(own);
            let within_mm = if takes {
                CUT_MM
            } else {
                let accuracy_mm = f64::from(road.layer.accuracy_mm);
                accuracy_mm.hypot(EDGE_MM).min(f64::from(FARTHEST_MM))
            };
            let front = beside(&left, &area, within_mm);
            (takes || front.length_mm > 0.0).then(|| Road {
                layer: road.layer,
                feature: road.feature,
                way,
                takes,
                front_mm: front.length_mm.round() as i64,
                side: side(front.outward),
            })
        });
        Self {
            roads: roads.collect(),
            left_twice_mm2: left.twice_area().min(site.twice_mm2),
        }
    }
}

/// The ways near a parcel, each with all its shapes.
fn ways<'l>(found: &[FoundShape<'l>]) -> Vec<(FoundShape<'l>, &'l RightOfWay, MultiPolygon)> {
    let mut ways: Vec<(FoundShape<'l>, &'l RightOfWay, MultiPolygon)> = Vec::new();
    for &road in found {
        let (FeatureKind::RightOfWay(way), Shape::Areas(area)) = (&road.feature.kind, road.shape)
        else {
            continue;
        };
        let same = |(other, of, _): &&mut (FoundShape<'_>, &RightOfWay, _)| {
            *of == way && other.layer.code == road.layer.code
        };
        match ways.iter_mut().find(same) {
            Some((.., shape)) => shape.0.extend(area.0.iter().cloned()),
            None => ways.push((road, way, area.clone())),
        }
    }
    ways
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
