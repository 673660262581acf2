//! One version of a parcel as the land holds it, read in place: what answers are written from.

use super::columns::{AS_TEXT, Columns, IDENTIFIER_AS_TEXT, LineArea, UsePattern, plain_number};
use super::drawing::LotNumber;
use super::row::{NO_AREA, NO_SERIES};
use super::shapes::{Rings, Shapes};
use super::snapshot::Land;
use crate::cadastre::{
    Day, Interval, LandUseCode, LandUseLine, MapScale, MeasuredArea, ParcelId, ParcelKey,
    ParcelStatus, ParcelVersion, RegisteredArea, Revision, UseForm, WardCode,
};
use crate::crs::Epsg;

/// A version of a parcel; the same facts as a [`ParcelVersion`], nothing of it copied.
#[derive(Debug)]
pub struct Entry<'a> {
    /// Key of the parcel.
    pub id: ParcelId,
    /// National identifier, when it has been assigned.
    pub identifier: Option<EntryIdentifier<'a>>,
    /// The ward in which it lies.
    pub ward: WardCode,
    /// Key on the cadastral map.
    pub as_map: EntryKey<'a>,
    /// Key on the certificate, when it is known.
    pub as_certificate: Option<EntryKey<'a>>,
    /// The plane of its outline.
    pub plane: Epsg,
    /// Area as registered.
    pub registered_area: Option<RegisteredArea>,
    /// Scale of the survey.
    pub scale: MapScale,
    /// Status.
    pub status: ParcelStatus,
    /// The days on which it holds.
    pub valid: Interval<Day>,
    /// The revision that recorded it.
    pub recorded_in: Revision,
    land_use: EntryUse<'a>,
    outline: Outline<'a>,
}

/// A key by sheet and number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryKey<'a> {
    /// The commune in whose series the sheet is numbered.
    pub commune: WardCode,
    /// Sheet.
    pub sheet: &'a str,
    /// Number within the sheet.
    pub number: LotNumber<'a>,
}

/// A national identifier as most parcels have it, or in any other form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryIdentifier<'a> {
    /// Twelve digits, with zeros in front.
    Usual(u64),
    /// Any other text.
    Text(&'a str),
}

/// One line of land use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryLine<'a> {
    /// Purpose.
    pub code: LandUseCode,
    /// Area under this purpose.
    pub area: Option<RegisteredArea>,
    /// Origin class as written.
    pub origin: Option<&'a str>,
    /// Private or common use.
    pub form: Option<UseForm>,
    /// Last day of the term.
    pub until: Option<Day>,
}

#[derive(Debug)]
enum EntryUse<'a> {
    /// The areas of the second are those of lines that have one of their own.
    Packed(&'a [UsePattern], &'a [i64]),
    Whole(&'a [LandUseLine]),
}

#[derive(Debug)]
enum Outline<'a> {
    InPlace(Rings<'a>),
    /// Of a version that does not stand in columns.
    Packed(Box<Shapes>),
}

impl<'a> Entry<'a> {
    /// A version that does not stand in columns; its outline is packed for the purpose.
    pub fn of(version: &'a ParcelVersion) -> Self {
        let parcel = &version.parcel;
        let mut shapes = Box::<Shapes>::default();
        shapes.push(&parcel.shape);
        let identifier = parcel.national_identifier.as_ref();
        Self {
            id: parcel.id,
            identifier: identifier.map(|i| EntryIdentifier::Text(i.as_str())),
            ward: parcel.ward,
            as_map: EntryKey::of(&parcel.as_map),
            as_certificate: parcel.as_certificate.as_ref().map(EntryKey::of),
            plane: parcel.plane,
            registered_area: parcel.registered_area,
            scale: parcel.scale,
            status: parcel.status,
            valid: version.lifespan.valid,
            recorded_in: version.recorded_in,
            land_use: EntryUse::Whole(&parcel.land_use),
            outline: Outline::Packed(shapes),
        }
    }

    /// Its outline.
    pub fn rings(&self) -> Rings<'_> {
        match &self.outline {
            Outline::InPlace(rings) => *rings,
            Outline::Packed(shapes) => shapes.rings(0),
        }
    }

    /// The area of its outline on its own plane; exact.
    pub fn measured_area(&self) -> MeasuredArea {
        MeasuredArea::from_twice_mm2(self.rings().twice_area())
    }

    /// Its national identifier as it is written.
    pub fn identifier_text(&self) -> Option<String> {
        self.identifier.map(|identifier| match identifier {
            EntryIdentifier::Usual(number) => format!("{number:012}"),
            EntryIdentifier::Text(text) => text.to_owned(),
        })
    }

    /// Whether its lines of land use are those of another version.
    pub fn is_used_as(&self, other: &Entry<'_>) -> bool {
        let mut position = 0;
        let mut same = true;
        self.each_land_use(|own| {
            let (mut at, mut found) = (0, false);
            other.each_land_use(|line| {
                found |= at == position && line == own;
                at += 1;
            });
            same &= found;
            position += 1;
        });
        let mut others = 0;
        other.each_land_use(|_| others += 1);
        same && position == others
    }

    /// Hands over its lines of land use, main line first.
    pub fn each_land_use(&self, mut show: impl FnMut(&EntryLine<'_>)) {
        match self.land_use {
            EntryUse::Packed(pattern, own) => {
                let mut own = own.iter();
                for line in pattern {
                    show(&EntryLine {
                        code: line.code,
                        area: match line.area {
                            LineArea::Absent => None,
                            LineArea::AsRegistered => self.registered_area,
                            LineArea::Own => {
                                own.next().map(|&a| RegisteredArea::from_hundredths_m2(a))
                            }
                        },
                        origin: line.origin.as_deref(),
                        form: line.form,
                        until: line.until,
                    });
                }
            }
            EntryUse::Whole(lines) => {
                for line in lines {
                    show(&EntryLine {
                        code: line.code,
                        area: line.area,
                        origin: line.origin.as_deref(),
                        form: line.form,
                        until: line.until,
                    });
                }
            }
        }
    }
}

impl<'a> EntryKey<'a> {
    fn of(key: &'a ParcelKey) -> Self {
        let number = key.number.as_str();
        Self {
            commune: key.commune,
            sheet: key.sheet.as_str(),
            number: plain_number(number).map_or(LotNumber::Text(number), LotNumber::Plain),
        }
    }
}

impl Land {
    /// The version of a row, in place.
    pub(super) fn entry(&self, row: u32) -> Entry<'_> {
        match self.overlay_version(row) {
            Some(version) => Entry::of(version),
            None => self.base.columns.entry(row),
        }
    }
}

impl Columns {
    fn entry(&self, row: u32) -> Entry<'_> {
        let packed = &self.rows[row as usize];
        let (recorded_in, _) = *self.commit_pool.get(packed.commit);
        let registered = packed.registered;
        let certificate = packed.certificate_series;
        Entry {
            id: self.id(row),
            identifier: self.entry_identifier(packed.identifier),
            ward: WardCode::from_number(packed.facts.ward())
                .expect("a ward in the columns was one before"),
            as_map: self.entry_key(packed.map_series, packed.map_number),
            as_certificate: (certificate != NO_SERIES)
                .then(|| self.entry_key(certificate, packed.certificate_number)),
            plane: self.plane(row),
            registered_area: (registered != NO_AREA)
                .then(|| RegisteredArea::from_hundredths_m2(registered)),
            scale: packed.facts.scale(),
            status: packed.facts.status(),
            valid: packed.valid(),
            recorded_in,
            land_use: {
                let (pattern, own) = self.packed_land_use(row);
                EntryUse::Packed(pattern, own)
            },
            outline: Outline::InPlace(self.shapes.rings(row)),
        }
    }

    pub(super) fn entry_key(&self, series: u32, number: u32) -> EntryKey<'_> {
        let series = self.series_pool.get(series);
        EntryKey {
            commune: series.commune,
            sheet: series.sheet.as_str(),
            number: if number & AS_TEXT == 0 {
                LotNumber::Plain(number)
            } else {
                LotNumber::Text(self.number_pool.get(number & !AS_TEXT))
            },
        }
    }

    fn entry_identifier(&self, code: u64) -> Option<EntryIdentifier<'_>> {
        match code {
            0 => None,
            code if code & IDENTIFIER_AS_TEXT == 0 => Some(EntryIdentifier::Usual(code - 1)),
            code => {
                let text = self.identifier_pool.get(code as u32);
                Some(EntryIdentifier::Text(text))
            }
        }
    }
}
