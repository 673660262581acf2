//! The working planes and datums of a city, read from `data/planes.toml`.

use super::{CrsError, Epsg, LonLat, WorkingPlane};
use serde::Deserialize;

/// The working planes of a city, the datums they stand on, and the systems in which files come.
#[derive(Debug, Clone, PartialEq)]
pub struct Planes {
    planes: Vec<WorkingPlane>,
    datums: Vec<Datum>,
    sources: Vec<Epsg>,
    /// Systems of another place.
    elsewhere: Vec<Epsg>,
}

/// A datum and the one way from it to WGS 84 that this city uses.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Datum {
    /// What people call it.
    pub name: String,
    /// Its geographic system, in degrees.
    pub geographic: Epsg,
    /// Code of the operation to WGS 84, such as `EPSG:6960`; `none` for WGS 84 itself.
    pub operation: String,
    /// Name of the operation in the EPSG dataset.
    pub operation_name: String,
    /// Stated accuracy of the operation in metres.
    pub accuracy_m: f64,
    /// Whether it is of another place, so that no message offers it.
    #[serde(default)]
    pub elsewhere: bool,
    /// Its parameters; absent for a null operation.
    pub coordinate_frame: Option<CoordinateFrame>,
}

/// The seven parameters of a coordinate frame rotation (EPSG method 9607), towards WGS 84.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoordinateFrame {
    /// Translation in metres.
    pub x_m: f64,
    /// Translation in metres.
    pub y_m: f64,
    /// Translation in metres.
    pub z_m: f64,
    /// Rotation in seconds of arc.
    pub rx_arcsec: f64,
    /// Rotation in seconds of arc.
    pub ry_arcsec: f64,
    /// Rotation in seconds of arc.
    pub rz_arcsec: f64,
    /// Scale difference in parts per million.
    pub scale_ppm: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanesFile {
    datum: Vec<Datum>,
    plane: Vec<PlaneEntry>,
    sources: Sources,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sources {
    epsg: Vec<Epsg>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaneEntry {
    epsg: Epsg,
    #[serde(default)]
    elsewhere: bool,
    name: String,
    origin_east_m: i32,
    origin_north_m: i32,
    expected_m: [f64; 4],
    expected_degrees: [f64; 4],
}

impl Planes {
    /// Reads the text of a `planes.toml`.
    ///
    /// # Errors
    /// [`CrsError::InvalidPlanes`] with the place for a text that is not such a file or lists no
    /// plane, [`CrsError::DuplicatePlane`] for a plane that is listed twice.
    pub fn load(text: &str) -> Result<Self, CrsError> {
        let file: PlanesFile =
            toml::from_str(text).map_err(|e| CrsError::InvalidPlanes(e.to_string()))?;
        if file.plane.is_empty() {
            let reason = "no `[[plane]]`, expected at least one";
            return Err(CrsError::InvalidPlanes(reason.to_owned()));
        }
        let mut planes: Vec<WorkingPlane> = Vec::with_capacity(file.plane.len());
        let datums = file.datum.iter().filter(|datum| datum.elsewhere);
        let mut elsewhere: Vec<Epsg> = datums.map(|datum| datum.geographic).collect();
        for entry in file.plane {
            if planes.iter().any(|p| p.epsg == entry.epsg) {
                return Err(CrsError::DuplicatePlane(entry.epsg));
            }
            if entry.elsewhere {
                elsewhere.push(entry.epsg);
            }
            planes.push(WorkingPlane {
                epsg: entry.epsg,
                name: entry.name,
                origin_east_m: entry.origin_east_m,
                origin_north_m: entry.origin_north_m,
                expected_m: entry.expected_m,
                expected_degrees: entry.expected_degrees,
            });
        }
        Ok(Self {
            planes,
            datums: file.datum,
            sources: file.sources.epsg,
            elsewhere,
        })
    }

    /// The plane with this code, if it is one of the city's.
    pub fn get(&self, epsg: Epsg) -> Option<&WorkingPlane> {
        self.planes.iter().find(|p| p.epsg == epsg)
    }

    /// All planes in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &WorkingPlane> {
        self.planes.iter()
    }

    /// The planes that expect land at this position, in the order of the file; none for a
    /// position outside the city, two where the zones of the city overlap.
    pub fn for_lonlat(&self, at: LonLat) -> Vec<&WorkingPlane> {
        self.planes.iter().filter(|p| p.expects_at(at)).collect()
    }

    /// The datums, each with its operation.
    pub fn datums(&self) -> &[Datum] {
        &self.datums
    }

    /// Every system whose coordinates can be converted: planes, geographic systems, sources.
    pub fn systems(&self) -> impl Iterator<Item = Epsg> + '_ {
        let planes = self.planes.iter().map(|p| p.epsg);
        let geographic = self.datums.iter().map(|d| d.geographic);
        planes.chain(geographic).chain(self.sources.iter().copied())
    }

    /// The systems of this city for a message: its planes first, each as `EPSG:9210`, without
    /// those of another place.
    pub fn offered(&self) -> String {
        let own = self.systems().filter(|epsg| !self.elsewhere.contains(epsg));
        own.map(|epsg| epsg.to_string())
            .collect::<Vec<_>>()
            .join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = include_str!("../../data/planes.toml");

    #[test]
    fn the_citys_planes_have_the_origins_that_keep_their_land_on_the_grid() {
        let planes = Planes::load(TEXT).expect("the file of the city");
        let plane = planes.get(Epsg(9210)).expect("listed");
        assert_eq!((plane.origin_east_m, plane.origin_north_m), (0, 1_750_000));
        for plane in planes.iter() {
            let [west, south, east, north] = plane.expected_m;
            assert!(plane.grid_point(west, south).is_ok() && plane.grid_point(east, north).is_ok());
        }
        assert_eq!(planes.get(Epsg(3857)), None);
    }

    #[test]
    fn a_position_where_the_zones_meet_has_both_planes_and_paris_has_its_own() {
        let planes = Planes::load(TEXT).expect("the file of the city");
        let at = |lon, lat| -> Vec<u32> {
            let found = planes.for_lonlat(LonLat { lon, lat });
            found.iter().map(|p| p.epsg.0).collect()
        };
        assert_eq!(at(107.0843, 10.3460), [9210, 5899]);
        assert_eq!(at(106.1, 11.0), [9210]);
        assert_eq!(at(106.607, 8.683), [5899]);
        assert_eq!(at(2.35, 48.85), [2154]);
        assert!(at(100.5, 13.7).is_empty());
    }

    #[test]
    fn an_unknown_key_and_a_plane_listed_twice_are_refused() {
        let unknown = TEXT.replace("origin_east_m = 700_000", "origin_east = 700_000");
        assert!(
            matches!(Planes::load(&unknown), Err(CrsError::InvalidPlanes(e)) if e.contains("origin_east"))
        );
        let twice = TEXT.replace("epsg = 5899", "epsg = 9210");
        assert_eq!(
            Planes::load(&twice),
            Err(CrsError::DuplicatePlane(Epsg(9210)))
        );
    }
}
