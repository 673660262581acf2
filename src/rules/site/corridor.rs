//! Corridors on a lot: their land near it, how wide they are, how exactly they are known.

use super::gather::Site;
use crate::crs::Epsg;
use crate::geometry::overlay::{intersection, union_all};
use crate::geometry::{Envelope, MultiPolygon, Point, Polygon, Ring, Shape};
use crate::land::extract::{Extract, Restriction};
use crate::land::frontage::EDGE_MM;
use crate::planning::FeatureKind;

/// A corridor of which a part lies on the lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteCorridor {
    /// Its theme, by code.
    pub theme: Box<str>,
    /// How far it reaches from the edge that the law names, in millimetres: so far from that edge
    /// whoever stands outside of it stands at least. Nothing where it is not stated.
    pub width_mm: u32,
    /// Accuracy of its layer, in millimetres.
    pub accuracy_mm: u32,
    /// Its land around the lot; empty where it is drawn as a line, of which nobody knows how far
    /// what it stands for reaches.
    pub area: MultiPolygon,
}

/// Which theme draws what a clearance is measured from.
const THEMES: [(&str, &str); 4] = [
    ("waterway", "waterway_corridor"),
    ("power_line", "power_corridor"),
    ("railway", "rail_corridor"),
    ("railway_safety", "rail_corridor"),
];
/// The land of a corridor is kept up to so far around the parcels, in millimetres: farther than any
/// clearance reaches.
const AROUND_MM: i32 = 100_000;

impl Site {
    /// The corridors from which a clearance is measured, by their places among those of the site;
    /// nothing where one has no area, or no theme draws them.
    pub fn corridors_of(&self, of: &str) -> Option<Vec<(usize, &SiteCorridor)>> {
        let (_, theme) = THEMES.iter().find(|(own, _)| *own == of)?;
        let own = self.corridors.iter().enumerate();
        let own: Vec<(usize, &SiteCorridor)> = own.filter(|(_, c)| *c.theme == **theme).collect();
        let all_drawn = own.iter().all(|(_, corridor)| !corridor.area.0.is_empty());
        all_drawn.then_some(own)
    }

    /// How far off a distance from these corridors may be, in whole millimetres, rounded up: the
    /// root of the squares of what the least exact layer and the parcel may be off.
    pub fn corridors_doubt_mm(&self, of: &str) -> u32 {
        let own = self.corridors_of(of).unwrap_or_default();
        let accuracy = own.iter().map(|(_, corridor)| corridor.accuracy_mm).max();
        f64::from(accuracy.unwrap_or(0)).hypot(EDGE_MM).ceil() as u32
    }
}

/// The corridors of some themes on the parcels of a lot.
pub(super) fn corridors(
    plane: Epsg,
    extracts: &[Extract<'_>],
    themes: &[&str],
) -> Vec<SiteCorridor> {
    let mut found: Vec<SiteCorridor> = Vec::new();
    let windows = extracts
        .iter()
        .filter_map(|extract| extract.shape.envelope());
    let Some(window) = windows.reduce(both).and_then(around) else {
        return found;
    };
    for theme in extracts.iter().flat_map(|extract| &extract.themes) {
        if !themes.contains(&&*theme.theme.0) {
            continue;
        }
        for restriction in &theme.restrictions {
            let corridor = SiteCorridor {
                theme: theme.theme.0.clone(),
                width_mm: match &restriction.feature().kind {
                    FeatureKind::Corridor(corridor) => corridor.width_mm.unwrap_or(0),
                    _ => 0,
                },
                accuracy_mm: restriction.layer.accuracy_mm,
                area: land_of(plane, restriction, &window),
            };
            if !found.contains(&corridor) {
                found.push(corridor);
            }
        }
    }
    found
}

/// The land of a restriction within a window; empty where a part of it has none.
fn land_of(plane: Epsg, restriction: &Restriction<'_>, window: &MultiPolygon) -> MultiPolygon {
    let shapes = restriction
        .features
        .iter()
        .flat_map(|feature| &feature.shapes);
    let shapes = shapes.filter(|(of, _)| *of == plane);
    let areas: Option<Vec<&MultiPolygon>> = shapes
        .map(|(_, shape)| match shape {
            Shape::Areas(area) => Some(area),
            Shape::Lines(_) | Shape::Points(_) => None,
        })
        .collect();
    let land = areas.map(union_all);
    land.map_or_else(MultiPolygon::default, |land| intersection(&land, window))
}

fn both(one: Envelope, other: Envelope) -> Envelope {
    let corner = |a: Point, b: Point, pick: fn(i32, i32) -> i32| {
        Point::new(pick(a.x(), b.x()), pick(a.y(), b.y())).unwrap_or(a)
    };
    Envelope {
        min: corner(one.min, other.min, i32::min),
        max: corner(one.max, other.max, i32::max),
    }
}

/// A box with room on all sides; nothing at the end of the grid.
fn around(own: Envelope) -> Option<MultiPolygon> {
    let (west, south) = (own.min.x() - AROUND_MM, own.min.y() - AROUND_MM);
    let (east, north) = (own.max.x() + AROUND_MM, own.max.y() + AROUND_MM);
    let corners = [(west, south), (east, south), (east, north), (west, north)];
    let corners = corners.map(|(x, y)| Point::new(x, y).ok());
    let corners: Option<Vec<Point>> = corners.into_iter().collect();
    Some(MultiPolygon(vec![Polygon {
        exterior: Ring(corners?),
        interiors: Vec::new(),
    }]))
}
