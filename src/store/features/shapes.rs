//! Several shapes, each on its plane, as one blob: each as its length (u32, little-endian) and
//! its exact bytes.

use crate::crs::Epsg;
use crate::geometry::{Shape, blob};
use crate::store::error::Error;

/// The blob of several shapes.
pub fn join_shapes(shapes: &[(Epsg, Shape)]) -> Vec<u8> {
    let mut joined = Vec::new();
    for (plane, shape) in shapes {
        let bytes = blob::encode_shape(plane.0, shape);
        let length = u32::try_from(bytes.len()).expect("a shape of 4 GiB does not fit memory");
        joined.extend(length.to_le_bytes());
        joined.extend(bytes);
    }
    joined
}

/// The shapes of a blob.
///
/// # Errors
/// [`Error::Corrupt`] when the lengths do not add up or a shape cannot be read.
pub fn split_shapes(mut joined: &[u8]) -> Result<Vec<(Epsg, Shape)>, Error> {
    let mut shapes = Vec::new();
    while !joined.is_empty() {
        let cut = || Error::corrupt(&format!("{} bytes", joined.len()), "a list of shapes");
        let (length, rest) = joined.split_first_chunk::<4>().ok_or_else(cut)?;
        let length = u32::from_le_bytes(*length) as usize;
        let (bytes, rest) = rest.split_at_checked(length).ok_or_else(cut)?;
        let (plane, shape) = blob::decode_shape(bytes)?;
        shapes.push((Epsg(plane), shape));
        joined = rest;
    }
    Ok(shapes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Point;

    #[test]
    fn shapes_on_two_planes_come_back_and_a_cut_blob_is_refused() {
        let at = |x| Shape::Points(vec![Point::new(x, 0).expect("on the grid")]);
        let shapes = vec![(Epsg(9210), at(1)), (Epsg(5899), at(2))];
        let blob = join_shapes(&shapes);
        assert_eq!(split_shapes(&blob).expect("shapes"), shapes);
        assert_eq!(split_shapes(&[]).expect("none"), []);
        assert!(split_shapes(&blob[..blob.len() - 1]).is_err());
        assert!(split_shapes(&blob[..2]).is_err());
    }
}
