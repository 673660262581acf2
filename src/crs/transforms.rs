//! Transforms between planes, WGS 84, geographic systems and the systems in which files come.

use super::cells;
use super::city_grid::CityGrid;
use super::definition::{Database, Definition};
use super::pipeline::{Pipeline, Steps};
use super::world::WorldPlane;
use super::{AxisOrder, CrsError, Datum, Epsg, LonLat, Planes, WorkingPlane};
use crate::geometry::Point;
use std::collections::BTreeMap;
use std::sync::Arc;

const WGS_84: Epsg = Epsg(4326);

/// Every transform of a city. PROJ's database is read when this is built and never afterwards;
/// threads share it freely, each with PROJ objects of its own.
#[derive(Debug, Clone)]
pub struct Transforms {
    /// The city's systems, for messages.
    offered: String,
    systems: BTreeMap<Epsg, System>,
    planes: Vec<(WorkingPlane, PlanePipelines)>,
    worlds: Vec<(Epsg, Arc<WorldPlane>)>,
    /// There from the end of [`Transforms::new`] on.
    city_grid: Option<Arc<CityGrid>>,
}

#[derive(Debug, Clone)]
struct System {
    definition: Definition,
    datum: Datum,
    operation_name: String,
}

#[derive(Debug, Clone, Copy)]
struct PlanePipelines {
    to_lonlat: Pipeline,
    from_lonlat: Pipeline,
}

/// The way from one system to another, built once and used for many coordinates.
#[derive(Debug, Clone)]
pub struct Between {
    pipeline: Pipeline,
    operation_name: String,
}

impl Between {
    /// Converts a coordinate. On both sides the numbers are easting and northing in metres, or
    /// longitude and latitude in degrees, in this order, whatever the systems say themselves.
    ///
    /// # Errors
    /// [`CrsError::NotConvertible`] for a coordinate outside the domain of a projection.
    pub fn convert(&self, x: f64, y: f64) -> Result<(f64, f64), CrsError> {
        self.pipeline.convert(x, y)
    }

    /// The datum operations on the way, such as `EPSG:6960 VN-2000 to WGS 84 (2)`.
    pub fn operation_name(&self) -> &str {
        &self.operation_name
    }
}

impl Transforms {
    /// Reads the definitions of all listed systems and builds the pipelines of the planes.
    ///
    /// # Errors
    /// [`CrsError::MissingDefinition`] when PROJ's database is not there or does not know a
    /// listed system, [`CrsError::UnknownDatum`] for a system on a datum that is not listed.
    pub fn new(planes: &Planes) -> Result<Self, CrsError> {
        let database = Database::open();
        let mut systems = BTreeMap::new();
        for epsg in planes.systems() {
            let definition = database.definition(epsg)?;
            let geographic = definition.geographic;
            let datum = planes
                .datums()
                .iter()
                .find(|d| d.geographic == geographic)
                .ok_or(CrsError::UnknownDatum { epsg, geographic })?
                .clone();
            let operation_name = format!("{} {}", datum.operation, datum.operation_name);
            let system = System {
                definition,
                datum,
                operation_name,
            };
            systems.insert(epsg, system);
        }
        let mut transforms = Self {
            offered: planes.offered(),
            systems,
            planes: Vec::new(),
            worlds: Vec::new(),
            city_grid: None,
        };
        for plane in planes.iter() {
            let pipelines = PlanePipelines {
                to_lonlat: transforms.between(plane.epsg, WGS_84)?.pipeline,
                from_lonlat: transforms.between(WGS_84, plane.epsg)?.pipeline,
            };
            let world = WorldPlane::new(plane, pipelines.to_lonlat, pipelines.from_lonlat);
            transforms.worlds.push((plane.epsg, Arc::new(world)));
            transforms.planes.push((plane.clone(), pipelines));
        }
        let planes = transforms.planes.iter();
        let planes = planes.map(|(plane, p)| (plane.clone(), p.to_lonlat, p.from_lonlat));
        let grid = CityGrid::new(&planes.collect::<Vec<_>>());
        let grid = grid.ok_or_else(|| CrsError::InvalidPlanes("no plane is listed".to_owned()))?;
        transforms.city_grid = Some(Arc::new(grid));
        Ok(transforms)
    }

    /// The position of a grid point on WGS 84, by the plane's named operation.
    ///
    /// # Errors
    /// [`CrsError::UnknownSystem`] when the code is not one of the city's planes.
    pub fn to_lonlat(&self, plane: Epsg, point: Point) -> Result<LonLat, CrsError> {
        let (plane, pipelines) = self.plane(plane)?;
        let (east_m, north_m) = plane.metres(point);
        let (lon, lat) = pipelines.to_lonlat.convert(east_m, north_m)?;
        Ok(LonLat { lon, lat })
    }

    /// The positions of many grid points, in their order.
    ///
    /// # Errors
    /// As [`Transforms::to_lonlat`].
    pub fn to_lonlat_all(
        &self,
        plane: Epsg,
        points: impl IntoIterator<Item = Point>,
    ) -> Result<Vec<LonLat>, CrsError> {
        let (plane, pipelines) = self.plane(plane)?;
        let convert = |point| {
            let (east_m, north_m) = plane.metres(point);
            let (lon, lat) = pipelines.to_lonlat.convert(east_m, north_m)?;
            Ok(LonLat { lon, lat })
        };
        points.into_iter().map(convert).collect()
    }

    /// Hands over the positions of many grid points, in their order, each as
    /// [`Transforms::to_lonlat`] has it to within 0.01 mm: in a few nanoseconds while they lie
    /// near each other and this thread has been nearby. For answers, not for measuring.
    ///
    /// # Errors
    /// As [`Transforms::to_lonlat`]; what lies behind the point that fails is left out.
    pub fn to_lonlat_fast(
        &self,
        plane: Epsg,
        points: impl IntoIterator<Item = Point>,
        mut each: impl FnMut(LonLat),
    ) -> Result<(), CrsError> {
        let (plane, pipelines) = self.plane(plane)?;
        let metres = points.into_iter().map(|point| plane.metres(point));
        cells::convert_each(pipelines.to_lonlat, cells::METRES, metres, |lon, lat| {
            each(LonLat { lon, lat });
        })
    }

    /// The way from a plane to the world grid, for drawing; nothing for a plane of another city.
    pub fn world(&self, plane: Epsg) -> Option<&WorldPlane> {
        let mut worlds = self.worlds.iter();
        let (_, world) = worlds.find(|(epsg, _)| *epsg == plane)?;
        Some(world)
    }

    /// The grid on the city's first plane, for drawing.
    pub fn city_grid(&self) -> &CityGrid {
        let grid = self.city_grid.as_deref();
        grid.expect("`new` makes it or fails")
    }

    /// The grid point nearest to a position on WGS 84, by the plane's named operation.
    ///
    /// # Errors
    /// [`CrsError::NotAPosition`] for numbers that are not on the globe,
    /// [`CrsError::UnknownSystem`] for a plane of another city, [`CrsError::OutOfGrid`] or
    /// [`CrsError::NotConvertible`] for a position too far away from the plane.
    pub fn to_plane(&self, plane: &WorkingPlane, at: LonLat) -> Result<Point, CrsError> {
        if !at.is_position() {
            return Err(CrsError::NotAPosition(at));
        }
        let (plane, pipelines) = self.plane(plane.epsg)?;
        if let Some(point) = near_plane(plane, pipelines, at) {
            return Ok(point);
        }
        let (east_m, north_m) = pipelines.from_lonlat.convert(at.lon, at.lat)?;
        Ok(plane.grid_point(east_m, north_m)?)
    }

    /// The way from one listed system to another. Between two systems on one datum it is exact
    /// to the projections; otherwise it leads over WGS 84 by the named operations.
    ///
    /// # Errors
    /// [`CrsError::UnknownSystem`] when a code is not listed.
    pub fn between(&self, from: Epsg, to: Epsg) -> Result<Between, CrsError> {
        let (from, to) = (self.system(from)?, self.system(to)?);
        let wgs_84 = &self.system(WGS_84)?.definition.ellipsoid;
        let mut steps = Steps::default();
        steps = match &from.definition.projection {
            Some(projection) => steps.unproject(projection),
            None => steps.degrees_in(),
        };
        let mut operation_name = "none, one datum".to_owned();
        if from.datum.geographic != to.datum.geographic {
            let mut named = Vec::new();
            for (system, back) in [(from, false), (to, true)] {
                if system.datum.geographic == WGS_84 {
                    continue;
                }
                named.push(system.operation_name.as_str());
                let own = &system.definition.ellipsoid;
                steps = match (&system.datum.coordinate_frame, back) {
                    (Some(frame), false) => steps.shift(frame, own, wgs_84),
                    (Some(frame), true) => steps.shift_back(frame, wgs_84, own),
                    (None, _) => steps,
                };
            }
            operation_name = named.join(", ");
        }
        steps = match &to.definition.projection {
            Some(projection) => steps.project(projection),
            None => steps.degrees_out(),
        };
        Ok(Between {
            pipeline: Pipeline::new(&steps.text())?,
            operation_name,
        })
    }

    /// The operation between a system's datum and WGS 84, by code and name, such as
    /// `EPSG:6960 VN-2000 to WGS 84 (2)`; empty for a system that is not listed.
    pub fn operation_name(&self, epsg: Epsg) -> &str {
        self.systems
            .get(&epsg)
            .map_or("", |system| &system.operation_name)
    }

    /// The order in which the system itself writes its axes: latitude first for EPSG:4326.
    ///
    /// # Errors
    /// [`CrsError::UnknownSystem`] when the code is not listed.
    pub fn axis_order(&self, epsg: Epsg) -> Result<AxisOrder, CrsError> {
        Ok(self.system(epsg)?.definition.axis_order)
    }

    /// The name of a listed system in the EPSG dataset.
    ///
    /// # Errors
    /// [`CrsError::UnknownSystem`] when the code is not listed.
    pub fn name(&self, epsg: Epsg) -> Result<&str, CrsError> {
        Ok(&self.system(epsg)?.definition.name)
    }

    /// The geographic system on whose datum a system stands; itself when it is one.
    ///
    /// # Errors
    /// [`CrsError::UnknownSystem`] when the code is not listed.
    pub fn geographic(&self, epsg: Epsg) -> Result<Epsg, CrsError> {
        Ok(self.system(epsg)?.definition.geographic)
    }

    /// Whether coordinates of the system are degrees.
    ///
    /// # Errors
    /// [`CrsError::UnknownSystem`] when the code is not listed.
    pub fn is_geographic(&self, epsg: Epsg) -> Result<bool, CrsError> {
        Ok(self.system(epsg)?.definition.projection.is_none())
    }

    fn plane(&self, epsg: Epsg) -> Result<&(WorkingPlane, PlanePipelines), CrsError> {
        self.planes
            .iter()
            .find(|(plane, _)| plane.epsg == epsg)
            .ok_or_else(|| self.unknown(epsg))
    }

    fn system(&self, epsg: Epsg) -> Result<&System, CrsError> {
        self.systems.get(&epsg).ok_or_else(|| self.unknown(epsg))
    }

    fn unknown(&self, asked: Epsg) -> CrsError {
        CrsError::UnknownSystem {
            asked,
            known: self.offered.clone(),
        }
    }
}

/// The grid point nearest to a position by the series of its cell, where that is certainly the
/// same as by PROJ: in the region of the plane, and not where the next millimetre is as near.
fn near_plane(plane: &WorkingPlane, pipelines: &PlanePipelines, at: LonLat) -> Option<Point> {
    if !plane.expects_at(at) {
        return None;
    }
    let mut near = None;
    let degrees = [(at.lon, at.lat)];
    let way = pipelines.from_lonlat;
    cells::convert_each(way, cells::DEGREES, degrees, |x, y| near = Some((x, y))).ok()?;
    let (east_m, north_m) = near?;
    // The series is off by less than 0.01 mm.
    let is_certain = |metres: f64| {
        let mm = metres * 1000.0;
        (mm - mm.floor() - 0.5).abs() > 0.02
    };
    let point = plane.grid_point(east_m, north_m).ok()?;
    (is_certain(east_m) && is_certain(north_m)).then_some(point)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
