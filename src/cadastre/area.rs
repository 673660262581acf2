//! Registered area, measured area, and the scale of a survey.

/// An area as a certificate or the register states it, in m² with two decimals at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RegisteredArea {
    hundredths_m2: i64,
}

/// An area measured on the parcel's own plane, from its shape on the grid; exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MeasuredArea {
    twice_mm2: i64,
}

/// A number that cannot be an area of a parcel.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("`{0}` is not an area, expected square metres from 0 to 1e12")]
pub struct InvalidArea(pub f64);

impl RegisteredArea {
    /// From hundredths of a square metre.
    pub const fn from_hundredths_m2(hundredths_m2: i64) -> Self {
        Self { hundredths_m2 }
    }

    /// From square metres, rounded to hundredths.
    ///
    /// # Errors
    /// [`InvalidArea`] for a negative number, a number above 1e12, or not a number.
    pub fn from_m2(m2: f64) -> Result<Self, InvalidArea> {
        if (0.0..=1e12).contains(&m2) {
            Ok(Self {
                hundredths_m2: (m2 * 100.0).round() as i64,
            })
        } else {
            Err(InvalidArea(m2))
        }
    }

    /// Hundredths of a square metre.
    pub const fn hundredths_m2(self) -> i64 {
        self.hundredths_m2
    }

    /// Square metres.
    pub fn m2(self) -> f64 {
        self.hundredths_m2 as f64 / 100.0
    }
}

impl MeasuredArea {
    /// From twice the area in mm², as [`crate::geometry::MultiPolygon::twice_area`] gives it;
    /// saturates beyond 4.6e12 m².
    pub fn from_twice_mm2(twice_mm2: i128) -> Self {
        Self {
            twice_mm2: i64::try_from(twice_mm2).unwrap_or(i64::MAX),
        }
    }

    /// Twice the area in mm².
    pub const fn twice_mm2(self) -> i64 {
        self.twice_mm2
    }

    /// Square metres, to the four decimals that answers show, counted in the last of them; half a
    /// one counts as one.
    pub const fn ten_thousandths_m2(self) -> i64 {
        self.twice_mm2.saturating_add(100).div_euclid(200)
    }

    /// Square metres.
    pub fn m2(self) -> f64 {
        self.twice_mm2 as f64 / 2e6
    }
}

/// The scale of the cadastral map a parcel was surveyed for; decides its tolerances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MapScale {
    /// 1:200.
    S200,
    /// 1:500.
    S500,
    /// 1:1000.
    S1000,
    /// 1:2000.
    S2000,
}

impl MapScale {
    /// The denominator: 200, 500, 1000 or 2000.
    pub const fn denominator(self) -> u16 {
        match self {
            Self::S200 => 200,
            Self::S500 => 500,
            Self::S1000 => 1000,
            Self::S2000 => 2000,
        }
    }

    /// The scale with this denominator, if the circular has it.
    pub const fn from_denominator(denominator: i64) -> Option<Self> {
        match denominator {
            200 => Some(Self::S200),
            500 => Some(Self::S500),
            1000 => Some(Self::S1000),
            2000 => Some(Self::S2000),
            _ => None,
        }
    }
}
