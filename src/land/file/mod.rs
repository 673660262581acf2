//! A land as a file, for a quick restart; the store stays the truth.
//!
//! The file is a head (magic, format), then columns as sections. Every section has a checksum;
//! a file that is not whole is refused, and the register is loaded from the store instead.

/// Small records as bytes.
mod codec;
/// Parcel columns as sections.
mod columns;
/// The bytes of wards, layers, features and pools.
mod records;
/// Columns as sections with checksums.
mod sections;

use self::codec::Record;
use self::sections::{Cell, SectionReader, SectionWriter, read_exact};
use super::bulk::Bulk;
use super::columns::Columns;
use super::order::{GroupedOrder, KeyOrder};
use super::overlay::Overlay;
use super::plans::Plans;
use super::snapshot::{City, Land};
use super::succession::LineageBook;
use super::wards::WardBook;
use std::io::{Read, Write};
use std::sync::Arc;

const MAGIC: &[u8; 8] = b"DIACHLND";

/// Grows with every change of the layout; other formats are refused, not converted.
const FORMAT: u32 = 4;

/// Why a snapshot file is not taken.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// Another kind of file.
    #[error("the file does not begin with `DIACHLND`, as a snapshot does")]
    Foreign,
    /// Written by another version of the program.
    #[error("the snapshot has format `{0}`, expected `{FORMAT}`")]
    OtherFormat(u32),
    /// It ends too early.
    #[error("the snapshot ends before its last section")]
    Truncated,
    /// A checksum or a value does not fit.
    #[error("section {section} of the snapshot is damaged")]
    Damaged {
        /// Counted from 1.
        section: u32,
    },
    /// More follows after the last section, or sections do not fit each other.
    #[error("the sections of the snapshot do not fit each other")]
    Inconsistent,
    /// A parcel lies on a plane that the city does not list.
    #[error("the snapshot has parcels on {0}, which is not a plane of this city")]
    OtherCity(crate::crs::Epsg),
    /// It could not be read.
    #[error("the snapshot cannot be read: {0}")]
    Unreadable(#[source] std::io::Error),
}

impl Land {
    /// Writes everything needed to have this land again. One with edits is compacted first.
    ///
    /// Write to a new file and rename it when this has succeeded: a reader then finds the old
    /// file or the new one.
    ///
    /// # Errors
    /// What the output fails with.
    pub fn write_snapshot(&self, output: &mut impl Write) -> std::io::Result<()> {
        if self.size().edits > 0 {
            return self.compact().write_snapshot(output);
        }
        output.write_all(MAGIC)?;
        output.write_all(&FORMAT.to_le_bytes())?;
        let mut sections = SectionWriter::new(output);
        let state = (self.revision, self.recorded_at);
        write_records(&mut sections, &state)?;
        write_records(&mut sections, &self.wards.wards().to_vec())?;
        write_records(&mut sections, &self.wards.successions().to_vec())?;
        let layers: Vec<_> = self.plans.layers().cloned().collect();
        write_records(&mut sections, &layers)?;
        let features: Vec<_> = self.plans.features().cloned().collect();
        write_records(&mut sections, &features)?;
        let lineage: Vec<_> = self.lineage.iter().copied().collect();
        write_records(&mut sections, &lineage)?;
        self.base.write(&mut sections)
    }

    /// Reads what [`Land::write_snapshot`] wrote. Whether its revision is still the store's is
    /// for the caller to see: what was committed since can be applied.
    ///
    /// # Errors
    /// [`SnapshotError`] for a file that is not whole or not of this city and format.
    pub fn read_snapshot(input: &mut impl Read, city: City) -> Result<Self, SnapshotError> {
        let (mut magic, mut format) = ([0; 8], [0; 4]);
        read_exact(input, &mut magic)?;
        if magic != *MAGIC {
            return Err(SnapshotError::Foreign);
        }
        read_exact(input, &mut format)?;
        if u32::take(&format) != FORMAT {
            return Err(SnapshotError::OtherFormat(u32::take(&format)));
        }
        let mut sections = SectionReader::new(input);
        let (revision, recorded_at) = read_records(&mut sections)?;
        let wards = read_records(&mut sections)?;
        let successions = read_records(&mut sections)?;
        let layers = read_records(&mut sections)?;
        let features = read_records(&mut sections)?;
        let lineage = read_records(&mut sections)?;
        let base = Bulk::read(&mut sections)?;
        if !sections.is_at_end()? {
            return Err(SnapshotError::Inconsistent);
        }
        for &plane in base.columns.planes.values() {
            city.planes
                .get(plane)
                .ok_or(SnapshotError::OtherCity(plane))?;
        }
        Ok(Self {
            revision,
            recorded_at,
            grounds: super::build::grounds(&base),
            base: Arc::new(base),
            overlay: Overlay::default(),
            wards: Arc::new(WardBook::new(wards, successions)),
            plans: Arc::new(Plans::new(layers, features)),
            lineage: LineageBook::new(lineage),
            city,
        })
    }
}

fn write_records<T: Record>(
    sections: &mut SectionWriter<'_, impl Write>,
    records: &T,
) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    records.write(&mut bytes);
    sections.column(&bytes)
}

fn read_records<T: Record>(
    sections: &mut SectionReader<'_, impl Read>,
) -> Result<T, SnapshotError> {
    let bytes: Vec<u8> = sections.column()?;
    let mut input = bytes.as_slice();
    let records = T::read(&mut input).filter(|_| input.is_empty());
    records.ok_or(SnapshotError::Inconsistent)
}

impl Bulk {
    fn write(&self, sections: &mut SectionWriter<'_, impl Write>) -> std::io::Result<()> {
        self.columns.write(sections)?;
        let communes = self.communes.iter();
        let communes: Vec<_> = communes
            .map(|(ward, of)| (*ward, of.iter().copied().collect::<Vec<_>>()))
            .collect();
        write_records(sections, &communes)?;
        sections.column(&self.by_id.rows)?;
        sections.column(&self.by_identifier.rows)?;
        for order in [&self.by_map, &self.by_certificate] {
            sections.column(&order.rows)?;
            sections.column(&order.ends)?;
        }
        Ok(())
    }

    fn read(sections: &mut SectionReader<'_, impl Read>) -> Result<Self, SnapshotError> {
        let columns = Columns::read(sections)?;
        let communes: Vec<(_, Vec<_>)> = read_records(sections)?;
        let (by_id, by_identifier) = (sections.column()?, sections.column()?);
        let by_map = (sections.column()?, sections.column()?);
        let by_certificate = (sections.column()?, sections.column()?);
        let orders = [&by_id, &by_identifier, &by_map.0, &by_certificate.0];
        let groups = columns.series_pool.values().len();
        let grouped = |(rows, ends): &(Vec<u32>, Vec<u32>)| {
            ends.len() == groups && ends_fit(ends, rows.len())
        };
        // Every row that the orders name is there.
        let named = |order: &&Vec<u32>| order.iter().all(|&row| (row as usize) < columns.len());
        if !orders.iter().all(named) || !grouped(&by_map) || !grouped(&by_certificate) {
            return Err(SnapshotError::Inconsistent);
        }
        let certificate = |row| columns.certificate_key(row).1;
        Ok(Self {
            by_id: KeyOrder::of_ordered(by_id, |row| columns.id(row).get()),
            by_identifier: KeyOrder::of_ordered(by_identifier, |row| {
                columns.identifier_code(row).unwrap_or_default()
            }),
            by_map: GroupedOrder::of_ordered(by_map.0, by_map.1, |row| columns.map_key(row).1),
            by_certificate: GroupedOrder::of_ordered(
                by_certificate.0,
                by_certificate.1,
                certificate,
            ),
            sections: super::bulk::sections(&columns),
            communes: communes
                .into_iter()
                .map(|(ward, of)| (ward, of.into_iter().collect()))
                .collect(),
            held: std::sync::OnceLock::new(),
            days: std::sync::OnceLock::new(),
            counted: arc_swap::ArcSwapOption::empty(),
            columns,
        })
    }
}

/// Whether ends never go back, and the last one is the length.
fn ends_fit(ends: &[u32], length: usize) -> bool {
    ends.is_sorted() && ends.last().map_or(0, |end| *end as usize) == length
}
