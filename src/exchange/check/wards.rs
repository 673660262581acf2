//! Wards: in which ward of its day a draft lies, and how far outside that ward's border.

use std::collections::{BTreeSet, HashMap};

use super::ground::{Ground, about, place};
use crate::cadastre::{Day, Ward, WardCode};
use crate::exchange::{Finding, FindingCode, ParcelDraft};
use crate::geometry::{
    Envelope, Location, MultiPolygon, Point, Shape, distance, locate, point_on_surface,
};

/// How far outside the border of its ward a parcel may reach before that is said; borders are
/// drawn for display and not surveyed.
pub const FAR_MM: f64 = 50_000.0;

/// Units of every day that a register knows, asked about many drafts.
pub struct Units<'a> {
    ground: &'a Ground<'a>,
    of_table: HashMap<WardCode, Vec<&'a Ward>>,
    became: HashMap<WardCode, Vec<(Day, WardCode)>>,
    came_from: HashMap<WardCode, Vec<WardCode>>,
}

impl<'a> Units<'a> {
    /// The table of wards and the crosswalk of a ground.
    pub fn new(ground: &'a Ground<'a>) -> Self {
        let mut units = Self {
            ground,
            of_table: HashMap::new(),
            became: HashMap::new(),
            came_from: HashMap::new(),
        };
        for ward in ground.wards {
            units.of_table.entry(ward.code).or_default().push(ward);
        }
        for succession in ground.successions {
            let Some(former) = succession.former.code else {
                continue;
            };
            let (day, ward) = (succession.day, succession.ward);
            units.became.entry(former).or_default().push((day, ward));
            units.came_from.entry(ward).or_default().push(former);
        }
        units
    }

    /// The ward of the table that is in force on a day.
    pub(super) fn in_force(&self, code: WardCode, day: Day) -> Option<&'a Ward> {
        let of_code = self.of_table.get(&code)?;
        of_code.iter().find(|w| w.valid.has(day)).copied()
    }

    /// Whether a unit of this code stood on a day: by the table; before the table begins, by the
    /// crosswalk, which says until when a former unit stood; or because the crosswalk tells of
    /// nothing that a unit of the table came from.
    fn stood(&self, code: WardCode, day: Day) -> bool {
        let until = |(end, _): &(Day, WardCode)| day < *end;
        let former = self.became.get(&code);
        self.in_force(code, day).is_some()
            || former.is_some_and(|all| all.iter().any(until))
            || (self.begins_after(code, day) && !self.came_from.contains_key(&code))
    }

    /// Whether the code is of a unit of the table, or of the crosswalk's former ones.
    fn knows(&self, code: WardCode) -> bool {
        self.of_table.contains_key(&code) || self.became.contains_key(&code)
    }

    fn begins_after(&self, code: WardCode, day: Day) -> bool {
        let of_code = self.of_table.get(&code);
        of_code.is_some_and(|all| all.iter().all(|ward| day < ward.valid.from))
    }

    /// The units that a former one has become by a day.
    fn successors(&self, former: WardCode, day: Day) -> Vec<WardCode> {
        let all = self.became.get(&former).into_iter().flatten();
        let mut wards: Vec<WardCode> = all.filter(|s| s.0 <= day).map(|s| s.1).collect();
        wards.sort_unstable();
        wards.dedup();
        wards
    }

    /// Whether all or a part of one unit is, or has become, all or a part of another.
    fn leads_to(&self, from: WardCode, to: WardCode) -> bool {
        let mut seen = BTreeSet::from([from]);
        let mut next = vec![from];
        while let Some(code) = next.pop() {
            if code == to {
                return true;
            }
            let became = self.became.get(&code).into_iter().flatten();
            next.extend(became.map(|s| s.1).filter(|ward| seen.insert(*ward)));
        }
        false
    }

    /// The ward a draft lies in on its day.
    ///
    /// A ward that the source states must have stood on that day, or be what the commune of the
    /// key became later; and it must belong together with that commune. Otherwise the commune
    /// tells it: the only successor of that commune, or of several the one whose border holds the
    /// parcel, or a unit that stood on the day with the very code.
    ///
    /// # Errors
    /// The rejection, when none of these tells it.
    pub fn ward_of(&self, draft: &ParcelDraft) -> Result<WardCode, Box<Finding>> {
        let day = self.ground.day_of(draft);
        match draft.ward {
            Some(stated) => {
                let stated = self.stated(draft, stated, day)?;
                self.belongs_to_commune(draft, stated, day)?;
                Ok(stated)
            }
            None => self.of_commune(draft, day),
        }
    }

    fn stated(
        &self,
        draft: &ParcelDraft,
        stated: WardCode,
        day: Day,
    ) -> Result<WardCode, Box<Finding>> {
        let commune = draft.as_map.commune;
        let later = self.begins_after(stated, day) && self.stood(commune, day);
        if self.stood(stated, day) || (later && self.leads_to(commune, stated)) {
            return Ok(stated);
        }
        let successors = self.successors(stated, day);
        let case = match &successors[..] {
            [] => "not_in_force",
            _ => "former",
        };
        Err(self.refused(draft, case, (stated, &successors), day))
    }

    /// Refuses a commune that is none, or whose land lies in other wards than the stated one.
    fn belongs_to_commune(
        &self,
        draft: &ParcelDraft,
        stated: WardCode,
        day: Day,
    ) -> Result<(), Box<Finding>> {
        let commune = draft.as_map.commune;
        if commune == stated || self.leads_to(commune, stated) || self.leads_to(stated, commune) {
            return Ok(());
        }
        let became = self.successors(commune, day);
        let case = match &became[..] {
            [] if self.knows(commune) => "apart",
            [] => "no_such_commune",
            _ => "became_another",
        };
        Err(self.refused(draft, case, (commune, &became), day))
    }

    fn of_commune(&self, draft: &ParcelDraft, day: Day) -> Result<WardCode, Box<Finding>> {
        let commune = draft.as_map.commune;
        let successors = self.successors(commune, day);
        let told = match successors[..] {
            [] => self.stood(commune, day).then_some(commune),
            [only] => self.in_force(only, day).map(|ward| ward.code),
            _ => self.among(&successors, draft, day),
        };
        told.ok_or_else(|| {
            let case = match &successors[..] {
                [] if self.knows(commune) => "not_in_force",
                [] => "no_such",
                _ => "in_none",
            };
            self.refused(draft, case, (commune, &successors), day)
        })
    }

    /// The rejection of a draft because of a code, with the units that this one became.
    fn refused(
        &self,
        draft: &ParcelDraft,
        case: &str,
        (code, became): (WardCode, &[WardCode]),
        day: Day,
    ) -> Box<Finding> {
        let stated = draft.ward.unwrap_or(draft.as_map.commune);
        let values = [
            ("code", code.to_string()),
            ("day", day.to_string()),
            ("wards", self.named(became)),
            ("ward", self.named(&[stated])),
        ];
        let values = values
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let finding = Finding::rejection(FindingCode::UnknownWard, case, &values);
        Box::new(about(draft, finding))
    }

    /// Units with their names, as a sentence lists them.
    pub(super) fn named(&self, codes: &[WardCode]) -> String {
        let name = |code: &WardCode| {
            let ward = self.of_table.get(code).and_then(|all| all.last());
            ward.map_or_else(|| format!("`{code}`"), |w| format!("{} `{code}`", w.name))
        };
        let named: Vec<String> = codes.iter().map(name).collect();
        named.join(", ")
    }

    /// The wards of which one should hold a draft that lies in none of them, when several stand for
    /// its commune.
    pub(super) fn candidates(&self, draft: &ParcelDraft) -> Vec<WardCode> {
        match draft.ward {
            Some(_) => Vec::new(),
            None => self.successors(draft.as_map.commune, self.ground.day_of(draft)),
        }
    }

    /// The one of several wards whose border holds a point of the parcel.
    fn among(&self, candidates: &[WardCode], draft: &ParcelDraft, day: Day) -> Option<WardCode> {
        let at = point_on_surface(&draft.shape)?;
        let holds = |code: &&WardCode| {
            self.in_force(**code, day).is_some_and(|ward| {
                ward.plane == draft.plane && locate(at, &ward.border) != Location::Exterior
            })
        };
        candidates.iter().find(holds).copied()
    }

    /// A warning when the parcel reaches farther than [`FAR_MM`] outside the border of its ward. A
    /// ward without a border, or with one on another plane, tells nothing.
    pub fn far_from(&self, draft: &ParcelDraft, code: WardCode) -> Option<Finding> {
        let ward = self.in_force(code, self.ground.day_of(draft))?;
        if ward.plane != draft.plane {
            return None;
        }
        let (at, distance_mm) = outermost(&draft.shape, &ward.border)?;
        let (distance, code) = (
            format!("{:.0}", distance_mm / 1000.0),
            ward.code.to_string(),
        );
        let values = [
            ("distance", distance.as_str()),
            ("name", &ward.name),
            ("ward", &code),
        ];
        let finding = Finding::warning(FindingCode::FarFromWard, "", &values);
        let finding = about(draft, finding).wide_m(distance_mm / 1000.0);
        let at = (at.x().into(), at.y().into());
        Some(place(finding, self.ground, draft.plane, at))
    }
}

/// The vertex farthest outside a border, if it is more than [`FAR_MM`] away; only the parcel's
/// outermost vertices to the four sides are looked at.
fn outermost(shape: &MultiPolygon, border: &MultiPolygon) -> Option<(Point, f64)> {
    let vertices = || shape.rings().flat_map(|ring| ring.0.iter().copied());
    let mut corners = [
        vertices().min_by_key(|p| p.x())?,
        vertices().max_by_key(|p| p.x())?,
        vertices().min_by_key(|p| p.y())?,
        vertices().max_by_key(|p| p.y())?,
    ];
    corners.sort_unstable();
    let bounds = border.envelope()?;
    let outside = |p: &&Point| {
        let here = Envelope { min: **p, max: **p };
        !bounds.intersects(&here) || locate(**p, border) == Location::Exterior
    };
    if !corners.iter().any(|p| outside(&p)) {
        return None;
    }
    let border = Shape::Areas(border.clone());
    let away = |p: &Point| {
        let witness = distance(&Shape::Points(vec![*p]), &border)?;
        (witness.distance_mm > FAR_MM).then_some((*p, witness.distance_mm))
    };
    let far = corners.iter().filter(outside).filter_map(away);
    far.max_by(|a, b| a.1.total_cmp(&b.1))
}
