//! The attributes of many parcel versions, a packed row for each; what repeats is kept in pools.

use super::row::{Facts, NO_AREA, NO_SERIES, OPEN, Row};
use super::series::{Series, SeriesPool};
use super::shapes::Shapes;
use super::texts::Pool;
use crate::cadastre::{
    Day, Instant, Interval, LandUseCode, LandUseLine, Lifespan, NationalParcelIdentifier, Parcel,
    ParcelId, ParcelKey, ParcelNumber, ParcelVersion, RegisteredArea, Revision, UseForm, VersionId,
    WardCode,
};
use crate::crs::Epsg;
use rayon::prelude::*;

/// Set on the code of a number or identifier that is not in its usual, numeric form.
pub(super) const AS_TEXT: u32 = 1 << 31;
pub(super) const IDENTIFIER_AS_TEXT: u64 = 1 << 63;
/// Set on the code of an id of 2^31 or above.
pub(super) const WIDE: u32 = 1 << 31;

/// The area of a land-use line: most lines have none of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum LineArea {
    Absent,
    AsRegistered,
    Own,
}

/// A land-use line without its area.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct UsePattern {
    pub(super) code: LandUseCode,
    pub(super) area: LineArea,
    pub(super) origin: Option<Box<str>>,
    pub(super) form: Option<UseForm>,
    pub(super) until: Option<Day>,
}

/// Parcel versions by row.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    pub(super) rows: Vec<Row>,
    /// Areas of lines of land use that have one of their own, row after row.
    pub(super) own_areas: Vec<i64>,
    pub(super) shapes: Shapes,
    pub(super) planes: Pool<Epsg>,
    pub(super) wide_pool: Pool<i64>,
    pub(super) commit_pool: Pool<(Revision, Instant)>,
    pub(super) series_pool: SeriesPool,
    pub(super) number_pool: Pool<Box<str>>,
    pub(super) identifier_pool: Pool<Box<str>>,
    pub(super) use_pool: Pool<Vec<UsePattern>>,
}

impl Columns {
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Adds a row; the caller has checked that the register still holds it.
    pub(super) fn push(&mut self, v: &ParcelVersion) {
        let parcel = &v.parcel;
        let commit = (v.recorded_in, v.lifespan.recorded.from);
        let (map_series, map_number) = self.intern_key(&parcel.as_map);
        let certificate = parcel.as_certificate.as_ref();
        let (certificate_series, certificate_number) =
            certificate.map_or((NO_SERIES, 0), |key| self.intern_key(key));
        let identifier = parcel.national_identifier.as_ref();
        let registered = parcel.registered_area;
        let plane = u8::try_from(self.planes.intern(parcel.plane))
            .expect("a city has fewer than 256 planes");
        let row = Row {
            id: self.intern_wide(parcel.id.get()),
            version: self.intern_wide(v.version.0),
            valid_from: v.lifespan.valid.from.0,
            valid_to: v.lifespan.valid.to.map_or(OPEN, |day| day.0),
            commit: self.commit_pool.intern(commit),
            facts: Facts::new(parcel.ward, plane, parcel.status, parcel.scale),
            map_series,
            map_number,
            certificate_series,
            certificate_number,
            identifier: identifier.map_or(0, |i| self.intern_identifier(i)),
            registered: registered.map_or(NO_AREA, RegisteredArea::hundredths_m2),
            land_use: self.intern_land_use(&parcel.land_use, registered),
            own_area_end: self.own_areas.len() as u32,
        };
        self.rows.push(row);
        self.shapes.push(&parcel.shape);
    }

    fn intern_wide(&mut self, id: i64) -> u32 {
        let narrow = u32::try_from(id).ok().filter(|id| id & WIDE == 0);
        narrow.unwrap_or_else(|| WIDE | self.wide_pool.intern(id))
    }

    fn intern_key(&mut self, key: &ParcelKey) -> (u32, u32) {
        let series = self.series_pool.intern(key.commune, &key.sheet);
        let text = key.number.as_str();
        let number =
            plain_number(text).unwrap_or_else(|| AS_TEXT | self.number_pool.intern(text.into()));
        (series, number)
    }

    fn intern_identifier(&mut self, identifier: &NationalParcelIdentifier) -> u64 {
        usual_identifier(identifier).unwrap_or_else(|| {
            IDENTIFIER_AS_TEXT | u64::from(self.identifier_pool.intern(identifier.as_str().into()))
        })
    }

    /// The number of the pattern of the lines; their own areas are added to the others.
    fn intern_land_use(
        &mut self,
        lines: &[LandUseLine],
        registered: Option<RegisteredArea>,
    ) -> u32 {
        let mut pattern = Vec::with_capacity(lines.len());
        for line in lines {
            let area = match line.area {
                None => LineArea::Absent,
                area if area == registered => LineArea::AsRegistered,
                Some(area) => {
                    self.own_areas.push(area.hundredths_m2());
                    LineArea::Own
                }
            };
            pattern.push(UsePattern {
                code: line.code,
                area,
                origin: line.origin.clone(),
                form: line.form,
                until: line.until,
            });
        }
        self.use_pool.intern(pattern)
    }

    /// The same rows in another order.
    pub(super) fn reordered(&self, order: &[u32]) -> Self {
        let places = order.par_iter();
        let mut rows: Vec<Row> = places.map(|&row| self.rows[row as usize]).collect();
        let mut own_areas = Vec::with_capacity(self.own_areas.len());
        for (row, &old) in rows.iter_mut().zip(order) {
            own_areas.extend(self.own_areas_of(old));
            row.own_area_end = own_areas.len() as u32;
        }
        Self {
            rows,
            own_areas,
            shapes: self.shapes.reordered(order),
            planes: self.planes.clone(),
            wide_pool: self.wide_pool.clone(),
            commit_pool: self.commit_pool.clone(),
            series_pool: self.series_pool.clone(),
            number_pool: self.number_pool.clone(),
            identifier_pool: self.identifier_pool.clone(),
            use_pool: self.use_pool.clone(),
        }
    }

    /// Bytes of the columns and shapes, without the pools.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(self.rows.as_slice())
            + size_of_val(self.own_areas.as_slice())
            + self.shapes.bytes()
    }

    /// The id of a row's parcel.
    pub(super) fn id(&self, row: u32) -> ParcelId {
        ParcelId::new(self.id_number(row)).expect("an id in the columns was one before")
    }

    pub(super) fn version_id(&self, row: u32) -> VersionId {
        VersionId(self.wide(self.rows[row as usize].version))
    }

    pub(super) fn id_number(&self, row: u32) -> i64 {
        self.wide(self.rows[row as usize].id)
    }

    /// The codes of a row's key on the map: series, number.
    pub(super) fn map_key(&self, row: u32) -> (u32, u32) {
        let row = &self.rows[row as usize];
        (row.map_series, row.map_number)
    }

    /// The codes of its key on the certificate; the series may be [`NO_SERIES`].
    pub(super) fn certificate_key(&self, row: u32) -> (u32, u32) {
        let row = &self.rows[row as usize];
        (row.certificate_series, row.certificate_number)
    }

    /// The code of its identifier, when it has one.
    pub(super) fn identifier_code(&self, row: u32) -> Option<u64> {
        let code = self.rows[row as usize].identifier;
        (code != 0).then_some(code)
    }

    fn wide(&self, code: u32) -> i64 {
        if code & WIDE == 0 {
            i64::from(code)
        } else {
            *self.wide_pool.get(code & !WIDE)
        }
    }

    /// The code of a number, if some row may have it.
    pub(super) fn find_number(&self, text: &str) -> Option<u32> {
        plain_number(text).or_else(|| self.number_pool.find(text).map(|n| AS_TEXT | n))
    }

    /// The code of an identifier, if some row may have it.
    pub(super) fn find_identifier(&self, identifier: &NationalParcelIdentifier) -> Option<u64> {
        usual_identifier(identifier).or_else(|| {
            let number = self.identifier_pool.find(identifier.as_str())?;
            Some(IDENTIFIER_AS_TEXT | u64::from(number))
        })
    }

    pub(super) fn plane(&self, row: u32) -> Epsg {
        let plane = self.rows[row as usize].facts.plane();
        *self.planes.get(u32::from(plane))
    }

    pub(super) fn valid(&self, row: u32) -> Interval<Day> {
        self.rows[row as usize].valid()
    }

    /// The text of a number's code.
    pub(super) fn number_text(&self, code: u32) -> String {
        if code & AS_TEXT == 0 {
            code.to_string()
        } else {
            self.number_pool.get(code & !AS_TEXT).to_string()
        }
    }

    fn key(&self, series: u32, number: u32) -> ParcelKey {
        let Series { commune, sheet } = self.series_pool.get(series).clone();
        let number = if number & AS_TEXT == 0 {
            ParcelNumber::plain(number)
        } else {
            ParcelNumber::parse(self.number_pool.get(number & !AS_TEXT))
                .expect("a number in the columns was one before")
        };
        ParcelKey {
            commune,
            sheet,
            number,
        }
    }

    fn identifier(&self, code: u64) -> Option<NationalParcelIdentifier> {
        match code {
            0 => None,
            code if code & IDENTIFIER_AS_TEXT == 0 => NationalParcelIdentifier::usual(code - 1),
            code => NationalParcelIdentifier::parse(self.identifier_pool.get(code as u32)).ok(),
        }
    }

    /// The areas of the lines of land use that have one of their own.
    fn own_areas_of(&self, row: u32) -> &[i64] {
        let place = row as usize;
        let before = place
            .checked_sub(1)
            .map_or(0, |i| self.rows[i].own_area_end);
        &self.own_areas[before as usize..self.rows[place].own_area_end as usize]
    }

    /// The lines of land use without areas of their own, and these.
    pub(super) fn packed_land_use(&self, row: u32) -> (&[UsePattern], &[i64]) {
        let pattern = self.use_pool.get(self.rows[row as usize].land_use);
        let has_own = |line: &UsePattern| line.area == LineArea::Own;
        // Most have none, and the row before need not be looked at.
        let own: &[i64] = match pattern.iter().any(has_own) {
            true => self.own_areas_of(row),
            false => &[],
        };
        (pattern, own)
    }

    fn land_use(&self, row: u32, registered: Option<RegisteredArea>) -> Vec<LandUseLine> {
        let (pattern, own) = self.packed_land_use(row);
        let mut own = own.iter();
        let line = |pattern: &UsePattern| LandUseLine {
            code: pattern.code,
            area: match pattern.area {
                LineArea::Absent => None,
                LineArea::AsRegistered => registered,
                LineArea::Own => own.next().map(|&a| RegisteredArea::from_hundredths_m2(a)),
            },
            origin: pattern.origin.clone(),
            form: pattern.form,
            until: pattern.until,
        };
        pattern.iter().map(line).collect()
    }

    /// The whole record of a row.
    pub(super) fn version(&self, row: u32) -> ParcelVersion {
        let packed = &self.rows[row as usize];
        let registered = (packed.registered != NO_AREA)
            .then(|| RegisteredArea::from_hundredths_m2(packed.registered));
        let (recorded_in, recorded_from) = *self.commit_pool.get(packed.commit);
        let parcel = Parcel {
            id: self.id(row),
            national_identifier: self.identifier(packed.identifier),
            ward: WardCode::from_number(packed.facts.ward())
                .expect("a ward in the columns was one before"),
            as_map: self.key(packed.map_series, packed.map_number),
            as_certificate: (packed.certificate_series != NO_SERIES)
                .then(|| self.key(packed.certificate_series, packed.certificate_number)),
            plane: self.plane(row),
            shape: self.shapes.shape(row),
            registered_area: registered,
            scale: packed.facts.scale(),
            land_use: self.land_use(row, registered),
            status: packed.facts.status(),
        };
        ParcelVersion {
            version: self.version_id(row),
            parcel,
            lifespan: Lifespan {
                valid: packed.valid(),
                recorded: Interval::open(recorded_from),
            },
            recorded_in,
        }
    }
}

/// The value of a number that is written like one: most are.
pub(super) fn plain_number(text: &str) -> Option<u32> {
    let plain = text == "0" || text.starts_with(|c: char| matches!(c, '1'..='9'));
    let value = text.parse::<u32>().ok().filter(|_| plain)?;
    (value & AS_TEXT == 0).then_some(value)
}

/// Twelve digits, plus one so that zero stays "absent".
fn usual_identifier(identifier: &NationalParcelIdentifier) -> Option<u64> {
    let digits = identifier.is_usual().then_some(identifier.as_str())?;
    digits.parse::<u64>().ok().map(|value| value + 1)
}
