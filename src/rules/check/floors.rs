//! Storeys as the law counts them, from the floors that a building has.

use rust_decimal::Decimal;

/// The floors of a building above the ground.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Floors {
    /// Full floors.
    pub full: u32,
    /// Floors for technical systems alone.
    pub technical: u32,
    /// Floors under the roof.
    pub attics: u32,
    /// Mezzanines.
    pub mezzanines: Vec<Mezzanine>,
    /// A floor that lies partly below the ground.
    pub half_basement: Option<HalfBasement>,
    /// What stands on the roof over the stairs.
    pub stair_roof: Option<StairRoof>,
}

/// A floor within the height of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mezzanine {
    /// Its area in per cent of the floor below.
    pub share_percent: Decimal,
    /// Its area in square metres.
    pub area_m2: Option<Decimal>,
    /// Whether it is for technical systems alone.
    pub technical: bool,
}

/// A floor that lies partly below the ground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HalfBasement {
    /// Its height, in metres.
    pub height_m: Decimal,
    /// How much of that lies above the planned ground, in metres.
    pub above_ground_m: Decimal,
}

/// What stands on the roof over the stairs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StairRoof {
    /// The area of its roof in per cent of the main roof.
    pub share_percent: Decimal,
    /// Whether it covers nothing but stairs, lifts and equipment.
    pub covers_stairs_only: bool,
}

/// What sort of floor it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FloorKind {
    /// Full.
    Full,
    /// For technical systems.
    Technical,
    /// Under the roof.
    Attic,
    /// Mezzanine.
    Mezzanine,
    /// Partly below the ground.
    HalfBasement,
    /// Over the stairs.
    StairRoof,
}

impl FloorKind {
    /// The word for it in answers and evidence.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Technical => "technical",
            Self::Attic => "attic",
            Self::Mezzanine => "mezzanine",
            Self::HalfBasement => "half_basement",
            Self::StairRoof => "stair_roof",
        }
    }
}

/// Floors of one sort, and whether they count as storeys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountedFloor {
    /// What they are.
    pub kind: FloorKind,
    /// How many.
    pub floors: u32,
    /// Whether they count.
    pub counts: bool,
    /// Why, as a key of messages.
    pub why: &'static str,
}

/// A mezzanine of a house up to this share of the floor below does not count (Circular 06/2021/TT-BXD,
/// QCVN 10:2025/BCA).
const HOUSE_MEZZANINE: Decimal = Decimal::from_parts(65, 0, 0, false, 0);
/// A technical mezzanine of another building up to this share and area.
const OTHER_MEZZANINE: Decimal = Decimal::TEN;
const OTHER_MEZZANINE_M2: Decimal = Decimal::from_parts(300, 0, 0, false, 0);
/// A roof over stairs up to this share of the main roof.
const STAIR_ROOF: Decimal = Decimal::from_parts(30, 0, 0, false, 0);

impl Floors {
    /// Every sort of floor with whether it counts: in an individual house or not, or where nobody says
    /// which, what counts in either.
    ///
    /// The bounds themselves are free: a mezzanine of 65 % does not count. One mezzanine is free, each
    /// further one counts. A floor of which at least half stands out of the ground is a half-basement
    /// and counts; less is a basement.
    pub fn counted(&self, is_house: Option<bool>) -> Vec<CountedFloor> {
        let mut counted = Vec::new();
        let mut take = |kind, floors, counts, why| {
            if floors > 0 {
                counted.push(CountedFloor {
                    kind,
                    floors,
                    counts,
                    why,
                });
            }
        };
        take(FloorKind::Full, self.full, true, "full");
        take(FloorKind::Technical, self.technical, true, "technical");
        take(FloorKind::Attic, self.attics, true, "attic");
        let mut free_left = true;
        for mezzanine in &self.mezzanines {
            let (is_free, why) = mezzanine.is_free(is_house);
            let (counts, why) = match (is_free, free_left) {
                (true, true) => (false, why),
                (true, false) => (true, "mezzanine_second"),
                (false, _) => (true, why),
            };
            free_left &= counts;
            take(FloorKind::Mezzanine, 1, counts, why);
        }
        if let Some(half) = &self.half_basement {
            let counts = half.is_storey();
            let why = if counts { "half_basement" } else { "basement" };
            take(FloorKind::HalfBasement, 1, counts, why);
        }
        if let Some(roof) = &self.stair_roof {
            let (counts, why) = match (roof.covers_stairs_only, roof.share_percent > STAIR_ROOF) {
                (false, _) => (true, "stair_roof_used"),
                (true, true) => (true, "stair_roof_large"),
                (true, false) => (false, "stair_roof_small"),
            };
            take(FloorKind::StairRoof, 1, counts, why);
        }
        counted
    }

    /// The storeys.
    pub fn storeys(&self, is_house: Option<bool>) -> u32 {
        let counted = self.counted(is_house).into_iter();
        let counted = counted.filter(|floor| floor.counts);
        counted.map(|floor| floor.floors).sum()
    }

    /// Floors above the ground, whether they count or not.
    pub(in crate::rules) fn above_ground(&self) -> u32 {
        let counted = self.counted(None).into_iter();
        let above = counted.filter(|floor| floor.why != "basement");
        above.map(|floor| floor.floors).sum()
    }

    /// Those of them that lie above the uppermost full floor and do not count.
    pub(in crate::rules) fn free_on_top(&self) -> u32 {
        let mut counted = self.counted(None).into_iter();
        u32::from(counted.any(|floor| floor.kind == FloorKind::StairRoof && !floor.counts))
    }
}

impl Mezzanine {
    fn is_free(&self, is_house: Option<bool>) -> (bool, &'static str) {
        match is_house {
            Some(true) if self.share_percent <= HOUSE_MEZZANINE => (true, "mezzanine_small"),
            Some(true) => (false, "mezzanine_large"),
            Some(false) => {
                let small = self.area_m2.is_some_and(|area| area <= OTHER_MEZZANINE_M2);
                let free = self.technical && small && self.share_percent <= OTHER_MEZZANINE;
                (
                    free,
                    if free {
                        "mezzanine_technical"
                    } else {
                        "mezzanine_other"
                    },
                )
            }
            None => (false, "mezzanine_kind_unknown"),
        }
    }
}

impl HalfBasement {
    /// Whether at least half of it stands out of the ground.
    pub fn is_storey(&self) -> bool {
        let twice = self.above_ground_m.checked_mul(Decimal::TWO);
        twice.is_none_or(|twice| twice >= self.height_m)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn house(share_percent: &str, roof_percent: &str) -> Floors {
        let percent = |text| Decimal::from_str_exact(text).expect("a decimal");
        Floors {
            full: 3,
            mezzanines: vec![Mezzanine {
                share_percent: percent(share_percent),
                area_m2: None,
                technical: false,
            }],
            stair_roof: Some(StairRoof {
                share_percent: percent(roof_percent),
                covers_stairs_only: true,
            }),
            ..Floors::default()
        }
    }

    #[test]
    fn a_mezzanine_and_a_stair_roof_count_from_just_above_their_bounds() {
        for (mezzanine, roof, storeys) in [
            ("65", "30", 3),
            ("65.001", "30", 4),
            ("65", "30.001", 4),
            ("65.001", "30.001", 5),
        ] {
            let floors = house(mezzanine, roof);
            assert_eq!(floors.storeys(Some(true)), storeys, "{mezzanine} {roof}");
        }
        assert_eq!(house("65", "30").storeys(None), 4, "of no kind of building");
        let mut twice = house("40", "30");
        twice.mezzanines.extend(twice.mezzanines.clone());
        assert_eq!(twice.storeys(Some(true)), 4, "one is free");
        let mut used = house("40", "10");
        used.stair_roof
            .as_mut()
            .expect("it has one")
            .covers_stairs_only = false;
        assert_eq!(used.storeys(Some(true)), 4);
    }

    #[test]
    fn in_other_buildings_only_a_small_technical_mezzanine_is_free() {
        let mut floors = house("10", "30");
        assert_eq!(floors.storeys(Some(false)), 4);
        let own = &mut floors.mezzanines[0];
        (own.technical, own.area_m2) = (true, Some(300.into()));
        assert_eq!(floors.storeys(Some(false)), 3);
        floors.mezzanines[0].area_m2 = Some(Decimal::new(300_001, 3));
        assert_eq!(floors.storeys(Some(false)), 4);
    }

    #[test]
    fn a_floor_half_out_of_the_ground_is_a_storey_and_less_is_a_basement() {
        let storeys = |above: i64| {
            let floors = Floors {
                full: 2,
                half_basement: Some(HalfBasement {
                    height_m: 3.into(),
                    above_ground_m: Decimal::new(above, 3),
                }),
                ..Floors::default()
            };
            floors.storeys(Some(true))
        };
        assert_eq!((storeys(1_500), storeys(1_499)), (3, 2));
    }
}
