//! The exact shape as bytes: the plane it lies in and its vertices on the grid.
//!
//! Version 1, all numbers little-endian: `DCS` in ASCII, the version (u8), the kind (u8: 1 points,
//! 2 lines, 3 areas), the EPSG code of the plane (u32), then per kind a count (u32) and
//! coordinates (two i32 per vertex, millimetres from the plane's origin): points are a list of
//! vertices, lines a list of lists, areas a list of polygons of rings, shell first.

use super::{LineString, MultiPolygon, Point, Polygon, Ring, Shape};

const MAGIC: &[u8; 3] = b"DCS";
const VERSION: u8 = 1;

/// Bytes that are not an exact shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BlobError {
    /// The first three bytes are others.
    #[error("the shape does not begin with `DCS`, as an exact shape does")]
    NotAShape,
    /// A version that this program does not know.
    #[error("the shape has version `{0}`, expected `1`")]
    UnknownVersion(u8),
    /// A kind that this program does not know.
    #[error("the shape has kind `{0}`, expected `1`, `2` or `3`")]
    UnknownKind(u8),
    /// The bytes end too early.
    #[error("the shape ends after `{0}` bytes, in the middle")]
    Truncated(usize),
    /// Bytes are left over.
    #[error("the shape has `{0}` bytes too many")]
    TrailingBytes(usize),
    /// A coordinate outside the grid.
    #[error("the shape has a vertex at `{0}`, `{1}` mm, outside the grid of ±2^30 mm")]
    OutOfGrid(i32, i32),
    /// A polygon without a shell.
    #[error("the shape has a polygon without rings")]
    NoShell,
}

/// The bytes of a shape that lies in the plane with this EPSG code.
///
/// The same shape gives the same bytes on every machine.
pub fn encode_shape(epsg: u32, shape: &Shape) -> Vec<u8> {
    let kind = match shape {
        Shape::Points(_) => 1,
        Shape::Lines(_) => 2,
        Shape::Areas(_) => 3,
    };
    let mut bytes = MAGIC.to_vec();
    bytes.extend([VERSION, kind]);
    bytes.extend(epsg.to_le_bytes());
    match shape {
        Shape::Points(points) => write_vertices(&mut bytes, points),
        Shape::Lines(lines) => {
            write_count(&mut bytes, lines.len());
            for line in lines {
                write_vertices(&mut bytes, &line.0);
            }
        }
        Shape::Areas(areas) => {
            write_count(&mut bytes, areas.0.len());
            for polygon in &areas.0 {
                write_count(&mut bytes, 1 + polygon.interiors.len());
                for ring in polygon.rings() {
                    write_vertices(&mut bytes, &ring.0);
                }
            }
        }
    }
    bytes
}

/// The plane's EPSG code and the shape.
///
/// # Errors
/// [`BlobError`] when the bytes are not the whole of an exact shape.
pub fn decode_shape(bytes: &[u8]) -> Result<(u32, Shape), BlobError> {
    let mut reader = Reader { bytes, at: 0 };
    if reader.take::<3>().ok().as_ref() != Some(MAGIC) {
        return Err(BlobError::NotAShape);
    }
    let [version, kind] = reader.take()?;
    if version != VERSION {
        return Err(BlobError::UnknownVersion(version));
    }
    let epsg = u32::from_le_bytes(reader.take()?);
    let shape = match kind {
        1 => Shape::Points(reader.vertices()?),
        2 => Shape::Lines(reader.list(|r| r.vertices().map(LineString))?),
        3 => Shape::Areas(MultiPolygon(reader.list(Reader::polygon)?)),
        unknown => return Err(BlobError::UnknownKind(unknown)),
    };
    match bytes.len() - reader.at {
        0 => Ok((epsg, shape)),
        left => Err(BlobError::TrailingBytes(left)),
    }
}

fn write_count(bytes: &mut Vec<u8>, count: usize) {
    let count = u32::try_from(count).expect("a shape has fewer than 2^32 parts and vertices");
    bytes.extend(count.to_le_bytes());
}

fn write_vertices(bytes: &mut Vec<u8>, points: &[Point]) {
    write_count(bytes, points.len());
    for p in points {
        bytes.extend(p.x().to_le_bytes());
        bytes.extend(p.y().to_le_bytes());
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], BlobError> {
        let truncated = BlobError::Truncated(self.bytes.len());
        let piece = self.bytes.get(self.at..self.at + N).ok_or(truncated)?;
        self.at += N;
        piece.try_into().map_err(|_| truncated)
    }

    /// A list whose items take at least four bytes each, so a wrong count cannot ask for memory.
    fn list<T>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<T, BlobError>,
    ) -> Result<Vec<T>, BlobError> {
        let count = u32::from_le_bytes(self.take()?) as usize;
        if count > (self.bytes.len() - self.at) / 4 {
            return Err(BlobError::Truncated(self.bytes.len()));
        }
        (0..count).map(|_| item(self)).collect()
    }

    fn vertices(&mut self) -> Result<Vec<Point>, BlobError> {
        self.list(|r| {
            let x = i32::from_le_bytes(r.take()?);
            let y = i32::from_le_bytes(r.take()?);
            Point::new(x, y).map_err(|_| BlobError::OutOfGrid(x, y))
        })
    }

    fn polygon(&mut self) -> Result<Polygon, BlobError> {
        let mut rings = self.list(|r| r.vertices().map(Ring))?.into_iter();
        let exterior = rings.next().ok_or(BlobError::NoShell)?;
        Ok(Polygon {
            exterior,
            interiors: rings.collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(v: &[(i32, i32)]) -> Vec<Point> {
        v.iter()
            .map(|&(x, y)| Point::new(x, y).expect("on the grid"))
            .collect()
    }

    fn shapes() -> [Shape; 4] {
        let polygon = Polygon {
            exterior: Ring(points(&[(0, 0), (9, 0), (0, 9)])),
            interiors: vec![Ring(points(&[(1, 1), (2, 1), (1, 2)]))],
        };
        [
            Shape::Points(points(&[(-1, 1 << 30)])),
            Shape::Lines(vec![LineString(points(&[(0, 0), (5, 5)]))]),
            Shape::Areas(MultiPolygon(vec![polygon.clone(), polygon])),
            Shape::Areas(MultiPolygon::default()),
        ]
    }

    #[test]
    fn a_shape_comes_back_with_its_plane() {
        for shape in shapes() {
            assert_eq!(decode_shape(&encode_shape(9210, &shape)), Ok((9210, shape)));
        }
    }

    #[test]
    fn a_shape_cut_short_anywhere_is_refused() {
        for shape in shapes() {
            let bytes = encode_shape(9210, &shape);
            for end in 0..bytes.len() {
                assert!(decode_shape(&bytes[..end]).is_err());
            }
            assert_eq!(
                decode_shape(&[&bytes[..], &[0]].concat()),
                Err(BlobError::TrailingBytes(1))
            );
        }
    }

    #[test]
    fn a_foreign_version_kind_count_or_vertex_is_refused() {
        let good = encode_shape(9210, &Shape::Points(points(&[(1, 2)])));
        let with = |at: usize, byte: u8| {
            let mut bytes = good.clone();
            bytes[at] = byte;
            decode_shape(&bytes)
        };
        assert_eq!(with(0, b'G'), Err(BlobError::NotAShape));
        assert_eq!(with(3, 2), Err(BlobError::UnknownVersion(2)));
        assert_eq!(with(4, 9), Err(BlobError::UnknownKind(9)));
        assert_eq!(with(12, 0xff), Err(BlobError::Truncated(good.len())));
        assert!(matches!(with(16, 0x7f), Err(BlobError::OutOfGrid(..))));
    }
}
