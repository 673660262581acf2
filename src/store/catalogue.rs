//! Layer heads, crosswalk rows and lineage: the small tables beside the versions.

use super::codes::{self, Words};
use super::connection::{AnyConnection, on_both, stream};
use super::error::Error;
use super::features::{join_shapes, split_shapes};
use super::schema::{layers, lineage, ward_successions};
use crate::cadastre::{Day, FormerWard, Lineage, LineageKind, ParcelId, WardSuccession};
use crate::geometry::Shape;
use crate::planning::{LawStatus, Layer, LayerCode, LayerCondition, Office, Theme};
use diesel::prelude::*;

#[derive(Debug, Queryable, Insertable)]
#[diesel(table_name = layers)]
#[diesel(treat_none_as_default_value = false)]
struct LayerRow {
    version: i64,
    code: String,
    theme: String,
    title_vi: String,
    title_en: String,
    coverage: Vec<u8>,
    as_of: String,
    accuracy_mm: i64,
    law_status: String,
    provisions: String,
    office_code: String,
    office_name_vi: String,
    office_name_en: String,
    synthetic: bool,
    recorded_from: i64,
    recorded_to: Option<i64>,
    recorded_in: i64,
    closed_in: Option<i64>,
    withdrawn_on: Option<String>,
    condition: String,
}

impl LayerRow {
    fn into_layer(self) -> Result<Layer, Error> {
        let coverage = split_shapes(&self.coverage)?
            .into_iter()
            .map(|(plane, shape)| match shape {
                Shape::Areas(areas) => Ok((plane, areas)),
                _ => Err(Error::corrupt(
                    &self.code,
                    "a layer whose coverage is an area",
                )),
            })
            .collect::<Result<_, _>>()?;
        Ok(Layer {
            code: LayerCode(self.code.into()),
            theme: Theme(self.theme.into()),
            title_vi: self.title_vi,
            title_en: self.title_en,
            coverage,
            as_of: Day::parse(&self.as_of)?,
            accuracy_mm: codes::narrow(self.accuracy_mm, "an accuracy")?,
            law_status: LawStatus::read(&self.law_status)?,
            provisions: codes::read_provisions(&self.provisions)?,
            office: Office {
                code: self.office_code,
                name_vi: self.office_name_vi,
                name_en: self.office_name_en,
            },
            synthetic: self.synthetic,
            withdrawn: codes::optional_day(self.withdrawn_on.as_deref())?,
            condition: LayerCondition::read(&self.condition)?,
        })
    }
}

/// Writes the head of a layer; the one before it ends in recorded time.
pub(super) fn write_layer(
    connection: &mut AnyConnection,
    layer: &Layer,
    (version, at, revision): (i64, i64, i64),
) -> Result<(), Error> {
    let coverage: Vec<_> = layer
        .coverage
        .iter()
        .map(|(plane, areas)| (*plane, Shape::Areas(areas.clone())))
        .collect();
    let row = LayerRow {
        version,
        code: layer.code.0.to_string(),
        theme: layer.theme.0.to_string(),
        title_vi: layer.title_vi.clone(),
        title_en: layer.title_en.clone(),
        coverage: join_shapes(&coverage),
        as_of: layer.as_of.to_string(),
        accuracy_mm: i64::from(layer.accuracy_mm),
        law_status: layer.law_status.word().to_owned(),
        provisions: codes::write_provisions(&layer.provisions),
        office_code: layer.office.code.clone(),
        office_name_vi: layer.office.name_vi.clone(),
        office_name_en: layer.office.name_en.clone(),
        synthetic: layer.synthetic,
        recorded_from: at,
        recorded_to: None,
        recorded_in: revision,
        closed_in: None,
        withdrawn_on: layer.withdrawn.map(|day| day.to_string()),
        condition: layer.condition.word().to_owned(),
    };
    let held = layers::table
        .filter(layers::code.eq(&row.code))
        .filter(layers::closed_in.is_null());
    on_both!(connection, c => {
        diesel::update(held)
            .set((layers::recorded_to.eq(Some(at)), layers::closed_in.eq(Some(revision))))
            .execute(c)?;
        diesel::insert_into(layers::table).values(&row).execute(c)?;
    });
    Ok(())
}

/// Visits the layer heads that are the current knowledge and were recorded after a revision.
pub(super) fn visit_layers(
    connection: &mut AnyConnection,
    after: i64,
    mut visit: impl FnMut(Layer),
) -> Result<(), Error> {
    stream!(
        connection,
        layers::table
            .filter(layers::recorded_in.gt(after))
            .filter(layers::closed_in.is_null())
            .order((layers::recorded_in, layers::version)),
        LayerRow,
        |row: LayerRow| -> Result<(), Error> {
            visit(row.into_layer()?);
            Ok(())
        }
    );
    Ok(())
}

#[derive(Debug, Queryable, Insertable)]
#[diesel(table_name = ward_successions)]
#[diesel(treat_none_as_default_value = false)]
struct SuccessionRow {
    id: i64,
    former_code: Option<String>,
    former_name: String,
    former_district: String,
    former_province: String,
    split: bool,
    ward: String,
    day: String,
    recorded_in: i64,
}

/// Writes a row of the crosswalk, unless the table holds it already.
pub(super) fn write_succession(
    connection: &mut AnyConnection,
    succession: &WardSuccession,
    (id, revision): (i64, i64),
) -> Result<bool, Error> {
    let row = SuccessionRow {
        id,
        former_code: succession.former.code.map(|code| code.to_string()),
        former_name: succession.former.full_name.clone(),
        former_district: succession.former.district.clone(),
        former_province: succession.former.province.clone(),
        split: succession.split,
        ward: succession.ward.to_string(),
        day: succession.day.to_string(),
        recorded_in: revision,
    };
    let held: i64 = on_both!(connection, c => ward_successions::table
        .filter(ward_successions::ward.eq(&row.ward))
        .filter(ward_successions::day.eq(&row.day))
        .filter(ward_successions::former_name.eq(&row.former_name))
        .filter(ward_successions::former_district.eq(&row.former_district))
        .filter(ward_successions::former_province.eq(&row.former_province))
        .count()
        .get_result(c))?;
    if held == 0 {
        on_both!(connection, c => diesel::insert_into(ward_successions::table)
            .values(&row)
            .execute(c))?;
    }
    Ok(held == 0)
}

/// Visits the crosswalk rows recorded after a revision.
pub(super) fn visit_successions(
    connection: &mut AnyConnection,
    after: i64,
    mut visit: impl FnMut(WardSuccession),
) -> Result<(), Error> {
    stream!(
        connection,
        ward_successions::table
            .filter(ward_successions::recorded_in.gt(after))
            .order((ward_successions::recorded_in, ward_successions::id)),
        SuccessionRow,
        |row: SuccessionRow| -> Result<(), Error> {
            visit(WardSuccession {
                former: FormerWard {
                    code: row
                        .former_code
                        .as_deref()
                        .map(codes::ward_code)
                        .transpose()?,
                    full_name: row.former_name,
                    district: row.former_district,
                    province: row.former_province,
                },
                split: row.split,
                ward: codes::ward_code(&row.ward)?,
                day: Day::parse(&row.day)?,
            });
            Ok(())
        }
    );
    Ok(())
}

#[derive(Debug, Queryable, Insertable)]
#[diesel(table_name = lineage)]
#[diesel(treat_none_as_default_value = false)]
struct LineageRow {
    id: i64,
    predecessor: i64,
    successor: i64,
    kind: String,
    day: String,
    recorded_in: i64,
}

impl LineageRow {
    fn into_lineage(self) -> Result<Lineage, Error> {
        Ok(Lineage {
            predecessor: ParcelId::new(self.predecessor)?,
            successor: ParcelId::new(self.successor)?,
            kind: LineageKind::read(&self.kind)?,
            day: Day::parse(&self.day)?,
        })
    }
}

/// Writes edges of the lineage; `first` is the key of the first.
pub(super) fn write_lineage(
    connection: &mut AnyConnection,
    edges: &[Lineage],
    (first, revision): (i64, i64),
) -> Result<(), Error> {
    let rows: Vec<LineageRow> = edges
        .iter()
        .zip(first..)
        .map(|(edge, id)| LineageRow {
            id,
            predecessor: edge.predecessor.get(),
            successor: edge.successor.get(),
            kind: edge.kind.word().to_owned(),
            day: edge.day.to_string(),
            recorded_in: revision,
        })
        .collect();
    super::tables::insert_rows!(connection, lineage, rows.as_slice())
}

/// Visits the edges recorded after a revision.
pub(super) fn visit_lineage(
    connection: &mut AnyConnection,
    after: i64,
    mut visit: impl FnMut(Lineage),
) -> Result<(), Error> {
    stream!(
        connection,
        lineage::table
            .filter(lineage::recorded_in.gt(after))
            .order((lineage::recorded_in, lineage::id)),
        LineageRow,
        |row: LineageRow| -> Result<(), Error> {
            visit(row.into_lineage()?);
            Ok(())
        }
    );
    Ok(())
}

/// The edges that begin or end at a parcel.
pub(super) fn lineage_of(
    connection: &mut AnyConnection,
    parcel: ParcelId,
) -> Result<Vec<Lineage>, Error> {
    let rows: Vec<LineageRow> = on_both!(connection, c => lineage::table
        .filter(lineage::predecessor.eq(parcel.get()).or(lineage::successor.eq(parcel.get())))
        .order(lineage::id)
        .load(c))?;
    rows.into_iter().map(LineageRow::into_lineage).collect()
}
