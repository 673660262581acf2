//! Parcel columns as sections, and whether what was read can be what was written.

use super::sections::{SectionReader, SectionWriter};
use super::{SnapshotError, ends_fit, read_records, write_records};
use crate::cadastre::ParcelId;
use crate::geometry::Point;
use crate::land::columns::{AS_TEXT, Columns, IDENTIFIER_AS_TEXT, NO_SERIES};
use crate::land::shapes::Shapes;
use rayon::prelude::*;
use std::io::{Read, Write};

impl Columns {
    pub(super) fn write(&self, out: &mut SectionWriter<'_, impl Write>) -> std::io::Result<()> {
        write_records(out, &self.planes.values().to_vec())?;
        write_records(out, &self.commit_pool.values().to_vec())?;
        write_records(out, &self.series_pool.values().to_vec())?;
        write_records(out, &self.number_pool.values().to_vec())?;
        write_records(out, &self.identifier_pool.values().to_vec())?;
        write_records(out, &self.use_pool.values().to_vec())?;
        out.column(&self.ids)?;
        out.column(&self.versions)?;
        out.column(&self.valid_from)?;
        out.column(&self.valid_to)?;
        out.column(&self.commits)?;
        out.column(&self.wards)?;
        out.column(&self.map_series)?;
        out.column(&self.map_numbers)?;
        out.column(&self.certificate_series)?;
        out.column(&self.certificate_numbers)?;
        out.column(&self.identifiers)?;
        out.column(&self.registered)?;
        out.column(&self.land_uses)?;
        out.column(&self.own_area_ends)?;
        out.column(&self.own_areas)?;
        out.column(&self.plane_numbers)?;
        out.column(&self.states)?;
        out.column(&self.shapes.vertices)?;
        out.column(&self.shapes.ends)?;
        out.column(&self.shapes.compound)?;
        out.column(&self.shapes.compound_ends)?;
        out.column(&self.shapes.ring_ends)
    }

    pub(super) fn read(input: &mut SectionReader<'_, impl Read>) -> Result<Self, SnapshotError> {
        let columns = Self {
            planes: read_records::<Vec<_>>(input)?.into_iter().collect(),
            commit_pool: read_records::<Vec<_>>(input)?.into_iter().collect(),
            series_pool: read_records::<Vec<_>>(input)?.into_iter().collect(),
            number_pool: read_records::<Vec<_>>(input)?.into_iter().collect(),
            identifier_pool: read_records::<Vec<_>>(input)?.into_iter().collect(),
            use_pool: read_records::<Vec<_>>(input)?.into_iter().collect(),
            ids: input.column()?,
            versions: input.column()?,
            valid_from: input.column()?,
            valid_to: input.column()?,
            commits: input.column()?,
            wards: input.column()?,
            map_series: input.column()?,
            map_numbers: input.column()?,
            certificate_series: input.column()?,
            certificate_numbers: input.column()?,
            identifiers: input.column()?,
            registered: input.column()?,
            land_uses: input.column()?,
            own_area_ends: input.column()?,
            own_areas: input.column()?,
            plane_numbers: input.column()?,
            states: input.column()?,
            shapes: Shapes {
                vertices: input.column()?,
                ends: input.column()?,
                compound: input.column()?,
                compound_ends: input.column()?,
                ring_ends: input.column()?,
            },
        };
        let sound = columns.has_whole_rows() && columns.names_what_is_there() && columns.is_drawn();
        sound.then_some(columns).ok_or(SnapshotError::Inconsistent)
    }

    fn has_whole_rows(&self) -> bool {
        let rows = self.len();
        let lengths = [
            self.versions.len(),
            self.valid_from.len(),
            self.valid_to.len(),
            self.commits.len(),
            self.wards.len(),
            self.map_series.len(),
            self.map_numbers.len(),
            self.certificate_series.len(),
            self.certificate_numbers.len(),
            self.identifiers.len(),
            self.registered.len(),
            self.land_uses.len(),
            self.own_area_ends.len(),
            self.plane_numbers.len(),
            self.states.len(),
            self.shapes.ends.len(),
        ];
        lengths.iter().all(|&length| length == rows)
            && self.ids.par_iter().all(|&id| ParcelId::new(id).is_ok())
            && self.wards.par_iter().all(|&ward| ward < 100_000)
    }

    /// Every number of a pool stands for something in it.
    fn names_what_is_there(&self) -> bool {
        let below = |numbers: &[u32], length: usize| {
            numbers.par_iter().all(|&number| (number as usize) < length)
        };
        let series = self.series_pool.values().len();
        let texts = self.number_pool.values().len();
        let is_number = |&code: &u32| code & AS_TEXT == 0 || ((code & !AS_TEXT) as usize) < texts;
        let certificates = self.certificate_series.par_iter();
        let identifiers = self.identifier_pool.values().len();
        let planes = self.planes.values().len();
        below(&self.commits, self.commit_pool.values().len())
            && below(&self.map_series, series)
            && below(&self.land_uses, self.use_pool.values().len())
            && certificates.all(|&s| s == NO_SERIES || (s as usize) < series)
            && self.map_numbers.par_iter().all(is_number)
            && self.certificate_numbers.par_iter().all(is_number)
            && self
                .plane_numbers
                .par_iter()
                .all(|&p| usize::from(p) < planes)
            && self.identifiers.par_iter().all(|&code| {
                code & IDENTIFIER_AS_TEXT == 0
                    || ((code & !IDENTIFIER_AS_TEXT) as usize) < identifiers
            })
            && ends_fit(&self.own_area_ends, self.own_areas.len())
    }

    /// Every vertex lies on the grid, and every ring ends where there are vertices.
    fn is_drawn(&self) -> bool {
        let shapes = &self.shapes;
        let rows = shapes.ends.len();
        let on_grid = |&[x, y]: &[i32; 2]| Point::new(x, y).is_ok();
        shapes.vertices.par_iter().all(on_grid)
            && ends_fit(&shapes.ends, shapes.vertices.len())
            && shapes.compound.len() == shapes.compound_ends.len()
            && ends_fit(&shapes.compound_ends, shapes.ring_ends.len())
            && shapes.compound.is_sorted()
            && shapes.compound.iter().all(|&row| (row as usize) < rows)
            && shapes.rings_fit()
    }
}
