//! A sheet while it is surveyed: parcels, their stories, and the defects planted among them.

use super::certificates::{Certificates, Holder, Registry, Wanted};
use super::city::{DefectKind, PlantedDefect};
use super::history::{self, Story};
use super::lots::{self, Lot, Side};
use super::site::{Block, Sheet, Site};
use super::survey::{Survey, line};
use crate::cadastre::{Day, Lineage, LineageKind, Parcel, ParcelId, RegisteredArea};
use crate::geometry::MultiPolygon;
use crate::land::{Edit, ParcelChange};

/// What the whole city counts while its sheets are surveyed.
#[derive(Debug)]
pub(super) struct Ledger {
    /// First day of the wards of today.
    pub merger: Day,
    /// The last parcel's key.
    pub last_id: i64,
    pub planted: Vec<PlantedDefect>,
    /// Certificates and parties.
    pub registry: Registry,
}

impl Ledger {
    fn new_id(&mut self) -> ParcelId {
        self.last_id += 1;
        ParcelId::new(self.last_id).expect("a city has fewer than 2^53 parcels")
    }
}

/// A sheet while it is surveyed.
pub(super) struct Surveyed<'a> {
    city: &'a mut Ledger,
    survey: Survey<'a>,
    site: &'a Site,
    sheet: &'a Sheet,
    blocks: Vec<Block>,
    edit: &'a mut Edit,
    /// The last number given in the first survey, and the next free one afterwards.
    number: u32,
    next_free: u32,
    /// Defects still to be planted on this sheet.
    to_plant: Vec<DefectKind>,
    certificates: Certificates,
}

impl<'a> Surveyed<'a> {
    pub fn new(city: &'a mut Ledger, site: &'a Site, sheet: &'a Sheet, edit: &'a mut Edit) -> Self {
        let cells = site.cells(sheet);
        let kinds = [
            DefectKind::Overlap,
            DefectKind::Gap,
            DefectKind::AreaMismatch,
            DefectKind::UnknownLandUse,
        ];
        let mut random = site.random(9, sheet.at);
        let middle = sheet.at == (0, 0);
        Self {
            city,
            survey: Survey { site, sheet },
            site,
            sheet,
            blocks: cells.into_iter().map(|cell| site.block(cell)).collect(),
            edit,
            number: 0,
            next_free: 0,
            to_plant: kinds
                .into_iter()
                .filter(|_| middle || random.chance(60))
                .collect(),
            certificates: Certificates::default(),
        }
    }

    /// Writes the whole sheet into the edit.
    pub fn survey(&mut self) {
        let mut stories = self.site.stories(self.sheet, &self.blocks);
        let mut left = self.sheet.parcels;
        stories.retain_mut(|(_, story)| {
            // The last sheet of a ward ends where enough parcels are surveyed.
            if let Story::Split(west, ..) = *story
                && left == 1
            {
                *story = Story::Still(west);
            }
            let fits = story.parcels_today() <= left;
            left -= if fits { story.parcels_today() } else { left };
            fits
        });
        let first_numbers = |story: &Story| {
            if matches!(story, Story::Merged(..)) {
                2
            } else {
                1
            }
        };
        self.next_free = stories.iter().map(|(_, s)| first_numbers(s)).sum();
        for (block, story) in stories {
            self.tell(block, story);
        }
    }

    fn tell(&mut self, block: usize, story: Story) {
        let first = self.sheet.first_day;
        match story {
            Story::Still(lot) => {
                let number = self.first_number();
                if let Some(parcel) = self.parcel(block, lot, number) {
                    let parcel = self.with_defect(block, lot, parcel);
                    self.open(&parcel, first, None);
                    self.certify(block, &parcel, (first, None), None);
                }
            }
            Story::Rezoned(lot, day) => {
                let number = self.first_number();
                if let Some(parcel) = self.parcel(block, lot, number) {
                    let mut before = parcel.clone();
                    before.land_use = vec![line("CLN", parcel.registered_area)];
                    self.open(&before, first, Some(day));
                    self.open(&parcel, day, None);
                    self.certify(block, &parcel, (first, None), None);
                }
            }
            Story::Split(west, east, day) => {
                let number = self.first_number();
                let whole = self.parcel(block, west.with_next(), number);
                let parts = [west, east].map(|lot| {
                    let number = self.free_number();
                    self.parcel(block, lot, number)
                });
                self.replace(block, (whole, parts), LineageKind::Split, day);
            }
            Story::Merged(west, east, day) => {
                let parts = [west, east].map(|lot| {
                    let number = self.first_number();
                    self.parcel(block, lot, number)
                });
                let number = self.free_number();
                let whole = self.parcel(block, west.with_next(), number);
                self.replace(block, (whole, parts), LineageKind::Merge, day);
            }
        }
    }

    /// Writes a split or a merge with its lineage.
    fn replace(
        &mut self,
        block: usize,
        (whole, parts): (Option<Parcel>, [Option<Parcel>; 2]),
        kind: LineageKind,
        day: Day,
    ) {
        let first = self.sheet.first_day;
        let Some(whole) = whole else { return };
        let split = kind == LineageKind::Split;
        let (before, after) = ((first, Some(day)), (day, None));
        let (of_whole, of_parts) = if split {
            (before, after)
        } else {
            (after, before)
        };
        self.open(&whole, of_whole.0, of_whole.1);
        // The whole and its parts are held by the same.
        let mut heir = None;
        if split {
            heir = self.certify(block, &whole, of_whole, None);
        }
        for part in parts.into_iter().flatten() {
            self.open(&part, of_parts.0, of_parts.1);
            let holder = self.certify(block, &part, of_parts, heir);
            heir = heir.or(holder);
            let (predecessor, successor) = match split {
                true => (whole.id, part.id),
                false => (part.id, whole.id),
            };
            self.edit.lineage.push(Lineage {
                predecessor,
                successor,
                kind,
                day,
            });
        }
        if !split {
            self.certify(block, &whole, of_whole, heir);
        }
    }

    /// Writes who holds a parcel; nothing for one without a certificate.
    fn certify(
        &mut self,
        block: usize,
        parcel: &Parcel,
        days: (Day, Option<Day>),
        heir: Option<Holder>,
    ) -> Option<Holder> {
        let wanted = Wanted {
            seed: self.site.seed,
            parcel,
            block: self.blocks[block].layout.kind,
            days,
            heir,
        };
        let registry = &mut self.city.registry;
        self.certificates
            .issue(registry, &mut self.edit.rights, wanted)
    }

    fn open(&mut self, parcel: &Parcel, from: Day, to: Option<Day>) {
        let changes: &mut Vec<ParcelChange> = &mut self.edit.parcels;
        history::open(parcel, (from, to), self.city.merger, changes);
    }

    fn parcel(&mut self, block: usize, lot: Lot, number: u32) -> Option<Parcel> {
        let shape = self.shape(block, lot, None)?;
        let id = self.city.new_id();
        let kind = self.blocks[block].layout.kind;
        Some(self.survey.parcel(id, number, kind, shape))
    }

    fn shape(&self, block: usize, lot: Lot, moved: Option<(usize, f64)>) -> Option<MultiPolygon> {
        let block = &self.blocks[block];
        lots::shape(&self.site.lattice, &block.ground, &block.layout, lot, moved)
    }

    /// The parcel, spoiled when a defect is still to be planted here and it can carry it.
    fn with_defect(&mut self, block: usize, lot: Lot, mut parcel: Parcel) -> Parcel {
        let home = self.blocks[block].layout.kind.is_residential();
        let Some(&kind) = self
            .to_plant
            .last()
            .filter(|_| home && parcel.registered_area.is_some())
        else {
            return parcel;
        };
        // The second vertex of a southern lot is the corner towards its eastern neighbour.
        let corner = (lot.side == Side::South && lot.from > 0).then_some(1);
        let moved = |mm: f64| corner.map(|vertex| (vertex, mm));
        match kind {
            DefectKind::Overlap | DefectKind::Gap => {
                let moved = moved(if kind == DefectKind::Overlap {
                    150.0
                } else {
                    -120.0
                });
                let shape = moved.and_then(|moved| self.shape(block, lot, Some(moved)));
                match shape.filter(|_| self.has_eastern_neighbour(block, lot)) {
                    Some(shape) => parcel.shape = shape,
                    None => return parcel,
                }
            }
            DefectKind::AreaMismatch => {
                let wrong = |a: RegisteredArea| a.hundredths_m2() * 11 / 10 / 10 * 10 + 300;
                let area = parcel.registered_area.map(wrong);
                parcel.registered_area = area.map(RegisteredArea::from_hundredths_m2);
            }
            DefectKind::UnknownLandUse => {
                parcel.land_use = vec![line("BHK", parcel.registered_area)];
            }
        }
        self.to_plant.pop();
        let planted = PlantedDefect {
            kind,
            parcel: parcel.id,
        };
        self.city.planted.push(planted);
        parcel
    }

    fn has_eastern_neighbour(&self, block: usize, lot: Lot) -> bool {
        let rows = lots::rows(&self.blocks[block].layout);
        rows.iter().flatten().any(|&next| lot.is_followed_by(next))
    }

    fn first_number(&mut self) -> u32 {
        self.number += 1;
        self.number
    }

    fn free_number(&mut self) -> u32 {
        self.next_free += 1;
        self.next_free
    }
}
