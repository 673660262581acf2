//! The SQL functions that a GeoPackage's R-tree triggers call, registered on every connection.

use diesel::sql_types::{Binary, Nullable};
use diesel::{QueryResult, SqliteConnection};

#[diesel::declare_sql_function]
extern "SQL" {
    #[sql_name = "ST_IsEmpty"]
    fn st_is_empty(geometry: Nullable<Binary>) -> Nullable<Bool>;
    #[sql_name = "ST_MinX"]
    fn st_min_x(geometry: Nullable<Binary>) -> Nullable<Double>;
    #[sql_name = "ST_MaxX"]
    fn st_max_x(geometry: Nullable<Binary>) -> Nullable<Double>;
    #[sql_name = "ST_MinY"]
    fn st_min_y(geometry: Nullable<Binary>) -> Nullable<Double>;
    #[sql_name = "ST_MaxY"]
    fn st_max_y(geometry: Nullable<Binary>) -> Nullable<Double>;
}

type Blob = Option<Vec<u8>>;

/// Registers the functions; all read the header only, which every blob of the store has in full.
pub(super) fn register(connection: &mut SqliteConnection) -> QueryResult<()> {
    st_is_empty_utils::register_impl(connection, |blob: Blob| is_empty(blob.as_deref()))?;
    st_min_x_utils::register_impl(connection, |blob: Blob| bound(blob.as_deref(), 0))?;
    st_max_x_utils::register_impl(connection, |blob: Blob| bound(blob.as_deref(), 1))?;
    st_min_y_utils::register_impl(connection, |blob: Blob| bound(blob.as_deref(), 2))?;
    st_max_y_utils::register_impl(connection, |blob: Blob| bound(blob.as_deref(), 3))?;
    Ok(())
}

fn header(blob: &[u8]) -> Option<u8> {
    (blob.len() >= 8 && blob.starts_with(b"GP")).then(|| blob[3])
}

/// Whether the header says empty; nothing for bytes that are not a GeoPackage blob.
fn is_empty(blob: Option<&[u8]>) -> Option<bool> {
    header(blob?).map(|flags| flags & 0x10 != 0)
}

/// A number of the envelope (min x, max x, min y, max y); nothing when the header has none.
pub(super) fn bound(blob: Option<&[u8]>, which: usize) -> Option<f64> {
    let blob = blob?;
    let flags = header(blob)?;
    let has_envelope = (flags >> 1) & 7 != 0 && flags & 0x10 == 0;
    let at = 8 + 8 * which;
    let bytes = has_envelope.then(|| blob.get(at..at + 8)).flatten()?;
    let bytes: [u8; 8] = bytes.try_into().ok()?;
    Some(if flags & 1 == 1 {
        f64::from_le_bytes(bytes)
    } else {
        f64::from_be_bytes(bytes)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::wkb::{Geometry, encode_geopackage};

    #[test]
    fn the_envelope_comes_from_the_header_and_an_empty_shape_has_none() {
        let blob = encode_geopackage(4756, &Geometry::MultiPoint(vec![[106.5, 10.25]]));
        let bounds = [0, 1, 2, 3].map(|i| bound(Some(&blob), i));
        assert_eq!(bounds, [106.5, 106.5, 10.25, 10.25].map(Some));
        assert_eq!(is_empty(Some(&blob)), Some(false));
        let empty = encode_geopackage(4756, &Geometry::MultiPolygon(Vec::new()));
        assert_eq!(
            (is_empty(Some(&empty)), bound(Some(&empty), 0)),
            (Some(true), None)
        );
        assert_eq!((is_empty(Some(b"no")), bound(None, 2)), (None, None));
    }
}
