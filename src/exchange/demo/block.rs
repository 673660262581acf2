//! What stands in a block, and how it is cut into rows and alleys.

use super::lattice::Ground;
use super::random::Random;

/// What stands in a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockKind {
    /// Tube houses along streets and alleys.
    TubeHouses,
    /// Small houses along narrow alleys.
    Alleys,
    /// Villas.
    Villas,
    /// Houses with gardens, in communes.
    Gardens,
    /// Shops and offices.
    Commerce,
    /// School, clinic, office of an agency.
    Public,
    /// A park.
    Park,
    /// Factories.
    Industry,
    /// A pagoda or church.
    Religion,
}

/// Sizes from which the lots of a block are drawn, in mm.
struct Sizes {
    width: (i64, i64),
    depth: i64,
    alley: (i64, i64),
}

impl BlockKind {
    /// What stands in a cell: wards are dense, communes have gardens, and far from the centre
    /// factories appear.
    pub fn draw(random: &mut Random, rural: bool, rings_out: i32) -> Self {
        let roll = random.between(0, 99);
        match roll {
            0..=2 => Self::Park,
            3..=5 => Self::Public,
            6 => Self::Religion,
            7..=9 => Self::Commerce,
            10..=15 if rings_out >= 4 => Self::Industry,
            10..=17 => Self::Villas,
            18..=69 if rural => Self::Gardens,
            18..=44 => Self::Alleys,
            _ => Self::TubeHouses,
        }
    }

    /// Whether people live there.
    pub const fn is_residential(self) -> bool {
        matches!(
            self,
            Self::TubeHouses | Self::Alleys | Self::Villas | Self::Gardens
        )
    }

    const fn sizes(self) -> Sizes {
        let (width, depth, alley) = match self {
            Self::TubeHouses => ((3_600, 6_000), 17_500, (4_000, 8_000)),
            Self::Alleys => ((2_700, 4_200), 11_000, (1_600, 4_000)),
            Self::Villas => ((10_000, 15_000), 22_000, (8_000, 12_000)),
            Self::Gardens => ((7_000, 15_000), 32_000, (4_000, 6_000)),
            Self::Commerce => ((12_000, 30_000), 30_000, (8_000, 10_000)),
            Self::Industry => ((35_000, 60_000), 60_000, (10_000, 14_000)),
            Self::Public | Self::Religion => ((45_000, 90_000), 90_000, (8_000, 8_000)),
            Self::Park => ((400_000, 400_000), 90_000, (8_000, 8_000)),
        };
        Sizes {
            width,
            depth,
            alley,
        }
    }

    /// Whether two rows stand back to back; else one row reaches through the block.
    const fn back_to_back(self) -> bool {
        !matches!(
            self,
            Self::Public | Self::Park | Self::Industry | Self::Religion
        )
    }
}

/// Where lots of a row are cut from each other, as fractions of the block's width, ascending: at
/// the front and at the back, which differ a little.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Cuts {
    pub front: Vec<f64>,
    pub back: Vec<f64>,
    /// The place in the row that is no lot but a lane to the backs, from cut `lane` to the next.
    pub lane: Option<usize>,
}

/// A strip of lots from street or alley to street or alley, from south to north.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Strip {
    /// One row that reaches through.
    Single {
        /// Fractions of the block's height.
        s: [f64; 2],
        cuts: Cuts,
    },
    /// Two rows back to back, perhaps with lots at the ends that reach through.
    Pair {
        /// Fractions of the block's height: front of the southern row, the backs, front of the
        /// northern row.
        s: [f64; 3],
        south: Cuts,
        north: Cuts,
        /// Where the rows begin and end; not 0 and 1 when a lot at an end reaches through.
        ends: [f64; 2],
        /// Every cut at the backs, of both rows, ascending.
        backs: Vec<f64>,
    },
}

/// A block cut into strips; between two strips lies an alley.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    pub kind: BlockKind,
    /// From south to north.
    pub strips: Vec<Strip>,
}

impl Layout {
    /// Cuts a block.
    pub fn draw(kind: BlockKind, ground: &Ground, random: &mut Random) -> Self {
        let (width, height) = ground.extent();
        let sizes = kind.sizes();
        let alley = random.between(sizes.alley.0, sizes.alley.1) as f64;
        let rows = if kind.back_to_back() { 2.0 } else { 1.0 };
        let pitch = rows * sizes.depth as f64 + alley;
        let count = ((height + alley) / pitch).round().max(1.0);
        let depth = (height - (count - 1.0) * alley) / count;
        let strip = |k: f64, random: &mut Random| {
            let from = k * (depth + alley) / height;
            let to = if k + 1.0 == count {
                1.0
            } else {
                from + depth / height
            };
            if kind.back_to_back() {
                Self::pair([from, to], width, &sizes, random)
            } else {
                let cuts = cuts([0.0, 1.0], width, &sizes, random);
                Strip::Single {
                    s: [from, to],
                    cuts,
                }
            }
        };
        let strips = (0..count as i32)
            .map(|k| strip(f64::from(k), random))
            .collect();
        Self { kind, strips }
    }

    fn pair(s: [f64; 2], width: f64, sizes: &Sizes, random: &mut Random) -> Strip {
        let end = |random: &mut Random| {
            let wide = random.between(sizes.width.0 + 1_000, sizes.width.1 + 4_000) as f64;
            if random.chance(350) {
                wide / width
            } else {
                0.0
            }
        };
        let ends = [end(random), 1.0 - end(random)];
        let middle = s[0] + (s[1] - s[0]) * random.between(460, 540) as f64 / 1000.0;
        let south = cuts(ends, width, sizes, random);
        let mut north = cuts(ends, width, sizes, random);
        let mut backs = south.back.clone();
        for cut in &mut north.back {
            // Two cuts within 0.6 m of each other become one, as surveyors find them.
            let near = south
                .back
                .iter()
                .find(|b| (*b - *cut).abs() * width < 600.0);
            match near {
                Some(&same) => *cut = same,
                None => backs.push(*cut),
            }
        }
        backs.sort_by(f64::total_cmp);
        Strip::Pair {
            s: [s[0], middle, s[1]],
            south,
            north,
            ends,
            backs,
        }
    }

    /// The alleys between the strips, as fractions of the block's height.
    pub fn alleys(&self) -> impl Iterator<Item = [f64; 2]> + '_ {
        let south = |strip: &Strip| match strip {
            Strip::Single { s, .. } => s[0],
            Strip::Pair { s, .. } => s[0],
        };
        let north = |strip: &Strip| match strip {
            Strip::Single { s, .. } => s[1],
            Strip::Pair { s, .. } => s[2],
        };
        self.strips
            .windows(2)
            .map(move |pair| [north(&pair[0]), south(&pair[1])])
    }
}

/// Cuts a row between two fractions into lots whose widths are drawn from a range.
fn cuts(ends: [f64; 2], width: f64, sizes: &Sizes, random: &mut Random) -> Cuts {
    let room = (ends[1] - ends[0]) * width;
    let mut widths = Vec::new();
    let mut used = 0.0;
    while used < room {
        let wide = random.between(sizes.width.0, sizes.width.1) as f64;
        widths.push(wide);
        used += wide;
    }
    // Draws that overshoot are pressed together, unless they become too narrow by it.
    if widths.len() > 1 && used > room * 1.08 {
        used -= widths.pop().unwrap_or_default();
    }
    let scale = (ends[1] - ends[0]) / used;
    let mut cuts = Cuts {
        front: vec![ends[0]],
        back: vec![ends[0]],
        lane: None,
    };
    let mut at = ends[0];
    for wide in &widths[..widths.len() - 1] {
        at += wide * scale;
        cuts.front.push(at);
        cuts.back
            .push(at + random.between(-250, 250) as f64 / width);
    }
    cuts.front.push(ends[1]);
    cuts.back.push(ends[1]);
    if sizes.width.1 <= 6_000 && random.chance(250) && widths.len() > 6 {
        cuts.lane = Some(random.between(2, widths.len() as i64 - 3) as usize);
    }
    cuts
}
