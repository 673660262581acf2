//! The coverage of a layer, found as its profile states it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{CityLand, Speaks};
use crate::cadastre::{Day, Ward, WardCode};
use crate::crs::{Epsg, LonLat, Transforms};
use crate::exchange::mapping::{CoverageMapper, MappingError, Origin};
use crate::exchange::profile::{CoverageAreas, CoverageFile, CoverageStatement};
use crate::exchange::source::{self, ReadOptions};
use crate::geometry::{MultiPolygon, Polygon, Ring, Shape, overlay, validity};

/// Why a stated coverage cannot be found. An import without it would say "nothing applies" where
/// it should say "no data", so there is none.
#[derive(Debug, thiserror::Error)]
pub enum CoverageError {
    /// A ward that is not in force, or of which no border is held.
    #[error(
        "the coverage names the ward `{ward}`, expected one in force on {day} whose border the \
         register holds"
    )]
    Ward {
        /// As stated.
        ward: WardCode,
        /// The day.
        day: Day,
    },
    /// The file cannot be opened or read.
    #[error("the coverage cannot be read: {0}")]
    Source(#[from] source::Error),
    /// Its coordinates cannot be put on a plane.
    #[error("the coverage `{file}` cannot be read: {cause}")]
    Mapping {
        /// The file.
        file: PathBuf,
        /// Why not.
        cause: MappingError,
    },
    /// A feature of the file that is no area of the city.
    #[error("the coverage `{file}`, feature {number}: {reason}")]
    Feature {
        /// The file.
        file: PathBuf,
        /// Which feature.
        number: i64,
        /// What is wrong.
        reason: String,
    },
    /// A file or list without any area.
    #[error("the coverage has no area, expected at least one")]
    Empty,
    /// Areas on a plane that is none of the city's.
    #[error("the coverage is on {0}, which is not a working plane of this city")]
    NotAPlane(Epsg),
    /// A coordinate far outside its plane.
    #[error(
        "the coverage has the coordinate `{east_m}`, `{north_m}`, outside the region of {plane}"
    )]
    Outside {
        /// The plane.
        plane: Epsg,
        /// Easting.
        east_m: f64,
        /// Northing.
        north_m: f64,
    },
    /// An area that is not valid.
    #[error("the coverage is not valid at {east_m:.3} {north_m:.3} of {plane}: {defect}")]
    Invalid {
        /// The plane.
        plane: Epsg,
        /// Easting of the defect.
        east_m: f64,
        /// Northing of the defect.
        north_m: f64,
        /// What is wrong.
        defect: String,
    },
}

/// What a coverage is found with.
pub struct CoverageGround<'a> {
    /// Wards of today and of before.
    pub wards: &'a [Ward],
    /// Where the land of the city lies.
    pub land: &'a CityLand<'a>,
    /// Coordinate systems.
    pub transforms: &'a Transforms,
    /// How the child that reads a file is confined.
    pub reading: &'a ReadOptions,
    /// The day for which the layer speaks.
    pub day: Day,
}

impl CoverageGround<'_> {
    /// Where the layer speaks.
    ///
    /// # Errors
    /// [`CoverageError`], with the place of what is wrong.
    pub fn find(&self, statement: &CoverageStatement) -> Result<Speaks, CoverageError> {
        let areas = match statement {
            CoverageStatement::Features => return Ok(Speaks::OnFeatures),
            CoverageStatement::Wards(codes) => {
                let borders = codes.iter().map(|code| self.border(*code));
                return Ok(Speaks::OnWards(borders.collect::<Result<_, _>>()?));
            }
            CoverageStatement::File(file) => self.of_file(file)?,
            CoverageStatement::Areas(listed) => {
                let areas = listed.iter().map(|areas| self.written_down(areas));
                areas.collect::<Result<_, _>>()?
            }
        };
        if areas.iter().all(|(_, areas)| areas.0.is_empty()) {
            return Err(CoverageError::Empty);
        }
        Ok(Speaks::OnAreas(areas))
    }

    fn border(&self, code: WardCode) -> Result<(Epsg, MultiPolygon), CoverageError> {
        let mut wards = self.wards.iter();
        let ward = wards.find(|w| w.code == code && w.valid.has(self.day));
        ward.filter(|ward| !ward.border.0.is_empty())
            .map(|ward| (ward.plane, ward.border.clone()))
            .ok_or(CoverageError::Ward {
                ward: code,
                day: self.day,
            })
    }

    /// The areas of a file, on every plane into whose land they reach.
    fn of_file(&self, file: &CoverageFile) -> Result<Vec<(Epsg, MultiPolygon)>, CoverageError> {
        let mut source = source::open(&file.file, self.reading)?;
        let layer = source.layer(file.layer.as_deref())?;
        let plane_at = |at: LonLat| self.land.plane_at(at);
        let origin = Origin {
            format: source.format(),
            layer: &layer,
            crs: file.crs,
            plane_of_ward: None,
            plane_at: Some(&plane_at),
        };
        let planes = self.land.crossing().planes();
        let mapper = CoverageMapper::new(origin, planes, self.transforms);
        let mapper = mapper.map_err(|cause| CoverageError::Mapping {
            file: file.file.clone(),
            cause,
        })?;
        let mut found = Vec::new();
        for feature in source.features(&layer)? {
            let feature = feature?;
            let areas = mapper.areas(&feature);
            let (plane, areas) = areas.map_err(|finding| CoverageError::Feature {
                file: file.file.clone(),
                number: feature.number,
                reason: finding.reason.en,
            })?;
            self.check(plane, &areas)?;
            let shape = Shape::Areas(areas.clone());
            for (other, there) in self.land.on_other_planes(plane, &shape) {
                if let Shape::Areas(there) = there {
                    found.push((other, there));
                }
            }
            found.push((plane, areas));
        }
        Ok(found)
    }

    fn written_down(&self, listed: &CoverageAreas) -> Result<(Epsg, MultiPolygon), CoverageError> {
        let plane = self.land.crossing().planes().get(listed.plane);
        let plane = plane.ok_or(CoverageError::NotAPlane(listed.plane))?;
        let ring = |positions: &Vec<[f64; 2]>| {
            let mut points = Vec::with_capacity(positions.len());
            for &[east_m, north_m] in positions {
                let point = plane.grid_point(east_m, north_m).ok();
                let point = point.filter(|_| plane.expects(east_m, north_m));
                points.push(point.ok_or(CoverageError::Outside {
                    plane: plane.epsg,
                    east_m,
                    north_m,
                })?);
            }
            if points.len() > 1 && points.first() == points.last() {
                points.pop();
            }
            Ok(Ring(points))
        };
        let mut parts = Vec::with_capacity(listed.coordinates.len());
        for rings in &listed.coordinates {
            let rings: Result<Vec<Ring>, CoverageError> = rings.iter().map(ring).collect();
            let mut rings = rings?.into_iter();
            if let Some(exterior) = rings.next() {
                parts.push(Polygon {
                    exterior,
                    interiors: rings.collect(),
                });
            }
        }
        let areas = MultiPolygon(parts);
        self.check(plane.epsg, &areas)?;
        Ok((plane.epsg, areas))
    }

    fn check(&self, plane: Epsg, areas: &MultiPolygon) -> Result<(), CoverageError> {
        let Some(defect) = validity::first_defect(areas) else {
            return Ok(());
        };
        let place = self.land.crossing().planes().get(plane);
        let (east_m, north_m) = place.map(|p| p.metres(defect.at)).unwrap_or_default();
        Err(CoverageError::Invalid {
            plane,
            east_m,
            north_m,
            defect: defect.to_string(),
        })
    }
}

/// Areas as a layer holds them: one for each plane, united, in the order of the planes.
pub fn united(areas: &[(Epsg, MultiPolygon)]) -> Vec<(Epsg, MultiPolygon)> {
    let mut by_plane: BTreeMap<Epsg, Vec<&MultiPolygon>> = BTreeMap::new();
    for (plane, areas) in areas {
        by_plane.entry(*plane).or_default().push(areas);
    }
    let united = by_plane.into_iter();
    united
        .map(|(plane, areas)| (plane, overlay::union_all(areas).normalized()))
        .collect()
}
