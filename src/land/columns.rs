//! The attributes of many parcel versions in columns; what repeats is kept once in pools.

use super::shapes::{Shapes, span};
use super::texts::Pool;
use crate::cadastre::{
    Day, Instant, Interval, LandUseCode, LandUseLine, Lifespan, MapScale, NationalParcelIdentifier,
    Parcel, ParcelId, ParcelKey, ParcelNumber, ParcelStatus, ParcelVersion, RegisteredArea,
    Revision, SheetNumber, UseForm, VersionId, WardCode,
};
use crate::crs::Epsg;
use rayon::prelude::*;

/// Absent certificate key.
pub(super) const NO_SERIES: u32 = u32::MAX;
/// Absent registered area.
const NO_AREA: i64 = i64::MIN;
/// End of an interval that is not closed.
pub(super) const OPEN: i32 = i32::MAX;
/// Set on the code of a number or identifier that is not in its usual, numeric form.
pub(super) const AS_TEXT: u32 = 1 << 31;
pub(super) const IDENTIFIER_AS_TEXT: u64 = 1 << 63;

/// A commune and one sheet of its map: what a series of parcel numbers belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Series {
    pub(super) commune: WardCode,
    pub(super) sheet: SheetNumber,
}

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
    pub(super) ids: Vec<i64>,
    pub(super) versions: Vec<i64>,
    pub(super) valid_from: Vec<i32>,
    pub(super) valid_to: Vec<i32>,
    pub(super) commits: Vec<u32>,
    pub(super) wards: Vec<u32>,
    pub(super) map_series: Vec<u32>,
    pub(super) map_numbers: Vec<u32>,
    pub(super) certificate_series: Vec<u32>,
    pub(super) certificate_numbers: Vec<u32>,
    pub(super) identifiers: Vec<u64>,
    pub(super) registered: Vec<i64>,
    pub(super) land_uses: Vec<u32>,
    pub(super) own_area_ends: Vec<u32>,
    pub(super) own_areas: Vec<i64>,
    /// Number of the plane in its pool.
    pub(super) plane_numbers: Vec<u8>,
    /// Status in bits 2 and 3, scale in the lowest two.
    pub(super) states: Vec<u8>,
    pub(super) shapes: Shapes,
    pub(super) planes: Pool<Epsg>,
    pub(super) commit_pool: Pool<(Revision, Instant)>,
    pub(super) series_pool: Pool<Series>,
    pub(super) number_pool: Pool<Box<str>>,
    pub(super) identifier_pool: Pool<Box<str>>,
    pub(super) use_pool: Pool<Vec<UsePattern>>,
}

impl Columns {
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Adds a row; the caller has checked that the register still holds it.
    pub(super) fn push(&mut self, v: &ParcelVersion) {
        let parcel = &v.parcel;
        self.ids.push(parcel.id.get());
        self.versions.push(v.version.0);
        self.valid_from.push(v.lifespan.valid.from.0);
        self.valid_to
            .push(v.lifespan.valid.to.map_or(OPEN, |day| day.0));
        let commit = (v.recorded_in, v.lifespan.recorded.from);
        self.commits.push(self.commit_pool.intern(commit));
        self.wards.push(parcel.ward.number());
        let (series, number) = self.intern_key(&parcel.as_map);
        self.map_series.push(series);
        self.map_numbers.push(number);
        let certificate = parcel.as_certificate.as_ref();
        let (series, number) = certificate.map_or((NO_SERIES, 0), |key| self.intern_key(key));
        self.certificate_series.push(series);
        self.certificate_numbers.push(number);
        let identifier = parcel.national_identifier.as_ref();
        let identifier = identifier.map_or(0, |i| self.intern_identifier(i));
        self.identifiers.push(identifier);
        let registered = parcel.registered_area;
        self.registered
            .push(registered.map_or(NO_AREA, RegisteredArea::hundredths_m2));
        self.push_land_use(&parcel.land_use, registered);
        let plane = u8::try_from(self.planes.intern(parcel.plane))
            .expect("a city has fewer than 256 planes");
        self.plane_numbers.push(plane);
        self.states
            .push(status_bits(parcel.status) << 2 | scale_bits(parcel.scale));
        self.shapes.push(&parcel.shape);
    }

    fn intern_key(&mut self, key: &ParcelKey) -> (u32, u32) {
        let series = self.series_pool.intern(Series {
            commune: key.commune,
            sheet: key.sheet.clone(),
        });
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

    fn push_land_use(&mut self, lines: &[LandUseLine], registered: Option<RegisteredArea>) {
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
        self.land_uses.push(self.use_pool.intern(pattern));
        self.own_area_ends.push(self.own_areas.len() as u32);
    }

    /// The same rows in another order.
    pub(super) fn reordered(&self, order: &[u32]) -> Self {
        let mut own_areas = Vec::with_capacity(self.own_areas.len());
        let mut own_area_ends = Vec::with_capacity(order.len());
        for &row in order {
            own_areas.extend(span(&self.own_areas, &self.own_area_ends, row as usize));
            own_area_ends.push(own_areas.len() as u32);
        }
        Self {
            ids: gathered(&self.ids, order),
            versions: gathered(&self.versions, order),
            valid_from: gathered(&self.valid_from, order),
            valid_to: gathered(&self.valid_to, order),
            commits: gathered(&self.commits, order),
            wards: gathered(&self.wards, order),
            map_series: gathered(&self.map_series, order),
            map_numbers: gathered(&self.map_numbers, order),
            certificate_series: gathered(&self.certificate_series, order),
            certificate_numbers: gathered(&self.certificate_numbers, order),
            identifiers: gathered(&self.identifiers, order),
            registered: gathered(&self.registered, order),
            land_uses: gathered(&self.land_uses, order),
            own_area_ends,
            own_areas,
            plane_numbers: gathered(&self.plane_numbers, order),
            states: gathered(&self.states, order),
            shapes: self.shapes.reordered(order),
            planes: self.planes.clone(),
            commit_pool: self.commit_pool.clone(),
            series_pool: self.series_pool.clone(),
            number_pool: self.number_pool.clone(),
            identifier_pool: self.identifier_pool.clone(),
            use_pool: self.use_pool.clone(),
        }
    }

    /// Bytes of the columns and shapes, without the pools.
    pub(super) fn bytes(&self) -> usize {
        let row = 4 * size_of::<i64>() + 10 * size_of::<u32>() + 2 * size_of::<u8>();
        self.len() * row + size_of_val(self.own_areas.as_slice()) + self.shapes.bytes()
    }

    /// The codes of a key, if some row may have it.
    pub(super) fn find_key(&self, key: &ParcelKey) -> Option<(u32, u32)> {
        let series = self.series_pool.find(&Series {
            commune: key.commune,
            sheet: key.sheet.clone(),
        })?;
        let text = key.number.as_str();
        let number =
            plain_number(text).or_else(|| self.number_pool.find(text).map(|n| AS_TEXT | n))?;
        Some((series, number))
    }

    /// The code of an identifier, if some row may have it.
    pub(super) fn find_identifier(&self, identifier: &NationalParcelIdentifier) -> Option<u64> {
        usual_identifier(identifier).or_else(|| {
            let number = self.identifier_pool.find(identifier.as_str())?;
            Some(IDENTIFIER_AS_TEXT | u64::from(number))
        })
    }

    pub(super) fn plane(&self, row: u32) -> Epsg {
        *self.planes.get(u32::from(self.plane_numbers[row as usize]))
    }

    pub(super) fn valid(&self, row: u32) -> Interval<Day> {
        let to = self.valid_to[row as usize];
        Interval {
            from: Day(self.valid_from[row as usize]),
            to: (to != OPEN).then_some(Day(to)),
        }
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
        let number = ParcelNumber::parse(&self.number_text(number))
            .expect("a number in the columns was one before");
        ParcelKey {
            commune,
            sheet,
            number,
        }
    }

    fn identifier(&self, code: u64) -> Option<NationalParcelIdentifier> {
        let text = match code {
            0 => return None,
            code if code & IDENTIFIER_AS_TEXT == 0 => format!("{:012}", code - 1),
            code => self.identifier_pool.get(code as u32).to_string(),
        };
        NationalParcelIdentifier::parse(&text).ok()
    }

    fn land_use(&self, row: usize, registered: Option<RegisteredArea>) -> Vec<LandUseLine> {
        let mut own = span(&self.own_areas, &self.own_area_ends, row).iter();
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
        let pattern = self.use_pool.get(self.land_uses[row]);
        pattern.iter().map(line).collect()
    }

    /// The whole record of a row.
    pub(super) fn version(&self, row: u32) -> ParcelVersion {
        let i = row as usize;
        let registered = self.registered[i];
        let registered =
            (registered != NO_AREA).then(|| RegisteredArea::from_hundredths_m2(registered));
        let certificate = self.certificate_series[i];
        let (recorded_in, recorded_from) = *self.commit_pool.get(self.commits[i]);
        let parcel = Parcel {
            id: ParcelId::new(self.ids[i]).expect("an id in the columns was one before"),
            national_identifier: self.identifier(self.identifiers[i]),
            ward: WardCode::from_number(self.wards[i])
                .expect("a ward in the columns was one before"),
            as_map: self.key(self.map_series[i], self.map_numbers[i]),
            as_certificate: (certificate != NO_SERIES)
                .then(|| self.key(certificate, self.certificate_numbers[i])),
            plane: self.plane(row),
            shape: self.shapes.shape(row),
            registered_area: registered,
            scale: scale_of(self.states[i]),
            land_use: self.land_use(i, registered),
            status: status_of(self.states[i]),
        };
        ParcelVersion {
            version: VersionId(self.versions[i]),
            parcel,
            lifespan: Lifespan {
                valid: self.valid(row),
                recorded: Interval::open(recorded_from),
            },
            recorded_in,
        }
    }
}

fn gathered<T: Copy + Send + Sync>(values: &[T], order: &[u32]) -> Vec<T> {
    order.par_iter().map(|&row| values[row as usize]).collect()
}

/// The value of a number that is written like one: most are.
pub(super) fn plain_number(text: &str) -> Option<u32> {
    let value = text.parse::<u32>().ok().filter(|v| v & AS_TEXT == 0)?;
    (value.to_string() == text).then_some(value)
}

/// Twelve digits, plus one so that zero stays "absent".
fn usual_identifier(identifier: &NationalParcelIdentifier) -> Option<u64> {
    let digits = identifier.is_usual().then_some(identifier.as_str())?;
    digits.parse::<u64>().ok().map(|value| value + 1)
}

fn scale_bits(scale: MapScale) -> u8 {
    match scale {
        MapScale::S200 => 0,
        MapScale::S500 => 1,
        MapScale::S1000 => 2,
        MapScale::S2000 => 3,
    }
}

fn scale_of(state: u8) -> MapScale {
    match state & 3 {
        0 => MapScale::S200,
        1 => MapScale::S500,
        2 => MapScale::S1000,
        _ => MapScale::S2000,
    }
}

fn status_bits(status: ParcelStatus) -> u8 {
    match status {
        ParcelStatus::InUse => 0,
        ParcelStatus::Recovered => 1,
        ParcelStatus::Disputed => 2,
    }
}

fn status_of(state: u8) -> ParcelStatus {
    match state >> 2 & 3 {
        0 => ParcelStatus::InUse,
        1 => ParcelStatus::Recovered,
        _ => ParcelStatus::Disputed,
    }
}
