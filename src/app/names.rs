//! What an answer says beside the parcel's own words: names by code and day, area tolerance.

use super::View;
use crate::cadastre::{
    AreaCheck, CodeOnDay, Day, Interval, LandUseCode, LandUsePurpose, MeasuredArea, WardCode,
};
use crate::land::Entry;

/// Registered and measured area side by side.
pub struct Areas {
    /// Area of the shape on its own plane.
    pub measured: MeasuredArea,
    /// What the two may differ by, in m²; nothing when no area is registered.
    pub tolerance_m2: Option<f64>,
    /// Whether they differ by more; nothing when no area is registered, since none was compared.
    pub differ: Option<bool>,
}

impl View {
    /// The day on which the names in a version that holds in an interval are to be read: the day asked for, or the nearest
    /// on which the version holds.
    pub fn naming_day(&self, valid: Interval<Day>) -> Day {
        let last = valid.to.map_or(self.date, |to| Day(to.0 - 1));
        self.date.min(last).max(valid.from)
    }

    /// Full name of a ward on a day; before the first units with borders, as it was called then.
    pub fn ward_name(&self, code: WardCode, day: Day) -> Option<&str> {
        let named = self.land.ward_name(code, day);
        named.or_else(|| self.land.commune_name(code))
    }

    /// Full name of the commune in whose series sheets are numbered: as it was before a merger,
    /// if it has seen one.
    pub fn commune_name(&self, code: WardCode) -> Option<&str> {
        self.land.commune_name(code)
    }

    /// The district in which that commune lay; nothing for a ward that is still in force.
    pub fn commune_district(&self, code: WardCode) -> Option<&str> {
        self.land.commune_district(code)
    }

    /// What a land-use code stands for on a day, when the table of that day is held and has it.
    pub fn land_use(&self, code: LandUseCode, day: Day) -> Option<&LandUsePurpose> {
        match self.reference.land_use.on_day(code, day) {
            CodeOnDay::Listed(purpose) => Some(purpose),
            CodeOnDay::NotListed | CodeOnDay::BeforeFirstTable => None,
        }
    }

    /// Registered and measured area side by side.
    pub fn areas(&self, parcel: &Entry<'_>) -> Areas {
        let measured = parcel.measured_area();
        let registered = parcel.registered_area;
        let check = registered.map(|area| AreaCheck::compare(parcel.scale, area, measured));
        Areas {
            measured,
            tolerance_m2: check.map(|check| check.tolerance_mm2 as f64 / 1e6),
            differ: check.map(|check| !check.is_within()),
        }
    }
}
