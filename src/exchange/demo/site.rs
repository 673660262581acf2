//! Where in a ward the city stands: sheets of a block each and the communes they were drawn for.

use super::block::{BlockKind, Layout};
use super::history::{Story, stories};
use super::lattice::{Ground, Lattice};
use super::lots::{Lot, rows};
use super::random::Random;
use crate::cadastre::{Day, MapScale, Ward, WardCode, WardKind};
use crate::geometry::{Location, MultiPolygon, Point, Polygon, Ring, locate, point_on_surface};
use std::collections::HashMap;

/// Cells along one side of a sheet.
pub(super) const SIDE: i32 = 1;
/// Columns of sheets that lie in one former commune before the next one's follow.
const COLUMNS: i32 = 3;

/// One ward with its street grid and the sheets that are surveyed.
#[derive(Debug, Clone)]
pub(super) struct Site {
    pub ward: Ward,
    pub seed: u64,
    pub lattice: Lattice,
    /// From north to south, west to east.
    pub sheets: Vec<Sheet>,
}

/// A map sheet.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    /// Column and row of the sheet in its ward.
    pub at: (i32, i32),
    /// The former commune in whose series it is numbered.
    pub commune: WardCode,
    /// Its number there.
    pub number: u32,
    /// First day of what the register holds of it.
    pub first_day: Day,
    pub scale: MapScale,
    /// Whether the zoning plan speaks here.
    pub zoned: bool,
    /// How many of its parcels are in the register today.
    pub parcels: u64,
}

/// A block with its place.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub cell: (i32, i32),
    pub ground: Ground,
    pub layout: Layout,
}

/// What plans a site: who it is for and how much is wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub seed: u64,
    pub parcels: u64,
    /// First day of the wards of today.
    pub merger: Day,
    /// Where the middle of the city is; without it, somewhere inside the ward.
    pub centre: Option<Point>,
    /// Codes of the communes from which the ward was made; never empty.
    pub communes: &'a [WardCode],
}

impl Site {
    /// Chooses sheets around the middle of a ward until enough parcels stand on them or the ward
    /// is full, and numbers them; `numbers` holds the last number used in each commune.
    pub fn plan(
        ward: Ward,
        wanted: Wanted<'_>,
        numbers: &mut HashMap<WardCode, u32>,
    ) -> Option<Self> {
        let centre = wanted.centre.or_else(|| point_on_surface(&ward.border))?;
        let envelope = ward.border.envelope()?;
        let across = |a: i32, b: i32| (i64::from(b) - i64::from(a)).unsigned_abs();
        let size = across(envelope.min.x(), envelope.max.x())
            .max(across(envelope.min.y(), envelope.max.y()));
        let reach = (size / 75_000).clamp(8, 120) as i32;
        let lattice = Lattice::new(wanted.seed, ward.code.number(), centre, reach);
        let mut site = Self {
            ward,
            seed: wanted.seed,
            lattice,
            sheets: Vec::new(),
        };
        let mut left = wanted.parcels;
        for at in site.candidates() {
            if left == 0 {
                break;
            }
            if !site.is_inside(at) {
                continue;
            }
            let mut sheet = site.sheet(at, wanted);
            sheet.parcels = site.count(&sheet).min(left);
            left -= sheet.parcels;
            site.sheets.push(sheet);
        }
        site.sheets.sort_by_key(|s| (-s.at.1, s.at.0));
        for sheet in site.sheets.iter_mut().filter(|s| s.parcels > 0) {
            let last = numbers.entry(sheet.commune).or_default();
            *last += 1;
            sheet.number = *last;
        }
        Some(site)
    }

    /// Every place a sheet could have, nearest to the middle first.
    fn candidates(&self) -> Vec<(i32, i32)> {
        let reach = (self.lattice.reach() - 2) / SIDE;
        let all = (-reach..reach).flat_map(|i| (-reach..reach).map(move |j| (i, j)));
        let mut all: Vec<_> = all.collect();
        all.sort_by_key(|&(i, j)| (i.pow(2) + j.pow(2), i, j));
        all
    }

    fn sheet(&self, at: (i32, i32), wanted: Wanted<'_>) -> Sheet {
        let mut random = self.random(5, at);
        let column = at.0.div_euclid(COLUMNS);
        let commune = wanted.communes[column.rem_euclid(wanted.communes.len() as i32) as usize];
        let old = random.chance(200) || at == (0, 0);
        let first_day = if old {
            Day(wanted.merger.0 - random.between(2_200, 3_800) as i32)
        } else {
            wanted.merger
        };
        let scale = match (self.is_rural(), random.chance(150)) {
            (true, false) => MapScale::S1000,
            (true, true) => MapScale::S2000,
            (false, false) => MapScale::S500,
            (false, true) => MapScale::S200,
        };
        Sheet {
            at,
            commune,
            number: 0,
            first_day,
            scale,
            zoned: at == (0, 0) || random.chance(880),
            parcels: 0,
        }
    }

    /// Whether the ward is a commune with gardens rather than a dense ward.
    pub fn is_rural(&self) -> bool {
        self.ward.kind != WardKind::Ward
    }

    /// A stream of random numbers for a place in this ward.
    pub fn random(&self, purpose: i64, at: (i32, i32)) -> Random {
        let ward = i64::from(self.ward.code.number());
        Random::named(&[self.seed as i64, ward, purpose, at.0.into(), at.1.into()])
    }

    fn is_inside(&self, at: (i32, i32)) -> bool {
        let inside = |p: Point| locate(p, &self.ward.border) == Location::Interior;
        self.frame(at)
            .is_some_and(|ring| ring.0.iter().all(|&p| inside(p)))
    }

    /// The sheet's frame along the middles of its streets, counter-clockwise.
    fn frame(&self, at: (i32, i32)) -> Option<Ring> {
        let (i, j) = (at.0 * SIDE, at.1 * SIDE);
        let south = (0..SIDE).map(|k| (i + k, j));
        let east = (0..SIDE).map(|k| (i + SIDE, j + k));
        let north = (0..SIDE).map(|k| (i + SIDE - k, j + SIDE));
        let west = (0..SIDE).map(|k| (i, j + SIDE - k));
        let ring = south.chain(east).chain(north).chain(west);
        let points = ring.map(|(i, j)| self.lattice.point(self.lattice.crossing(i, j)));
        points.collect::<Option<Vec<_>>>().map(Ring)
    }

    /// The area inside a sheet's frame.
    pub fn extent(&self, sheet: &Sheet) -> MultiPolygon {
        let polygon = |exterior| Polygon {
            exterior,
            interiors: Vec::new(),
        };
        MultiPolygon(self.frame(sheet.at).map(polygon).into_iter().collect())
    }

    /// The cells of a sheet that hold blocks, northern row first, each from west to east.
    pub fn cells(&self, sheet: &Sheet) -> Vec<(i32, i32)> {
        let (i, j) = (sheet.at.0 * SIDE, sheet.at.1 * SIDE);
        let rows = (0..SIDE).rev().map(|dj| j + dj);
        rows.flat_map(|j| (i..i + SIDE).map(move |i| (i, j)))
            .filter(|&(i, _)| self.lattice.canal != Some(i))
            .collect()
    }

    /// The block in a cell.
    pub fn block(&self, cell: (i32, i32)) -> Block {
        let ground = self.lattice.block(cell.0, cell.1, 0);
        let mut random = self.random(6, cell);
        let rings_out = cell.0.abs().max(cell.1.abs());
        let kind = BlockKind::draw(&mut random, self.is_rural(), rings_out);
        let layout = Layout::draw(kind, &ground, &mut random);
        Block {
            cell,
            ground,
            layout,
        }
    }

    /// The lots of a sheet in the order of their numbers: row by row from the north-west, in
    /// zig-zag; each with the place of its block in `blocks`.
    pub fn lots(&self, blocks: &[Block]) -> Vec<(usize, Lot)> {
        let mut numbered = Vec::new();
        let mut eastward = true;
        let mut first = 0;
        while first < blocks.len() {
            let same_row = |b: &&Block| b.cell.1 == blocks[first].cell.1;
            let count = blocks[first..].iter().take_while(same_row).count();
            let of_row: Vec<_> = (first..first + count)
                .map(|b| (b, rows(&blocks[b].layout)))
                .collect();
            let deepest = of_row.iter().map(|(_, rows)| rows.len()).max();
            for rank in 0..deepest.unwrap_or(0) {
                let across = of_row
                    .iter()
                    .filter_map(|(b, rows)| Some((*b, rows.get(rank)?)));
                let mut row: Vec<(usize, Lot)> = across
                    .flat_map(|(b, row)| row.iter().map(move |&lot| (b, lot)))
                    .collect();
                if !eastward {
                    row.reverse();
                }
                eastward = !eastward;
                numbered.append(&mut row);
            }
            first += count;
        }
        numbered
    }

    /// What happened to the lots of a sheet, in the order of their numbers.
    pub fn stories(&self, sheet: &Sheet, blocks: &[Block]) -> Vec<(usize, Story)> {
        let mut random = self.random(7, sheet.at);
        stories(&self.lots(blocks), sheet.first_day, &mut random)
    }

    /// How many parcels of a sheet there are today.
    fn count(&self, sheet: &Sheet) -> u64 {
        let cells = self.cells(sheet);
        let blocks: Vec<Block> = cells.into_iter().map(|cell| self.block(cell)).collect();
        let stories = self.stories(sheet, &blocks);
        stories.iter().map(|(_, story)| story.parcels_today()).sum()
    }
}
