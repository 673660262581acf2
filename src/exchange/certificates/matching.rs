//! One certificate of a file against the unit that the register holds: what begins, ends, changes.

use std::collections::{BTreeMap, HashMap};

use super::group::{Certificate, Holder, RightDraft};
use super::reconcile::{HeldCertificate, NextIds, ReconciledCertificates, ResolvedHolder};
use crate::cadastre::{
    BaUnit, BaUnitId, BaUnitVersion, CertificateForm, Day, Fingerprint, Party, PartyId, Rrr, RrrId,
    RrrVersion,
};
use crate::land::{NewParty, RightsEdit, VersionChange};

/// The edit while it is written.
pub(super) struct Matching<'a, 'n> {
    holders: &'a BTreeMap<Holder, ResolvedHolder>,
    prints: &'a HashMap<PartyId, Fingerprint>,
    day: Day,
    next_id: &'a mut NextIds<'n>,
    /// Parties made for holders that the register does not hold. Somebody without a number is
    /// known within one unit only.
    new: BTreeMap<(Holder, Option<BaUnitId>), PartyId>,
    pub done: ReconciledCertificates,
}

impl<'a, 'n> Matching<'a, 'n> {
    pub fn new(
        holders: &'a BTreeMap<Holder, ResolvedHolder>,
        prints: &'a HashMap<PartyId, Fingerprint>,
        day: Day,
        next_id: &'a mut NextIds<'n>,
    ) -> Self {
        Self {
            holders,
            prints,
            day,
            next_id,
            new: BTreeMap::new(),
            done: ReconciledCertificates::default(),
        }
    }

    /// A certificate that the register did not hold.
    pub fn open(&mut self, certificate: &Certificate) {
        let id = BaUnitId((self.next_id)());
        let first_days = certificate.rights.iter().map(|right| self.first_day(right));
        let from = first_days.min().unwrap_or(self.day);
        self.done.edit.units.push(VersionChange::Open {
            record: unit(id, certificate),
            from,
            to: last_day(certificate),
        });
        for right in &certificate.rights {
            self.open_new(id, right);
        }
    }

    fn first_day(&self, right: &RightDraft) -> Day {
        let last = right.to.map_or(self.day, |to| Day(to.0 - 1));
        right.from.unwrap_or_else(|| self.day.min(last))
    }

    fn open_new(&mut self, ba_unit: BaUnitId, right: &RightDraft) {
        let record = Rrr {
            id: RrrId((self.next_id)()),
            ba_unit,
            party: self.party(&right.holder, ba_unit),
            what: right.what,
            share: right.share,
        };
        self.open_right(record, self.first_day(right), right.to);
    }

    fn open_right(&mut self, record: Rrr, from: Day, to: Option<Day>) {
        let rights = &mut self.done.edit.rights;
        rights.push(VersionChange::Open { record, from, to });
    }

    /// The party of a holder: the register's, or a new one.
    fn party(&mut self, holder: &Holder, unit: BaUnitId) -> PartyId {
        if let Some(same) = self.holders.get(holder).and_then(|resolved| resolved.same) {
            return same;
        }
        let key = (holder.clone(), holder.is_alone().then_some(unit));
        if let Some(made) = self.new.get(&key) {
            return *made;
        }
        let id = PartyId((self.next_id)());
        self.new.insert(key, id);
        let kind = holder.kind;
        self.done.edit.parties.push(NewParty {
            party: Party { id, kind },
            values: holder.values.clone(),
        });
        id
    }

    /// Writes down what differs from a held unit; whether nothing does.
    pub fn compare(&mut self, certificate: &Certificate, held: &HeldCertificate) -> bool {
        let changes = |edit: &RightsEdit| edit.units.len() + edit.rights.len();
        let before = changes(&self.done.edit);
        let id = held.versions[0].unit.id;
        let mut open: Vec<&RrrVersion> = held.rights.iter().collect();
        let mut unlike: Vec<&RightDraft> = Vec::new();
        for right in &certificate.rights {
            match open.iter().position(|version| self.says(version, right)) {
                Some(at) => {
                    open.swap_remove(at);
                }
                None => unlike.push(right),
            }
        }
        for right in unlike {
            let about = open.iter().position(|version| {
                version.rrr.what == right.what && self.is_of(version, &right.holder)
            });
            match about {
                Some(at) => self.change(open.swap_remove(at), right),
                None => self.open_new(id, right),
            }
        }
        let end = last_day(certificate).map_or(self.day, |to| to.min(self.day));
        for version in open {
            self.end(version, end);
        }
        self.compare_unit(certificate, held);
        before == changes(&self.done.edit)
    }

    /// Whether a held right is of this holder; nobody can tell of one that was erased.
    fn is_of(&self, version: &RrrVersion, holder: &Holder) -> bool {
        let stated = self.holders.get(holder).map(|resolved| resolved.print);
        stated.is_some() && self.prints.get(&version.rrr.party).copied() == stated
    }

    /// Whether a held right is what the file states.
    fn says(&self, version: &RrrVersion, right: &RightDraft) -> bool {
        let valid = version.lifespan.valid;
        version.rrr.what == right.what
            && version.rrr.share == right.share
            && right.from.is_none_or(|from| from == valid.from)
            && right.to == valid.to
            && self.is_of(version, &right.holder)
    }

    /// A held right has another share or other days.
    fn change(&mut self, version: &RrrVersion, right: &RightDraft) {
        let held = version.lifespan.valid;
        let record = Rrr {
            share: right.share,
            ..version.rrr
        };
        let same_share = version.rrr.share == right.share;
        let same_start = right.from.is_none_or(|from| from == held.from);
        if same_share
            && same_start
            && let Some(to) = right.to
            && held.to.is_none_or(|end| to < end)
        {
            return self.end(version, to);
        }
        // A new share holds from the stated day on, else from today; anything else corrects the
        // right as a whole.
        let turn = right.from.unwrap_or(self.day.max(held.from));
        let turns = !same_share && held.from < turn && right.to.is_none_or(|to| turn < to);
        if turns {
            self.end(version, turn);
            self.open_right(record, turn, right.to);
        } else {
            self.end(version, held.from);
            let last = right.to.map_or(held.from, |to| Day(to.0 - 1));
            let from = right.from.unwrap_or_else(|| held.from.min(last));
            self.open_right(record, from, right.to);
        }
    }

    /// Ends a held right on a day, or from its first day on, unless it has ended before.
    fn end(&mut self, version: &RrrVersion, day: Day) {
        let valid = version.lifespan.valid;
        let to = day.max(valid.from);
        if valid.to.is_none_or(|end| end > to) {
            let version = version.version;
            self.done
                .edit
                .rights
                .push(VersionChange::Close { version, to });
        }
    }

    fn compare_unit(&mut self, certificate: &Certificate, held: &HeldCertificate) {
        let (Some(first), Some(last)) = (held.versions.first(), held.versions.last()) else {
            return;
        };
        let record = unit(last.unit.id, certificate);
        let to = last_day(certificate);
        let valid = last.lifespan.valid;
        let stated = certificate
            .rights
            .iter()
            .filter_map(|right| right.from)
            .min();
        let earlier = stated.filter(|from| *from < first.lifespan.valid.from);
        let same = says_the_same(&last.unit, &record);
        match earlier {
            Some(from) if held.versions.len() == 1 => {
                self.end_unit(last, valid.from);
                return self.open_unit(record, from, to);
            }
            Some(from) => {
                let valid = first.lifespan.valid;
                self.end_unit(first, valid.from);
                self.open_unit(first.unit.clone(), from, valid.to);
            }
            None => {}
        }
        if !same {
            let turn = stated.unwrap_or(self.day).max(valid.from);
            let turn = to
                .map_or(turn, |to| turn.min(Day(to.0 - 1)))
                .max(valid.from);
            self.end_unit(last, turn);
            self.open_unit(record, turn, to);
        } else if let Some(to) = to.filter(|to| valid.to.is_none_or(|end| *to < end)) {
            self.end_unit(last, to);
        } else if to != valid.to {
            self.end_unit(last, valid.from);
            self.open_unit(record, valid.from, to);
        }
    }

    fn open_unit(&mut self, record: BaUnit, from: Day, to: Option<Day>) {
        let units = &mut self.done.edit.units;
        units.push(VersionChange::Open { record, from, to });
    }

    fn end_unit(&mut self, version: &BaUnitVersion, day: Day) {
        let valid = version.lifespan.valid;
        let to = day.max(valid.from);
        if valid.to.is_none_or(|end| end > to) {
            let version = version.version;
            self.done
                .edit
                .units
                .push(VersionChange::Close { version, to });
        }
    }

    /// Ends a unit that the file no longer has, unless it may be among the lines that stayed out.
    /// Answers whether it is over.
    pub fn retire(&mut self, held: &HeldCertificate, doubtful: &impl Fn(&BaUnit) -> bool) -> bool {
        let Some(last) = held.versions.last() else {
            return true;
        };
        if last.lifespan.valid.to.is_some_and(|to| to <= self.day) {
            return true;
        }
        if held.versions.iter().any(|version| doubtful(&version.unit)) {
            self.done.counts.in_doubt += 1;
            return false;
        }
        self.done.counts.retired += 1;
        self.end_unit(last, self.day);
        for version in &held.rights {
            self.end(version, self.day);
        }
        true
    }
}

fn unit(id: BaUnitId, certificate: &Certificate) -> BaUnit {
    let text = |text: &Option<String>| text.as_deref().map(Into::into);
    BaUnit {
        id,
        certificate_serial: text(&certificate.serial),
        registry_number: text(&certificate.registry_number),
        parcels: certificate.parcels.keys().copied().collect(),
    }
}

/// The first day after all rights of a certificate, if all end.
fn last_day(certificate: &Certificate) -> Option<Day> {
    let ends: Option<Vec<Day>> = certificate.rights.iter().map(|right| right.to).collect();
    ends.and_then(|ends| ends.into_iter().max())
}

/// Whether two states of a unit say the same, however the serial is spaced.
fn says_the_same(held: &BaUnit, stated: &BaUnit) -> bool {
    let serial = |unit: &BaUnit| {
        unit.certificate_serial
            .as_deref()
            .map(CertificateForm::normal)
    };
    serial(held) == serial(stated)
        && held.registry_number == stated.registry_number
        && held.parcels == stated.parcels
}
