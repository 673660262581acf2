//! The whole city, batch by batch.

use super::certificates::Registry;
use super::plans;
use super::site::{Sheet, Site, Wanted};
use super::surveyed::{Ledger, Surveyed};
use crate::cadastre::{Day, ParcelId, Ward, WardCode, WardKind, WardSuccession};
use crate::crs::Planes;
use crate::geometry::Point;
use crate::land::Edit;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// How large the city is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoOptions {
    /// Parcels that exist today; earlier ones come on top.
    pub parcels: u64,
    /// The same seed gives the same city.
    pub seed: u64,
    /// About how many parcel changes an edit holds, so that a large city need not be in memory
    /// as a whole.
    pub batch: usize,
}

impl Default for DemoOptions {
    fn default() -> Self {
        Self {
            parcels: 50_000,
            seed: 1,
            batch: 100_000,
        }
    }
}

/// Why there is no demo city.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DemoError {
    /// The file of the demo city is not valid.
    #[error("the file of the demo city is not valid: {0}")]
    InvalidFile(String),
    /// No ward or no crosswalk was given.
    #[error("the demo city needs wards with borders and their crosswalk, got {0}")]
    NoWards(&'static str),
    /// The wards hold fewer parcels than asked for.
    #[error("the wards have room for `{room}` parcels, expected at most that many, got `{asked}`")]
    NoRoom {
        /// How many fit.
        room: u64,
        /// How many were asked for.
        asked: u64,
    },
}

/// A defect that was built in on purpose, so that checks have something honest to find.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PlantedDefect {
    /// What is wrong.
    pub kind: DefectKind,
    /// With which parcel.
    pub parcel: ParcelId,
}

/// What can be wrong in the demo city.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DefectKind {
    /// A corner stands 15 cm in the neighbour's land.
    Overlap,
    /// A corner stands 12 cm short of the neighbour's land.
    Gap,
    /// The registered area is wrong by far more than App. 04 allows.
    AreaMismatch,
    /// The land-use code was abolished before the version begins.
    UnknownLandUse,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CityFile {
    first_wards: Vec<FirstWard>,
    pub streets: Vec<String>,
    pub canals: Vec<String>,
}

/// A ward that is filled first.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct FirstWard {
    code: u32,
    /// The middle of the city in it, in metres of the ward's plane.
    centre_m: Option<(f64, f64)>,
}

/// The demo city: yields its edits in order. The first begins with wards, crosswalk, layers and
/// planning features; all hold parcels with their lineage.
#[derive(Debug)]
pub struct DemoCity {
    options: DemoOptions,
    sites: Vec<Arc<Site>>,
    first: Option<Edit>,
    /// The site and sheet that come next.
    next: (usize, usize),
    ledger: Ledger,
}

impl DemoCity {
    /// Plans the city: which sheets of which wards are surveyed, and what is planned there.
    ///
    /// `file` is the text of `data/demo/city.toml`.
    ///
    /// # Errors
    /// [`DemoError`] when the file is not valid, the wards are missing, or there is no room.
    pub fn new(
        options: DemoOptions,
        file: &str,
        wards: &[Ward],
        successions: &[WardSuccession],
        planes: &Planes,
    ) -> Result<Self, DemoError> {
        let file: CityFile =
            toml::from_str(file).map_err(|e| DemoError::InvalidFile(e.to_string()))?;
        let merger = successions
            .first()
            .ok_or(DemoError::NoWards("no crosswalk"))?
            .day;
        let sites = sites(
            options,
            &file,
            &order(&file, wards, planes)?,
            successions,
            merger,
        )?;
        let mut first = plans::planned(&sites, &file, merger);
        first.wards = wards.to_vec();
        first.successions = successions.to_vec();
        Ok(Self {
            options,
            sites: sites.into_iter().map(Arc::new).collect(),
            first: Some(first),
            next: (0, 0),
            ledger: Ledger {
                merger,
                last_id: 0,
                planted: Vec::new(),
                registry: Registry::default(),
            },
        })
    }

    /// The same city, whose land-use plan of the year is known to be right up to a day: cities make
    /// it anew every year.
    #[must_use]
    pub fn known_up_to(mut self, day: Day) -> Self {
        let layers = self.first.iter_mut().flat_map(|first| &mut first.layers);
        for layer in layers.filter(|layer| &*layer.theme.0 == "land_use_plan") {
            layer.as_of = layer.as_of.max(day);
        }
        self
    }

    /// The defects planted in what was yielded so far.
    pub fn planted(&self) -> &[PlantedDefect] {
        &self.ledger.planted
    }

    /// The next sheet, with its site; nothing when all are surveyed.
    fn next_sheet(&mut self) -> Option<(Arc<Site>, Sheet)> {
        loop {
            let (site, sheet) = self.next;
            let on = self.sites.get(site)?;
            if let Some(found) = on.sheets.get(sheet) {
                self.next.1 += 1;
                return Some((Arc::clone(on), found.clone()));
            }
            self.next = (site + 1, 0);
        }
    }
}

impl Iterator for DemoCity {
    type Item = Edit;

    fn next(&mut self) -> Option<Edit> {
        let first = self.first.take();
        let is_first = first.is_some();
        let mut edit =
            first.unwrap_or_else(|| plans::empty_edit("parcels of the demo city (synthetic)"));
        while edit.parcels.len() < self.options.batch.max(1) {
            let Some((site, sheet)) = self.next_sheet() else {
                break;
            };
            Surveyed::new(&mut self.ledger, &site, &sheet, &mut edit).survey();
        }
        (is_first || !edit.parcels.is_empty()).then_some(edit)
    }
}

/// The wards with borders in the order in which they are filled, with the middle of the city in
/// them where it is given: first those of the file, then wards, then communes.
fn order<'w>(
    file: &CityFile,
    wards: &'w [Ward],
    planes: &Planes,
) -> Result<Vec<(&'w Ward, Option<Point>)>, DemoError> {
    let place = |ward: &Ward| {
        let mut first = file.first_wards.iter();
        first.position(|f| f.code == ward.code.number())
    };
    let rank = |ward: &&Ward| {
        let first = place(ward).unwrap_or(usize::MAX);
        (first, ward.kind != WardKind::Ward, ward.code)
    };
    let mut order: Vec<&Ward> = wards.iter().filter(|w| !w.border.0.is_empty()).collect();
    if order.is_empty() {
        return Err(DemoError::NoWards("no border"));
    }
    order.sort_by_key(rank);
    let centre = |ward: &Ward| {
        let (east_m, north_m) = file.first_wards[place(ward)?].centre_m?;
        planes.get(ward.plane)?.grid_point(east_m, north_m).ok()
    };
    Ok(order.into_iter().map(|ward| (ward, centre(ward))).collect())
}

/// Each ward's part of the city: its share of what is left, as far as there is room.
fn sites(
    options: DemoOptions,
    file: &CityFile,
    order: &[(&Ward, Option<Point>)],
    successions: &[WardSuccession],
    merger: Day,
) -> Result<Vec<Site>, DemoError> {
    let mut communes: BTreeMap<WardCode, Vec<WardCode>> = BTreeMap::new();
    for succession in successions {
        let of_ward = communes.entry(succession.ward).or_default();
        of_ward.extend(succession.former.code.filter(|c| !of_ward.contains(c)));
    }
    // A ward of a city has about 25 000 parcels; small cities fill the first wards only.
    let shared_by = (options.parcels / 20_000)
        .max(file.first_wards.len() as u64)
        .min(order.len() as u64);
    let mut numbers = HashMap::new();
    let mut sites: Vec<Site> = Vec::new();
    let mut left = options.parcels;
    for (k, &(ward, centre)) in (0..).zip(order) {
        if left == 0 {
            break;
        }
        let own = [ward.code];
        let wanted = Wanted {
            seed: options.seed,
            parcels: left.div_ceil(shared_by.saturating_sub(k).max(1)),
            merger,
            centre,
            communes: communes
                .get(&ward.code)
                .filter(|c| !c.is_empty())
                .map_or(&own, |c| c),
        };
        if let Some(site) = Site::plan(ward.clone(), wanted, &mut numbers) {
            left -= site.sheets.iter().map(|s| s.parcels).sum::<u64>();
            sites.push(site);
        }
    }
    let (asked, room) = (options.parcels, options.parcels - left);
    if left > 0 {
        Err(DemoError::NoRoom { room, asked })
    } else {
        Ok(sites)
    }
}
