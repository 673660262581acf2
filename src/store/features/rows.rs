//! One row struct per feature table, and what a feature is in each.

use super::{join_shapes, split_shapes};
use crate::cadastre::{Day, Instant, Interval, Lifespan, Revision};
use crate::geometry::{Shape, blob};
use crate::planning::{
    Corridor, CorridorKind, FeatureId, FeatureKind, LayerCode, PlanFeature, PlanIndices, PlanUnit,
    RightOfWay,
};
use crate::store::codes::{self, Words, narrow, narrow_some};
use crate::store::connection::{AnyConnection, on_both};
use crate::store::error::Error;
use crate::store::schema::{
    corridors, corridors_closed, restrictions, restrictions_closed, roads, roads_closed, zones,
    zones_closed,
};
use crate::store::tables::{KEYS_AT_ONCE, versioned_table};
use diesel::prelude::*;

/// Declares the row of a feature table: the columns every kind has, around those of its own.
macro_rules! feature_row {
    ($row:ident, $what:literal, $open:ident, $closed:ident {
        $($column:ident: $type:ty = $write:expr,)+
    } from $own:pat, to |$stated:ident| $kind:expr) => {
        /// A row of the table of this kind, open or closed.
        #[derive(Debug, Clone, Queryable, Insertable)]
        #[diesel(table_name = $open)]
        #[diesel(table_name = $closed)]
        #[diesel(treat_none_as_default_value = false)]
        pub struct $row {
            pub version: i64,
            pub geom: Vec<u8>,
            pub feature_id: i64,
            pub layer: String,
            pub source_key: String,
            $(pub $column: $type,)+
            pub provisions: String,
            pub plane: i64,
            pub shape: Vec<u8>,
            pub other_shapes: Option<Vec<u8>>,
            pub valid_from: String,
            pub valid_to: Option<String>,
            pub recorded_from: i64,
            pub recorded_to: Option<i64>,
            pub recorded_in: i64,
            pub closed_in: Option<i64>,
        }

        versioned_table!($row, $what, feature_id: i64, $open, $closed);

        impl FeatureRow for $row {
            fn new(feature: &PlanFeature, geom: Vec<u8>) -> Option<Self> {
                let ((plane, shape), others) = feature.shapes.split_first()?;
                #[allow(irrefutable_let_patterns, reason = "one pattern per kind")]
                let $own = &feature.kind else {
                    return None;
                };
                Some(Self {
                    version: 0,
                    geom,
                    feature_id: feature.id.0,
                    layer: feature.layer.0.to_string(),
                    source_key: feature.key.clone(),
                    $($column: $write,)+
                    provisions: codes::write_provisions(&feature.provisions),
                    plane: i64::from(plane.0),
                    shape: blob::encode_shape(plane.0, shape),
                    other_shapes: (!others.is_empty()).then(|| join_shapes(others)),
                    valid_from: feature.lifespan.valid.from.to_string(),
                    valid_to: feature.lifespan.valid.to.map(|day| day.to_string()),
                    recorded_from: 0,
                    recorded_to: None,
                    recorded_in: 0,
                    closed_in: None,
                })
            }

            fn layers_held(
                connection: &mut AnyConnection,
                ids: &[i64],
            ) -> Result<Vec<(i64, String)>, Error> {
                let mut found = Vec::new();
                for ids in ids.chunks(KEYS_AT_ONCE) {
                    on_both!(connection, c => {
                        found.extend($open::table
                            .filter($open::feature_id.eq_any(ids))
                            .select(($open::feature_id, $open::layer))
                            .load::<(i64, String)>(c)?);
                        found.extend($closed::table
                            .filter($closed::feature_id.eq_any(ids))
                            .filter($closed::closed_in.is_null())
                            .select(($closed::feature_id, $closed::layer))
                            .load::<(i64, String)>(c)?);
                    });
                }
                Ok(found)
            }

            fn into_feature(self) -> Result<PlanFeature, Error> {
                let (plane, shape) = blob::decode_shape(&self.shape)?;
                let mut shapes = vec![(crate::crs::Epsg(plane), shape)];
                if let Some(others) = &self.other_shapes {
                    shapes.extend(split_shapes(others)?);
                }
                let lifespan = Lifespan {
                    valid: Interval {
                        from: Day::parse(&self.valid_from)?,
                        to: codes::optional_day(self.valid_to.as_deref())?,
                    },
                    recorded: Interval {
                        from: Instant(self.recorded_from),
                        to: self.recorded_to.map(Instant),
                    },
                };
                let provisions = codes::read_provisions(&self.provisions)?;
                let recorded_in = Revision(narrow(self.recorded_in, "a revision")?);
                let (id, layer) = (FeatureId(self.feature_id), LayerCode(self.layer.as_str().into()));
                let key = self.source_key.clone();
                let $stated = self;
                Ok(PlanFeature {
                    id, layer, key, kind: $kind, shapes, provisions, lifespan, recorded_in,
                })
            }
        }
    };
}

/// What the four kinds have in common.
pub trait FeatureRow: Sized {
    /// A version not yet recorded; nothing for a feature of another kind or without a shape.
    fn new(feature: &PlanFeature, geom: Vec<u8>) -> Option<Self>;
    /// Ids and layers of the features among these that the table holds as current knowledge.
    ///
    /// # Errors
    /// Any failure of the database.
    fn layers_held(
        connection: &mut AnyConnection,
        ids: &[i64],
    ) -> Result<Vec<(i64, String)>, Error>;
    /// The feature it states.
    ///
    /// # Errors
    /// [`Error::Corrupt`] for a value the program did not write so.
    fn into_feature(self) -> Result<PlanFeature, Error>;
}

feature_row!(ZoneRow, "zone", zones, zones_closed {
    code: String = unit.code.clone(),
    function: String = unit.function.clone(),
    storeys_max: Option<i64> = unit.indices.storeys_max.map(Into::into),
    height_max_mm: Option<i64> = unit.indices.height_max_mm.map(Into::into),
    coverage_max_permille: Option<i64> = unit.indices.coverage_max_permille.map(Into::into),
    floor_area_ratio_max_hundredths: Option<i64> =
        unit.indices.floor_area_ratio_max_hundredths.map(Into::into),
    population: Option<i64> = unit.indices.population.map(Into::into),
} from FeatureKind::PlanUnit(unit), to |row| FeatureKind::PlanUnit(PlanUnit {
    code: row.code,
    function: row.function,
    indices: PlanIndices {
        storeys_max: narrow_some(row.storeys_max, "a number of storeys")?,
        height_max_mm: narrow_some(row.height_max_mm, "a height")?,
        coverage_max_permille: narrow_some(row.coverage_max_permille, "a coverage")?,
        floor_area_ratio_max_hundredths:
            narrow_some(row.floor_area_ratio_max_hundredths, "a floor-area ratio")?,
        population: narrow_some(row.population, "a population")?,
    },
}));

feature_row!(RoadRow, "road", roads, roads_closed {
    street: String = road.street.clone(),
    width_mm: Option<i64> = road.width_mm.map(Into::into),
    decision: Option<String> = road.decision.as_ref().map(codes::write_provision),
    alley: bool = road.alley,
} from FeatureKind::RightOfWay(road), to |row| FeatureKind::RightOfWay(RightOfWay {
    street: row.street,
    width_mm: narrow_some(row.width_mm, "a width")?,
    decision: row.decision.as_deref().map(codes::read_provision).transpose()?,
    alley: row.alley,
}));

feature_row!(CorridorRow, "corridor", corridors, corridors_closed {
    kind: String = corridor.kind.word().to_owned(),
    name: String = corridor.name.clone(),
    width_mm: Option<i64> = corridor.width_mm.map(Into::into),
    voltage_v: Option<i64> = corridor.voltage_v.map(Into::into),
} from FeatureKind::Corridor(corridor), to |row| FeatureKind::Corridor(Corridor {
    kind: CorridorKind::read(&row.kind)?,
    name: row.name,
    width_mm: narrow_some(row.width_mm, "a width")?,
    voltage_v: narrow_some(row.voltage_v, "a voltage")?,
}));

feature_row!(RestrictionRow, "restriction", restrictions, restrictions_closed {
    kind: String = kind.clone(),
    legend_vi: String = legend_vi.clone(),
    legend_en: String = legend_en.clone(),
} from FeatureKind::Restriction { kind, legend_vi, legend_en }, to |row| FeatureKind::Restriction {
    kind: row.kind,
    legend_vi: row.legend_vi,
    legend_en: row.legend_en,
});

/// Whether the table of a kind takes this shape: all but restrictions hold areas.
pub fn takes(kind: &FeatureKind, shape: &Shape) -> bool {
    matches!(kind, FeatureKind::Restriction { .. }) || matches!(shape, Shape::Areas(_))
}
