//! The four feature tables of planning: zones, roads, corridors, restrictions.

/// One row struct per table, and what a feature is in each.
mod rows;
/// A feature's shapes on several planes as one blob.
mod shapes;

pub(super) use rows::{CorridorRow, FeatureRow, RestrictionRow, RoadRow, ZoneRow, takes};
pub(super) use shapes::{join_shapes, split_shapes};

use super::connection::{AnyConnection, stream};
use super::error::Error;
use super::schema::{
    corridors, corridors_closed, restrictions, restrictions_closed, roads, roads_closed, zones,
    zones_closed,
};
use crate::planning::PlanFeature;
use diesel::prelude::*;

/// Visits the rows of both tables of a kind that pass a filter, as features, in the order of a
/// column, then of versions.
macro_rules! visit_kind {
    ($connection:expr, $row:ty, $visit:expr, $($table:ident by $column:ident: $filter:expr),+) => {
        $(stream!(
            $connection,
            $table::table.filter($filter).order(($table::$column, $table::version)),
            $row,
            |row: $row| -> Result<(), Error> {
                $visit(row.into_feature()?);
                Ok(())
            }
        );)+
    };
}

/// Visits every feature version that is the current knowledge.
pub(super) fn visit_current(
    connection: &mut AnyConnection,
    visit: &mut dyn FnMut(PlanFeature),
) -> Result<(), Error> {
    macro_rules! kind {
        ($row:ty, $open:ident, $closed:ident) => {
            visit_kind!(connection, $row, visit,
                $open by version: $open::closed_in.is_null(),
                $closed by version: $closed::closed_in.is_null())
        };
    }
    kind!(ZoneRow, zones, zones_closed);
    kind!(RoadRow, roads, roads_closed);
    kind!(CorridorRow, corridors, corridors_closed);
    kind!(RestrictionRow, restrictions, restrictions_closed);
    Ok(())
}

/// Visits every version of the features of these layers that is the current knowledge.
pub(super) fn visit_of_layers(
    connection: &mut AnyConnection,
    layers: &[String],
    visit: &mut dyn FnMut(PlanFeature),
) -> Result<(), Error> {
    macro_rules! kind {
        ($row:ty, $open:ident, $closed:ident) => {
            visit_kind!(connection, $row, visit,
                $open by version: $open::layer.eq_any(layers),
                $closed by version: $closed::closed_in.is_null().and($closed::layer.eq_any(layers)))
        };
    }
    kind!(ZoneRow, zones, zones_closed);
    kind!(RoadRow, roads, roads_closed);
    kind!(CorridorRow, corridors, corridors_closed);
    kind!(RestrictionRow, restrictions, restrictions_closed);
    Ok(())
}

/// Visits every feature version written or closed after a revision, as it now stands.
pub(super) fn visit_since(
    connection: &mut AnyConnection,
    after: i64,
    visit: &mut dyn FnMut(PlanFeature),
) -> Result<(), Error> {
    macro_rules! kind {
        ($row:ty, $open:ident, $closed:ident) => {
            visit_kind!(connection, $row, visit,
                $open by recorded_in: $open::recorded_in.gt(after),
                $closed by recorded_in: $closed::recorded_in.gt(after),
                $closed by closed_in: $closed::closed_in.gt(after).and($closed::recorded_in.le(after)))
        };
    }
    kind!(ZoneRow, zones, zones_closed);
    kind!(RoadRow, roads, roads_closed);
    kind!(CorridorRow, corridors, corridors_closed);
    kind!(RestrictionRow, restrictions, restrictions_closed);
    Ok(())
}
