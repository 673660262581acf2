//! One version's attributes in a row of 64 bytes: one line of the cache instead of one for each.

use crate::cadastre::{Day, Interval, MapScale, ParcelStatus, WardCode};

/// End of an interval that is not closed.
pub(super) const OPEN: i32 = i32::MAX;
/// Absent certificate key.
pub(super) const NO_SERIES: u32 = u32::MAX;
/// Absent registered area.
pub(super) const NO_AREA: i64 = i64::MIN;

/// What the register says of one version, without its shape. Numbers stand for entries of the
/// pools in [`super::columns::Columns`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C, align(64))]
pub(super) struct Row {
    /// Code of the parcel's id.
    pub(super) id: u32,
    /// Code of the version's id.
    pub(super) version: u32,
    pub(super) valid_from: i32,
    pub(super) valid_to: i32,
    pub(super) commit: u32,
    pub(super) facts: Facts,
    pub(super) map_series: u32,
    pub(super) map_number: u32,
    pub(super) certificate_series: u32,
    pub(super) certificate_number: u32,
    pub(super) identifier: u64,
    /// Hundredths of a square metre.
    pub(super) registered: i64,
    pub(super) land_use: u32,
    /// End of the row in the areas of its own lines of land use.
    pub(super) own_area_end: u32,
}

/// Ward, number of the plane in its pool, status and scale in one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Facts(pub(super) u32);

const WARD_BITS: u32 = 17;
const PLANE_BITS: u32 = 8;

impl Row {
    pub(super) fn valid(&self) -> Interval<Day> {
        Interval {
            from: Day(self.valid_from),
            to: (self.valid_to != OPEN).then_some(Day(self.valid_to)),
        }
    }
}

impl Facts {
    pub(super) fn new(ward: WardCode, plane: u8, status: ParcelStatus, scale: MapScale) -> Self {
        let status = match status {
            ParcelStatus::InUse => 0,
            ParcelStatus::Recovered => 1,
            ParcelStatus::Disputed => 2,
        };
        let scale = match scale {
            MapScale::S200 => 0,
            MapScale::S500 => 1,
            MapScale::S1000 => 2,
            MapScale::S2000 => 3,
        };
        let state = status << 2 | scale;
        Self((state << PLANE_BITS | u32::from(plane)) << WARD_BITS | ward.number())
    }

    /// The ward's code as a number.
    pub(super) fn ward(self) -> u32 {
        self.0 & ((1 << WARD_BITS) - 1)
    }

    pub(super) fn plane(self) -> u8 {
        (self.0 >> WARD_BITS) as u8
    }

    pub(super) fn scale(self) -> MapScale {
        match self.state() & 3 {
            0 => MapScale::S200,
            1 => MapScale::S500,
            2 => MapScale::S1000,
            _ => MapScale::S2000,
        }
    }

    pub(super) fn status(self) -> ParcelStatus {
        match self.state() >> 2 & 3 {
            0 => ParcelStatus::InUse,
            1 => ParcelStatus::Recovered,
            _ => ParcelStatus::Disputed,
        }
    }

    fn state(self) -> u32 {
        self.0 >> (WARD_BITS + PLANE_BITS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_one_line_of_the_cache() {
        assert_eq!((size_of::<Row>(), align_of::<Row>()), (64, 64));
    }

    #[test]
    fn facts_come_back_whatever_stands_beside_them() {
        let wards = [0, 757, 26_743, 99_999].map(WardCode::from_number);
        let statuses = [
            ParcelStatus::InUse,
            ParcelStatus::Recovered,
            ParcelStatus::Disputed,
        ];
        let scales = [
            MapScale::S200,
            MapScale::S500,
            MapScale::S1000,
            MapScale::S2000,
        ];
        for ward in wards.map(|ward| ward.expect("a code")) {
            for plane in [0, 1, 255] {
                for status in statuses {
                    for scale in scales {
                        let facts = Facts::new(ward, plane, status, scale);
                        assert_eq!((facts.ward(), facts.plane()), (ward.number(), plane));
                        assert_eq!((facts.status(), facts.scale()), (status, scale));
                    }
                }
            }
        }
    }
}
