//! Wards of today and of before: by name as people write it, by code, by place.

use super::districts::{self, Districts, bare_district};
use super::question::NothingHere;
pub(super) use super::ward_words::{OfBefore, WardWords};
use crate::cadastre::{Day, Interval, Ward, WardCode, WardKind, WardSuccession, names};
use crate::crs::Epsg;
use crate::geometry::{Envelope, Location, Point, locate};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Everything known about commune-level units, with the names they are found by.
#[derive(Debug, Clone, Default)]
pub(super) struct WardBook {
    wards: Vec<Ward>,
    successions: Vec<WardSuccession>,
    envelopes: Vec<Option<Envelope>>,
    units: Vec<Unit>,
    by_name: HashMap<String, Vec<usize>>,
    /// Ascending; each with what has it in `coded`, so that looking for one reads little memory.
    codes: Vec<WardCode>,
    coded: Vec<Coded>,
    districts: Districts,
}

/// What has a code.
#[derive(Debug, Clone, Default)]
struct Coded {
    /// Places in `units`.
    units: Vec<usize>,
    /// Full names of the wards of the table, in its order.
    names: Vec<(Interval<Day>, String)>,
    /// The place in `units` of the last unit that has a name.
    commune: Option<usize>,
}

/// A unit that can be named: a ward of the table, or a unit of before from the crosswalk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) code: Option<WardCode>,
    /// With its kind, such as `Phường Bến Thành`.
    pub(super) full_name: String,
    pub(super) kind: Option<WardKind>,
    /// Folded, without its kind.
    pub(super) bare: String,
    /// Full names of the districts in which it lay, or its predecessors did.
    pub(super) districts: BTreeSet<String>,
    /// What it became; empty for a ward that is still in force.
    pub(super) became: BTreeSet<WardCode>,
    /// What it came from, as far as the crosswalk has codes.
    pub(super) predecessors: BTreeSet<WardCode>,
    pub(super) valid: Interval<Day>,
}

impl WardBook {
    pub(super) fn new(wards: Vec<Ward>, successions: Vec<WardSuccession>) -> Self {
        let mut units = units_of_table(&wards, &successions);
        units.extend(units_of_crosswalk(&wards, &successions));
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (i, unit) in units.iter().enumerate().filter(|(_, u)| !u.bare.is_empty()) {
            by_name.entry(unit.bare.clone()).or_default().push(i);
            // `Đakao`, `benthanh`.
            if unit.bare.contains(' ') {
                let joined = unit.bare.replace(' ', "");
                by_name.entry(joined).or_default().push(i);
            }
        }
        let mut by_code: BTreeMap<WardCode, Coded> = BTreeMap::new();
        for (i, unit) in units.iter().enumerate() {
            let Some(code) = unit.code else { continue };
            let coded = by_code.entry(code).or_default();
            coded.units.push(i);
            if !unit.full_name.is_empty() {
                coded.commune = Some(i);
            }
        }
        for ward in &wards {
            let names = &mut by_code.entry(ward.code).or_default().names;
            names.push((ward.valid, full_name(ward)));
        }
        let (codes, coded) = by_code.into_iter().unzip();
        let districts = Districts::new(
            units.iter().flat_map(|u| &u.districts),
            successions.iter().map(|s| s.former.province.as_str()),
        );
        Self {
            envelopes: wards.iter().map(|w| w.border.envelope()).collect(),
            wards,
            successions,
            units,
            by_name,
            codes,
            coded,
            districts,
        }
    }

    pub(super) fn wards(&self) -> &[Ward] {
        &self.wards
    }

    pub(super) fn successions(&self) -> &[WardSuccession] {
        &self.successions
    }

    pub(super) fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The smallest code above a number, of wards and of units before them.
    pub(super) fn code_after(&self, after: i64) -> Option<WardCode> {
        let known = &self.codes;
        let place = known.partition_point(|code| i64::from(code.number()) <= after);
        known.get(place).copied()
    }

    /// Full name of the ward with a code on a day.
    pub(super) fn name(&self, code: WardCode, date: Day) -> Option<&str> {
        let mut names = self.coded(code)?.names.iter();
        let (_, name) = names.find(|(valid, _)| valid.has(date))?;
        Some(name)
    }

    /// Full name of the commune with a code: as it was before a merger, if it has seen one.
    pub(super) fn commune_name(&self, code: WardCode) -> Option<&str> {
        Some(&self.commune(code)?.full_name)
    }

    /// The district in which the commune with a code lay before a merger, if it has seen one.
    pub(super) fn commune_district(&self, code: WardCode) -> Option<&str> {
        let unit = self.commune(code).filter(|unit| !unit.became.is_empty())?;
        unit.districts.first().map(String::as_str)
    }

    fn commune(&self, code: WardCode) -> Option<&Unit> {
        // Later units stand first, former ones after them.
        Some(&self.units[self.coded(code)?.commune?])
    }

    fn coded(&self, code: WardCode) -> Option<&Coded> {
        let place = self.codes.binary_search(&code).ok()?;
        Some(&self.coded[place])
    }

    fn with_code(&self, code: WardCode) -> impl Iterator<Item = &Unit> {
        let coded = self.coded(code);
        let places = coded.into_iter().flat_map(|coded| &coded.units);
        places.map(|&place| &self.units[place])
    }

    /// Whether any ward has a border, so that "outside the city" can be told at all.
    pub(super) fn has_borders(&self) -> bool {
        self.envelopes.iter().any(Option::is_some)
    }

    /// The wards of any day whose border covers a point of a plane, as far as borders are drawn.
    pub(super) fn around(&self, plane: Epsg, at: Point) -> impl Iterator<Item = &Ward> {
        let point = Envelope { min: at, max: at };
        let wards = self.wards.iter().zip(&self.envelopes);
        wards
            .filter(move |(w, e)| {
                w.plane == plane
                    && e.is_some_and(|e| e.intersects(&point))
                    && locate(at, &w.border) != Location::Exterior
            })
            .map(|(w, _)| w)
    }

    /// The units that somebody may mean, in the order of the table: wards, then units of before.
    ///
    /// A name that nobody has is tried again as a name followed by a district.
    pub(super) fn find(&self, words: &WardWords) -> Vec<&Unit> {
        let mut found = self.find_in_city(words);
        if found.is_empty() {
            // `An Phú, Thuận An, Bình Dương`: the province tells nothing more.
            let without = |text: &str| self.districts.without_province(text).to_owned();
            let district = words.district.as_deref().map(without);
            let shorter = WardWords {
                name: without(&words.name),
                district: district.filter(|d| !d.is_empty()),
                ..*words
            };
            if shorter != *words {
                found = self.find_in_city(&shorter);
            }
        }
        let former = |unit: &&Unit| unit.valid.to.is_some();
        match words.of_before {
            OfBefore::Unsaid => {}
            OfBefore::District if !found.iter().any(former) => {}
            // None, where no ward of before of this kind had the name.
            OfBefore::District | OfBefore::Ward => found.retain(former),
        }
        found
    }

    /// Why [`WardBook::find`] found none: only a district is named, or nothing known at all.
    pub(super) fn why_unknown(&self, words: &WardWords) -> NothingHere {
        let district = words.district.as_deref().filter(|_| words.name.is_empty());
        match district {
            Some(d) if self.units.iter().any(|unit| self.lies_in(unit, d)) => {
                NothingHere::WardMissing
            }
            _ if !self.never_of_before(words).is_empty() => {
                NothingHere::NotFormer { wards: Vec::new() }
            }
            _ => NothingHere::UnknownWard { near: Vec::new() },
        }
    }

    /// The districts and provinces of before.
    pub(super) fn districts(&self) -> &Districts {
        &self.districts
    }

    /// Whether a unit, or what it came from, lay in a district, by its name or its short form.
    pub(super) fn lies_in(&self, unit: &Unit, district: &str) -> bool {
        self.districts.meant(district).any(|d| unit.lies_in(d))
    }

    fn find_in_city(&self, words: &WardWords) -> Vec<&Unit> {
        if let Ok(code) = WardCode::parse(&words.name) {
            return self.with_code(code).collect();
        }
        let mut found = self.find_named(&words.name, words.kind, words.district.as_deref());
        if let Some(kind) = words.kind.filter(|_| found.is_empty()) {
            // `xà bang` without its kind looks like `xã Bang`.
            let name = format!("{} {}", names::fold(kind_name(kind)), words.name);
            found = self.find_named(&name, None, words.district.as_deref());
        }
        if !found.is_empty() || words.district.is_some() {
            return found;
        }
        let spaces = words.name.match_indices(' ').map(|(i, _)| i);
        for space in spaces.collect::<Vec<_>>().into_iter().rev() {
            let (name, district) = (&words.name[..space], &words.name[space + 1..]);
            if self.districts.is_district(district) {
                let found = self.find_named(name, words.kind, Some(district));
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    fn find_named(&self, name: &str, kind: Option<WardKind>, district: Option<&str>) -> Vec<&Unit> {
        let numbers = self.by_name.get(name).into_iter().flatten();
        let named: Vec<&Unit> = numbers
            .map(|&i| &self.units[i])
            .filter(|unit| district.is_none_or(|d| self.lies_in(unit, d)))
            .collect();
        let of_kind = |unit: &&Unit| kind.is_none() || unit.kind == kind;
        if named.iter().any(&of_kind) {
            named.into_iter().filter(|u| of_kind(u)).collect()
        } else {
            named
        }
    }
}

impl Unit {
    /// Whether it, or what it came from, lay in a district named without its kind, folded.
    fn lies_in(&self, district: &str) -> bool {
        let later = districts::later(district);
        self.districts.iter().any(|full| {
            let bare = bare_district(full);
            bare == district || later.is_some_and(|later| bare == later)
        })
    }
}

fn units_of_table(wards: &[Ward], successions: &[WardSuccession]) -> Vec<Unit> {
    let mut into: BTreeMap<WardCode, Vec<&WardSuccession>> = BTreeMap::new();
    for s in successions {
        into.entry(s.ward).or_default().push(s);
    }
    let unit = |ward: &Ward| {
        let before = into.get(&ward.code).into_iter().flatten();
        let before = before.filter(|s| s.day == ward.valid.from);
        let districts = before.clone().map(|s| s.former.district.clone());
        let after = successions.iter();
        let after = after.filter(|s| s.former.code == Some(ward.code));
        let after = after.filter(|s| ward.valid.to == Some(s.day));
        Unit {
            code: Some(ward.code),
            full_name: full_name(ward),
            kind: Some(ward.kind),
            bare: bare_name(&ward.name),
            districts: districts
                .chain(after.clone().map(|s| s.former.district.clone()))
                .filter(|d| !d.is_empty())
                .collect(),
            became: after.map(|s| s.ward).collect(),
            predecessors: before.filter_map(|s| s.former.code).collect(),
            valid: ward.valid,
        }
    };
    let mut units: Vec<Unit> = wards.iter().map(unit).collect();
    // Units in force come first, so that an answer by today's name stands before one by an old.
    units.sort_by_key(|u| u.valid.to.is_some());
    units
}

/// Units of before that the table of wards does not hold itself.
fn units_of_crosswalk(wards: &[Ward], successions: &[WardSuccession]) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut places: HashMap<_, usize> = HashMap::new();
    for s in successions {
        let in_table = |w: &Ward| Some(w.code) == s.former.code && w.valid.to == Some(s.day);
        if wards.iter().any(in_table) {
            continue;
        }
        let former = (
            s.former.code,
            &s.former.full_name,
            &s.former.district,
            s.day,
        );
        let place = *places.entry(former).or_insert_with(|| {
            let (kind, bare) = kind_and_name(&s.former.full_name);
            units.push(Unit {
                code: s.former.code,
                full_name: s.former.full_name.clone(),
                kind,
                bare,
                districts: [s.former.district.clone()].into(),
                became: BTreeSet::new(),
                predecessors: BTreeSet::new(),
                valid: Interval {
                    from: Day(i32::MIN),
                    to: Some(s.day),
                },
            });
            units.len() - 1
        });
        units[place].became.insert(s.ward);
    }
    units
}

/// The kind's name in Vietnamese.
fn kind_name(kind: WardKind) -> &'static str {
    match kind {
        WardKind::Ward => "Phường",
        WardKind::Commune => "Xã",
        WardKind::SpecialZone => "Đặc khu",
        WardKind::Township => "Thị trấn",
    }
}

/// A ward's name with its kind, such as `Phường Bến Thành`.
pub fn full_name(ward: &Ward) -> String {
    format!("{} {}", kind_name(ward.kind), ward.name)
}

fn kind_and_name(full_name: &str) -> (Option<WardKind>, String) {
    let kinds = [
        WardKind::Ward,
        WardKind::Commune,
        WardKind::SpecialZone,
        WardKind::Township,
    ];
    let folded = names::fold(full_name);
    for kind in kinds {
        let prefix = names::fold(kind_name(kind));
        if let Some(name) = folded
            .strip_prefix(&prefix)
            .and_then(|n| n.strip_prefix(' '))
        {
            return (Some(kind), bare_name(name));
        }
    }
    (None, bare_name(full_name))
}

/// Folded, with numbers as people write them: `Phường 01` and `phuong 1` are one.
pub(super) fn bare_name(name: &str) -> String {
    let folded = names::fold(name);
    let words = folded.split(' ').map(|word| {
        let significant = word.trim_start_matches('0');
        let number = significant.starts_with(|c: char| c.is_ascii_digit());
        if number { significant } else { word }
    });
    words.collect::<Vec<_>>().join(" ")
}
