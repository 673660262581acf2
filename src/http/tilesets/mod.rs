//! OGC API Tiles: the building blocks, one file each. The tiles themselves are those of `tiles.rs`.

/// `GET /tileMatrixSets` and one of them.
pub mod matrix_sets;
/// `GET /tiles`, `/collections/{collectionId}/tiles` and one set of tiles.
pub mod sets;
/// What a set of tiles is, as it is written.
mod set_view;
/// One tile by tile matrix, row and column.
pub mod tile;

use super::problem::Problem;
use super::query::Query;

/// Refuses every form but JSON: there is no other.
fn only_json(query: &Query) -> Result<(), Problem> {
    match query.text("f") {
        None | Some("json") => Ok(()),
        Some(other) => Err(Problem::parameter("f", "not_a_choice", other, "choice")
            .expecting("choice", vec![("names", "json".to_owned())])),
    }
}
