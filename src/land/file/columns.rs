//! Parcel columns as sections, and whether what was read can be what was written.

use super::sections::{SectionReader, SectionWriter};
use super::{SnapshotError, ends_fit, read_records, write_records};
use crate::cadastre::ParcelId;
use crate::geometry::Point;
use crate::land::columns::{AS_TEXT, Columns, IDENTIFIER_AS_TEXT, WIDE};
use crate::land::compound::Compound;
use crate::land::row::{NO_SERIES, Row};
use crate::land::shapes::Shapes;
use rayon::prelude::*;
use std::io::{Read, Write};

impl Columns {
    pub(super) fn write(&self, out: &mut SectionWriter<'_, impl Write>) -> std::io::Result<()> {
        write_records(out, &self.planes.values().to_vec())?;
        write_records(out, &self.wide_pool.values().to_vec())?;
        write_records(out, &self.commit_pool.values().to_vec())?;
        write_records(out, &self.series_pool.values().to_vec())?;
        write_records(out, &self.number_pool.values().to_vec())?;
        write_records(out, &self.identifier_pool.values().to_vec())?;
        write_records(out, &self.use_pool.values().to_vec())?;
        out.column(&self.rows)?;
        out.column(&self.own_areas)?;
        out.column(&self.shapes.vertices)?;
        out.column(&self.shapes.ends)?;
        out.column(self.shapes.compound.rows())?;
        out.column(&self.shapes.compound_ends)?;
        out.column(&self.shapes.ring_ends)
    }

    pub(super) fn read(input: &mut SectionReader<'_, impl Read>) -> Result<Self, SnapshotError> {
        let columns = Self {
            planes: read_records::<Vec<_>>(input)?.into_iter().collect(),
            wide_pool: read_records::<Vec<_>>(input)?.into_iter().collect(),
            commit_pool: read_records::<Vec<_>>(input)?.into_iter().collect(),
            series_pool: read_records::<Vec<_>>(input)?.into_iter().collect(),
            number_pool: read_records::<Vec<_>>(input)?.into_iter().collect(),
            identifier_pool: read_records::<Vec<_>>(input)?.into_iter().collect(),
            use_pool: read_records::<Vec<_>>(input)?.into_iter().collect(),
            rows: input.column()?,
            own_areas: input.column()?,
            shapes: {
                let (vertices, ends) = (input.column()?, input.column::<u32>()?);
                Shapes {
                    vertices,
                    compound: Compound::of(input.column()?, ends.len()),
                    ends,
                    compound_ends: input.column()?,
                    ring_ends: input.column()?,
                }
            },
        };
        let sound = columns.names_what_is_there() && columns.has_whole_rows() && columns.is_drawn();
        sound.then_some(columns).ok_or(SnapshotError::Inconsistent)
    }

    /// Every row has a shape, an id that can be one, and a ward.
    fn has_whole_rows(&self) -> bool {
        let rows = (0..self.len() as u32).into_par_iter();
        self.shapes.ends.len() == self.len()
            && self.rows.par_iter().all(|row| row.facts.ward() < 100_000)
            && rows
                .map(|row| self.id_number(row))
                .all(|id| ParcelId::new(id).is_ok())
    }

    /// Every number of a pool stands for something in it, and areas end where there are some.
    fn names_what_is_there(&self) -> bool {
        let is_of = |number: u32, length: usize| (number as usize) < length;
        let series = self.series_pool.values().len();
        let texts = self.number_pool.values().len();
        let wide = self.wide_pool.values().len();
        let identifiers = self.identifier_pool.values().len() as u64;
        let is_number = |code: u32| code & AS_TEXT == 0 || is_of(code & !AS_TEXT, texts);
        let is_id = |code: u32| code & WIDE == 0 || is_of(code & !WIDE, wide);
        let is_sound = |row: &Row| {
            let identifier = row.identifier;
            is_id(row.id)
                && is_id(row.version)
                && is_of(row.commit, self.commit_pool.values().len())
                && is_of(u32::from(row.facts.plane()), self.planes.values().len())
                && is_of(row.map_series, series)
                && is_number(row.map_number)
                && (row.certificate_series == NO_SERIES || is_of(row.certificate_series, series))
                && is_number(row.certificate_number)
                && (identifier & IDENTIFIER_AS_TEXT == 0
                    || identifier & !IDENTIFIER_AS_TEXT < identifiers)
                && is_of(row.land_use, self.use_pool.values().len())
        };
        let mut ends = self.rows.iter().map(|row| row.own_area_end as usize);
        self.rows.par_iter().all(is_sound)
            && ends.clone().is_sorted()
            && ends.next_back().unwrap_or(0) == self.own_areas.len()
    }

    /// Every vertex lies on the grid, and every ring ends where there are vertices.
    fn is_drawn(&self) -> bool {
        let shapes = &self.shapes;
        let rows = shapes.ends.len();
        let on_grid = |&[x, y]: &[i32; 2]| Point::new(x, y).is_ok();
        shapes.vertices.par_iter().all(on_grid)
            && ends_fit(&shapes.ends, shapes.vertices.len())
            && shapes.compound.rows().len() == shapes.compound_ends.len()
            && ends_fit(&shapes.compound_ends, shapes.ring_ends.len())
            && shapes.compound.rows().is_sorted()
            && shapes
                .compound
                .rows()
                .iter()
                .all(|&row| (row as usize) < rows)
            && shapes.rings_fit()
    }
}
