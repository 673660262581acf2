//! GeoJSON positions in any offered system, as they come to lie on the grid of a plane; nothing is
//! mended.

use super::asked::unprocessable;
use super::features::system::System;
use super::problem::Problem;
use crate::app::View;
use crate::crs::{AxisOrder, LonLat, WorkingPlane};
use crate::geometry::{MultiPolygon, Point, Polygon, Ring, validity};

/// Corners of a ring, at least, with the first repeated as the last.
const CORNERS: usize = 4;

/// Positions of a line or ring.
pub(super) type Positions = Vec<Vec<f64>>;

/// A geometry as it comes to lie on a plane.
pub(super) struct Drawn<'v> {
    /// Where the systems are known.
    pub view: &'v View,
    /// System of the positions.
    pub system: System,
    /// The plane.
    pub plane: &'v WorkingPlane,
    /// The message for an area that is not valid.
    pub defect: &'static str,
}

impl Drawn<'_> {
    /// Areas, each an outer ring and its holes.
    ///
    /// # Errors
    /// `invalid_proposal` with the place: no ring, an open one, a position off the plane's ground, not
    /// valid.
    pub(super) fn areas(
        &self,
        polygons: &[Vec<Positions>],
        place: &str,
    ) -> Result<MultiPolygon, Problem> {
        let missing = |place: &str| unprocessable(place, "ring_missing", Vec::new(), "ring");
        let mut areas = Vec::new();
        for (i, rings) in polygons.iter().enumerate() {
            let each = rings.iter().enumerate();
            let read = each.map(|(k, ring)| self.ring(ring, &format!("{place}[{i}][{k}]")));
            let mut rings: Vec<Ring> = read.collect::<Result<_, _>>()?;
            if rings.is_empty() {
                return Err(missing(&format!("{place}[{i}]")));
            }
            areas.push(Polygon {
                exterior: rings.remove(0),
                interiors: rings,
            });
        }
        if areas.is_empty() {
            return Err(missing(place));
        }
        let areas = MultiPolygon(areas);
        self.hold(&areas, place)?;
        Ok(areas)
    }

    /// Holds that areas are valid.
    ///
    /// # Errors
    /// `invalid_proposal` with the first defect and where it is.
    pub(super) fn hold(&self, areas: &MultiPolygon, place: &str) -> Result<(), Problem> {
        let Some(defect) = validity::first_defect(areas) else {
            return Ok(());
        };
        let arguments = vec![
            ("defect", defect.kind.code().to_owned()),
            ("place", self.place(defect.at)),
        ];
        Err(unprocessable(place, self.defect, arguments, "valid_area"))
    }

    /// A place as it was asked: in metres of the plane, or in degrees; with its system.
    fn place(&self, at: Point) -> String {
        let transforms = &self.view.city().transforms;
        let in_degrees = || transforms.to_lonlat(self.plane.epsg, at).ok();
        match in_degrees().filter(|_| self.system != System::Epsg(self.plane.epsg)) {
            Some(LonLat { lon, lat }) => format!("{lon:.7} {lat:.7} (lon lat)"),
            None => {
                let (east, north) = self.plane.metres(at);
                format!("{east:.3} {north:.3} (EPSG:{})", self.plane.epsg.0)
            }
        }
    }

    fn ring(&self, ring: &[Vec<f64>], place: &str) -> Result<Ring, Problem> {
        if ring.len() < CORNERS || ring.first() != ring.last() {
            return Err(unprocessable(place, "ring_open", Vec::new(), "ring"));
        }
        Ok(Ring(self.row(&ring[..ring.len() - 1], place)?))
    }

    /// Positions in a row.
    ///
    /// # Errors
    /// `invalid_proposal` with the place of one that is none, or lies off the plane's ground.
    pub(super) fn row(&self, positions: &[Vec<f64>], place: &str) -> Result<Vec<Point>, Problem> {
        let each = positions.iter().enumerate();
        let each = each.map(|(i, position)| self.point(position, &format!("{place}[{i}]")));
        each.collect()
    }

    fn point(&self, position: &[f64], place: &str) -> Result<Point, Problem> {
        if self.system == System::Epsg(self.plane.epsg) {
            let (order, _) = self.system.axes(self.view)?;
            let (east, north) = east_first(position, order, place)?;
            let point = self.plane.grid_point(east, north);
            return point.map_err(|_| outside(position, place));
        }
        let at = degrees(position, self.system, self.view, place)?;
        let point = self.view.city().transforms.to_plane(self.plane, at);
        point.map_err(|_| outside(position, place))
    }
}

/// A position in a geographic system.
///
/// # Errors
/// `invalid_proposal` for a position that is none, and for another system.
pub(super) fn degrees(
    position: &[f64],
    system: System,
    view: &View,
    place: &str,
) -> Result<LonLat, Problem> {
    let (order, is_degrees) = system.axes(view)?;
    if !is_degrees {
        let value = vec![("value", system.uri())];
        let (detail, expected) = ("crs_not_of_parcel", "plane_of_parcel");
        return Err(unprocessable("crs", detail, value, expected));
    }
    let (lon, lat) = east_first(position, order, place)?;
    Ok(LonLat { lon, lat })
}

/// A position beyond the ground of every plane.
pub(super) fn outside(position: &[f64], place: &str) -> Problem {
    let value = vec![("value", format!("{position:?}"))];
    unprocessable(place, "position_outside", value, "position_in_city")
}

/// A position as easting and northing, or longitude and latitude.
fn east_first(position: &[f64], order: AxisOrder, place: &str) -> Result<(f64, f64), Problem> {
    match (position, order) {
        ([a, b, ..], AxisOrder::EastNorth) => Ok((*a, *b)),
        ([a, b, ..], AxisOrder::NorthEast) => Ok((*b, *a)),
        _ => {
            let none = Vec::new();
            Err(unprocessable(place, "not_a_position", none, "position"))
        }
    }
}
