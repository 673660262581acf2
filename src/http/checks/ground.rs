//! The ground of a check in words, its shapes on the plane of the parcels.

use serde_json::{Value, json};

use super::view::{SiteEdgeView, SiteParcelView, SiteRoadView, SiteView, SnappedView};
use crate::app::check::Snapped;
use crate::app::{self, View};
use crate::crs::{Epsg, WorkingPlane};
use crate::geometry::{MultiPolygon, Point, Ring};
use crate::rules::Decimal;
use crate::rules::site::{Edge, Facing, Length, Site, metres as in_metres, told_square_metres};

#[derive(Debug, thiserror::Error)]
#[error("EPSG:{} is no plane of the city", .0.0)]
struct NoPlane(Epsg);

/// The plane of a code.
///
/// # Errors
/// [`app::Error::Internal`] when it is none of the city's.
pub(in crate::http) fn plane_of(view: &View, epsg: Epsg) -> Result<&WorkingPlane, app::Error> {
    let mut planes = view.city().planes.iter();
    let plane = planes.find(|plane| plane.epsg == epsg);
    plane.ok_or_else(|| app::Error::internal("cannot write a check", NoPlane(epsg)))
}

/// The ground in words.
pub(in crate::http) fn ground(site: &Site, plane: &WorkingPlane) -> SiteView {
    let position = site.lot.position();
    let metres = |mm: u32| Decimal::new(i64::from(mm), 3).normalize().to_string();
    let roads = site.lot.fronts.iter().map(|front| {
        let road = &site.roads[front.road];
        SiteRoadView {
            alley: road.way.alley,
            depth_m: in_metres(front.depth).round_dp(3).to_string(),
            frontage_m: in_metres(front.length).round_dp(3).to_string(),
            street: road.way.street.clone(),
            width_m: road.way.width_mm.map(metres),
        }
    });
    let parcels = site.parcels.iter().map(|parcel| SiteParcelView {
        id: parcel.id.get(),
        version: parcel.version.0,
    });
    let edges = site.lot.edges.iter().map(|own| edge(own, site, plane));
    SiteView {
        corner: position.corner,
        edges: edges.collect(),
        epsg: site.plane.0,
        lot: area_on(plane, &site.lot.area),
        lot_area_m2: told_square_metres(&site.lot.area).to_string(),
        parcels: parcels.collect(),
        roads: roads.collect(),
        through: position.through,
    }
}

fn edge(edge: &Edge, site: &Site, plane: &WorkingPlane) -> SiteEdgeView {
    let (facing, street) = match edge.facing {
        Facing::Road(road) => ("road", Some(site.roads[road].way.street.clone())),
        Facing::Rear => ("rear", None),
        Facing::Side => ("side", None),
    };
    let ends = [edge.from, edge.to].map(|point| position(plane, &point));
    SiteEdgeView {
        facing: facing.to_owned(),
        line: json!({ "type": "LineString", "coordinates": ends }),
        street,
    }
}

/// A vertex that was moved, on the plane.
pub(super) fn snapped(snapped: &Snapped, plane: &WorkingPlane) -> SnappedView {
    let moved = &snapped.moved;
    let [polygon, ring, vertex] = moved.place;
    let drawing = match snapped.part {
        None => "footprint".to_owned(),
        Some(part) => format!("parts[{part}].geometry"),
    };
    SnappedView {
        from: position(plane, &moved.from),
        moved_m: in_metres(Length::between(moved.from, moved.to))
            .round_dp(3)
            .to_string(),
        place: format!("{drawing}[{polygon}][{ring}][{vertex}]"),
        to: position(plane, &moved.to),
    }
}

/// Land as GeoJSON, easting and northing of the plane.
pub(super) fn area_on(plane: &WorkingPlane, area: &MultiPolygon) -> Value {
    let ring = |ring: &Ring| -> Vec<[f64; 2]> {
        let closed = ring.0.iter().chain(ring.0.first());
        closed.map(|point| position(plane, point)).collect()
    };
    let polygons = area.0.iter();
    let polygons: Vec<Vec<_>> = polygons
        .map(|polygon| polygon.rings().map(ring).collect())
        .collect();
    json!({ "type": "MultiPolygon", "coordinates": polygons })
}

fn position(plane: &WorkingPlane, point: &Point) -> [f64; 2] {
    let (east, north) = plane.metres(*point);
    [east, north]
}
