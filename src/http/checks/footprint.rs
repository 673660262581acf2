//! Footprints from GeoJSON to the grid of the parcels' plane; nothing is mended.

use serde::Deserialize;
use serde_json::Value;

use crate::app::View;
use crate::cadastre::ParcelId;
use crate::crs::{Epsg, WorkingPlane};
use crate::geometry::MultiPolygon;
use crate::http::asked::unprocessable;
use crate::http::drawn::{Drawn, Positions, degrees};
use crate::http::features::system::System;
use crate::http::problem::Problem;

/// GeoJSON of an area (RFC 7946, 3.1.6 and 3.1.7).
#[derive(Deserialize)]
#[serde(tag = "type", expecting = "a Polygon or MultiPolygon of GeoJSON")]
enum Area {
    Polygon { coordinates: Vec<Positions> },
    MultiPolygon { coordinates: Vec<Vec<Positions>> },
}

/// Vertices of a footprint, at most.
const VERTICES: usize = 10_000;

/// The footprint on the plane of its parcels.
///
/// # Errors
/// `invalid_proposal` with the place: not GeoJSON, too many vertices, not on the ground of any
/// plane, not valid.
pub(super) fn read(
    value: &Value,
    system: System,
    parcels: &[ParcelId],
    view: &View,
) -> Result<(Epsg, MultiPolygon), Problem> {
    let area: Area = serde_json::from_value(value.clone()).map_err(|error| {
        let arguments = vec![("reason", error.to_string())];
        unprocessable("footprint", "not_an_area", arguments, "area")
    })?;
    let polygons = match area {
        Area::Polygon { coordinates } => vec![coordinates],
        Area::MultiPolygon { coordinates } => coordinates,
    };
    let count: usize = polygons.iter().flatten().map(Vec::len).sum();
    if count > VERTICES {
        let arguments = vec![("value", count.to_string())];
        return Err(unprocessable(
            "footprint",
            "too_many_vertices",
            arguments,
            "vertices",
        ));
    }
    let mut refused = None;
    for plane in planes(&polygons, system, parcels, view)? {
        let drawn = Drawn {
            view,
            system,
            plane,
            defect: "footprint_defect",
        };
        match drawn.areas(&polygons, "footprint") {
            Ok(area) if !parcels.is_empty() || view.has_parcel_under(plane.epsg, &area) => {
                return Ok((plane.epsg, area));
            }
            Ok(_) => {}
            Err(problem) => refused = Some(problem),
        }
    }
    Err(refused.unwrap_or_else(|| {
        unprocessable(
            "footprint",
            "no_parcel_under",
            Vec::new(),
            "footprint_on_parcel",
        )
    }))
}

/// Holds that a footprint of which vertices were moved is still valid.
///
/// # Errors
/// `invalid_proposal` with the first defect and where it is.
pub(super) fn still_valid(view: &View, plane: Epsg, moved: &MultiPolygon) -> Result<(), Problem> {
    let drawn = Drawn {
        view,
        system: System::Epsg(plane),
        plane: view.plane(plane)?,
        defect: "snapped_defect",
    };
    drawn.hold(moved, "footprint")
}

/// The planes on which the footprint may lie.
fn planes<'v>(
    polygons: &[Vec<Positions>],
    system: System,
    parcels: &[ParcelId],
    view: &'v View,
) -> Result<Vec<&'v WorkingPlane>, Problem> {
    let planes = &view.city().planes;
    if let Some(&first) = parcels.first() {
        let epsg = view.parcel(first)?.plane;
        return Ok(planes.iter().filter(|plane| plane.epsg == epsg).collect());
    }
    if let System::Epsg(epsg) = system
        && planes.iter().any(|plane| plane.epsg == epsg)
    {
        return Ok(planes.iter().filter(|plane| plane.epsg == epsg).collect());
    }
    let first = polygons.iter().flatten().flatten().next();
    let first =
        first.ok_or_else(|| unprocessable("footprint", "ring_missing", Vec::new(), "ring"))?;
    Ok(planes.for_lonlat(degrees(first, system, view, "footprint")?))
}
