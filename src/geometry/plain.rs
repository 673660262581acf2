//! Areas as whole numbers, as they stand in signed files.

use super::{MultiPolygon, OutOfGrid, Point, Polygon, Ring};

/// Rings of polygons, shell first; whole millimetres from the plane's origin, east before north, the
/// first point not repeated.
pub type PlainArea = Vec<Vec<Vec<[i32; 2]>>>;

/// An area as whole numbers.
pub fn plain_area(area: &MultiPolygon) -> PlainArea {
    let ring = |ring: &Ring| ring.0.iter().map(|point| [point.x(), point.y()]).collect();
    let polygon = |polygon: &Polygon| polygon.rings().map(ring).collect();
    area.0.iter().map(polygon).collect()
}

/// Such an area on the grid again.
///
/// # Errors
/// [`OutOfGrid`] for a coordinate that no plane has.
pub fn area_of_plain(plain: &PlainArea) -> Result<MultiPolygon, OutOfGrid> {
    let ring = |ring: &Vec<[i32; 2]>| {
        let points: Result<Vec<Point>, OutOfGrid> =
            ring.iter().map(|&[x, y]| Point::new(x, y)).collect();
        points.map(Ring)
    };
    let polygon = |rings: &Vec<Vec<[i32; 2]>>| {
        let rings: Result<Vec<Ring>, OutOfGrid> = rings.iter().map(ring).collect();
        let mut rings = rings?.into_iter();
        Ok(Polygon {
            exterior: rings.next().unwrap_or_default(),
            interiors: rings.collect(),
        })
    };
    let polygons: Result<Vec<Polygon>, OutOfGrid> = plain.iter().map(polygon).collect();
    polygons.map(MultiPolygon)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_comes_back_as_it_was_with_its_holes() {
        let plain = vec![
            vec![vec![[0, 0], [9, 0], [0, 9]], vec![[1, 1], [1, 2], [2, 1]]],
            vec![vec![[-5, -5], [-4, -5], [-5, -4]]],
        ];
        let read = area_of_plain(&plain).expect("on the grid");
        assert_eq!(read.0[0].interiors.len(), 1);
        assert_eq!(plain_area(&read), plain);
        assert!(area_of_plain(&vec![vec![vec![[i32::MAX, 0]]]]).is_err());
    }
}
