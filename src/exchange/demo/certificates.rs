//! Certificates of the demo city: units, plainly made-up parties, and what they may and must.

use super::block::BlockKind;
use super::random::Random;
use crate::cadastre::{
    BaUnit, BaUnitId, Day, Parcel, ParcelId, ParcelStatus, Party, PartyId, PartyKind,
    PersonalValues, Rrr, RrrId, RrrType, Share, WardCode,
};
use crate::land::{NewParty, RightsEdit, VersionChange};
use std::collections::HashMap;

/// The last day on which something happens in the demo city: 31 October 2026.
const LAST_DAY: Day = Day(20_757);
/// Certificates issued from this day on have eight digits: 1 January 2025.
const NEW_FORM: Day = Day(20_089);
/// Banks of the whole city.
const BANKS: i64 = 7;

/// What the whole city counts of its certificates.
#[derive(Debug, Default)]
pub(super) struct Registry {
    last_party: i64,
    last_unit: i64,
    last_right: i64,
    last_certificate: i64,
    banks: Vec<PartyId>,
    states: HashMap<WardCode, PartyId>,
}

/// Who holds a unit: a party, or two who hold half each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Holder {
    party: PartyId,
    spouse: Option<PartyId>,
    kind: PartyKind,
}

/// A parcel to be certified.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub seed: u64,
    pub parcel: &'a Parcel,
    pub block: BlockKind,
    /// From when to when the parcel exists.
    pub days: (Day, Option<Day>),
    /// Who holds it for certain: those who held what it came out of.
    pub heir: Option<Holder>,
}

/// The certificates of one sheet.
#[derive(Debug, Default)]
pub(super) struct Certificates {
    /// The last unit that could hold another parcel: its place in the edit, its days, its holder.
    last: Option<(usize, (Day, Option<Day>), Holder)>,
    /// The last person of the sheet, whom an easement may serve.
    neighbour: Option<PartyId>,
}

impl Certificates {
    /// Certifies a parcel, if it is one that has a certificate, and tells who holds it at the end.
    pub fn issue(
        &mut self,
        registry: &mut Registry,
        edit: &mut RightsEdit,
        wanted: Wanted<'_>,
    ) -> Option<Holder> {
        let Wanted { parcel, heir, .. } = wanted;
        let mut random = Random::named(&[wanted.seed as i64, 12, parcel.id.get()]);
        let none = random.chance(180) || parcel.status == ParcelStatus::Recovered;
        if none && heir.is_none() {
            return None;
        }
        if heir.is_none()
            && wanted.block.is_residential()
            && random.chance(50)
            && let Some(holder) = self.add_to_last(edit, wanted)
        {
            return Some(holder);
        }
        let mut issue = Issue {
            registry,
            edit,
            random,
            unit: BaUnitId(0),
        };
        let holder = issue.unit(wanted, self.neighbour);
        if wanted.block.is_residential() && wanted.days.1.is_none() {
            let open = matches!(
                issue.edit.units.last(),
                Some(VersionChange::Open { from, .. }) if *from == wanted.days.0
            );
            let place = issue.edit.units.len() - 1;
            self.last = open.then_some((place, wanted.days, holder));
        }
        if holder.kind == PartyKind::NaturalPerson {
            self.neighbour = Some(holder.party);
        }
        Some(holder)
    }

    /// Adds a parcel to the last unit, when both begin on one day.
    fn add_to_last(&mut self, edit: &mut RightsEdit, wanted: Wanted<'_>) -> Option<Holder> {
        let (place, days, holder) = self.last.take()?;
        match edit.units.get_mut(place) {
            Some(VersionChange::Open { record, .. }) if days == wanted.days => {
                record.parcels.push(wanted.parcel.id);
                Some(holder)
            }
            _ => None,
        }
    }
}

/// One certificate while it is written.
struct Issue<'a> {
    registry: &'a mut Registry,
    edit: &'a mut RightsEdit,
    random: Random,
    unit: BaUnitId,
}

impl Issue<'_> {
    /// Writes a unit and its rights; who holds it at the end.
    fn unit(&mut self, wanted: Wanted<'_>, neighbour: Option<PartyId>) -> Holder {
        let (from, to) = wanted.days;
        self.registry.last_unit += 1;
        self.unit = BaUnitId(self.registry.last_unit);
        let first = wanted.heir.unwrap_or_else(|| self.holder(wanted));
        let sold = self.day_of_sale(wanted, first);
        let holder = match sold {
            Some(day) => {
                self.certificate(wanted.parcel.id, from, Some(day));
                self.held_by(first, from, Some(day));
                let holder = self.person_or_couple();
                self.certificate(wanted.parcel.id, day, to);
                self.held_by(holder, day, to);
                holder
            }
            None => {
                self.certificate(wanted.parcel.id, from, to);
                self.held_by(first, from, to);
                first
            }
        };
        self.restrictions(holder, (sold.unwrap_or(from), to), neighbour);
        holder
    }

    fn holder(&mut self, wanted: Wanted<'_>) -> Holder {
        let alone = |party, kind| Holder {
            party,
            spouse: None,
            kind,
        };
        match (wanted.block, self.random.between(0, 99)) {
            (BlockKind::Park | BlockKind::Public, _) => {
                alone(self.state(wanted.parcel.ward), PartyKind::State)
            }
            (BlockKind::Religion | BlockKind::Commerce | BlockKind::Industry, _) | (_, 0..=4) => {
                let party = self.party(PartyKind::Organisation, "Tổ Chức Giả Lập");
                alone(party, PartyKind::Organisation)
            }
            (_, 5..=19) => {
                let party = self.party(PartyKind::Household, "Hộ Giả Lập");
                alone(party, PartyKind::Household)
            }
            _ => self.person_or_couple(),
        }
    }

    fn person_or_couple(&mut self) -> Holder {
        let person = |issue: &mut Self| issue.party(PartyKind::NaturalPerson, "Người Giả Lập");
        Holder {
            party: person(self),
            spouse: self.random.chance(350).then(|| person(self)),
            kind: PartyKind::NaturalPerson,
        }
    }

    /// The day on which a person sold, for one of nine.
    fn day_of_sale(&mut self, wanted: Wanted<'_>, holder: Holder) -> Option<Day> {
        let person = holder.kind == PartyKind::NaturalPerson && wanted.heir.is_none();
        let last = wanted.days.1.unwrap_or(LAST_DAY).0 - 30;
        let first = wanted.days.0.0 + 200;
        let sold = person && first < last && self.random.chance(110);
        sold.then(|| Day(self.random.between(first.into(), last.into()) as i32))
    }

    /// The version of the unit under a new certificate.
    fn certificate(&mut self, parcel: ParcelId, from: Day, to: Option<Day>) {
        self.registry.last_certificate += 1;
        let number = self.registry.last_certificate;
        let record = BaUnit {
            id: self.unit,
            certificate_serial: Some(serial(number, from).into()),
            registry_number: Some(format!("GL {number:06}").into()),
            parcels: vec![parcel],
        };
        self.edit
            .units
            .push(VersionChange::Open { record, from, to });
    }

    fn held_by(&mut self, holder: Holder, from: Day, to: Option<Day>) {
        let half = holder.spouse.and_then(|_| Share::new(1, 2));
        for party in std::iter::once(holder.party).chain(holder.spouse) {
            self.right((party, RrrType::LandUse, half), from, to);
            if self.random.chance(200) {
                self.right((party, RrrType::BuildingOwnership, half), from, to);
            }
        }
    }

    /// A mortgage on one of twelve, an easement on one of a hundred.
    fn restrictions(
        &mut self,
        holder: Holder,
        (from, to): (Day, Option<Day>),
        neighbour: Option<PartyId>,
    ) {
        let last = to.unwrap_or(LAST_DAY);
        let private = holder.kind != PartyKind::State;
        if private && from.0 + 60 < last.0 && self.random.chance(85) {
            let begun = self
                .random
                .between((from.0 + 30).into(), (last.0 - 30).into());
            let begun = Day(begun as i32);
            let years = self.random.between(2, 15) as i32;
            let repaid = Day(begun.0 + years * 365);
            let end = if repaid < last { Some(repaid) } else { to };
            let bank = self.bank();
            self.right((bank, RrrType::Mortgage, None), begun, end);
        }
        if self.random.chance(10)
            && let Some(served) = neighbour.filter(|party| *party != holder.party)
        {
            self.right((served, RrrType::Easement, None), from, to);
        }
    }

    fn right(
        &mut self,
        (party, what, share): (PartyId, RrrType, Option<Share>),
        from: Day,
        to: Option<Day>,
    ) {
        self.registry.last_right += 1;
        let record = Rrr {
            id: RrrId(self.registry.last_right),
            ba_unit: self.unit,
            party,
            what,
            share,
        };
        self.edit
            .rights
            .push(VersionChange::Open { record, from, to });
    }

    fn bank(&mut self) -> PartyId {
        while (self.registry.banks.len() as i64) < BANKS {
            let bank = self.party(PartyKind::Organisation, "Ngân Hàng Giả Lập");
            self.registry.banks.push(bank);
        }
        *self.random.pick(&self.registry.banks)
    }

    fn state(&mut self, ward: WardCode) -> PartyId {
        if let Some(party) = self.registry.states.get(&ward) {
            return *party;
        }
        let id = self.new_party();
        let values = PersonalValues {
            name: Some(format!("Nhà Nước Giả Lập {ward}")),
            identity_number: None,
        };
        self.record(id, PartyKind::State, values);
        self.registry.states.insert(ward, id);
        id
    }

    fn party(&mut self, kind: PartyKind, name: &str) -> PartyId {
        let id = self.new_party();
        let number = match kind {
            // No province and no tax office has a code that begins with 00.
            PartyKind::Organisation => format!("00{:08}", id.0),
            _ => format!("000{:09}", id.0),
        };
        let values = PersonalValues {
            name: Some(format!("{name} {:06}", id.0)),
            identity_number: Some(number),
        };
        self.record(id, kind, values);
        id
    }

    fn new_party(&mut self) -> PartyId {
        self.registry.last_party += 1;
        PartyId(self.registry.last_party)
    }

    fn record(&mut self, id: PartyId, kind: PartyKind, values: PersonalValues) {
        let party = Party { id, kind };
        self.edit.parties.push(NewParty { party, values });
    }
}

/// A serial in the form of its day, of series that were never printed.
fn serial(number: i64, day: Day) -> String {
    if day >= NEW_FORM {
        return format!("ĐĐ {number:08}");
    }
    let series = b'A' + u8::try_from(number / 1_000_000 % 26).unwrap_or_default();
    format!("Đ{} {:06}", char::from(series), number % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cadastre::CertificateForm;

    #[test]
    fn a_serial_has_the_form_of_its_day() {
        let before = serial(1_234_567, Day(NEW_FORM.0 - 1));
        assert_eq!(before, "ĐB 234567");
        assert_eq!(CertificateForm::of(&before), CertificateForm::Old);
        let after = serial(1_234_567, NEW_FORM);
        assert_eq!(CertificateForm::of(&after), CertificateForm::New);
        assert_eq!(NEW_FORM.to_string(), "2025-01-01");
        assert_eq!(LAST_DAY.to_string(), "2026-10-31");
    }
}
