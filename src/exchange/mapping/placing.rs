//! From the coordinates of a source to the grid of a working plane.

use super::MappingError;
use super::reading::{Read, missing};
use super::stray::{Stray, ToldBy};
use crate::crs::{AxisOrder, Between, Epsg, LonLat, Planes, Transforms, WorkingPlane};
use crate::exchange::source::{RawGeometry, Xy};
use crate::exchange::{Finding, FindingCode};
use crate::geometry::{LineString, MultiPolygon, Point, Polygon, Ring, Shape};

pub(super) const WGS_84: Epsg = Epsg(4326);

/// In which system the coordinates of a source are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// In one system.
    System(Epsg),
    /// Each feature in the plane it states.
    StatedPlane,
}

/// Turns coordinates of one source into grid points.
pub(super) struct Placing<'a> {
    planes: &'a Planes,
    from: From,
    order: AxisOrder,
    fixed: Option<Epsg>,
    to_lonlat: Option<Between>,
    ways: Vec<(Epsg, Between)>,
    stray: Stray<'a>,
}

impl<'a> Placing<'a> {
    /// Builds every way that may be needed: from the source to each plane of the city.
    ///
    /// # Errors
    /// [`MappingError::Crs`] for a system that cannot be converted, [`MappingError::NotAPlane`]
    /// for a stated plane that is none of the city's.
    pub fn new(
        planes: &'a Planes,
        transforms: &'a Transforms,
        (from, told_by): (From, ToldBy),
        order: AxisOrder,
        stated: Option<Epsg>,
    ) -> Result<Self, MappingError> {
        if let Some(plane) = stated
            && planes.get(plane).is_none()
        {
            return Err(MappingError::NotAPlane(plane));
        }
        let mut placing = Self {
            planes,
            from,
            order,
            fixed: stated,
            to_lonlat: None,
            ways: Vec::new(),
            stray: Stray::new(planes, transforms, (from, told_by), order),
        };
        if let From::System(system) = from {
            let others = planes.iter().filter(|p| p.epsg != system);
            for plane in others {
                let way = transforms.between(system, plane.epsg)?;
                placing.ways.push((plane.epsg, way));
            }
            if planes.get(system).is_some() {
                placing.fixed = stated.or(Some(system));
            } else {
                placing.to_lonlat = Some(transforms.between(system, WGS_84)?);
            }
        }
        Ok(placing)
    }

    /// The plane of all shapes, where profile or source decide it.
    pub const fn fixed(&self) -> Option<Epsg> {
        self.fixed
    }

    /// A plane of the city by its code.
    pub fn known(&self, epsg: Epsg) -> Option<&'a WorkingPlane> {
        self.planes.get(epsg)
    }

    /// The plane of a geometry: the one stated for it, the profile's, the source's own, the one of
    /// the land at its first coordinate, or the first of the city that expects land there.
    pub fn plane_of(
        &self,
        geometry: &RawGeometry,
        stated: Option<&'a WorkingPlane>,
        of_land: &dyn Fn(LonLat) -> Option<Epsg>,
    ) -> Read<&'a WorkingPlane> {
        if let Some(plane) = stated.or_else(|| self.planes.get(self.fixed?)) {
            return Ok(plane);
        }
        let From::System(system) = self.from else {
            return Err(missing("plane", None));
        };
        let Some(first) = geometry.coordinates().next() else {
            let nothing = Finding::rejection(FindingCode::MissingGeometry, "", &[]);
            return Err(Box::new(nothing));
        };
        let at = self.lonlat(first);
        let candidates = at.map(|at| self.planes.for_lonlat(at)).unwrap_or_default();
        let of_land = match candidates.as_slice() {
            [] | [_] => None,
            _ => at.and_then(of_land),
        };
        let of_land = candidates.iter().find(|p| Some(p.epsg) == of_land);
        of_land
            .or_else(|| candidates.first())
            .copied()
            .ok_or_else(|| {
                let swapped = self.lonlat([first[1], first[0]]);
                let swapped = swapped.is_some_and(|at| !self.planes.for_lonlat(at).is_empty());
                Box::new(self.stray.elsewhere(first, system, swapped))
            })
    }

    fn lonlat(&self, at: Xy) -> Option<LonLat> {
        let (x, y) = self.order.east_north(at[0], at[1]);
        let (lon, lat) = self.to_lonlat.as_ref()?.convert(x, y).ok()?;
        Some(LonLat { lon, lat })
    }

    /// The grid point of a coordinate. A coordinate in metres of the plane's own system is only
    /// rounded to the millimetre.
    pub fn point(&self, plane: &WorkingPlane, at: Xy) -> Read<Point> {
        let (x, y) = self.order.east_north(at[0], at[1]);
        let metres = if self.is_in(plane) {
            Some((x, y))
        } else {
            let way = self.ways.iter().find(|(epsg, _)| *epsg == plane.epsg);
            way.and_then(|(_, between)| between.convert(x, y).ok())
        };
        metres
            .filter(|(east, north)| plane.expects(*east, *north))
            .and_then(|(east, north)| plane.grid_point(east, north).ok())
            .ok_or_else(|| Box::new(self.misplaced(plane, at, metres)))
    }

    /// Whether coordinates are already metres of the plane.
    fn is_in(&self, plane: &WorkingPlane) -> bool {
        match self.from {
            From::System(system) => system == plane.epsg,
            From::StatedPlane => true,
        }
    }

    fn misplaced(&self, plane: &WorkingPlane, at: Xy, metres: Option<(f64, f64)>) -> Finding {
        let finding = self
            .stray
            .outside(self.is_in(plane).then_some(plane), at, plane.epsg);
        match metres.filter(|(e, n)| e.is_finite() && n.is_finite()) {
            Some(place) => finding.at(plane.epsg, place),
            None => finding,
        }
    }

    /// The areas of a geometry on the grid.
    pub fn areas(&self, plane: &WorkingPlane, geometry: &RawGeometry) -> Read<MultiPolygon> {
        let mut polygons = Vec::with_capacity(geometry.areas.len());
        for rings in &geometry.areas {
            let mut rings = rings.iter().map(|ring| self.ring(plane, ring));
            let Some(exterior) = rings.next() else {
                continue;
            };
            polygons.push(Polygon {
                exterior: exterior?,
                interiors: rings.collect::<Result<_, _>>()?,
            });
        }
        Ok(MultiPolygon(polygons))
    }

    fn ring(&self, plane: &WorkingPlane, ring: &[Xy]) -> Read<Ring> {
        let mut points = self.chain(plane, ring)?;
        if points.len() > 1 && points.first() == points.last() {
            points.pop();
        }
        Ok(Ring(points))
    }

    /// The points of a line; a vertex that falls on the one before it is the same vertex.
    pub fn chain(&self, plane: &WorkingPlane, line: &[Xy]) -> Read<Vec<Point>> {
        let mut points = Vec::with_capacity(line.len());
        for &at in line {
            let point = self.point(plane, at)?;
            if points.last() != Some(&point) {
                points.push(point);
            }
        }
        Ok(points)
    }

    /// The whole geometry as one shape: areas, else lines, else points.
    pub fn shape(&self, plane: &WorkingPlane, geometry: &RawGeometry) -> Read<Shape> {
        if !geometry.areas.is_empty() {
            return self.areas(plane, geometry).map(Shape::Areas);
        }
        if !geometry.lines.is_empty() {
            let lines = geometry.lines.iter();
            let lines = lines.map(|l| self.chain(plane, l).map(LineString));
            return lines.collect::<Result<_, _>>().map(Shape::Lines);
        }
        let points = geometry.points.iter().map(|&p| self.point(plane, p));
        points.collect::<Result<_, _>>().map(Shape::Points)
    }
}
