//! ISO well-known binary, and the GeoPackage geometry blob around it, for display coordinates.
//!
//! These carry floating-point coordinates of any system, such as longitude and latitude; the exact
//! shape is another thing (see `blob`).

use super::{Point, Ring, Shape};

/// A position in the order of the system's traditional axes: east or longitude first.
pub type Position = [f64; 2];

/// A geometry in floating-point coordinates. Rings repeat their first position at the end.
#[derive(Debug, Clone, PartialEq)]
pub enum Geometry {
    /// Points.
    MultiPoint(Vec<Position>),
    /// Lines.
    MultiLineString(Vec<Vec<Position>>),
    /// Polygons of rings, shell first.
    MultiPolygon(Vec<Vec<Vec<Position>>>),
}

/// Length of the header of [`encode_geopackage`]'s blobs; the WKB begins behind it.
pub const GEOPACKAGE_HEADER_BYTES: usize = 40;

/// Bytes that are not a geometry this program reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WkbError {
    /// The bytes end too early.
    #[error("the geometry ends after `{0}` bytes, in the middle")]
    Truncated(usize),
    /// Bytes are left over.
    #[error("the geometry has `{0}` bytes too many")]
    TrailingBytes(usize),
    /// A byte order that is neither 0 nor 1.
    #[error("the geometry has byte order `{0}`, expected `0` or `1`")]
    UnknownByteOrder(u8),
    /// A geometry type other than points, lines and polygons in two dimensions.
    #[error("the geometry has type `{0}`, expected a type from `1` to `6`")]
    UnknownType(u32),
    /// Not a GeoPackage blob.
    #[error("the blob does not begin with `GP` and version 0, as a GeoPackage geometry does")]
    NotGeoPackage,
}

impl Geometry {
    /// A shape in other coordinates: `position` says where each grid point lies. Shells come out
    /// counter-clockwise and holes clockwise, closed.
    pub fn of_shape(shape: &Shape, mut position: impl FnMut(Point) -> Position) -> Self {
        match shape {
            Shape::Points(points) => {
                Self::MultiPoint(points.iter().copied().map(position).collect())
            }
            Shape::Lines(lines) => Self::MultiLineString(
                lines
                    .iter()
                    .map(|l| l.0.iter().copied().map(&mut position).collect())
                    .collect(),
            ),
            Shape::Areas(areas) => {
                let mut parts = Vec::with_capacity(areas.0.len());
                for polygon in &areas.0 {
                    let mut rings = Vec::with_capacity(1 + polygon.interiors.len());
                    for (i, ring) in polygon.rings().enumerate() {
                        rings.push(closed_ring(ring, i == 0, &mut position));
                    }
                    parts.push(rings);
                }
                Self::MultiPolygon(parts)
            }
        }
    }

    /// West, south, east, north of all positions; nothing for an empty geometry.
    pub fn bounds(&self) -> Option<[f64; 4]> {
        let mut bounds: Option<[f64; 4]> = None;
        let mut add = |p: &Position| {
            let [w, s, e, n] = bounds.unwrap_or([p[0], p[1], p[0], p[1]]);
            bounds = Some([w.min(p[0]), s.min(p[1]), e.max(p[0]), n.max(p[1])]);
        };
        match self {
            Self::MultiPoint(points) => points.iter().for_each(&mut add),
            Self::MultiLineString(lines) => lines.iter().flatten().for_each(&mut add),
            Self::MultiPolygon(parts) => parts.iter().flatten().flatten().for_each(&mut add),
        }
        bounds
    }
}

/// The positions of a ring turned as asked for, the first repeated at the end.
fn closed_ring(
    ring: &Ring,
    counter_clockwise: bool,
    mut position: impl FnMut(Point) -> Position,
) -> Vec<Position> {
    let mut positions: Vec<Position> = ring.0.iter().map(|&p| position(p)).collect();
    if (ring.twice_signed_area() > 0) != counter_clockwise {
        positions.reverse();
    }
    positions.extend(positions.first().copied());
    positions
}

/// A GeoPackage geometry blob (OGC 12-128r19, 2.1.3): always a header of
/// [`GEOPACKAGE_HEADER_BYTES`] with an XY envelope, little-endian, then ISO WKB.
///
/// An empty geometry has the empty flag and an envelope of NaN.
pub fn encode_geopackage(srs_id: i32, geometry: &Geometry) -> Vec<u8> {
    let bounds = geometry.bounds();
    let empty_flag = if bounds.is_none() { 0b0001_0000 } else { 0 };
    let little_endian_with_xy_envelope = 0b0000_0011;
    let mut bytes = b"GP\0".to_vec();
    bytes.push(little_endian_with_xy_envelope | empty_flag);
    bytes.extend(srs_id.to_le_bytes());
    let [west, south, east, north] = bounds.unwrap_or([f64::NAN; 4]);
    for v in [west, east, south, north] {
        bytes.extend(v.to_le_bytes());
    }
    bytes.extend(encode_wkb(geometry));
    bytes
}

/// The reference system and the geometry of a GeoPackage blob with any of the standard's headers.
///
/// # Errors
/// [`WkbError`] when the bytes are not the whole of such a blob.
pub fn decode_geopackage(bytes: &[u8]) -> Result<(i32, Geometry), WkbError> {
    let [b'G', b'P', 0, flags, a, b, c, d, ..] = *bytes else {
        return Err(WkbError::NotGeoPackage);
    };
    let little = flags & 1 == 1;
    let srs_id = if little {
        i32::from_le_bytes([a, b, c, d])
    } else {
        i32::from_be_bytes([a, b, c, d])
    };
    let envelope = match (flags >> 1) & 0b111 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        _ => return Err(WkbError::NotGeoPackage),
    };
    let wkb = bytes
        .get(8 + envelope..)
        .ok_or(WkbError::Truncated(bytes.len()))?;
    Ok((srs_id, decode_wkb(wkb)?))
}

/// ISO WKB, little-endian, always as a multi geometry.
pub fn encode_wkb(geometry: &Geometry) -> Vec<u8> {
    let mut bytes = Vec::new();
    match geometry {
        Geometry::MultiPoint(points) => {
            write_head(&mut bytes, 4, points.len());
            for p in points {
                write_type(&mut bytes, 1);
                write_position(&mut bytes, p);
            }
        }
        Geometry::MultiLineString(lines) => {
            write_head(&mut bytes, 5, lines.len());
            for line in lines {
                write_type(&mut bytes, 2);
                write_positions(&mut bytes, line);
            }
        }
        Geometry::MultiPolygon(parts) => {
            write_head(&mut bytes, 6, parts.len());
            for rings in parts {
                write_head(&mut bytes, 3, rings.len());
                for ring in rings {
                    write_positions(&mut bytes, ring);
                }
            }
        }
    }
    bytes
}

fn write_type(bytes: &mut Vec<u8>, kind: u32) {
    bytes.push(1);
    bytes.extend(kind.to_le_bytes());
}

fn write_head(bytes: &mut Vec<u8>, kind: u32, count: usize) {
    write_type(bytes, kind);
    write_count(bytes, count);
}

fn write_count(bytes: &mut Vec<u8>, count: usize) {
    let count = u32::try_from(count).expect("a geometry has fewer than 2^32 parts and positions");
    bytes.extend(count.to_le_bytes());
}

fn write_position(bytes: &mut Vec<u8>, [x, y]: &Position) {
    bytes.extend(x.to_le_bytes());
    bytes.extend(y.to_le_bytes());
}

fn write_positions(bytes: &mut Vec<u8>, positions: &[Position]) {
    write_count(bytes, positions.len());
    for p in positions {
        write_position(bytes, p);
    }
}

/// A geometry from ISO WKB in either byte order, two dimensions, single or multi.
///
/// # Errors
/// [`WkbError`] when the bytes are not the whole of such a geometry.
pub fn decode_wkb(bytes: &[u8]) -> Result<Geometry, WkbError> {
    let mut reader = Reader {
        bytes,
        at: 0,
        little: true,
    };
    let geometry = match reader.kind()? {
        1 => Geometry::MultiPoint(vec![reader.position()?]),
        2 => Geometry::MultiLineString(vec![reader.positions()?]),
        3 => Geometry::MultiPolygon(vec![reader.list(Reader::positions)?]),
        4 => Geometry::MultiPoint(reader.parts(1, Reader::position)?),
        5 => Geometry::MultiLineString(reader.parts(2, Reader::positions)?),
        6 => Geometry::MultiPolygon(reader.parts(3, |r| r.list(Reader::positions))?),
        unknown => return Err(WkbError::UnknownType(unknown)),
    };
    match bytes.len() - reader.at {
        0 => Ok(geometry),
        left => Err(WkbError::TrailingBytes(left)),
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    little: bool,
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], WkbError> {
        let truncated = WkbError::Truncated(self.bytes.len());
        let piece = self.bytes.get(self.at..self.at + N).ok_or(truncated)?;
        self.at += N;
        let mut piece: [u8; N] = piece.try_into().map_err(|_| truncated)?;
        if !self.little {
            piece.reverse();
        }
        Ok(piece)
    }

    fn count(&mut self) -> Result<u32, WkbError> {
        Ok(u32::from_le_bytes(self.take()?))
    }

    /// Byte order, then type.
    fn kind(&mut self) -> Result<u32, WkbError> {
        self.little = match self.take()? {
            [0] => false,
            [1] => true,
            [other] => return Err(WkbError::UnknownByteOrder(other)),
        };
        self.count()
    }

    fn position(&mut self) -> Result<Position, WkbError> {
        Ok([
            f64::from_le_bytes(self.take()?),
            f64::from_le_bytes(self.take()?),
        ])
    }

    fn positions(&mut self) -> Result<Vec<Position>, WkbError> {
        self.list(Self::position)
    }

    /// A list whose items take at least four bytes each, so a wrong count cannot ask for memory.
    fn list<T>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<T, WkbError>,
    ) -> Result<Vec<T>, WkbError> {
        let count = self.count()? as usize;
        if count > (self.bytes.len() - self.at) / 4 {
            return Err(WkbError::Truncated(self.bytes.len()));
        }
        (0..count).map(|_| item(self)).collect()
    }

    /// The parts of a multi geometry, each with its own byte order and type.
    fn parts<T>(
        &mut self,
        kind: u32,
        mut item: impl FnMut(&mut Self) -> Result<T, WkbError>,
    ) -> Result<Vec<T>, WkbError> {
        self.list(|r| match r.kind()? {
            found if found == kind => item(r),
            other => Err(WkbError::UnknownType(other)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn geometries() -> [Geometry; 4] {
        let ring = vec![[106.7, 10.8], [106.8, 10.8], [106.8, 10.9], [106.7, 10.8]];
        [
            Geometry::MultiPoint(vec![[106.7, 10.8]]),
            Geometry::MultiLineString(vec![ring.clone()]),
            Geometry::MultiPolygon(vec![vec![ring.clone(), ring]]),
            Geometry::MultiPolygon(Vec::new()),
        ]
    }

    #[test]
    fn a_geopackage_blob_comes_back_and_has_a_header_of_forty_bytes() {
        for geometry in geometries() {
            let blob = encode_geopackage(4756, &geometry);
            assert_eq!(
                decode_wkb(&blob[GEOPACKAGE_HEADER_BYTES..]),
                Ok(geometry.clone())
            );
            assert_eq!(decode_geopackage(&blob), Ok((4756, geometry)));
        }
    }

    #[test]
    fn a_clockwise_shell_comes_out_counter_clockwise_and_closed() {
        let p = |x, y| Point::new(x, y).expect("on the grid");
        let exterior = Ring(vec![p(0, 0), p(0, 9), p(9, 0)]);
        let polygon = crate::geometry::Polygon {
            exterior,
            interiors: Vec::new(),
        };
        let shape = Shape::Areas(crate::geometry::MultiPolygon(vec![polygon]));
        let geometry = Geometry::of_shape(&shape, |p| [f64::from(p.x()), f64::from(p.y())]);
        let ring = vec![[9.0, 0.0], [0.0, 9.0], [0.0, 0.0], [9.0, 0.0]];
        assert_eq!(geometry, Geometry::MultiPolygon(vec![vec![ring]]));
    }

    #[test]
    fn the_envelope_stands_west_east_south_north() {
        let blob = encode_geopackage(4756, &geometries()[1]);
        let value = |i: usize| {
            let bytes = blob[8 + 8 * i..16 + 8 * i].try_into().expect("eight bytes");
            f64::from_le_bytes(bytes)
        };
        assert_eq!([0, 1, 2, 3].map(value), [106.7, 106.8, 10.8, 10.9]);
    }

    #[test]
    fn a_geometry_cut_short_anywhere_is_refused() {
        for geometry in geometries() {
            let bytes = encode_wkb(&geometry);
            for end in 0..bytes.len() {
                assert!(decode_wkb(&bytes[..end]).is_err());
            }
        }
    }

    #[test]
    fn big_endian_single_geometries_are_read() {
        let mut bytes = vec![0, 0, 0, 0, 1];
        bytes.extend(1.5_f64.to_be_bytes());
        bytes.extend((-2.0_f64).to_be_bytes());
        assert_eq!(
            decode_wkb(&bytes),
            Ok(Geometry::MultiPoint(vec![[1.5, -2.0]]))
        );
    }

    #[test]
    fn three_dimensions_and_curves_are_refused_by_name() {
        let mut bytes = vec![1];
        bytes.extend(1003_u32.to_le_bytes());
        assert_eq!(decode_wkb(&bytes), Err(WkbError::UnknownType(1003)));
        assert_eq!(decode_wkb(&[7]), Err(WkbError::UnknownByteOrder(7)));
    }
}
