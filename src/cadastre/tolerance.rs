//! Tolerances of Circular 26/2024/TT-BTNMT (in force 15 January 2025): App. 03 for the length of
//! an edge, App. 04 for the area of a parcel; exact in whole numbers.

use super::{MapScale, MeasuredArea, RegisteredArea};

/// A stretch of a tolerance table: what is added per step above its lower end.
type Stretch = (i64, i64);

/// A tolerance table: up to its first limit the tolerance is `start`.
struct Table {
    limit: i64,
    start: i64,
    /// Upper end and increment of each stretch; the last one goes on for ever.
    stretches: &'static [Stretch],
}

const FOR_EVER: i64 = i64::MAX;

/// App. 03: lengths in millimetres, tolerances in micrometres, increments per full metre.
const fn edge_table(scale: MapScale) -> Table {
    let (limit, start, stretches): (_, _, &[Stretch]) = match scale {
        MapScale::S200 => (
            2_000,
            15_000,
            &[
                (8_000, 6_000),
                (15_000, 2_500),
                (30_000, 2_000),
                (50_000, 1_500),
                (FOR_EVER, 1_000),
            ],
        ),
        MapScale::S500 => (
            3_000,
            18_000,
            &[
                (8_000, 6_500),
                (15_000, 3_000),
                (30_000, 2_500),
                (50_000, 2_000),
                (FOR_EVER, 1_000),
            ],
        ),
        MapScale::S1000 => (
            3_500,
            20_000,
            &[
                (10_000, 7_000),
                (30_000, 3_000),
                (50_000, 2_500),
                (FOR_EVER, 1_000),
            ],
        ),
        MapScale::S2000 => (
            4_000,
            30_000,
            &[
                (10_000, 7_500),
                (30_000, 3_500),
                (50_000, 2_500),
                (FOR_EVER, 1_000),
            ],
        ),
    };
    Table {
        limit,
        start,
        stretches,
    }
}

/// App. 04: areas in hundredths of a m², tolerances and increments per hundredth in mm².
const fn area_table(scale: MapScale) -> Table {
    const SMALL: [Stretch; 4] = [(50_000, 40), (100_000, 30), (200_000, 20), (FOR_EVER, 10)];
    const LARGE: [Stretch; 5] = [
        (100_000, 50),
        (200_000, 40),
        (500_000, 30),
        (1_000_000, 20),
        (FOR_EVER, 10),
    ];
    const S200: [Stretch; 6] = [
        (10_000, 70),
        (30_000, 50),
        SMALL[0],
        SMALL[1],
        SMALL[2],
        SMALL[3],
    ];
    const S500: [Stretch; 6] = [
        (10_000, 80),
        (30_000, 50),
        SMALL[0],
        SMALL[1],
        SMALL[2],
        SMALL[3],
    ];
    const S1000: [Stretch; 6] = [
        (30_000, 80),
        LARGE[0],
        LARGE[1],
        LARGE[2],
        LARGE[3],
        LARGE[4],
    ];
    const S2000: [Stretch; 6] = [
        (30_000, 90),
        LARGE[0],
        LARGE[1],
        LARGE[2],
        LARGE[3],
        LARGE[4],
    ];
    let (limit, start, stretches): (_, _, &[Stretch]) = match scale {
        MapScale::S200 => (3_000, 230_000, &S200),
        MapScale::S500 => (3_000, 250_000, &S500),
        MapScale::S1000 => (4_000, 350_000, &S1000),
        MapScale::S2000 => (4_000, 400_000, &S2000),
    };
    Table {
        limit,
        start,
        stretches,
    }
}

impl Table {
    /// The tolerance at a value; in each stretch only full steps count.
    fn at(&self, value: i64, step: i64) -> i64 {
        let mut tolerance = self.start;
        let mut lower = self.limit;
        for &(upper, increment) in self.stretches {
            if value <= lower {
                break;
            }
            tolerance += (value.min(upper) - lower) / step * increment;
            lower = upper;
        }
        tolerance
    }
}

/// The tolerance between two vertices of a parcel, in micrometres, for an edge in millimetres.
///
/// App. 03: a start value, then an increment per full metre of each stretch. An edge of 16.5 m at
/// 1:500 has 7.40 cm.
pub fn edge_tolerance_um(scale: MapScale, length_mm: i64) -> i64 {
    edge_table(scale).at(length_mm, 1_000)
}

/// As [`edge_tolerance_um`], for concentrated farmland and unused land: 1.2 times as much at
/// 1:1000 and 1:2000.
pub fn farmland_edge_tolerance_um(scale: MapScale, length_mm: i64) -> i64 {
    let tolerance = edge_tolerance_um(scale, length_mm);
    match scale {
        MapScale::S200 | MapScale::S500 => tolerance,
        MapScale::S1000 | MapScale::S2000 => tolerance * 6 / 5,
    }
}

/// The tolerance between two statements of one parcel's area, in mm², by the registered area.
///
/// App. 04: a start value, then an increment in proportion to the area of each stretch. 66 m² at
/// 1:500 has 0.538 m².
pub fn area_tolerance_mm2(scale: MapScale, area: RegisteredArea) -> i64 {
    area_table(scale).at(area.hundredths_m2(), 1)
}

/// Registered and measured area side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AreaCheck {
    /// Twice the measured area less twice the registered area, in mm².
    pub twice_difference_mm2: i64,
    /// What App. 04 allows, in mm².
    pub tolerance_mm2: i64,
}

impl AreaCheck {
    /// Compares the two areas of a parcel surveyed for a map of this scale.
    pub fn compare(scale: MapScale, registered: RegisteredArea, measured: MeasuredArea) -> Self {
        let twice_registered = registered.hundredths_m2().saturating_mul(20_000);
        Self {
            twice_difference_mm2: measured.twice_mm2().saturating_sub(twice_registered),
            tolerance_mm2: area_tolerance_mm2(scale, registered),
        }
    }

    /// Whether the difference is allowed; a difference equal to the tolerance is.
    pub const fn is_within(self) -> bool {
        self.twice_difference_mm2.unsigned_abs() <= 2 * self.tolerance_mm2.unsigned_abs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(m2: i64) -> RegisteredArea {
        RegisteredArea::from_hundredths_m2(m2 * 100)
    }

    #[test]
    fn edges_have_the_worked_tolerances_of_appendix_03() {
        for (length_mm, expected_um) in [
            (1, 18_000),
            (3_000, 18_000),
            (4_000, 24_500),
            (10_000, 56_500),
            (16_500, 74_000),
            (20_000, 84_000),
            (30_000, 109_000),
        ] {
            assert_eq!(
                edge_tolerance_um(MapScale::S500, length_mm),
                expected_um,
                "{length_mm}"
            );
        }
        assert_eq!(edge_tolerance_um(MapScale::S500, 3_999), 18_000);
        assert_eq!(edge_tolerance_um(MapScale::S500, 60_000), 159_000);
        assert_eq!(edge_tolerance_um(MapScale::S200, 2_000), 15_000);
    }

    #[test]
    fn farmland_is_allowed_a_fifth_more_on_small_scale_maps_only() {
        assert_eq!(farmland_edge_tolerance_um(MapScale::S2000, 4_000), 36_000);
        assert_eq!(farmland_edge_tolerance_um(MapScale::S500, 4_000), 24_500);
    }

    #[test]
    fn areas_have_the_worked_tolerances_of_appendix_04() {
        for (m2, expected_mm2) in [
            (36, 298_000),
            (66, 538_000),
            (100, 810_000),
            (200, 1_310_000),
            (500, 2_610_000),
            (1000, 4_110_000),
        ] {
            assert_eq!(
                area_tolerance_mm2(MapScale::S500, area(m2)),
                expected_mm2,
                "{m2}"
            );
        }
        assert_eq!(area_tolerance_mm2(MapScale::S200, area(66)), 482_000);
        assert_eq!(area_tolerance_mm2(MapScale::S200, area(100)), 720_000);
        assert_eq!(area_tolerance_mm2(MapScale::S1000, area(40)), 350_000);
        assert_eq!(area_tolerance_mm2(MapScale::S500, area(0)), 250_000);
    }

    #[test]
    fn a_tolerance_never_falls_as_the_value_grows() {
        for scale in [
            MapScale::S200,
            MapScale::S500,
            MapScale::S1000,
            MapScale::S2000,
        ] {
            let areas = (0..12_000).map(|m2| area_tolerance_mm2(scale, area(m2)));
            assert!(areas.is_sorted());
            let edges = (0..60_000)
                .step_by(250)
                .map(|mm| edge_tolerance_um(scale, mm));
            assert!(edges.is_sorted());
        }
    }

    #[test]
    fn a_certificate_of_66_square_metres_agrees_with_66_5_and_not_with_66_6() {
        let check = |twice_mm2: i128| {
            let measured = MeasuredArea::from_twice_mm2(twice_mm2);
            AreaCheck::compare(MapScale::S500, area(66), measured)
        };
        assert!(check(2 * 66_500_000).is_within());
        assert!(!check(2 * 66_600_000).is_within());
        assert!(check(2 * 66_538_000).is_within() && check(2 * 65_462_000).is_within());
        assert!(!check(2 * 66_538_000 + 1).is_within() && !check(2 * 65_462_000 - 1).is_within());
    }
}
