//! Certificates against those that a register holds.

use super::*;
use crate::exchange::reconcile::Retiring;

/// Holders resolved as a store does: the fingerprint is that of the name's last digits, and the
/// party that number, if it is among those known.
fn resolved(certificates: &[Certificate], known: &[i64]) -> BTreeMap<Holder, ResolvedHolder> {
    let rights = certificates.iter().flat_map(|c| &c.rights);
    let resolve = |right: &RightDraft| {
        let name = right.holder.values.name.clone().unwrap_or_default();
        let number: i64 = name
            .rsplit(' ')
            .next()
            .and_then(|n| n.parse().ok())
            .unwrap_or(0);
        let resolved = ResolvedHolder {
            print: print(number),
            same: known.contains(&number).then_some(PartyId(number)),
        };
        (right.holder.clone(), resolved)
    };
    rights.map(resolve).collect()
}

fn print(number: i64) -> Fingerprint {
    Fingerprint((number as u128).to_be_bytes())
}

fn reconciled(
    rows: Vec<CertificateRow>,
    known: &[i64],
    held: &[HeldCertificate],
) -> ReconciledCertificates {
    let certificates = judged(rows).accepted;
    let holders = resolved(&certificates, known);
    let prints: HashMap<PartyId, Fingerprint> =
        known.iter().map(|&id| (PartyId(id), print(id))).collect();
    let mut next = 1_000;
    let mut next_id = || {
        next += 1;
        next
    };
    reconcile_certificates(
        &certificates,
        &holders,
        (held, &prints),
        |_| false,
        (TODAY, Retiring::Little),
        &mut next_id,
    )
}

/// What a store holds after an edit that only opens.
fn held(edit: &RightsEdit) -> Vec<HeldCertificate> {
    let mut version = 0;
    let mut lifespan = |from: Day, to: Option<Day>| {
        version += 1;
        let lifespan = Lifespan {
            valid: Interval { from, to },
            recorded: Interval::open(Instant(0)),
        };
        (VersionId(version), lifespan, Revision(1))
    };
    let mut units: Vec<HeldCertificate> = Vec::new();
    for change in &edit.units {
        let VersionChange::Open { record, from, to } = change else {
            unreachable!("only opens")
        };
        let (version, lifespan, recorded_in) = lifespan(*from, *to);
        let unit = record.clone();
        units.push(HeldCertificate {
            versions: vec![BaUnitVersion {
                version,
                unit,
                lifespan,
                recorded_in,
            }],
            rights: Vec::new(),
            own: true,
        });
    }
    for change in &edit.rights {
        let VersionChange::Open { record, from, to } = change else {
            unreachable!("only opens")
        };
        let (version, lifespan, recorded_in) = lifespan(*from, *to);
        let mut of = units.iter_mut();
        let unit = of.find(|unit| unit.versions[0].unit.id == record.ba_unit);
        unit.expect("its unit").rights.push(RrrVersion {
            version,
            rrr: *record,
            lifespan,
            recorded_in,
        });
    }
    units
}

/// Opens, ends of units; opens, ends of rights; new parties.
fn sizes(edit: &RightsEdit) -> [usize; 5] {
    fn ends<T>(changes: &[VersionChange<T>]) -> usize {
        let ends = |change: &&VersionChange<T>| matches!(change, VersionChange::Close { .. });
        changes.iter().filter(ends).count()
    }
    let (units, rights) = (ends(&edit.units), ends(&edit.rights));
    [
        edit.units.len() - units,
        units,
        edit.rights.len() - rights,
        rights,
        edit.parties.len(),
    ]
}

fn two() -> Vec<CertificateRow> {
    vec![
        row(0, "CU 123456", 1, "001", 2),
        row(1, "CU 123456", 1, "002", 2),
        row(2, "CU 999999", 2, "001", 1),
    ]
}

/// Two certificates as the register holds them; parties 1 and 2 are its own.
fn register() -> Vec<HeldCertificate> {
    let first = reconciled(two(), &[1, 2], &[]);
    assert_eq!(sizes(&first.edit), [2, 0, 3, 0, 0]);
    assert_eq!(first.counts.new, 3);
    held(&first.edit)
}

#[test]
fn one_person_is_one_party_and_somebody_without_a_number_one_in_each_certificate() {
    let new = reconciled(two(), &[], &[]);
    assert_eq!(sizes(&new.edit), [2, 0, 3, 0, 2]);
    assert_eq!(new.certificates.new_parties, 2);
    let nameless = two().into_iter().map(|mut row| {
        row.holder.identity_number = None;
        row
    });
    let new = reconciled(nameless.collect(), &[], &[]);
    assert_eq!(sizes(&new.edit), [2, 0, 3, 0, 3]);
    assert_eq!(new.certificates.parties, 3);
}

#[test]
fn what_the_register_holds_already_changes_nothing() {
    let again = reconciled(two(), &[1, 2], &register());
    assert_eq!(sizes(&again.edit), [0; 5]);
    assert_eq!((again.counts.unchanged, again.counts.changed), (3, 0));
}

#[test]
fn a_sale_ends_one_right_and_begins_another() {
    let mut rows = two();
    rows[2] = row(2, "CU 999999", 2, "003", 1);
    let sold = reconciled(rows, &[1, 2], &register());
    assert_eq!(sizes(&sold.edit), [0, 0, 1, 1, 1]);
    assert_eq!((sold.counts.unchanged, sold.counts.changed), (2, 1));
}

#[test]
fn another_share_holds_from_the_day_that_is_stated() {
    let mut rows = two();
    rows.truncate(2);
    for (row, share) in rows.iter_mut().zip([(1, 3), (2, 3)]) {
        row.share = Share::new(share.0, share.1);
        row.valid_from = Some(Day(TODAY.0 + 30));
    }
    let mut held = register();
    held.truncate(1);
    let changed = reconciled(rows, &[1, 2], &held);
    assert_eq!(sizes(&changed.edit), [0, 0, 2, 2, 0]);
    let ends = changed
        .edit
        .rights
        .iter()
        .filter_map(|change| match change {
            VersionChange::Close { to, .. } => Some(to.0),
            _ => None,
        });
    assert_eq!(ends.collect::<Vec<_>>(), [TODAY.0 + 30; 2]);
}

#[test]
fn a_certificate_that_is_gone_ends_with_its_rights_unless_it_is_anothers() {
    let mut rows = two();
    rows.truncate(2);
    let gone = reconciled(rows.clone(), &[1, 2], &register());
    assert_eq!(sizes(&gone.edit), [0, 1, 0, 1, 0]);
    assert_eq!(gone.counts.retired, 1);
    let mut of_others = register();
    of_others.iter_mut().for_each(|unit| unit.own = false);
    let kept = reconciled(rows, &[1, 2], &of_others);
    assert_eq!(sizes(&kept.edit), [0; 5]);
    assert_eq!(kept.counts.retired, 0);
}

#[test]
fn another_parcel_changes_the_unit_and_an_earlier_day_corrects_it() {
    let mut rows = two();
    rows[2] = row(2, "CU 999999", 3, "001", 1);
    let moved = reconciled(rows, &[1, 2], &register());
    assert_eq!(sizes(&moved.edit), [1, 1, 0, 0, 0]);
    let mut rows = two();
    rows[2].valid_from = Some(Day(TODAY.0 - 500));
    let earlier = reconciled(rows, &[1, 2], &register());
    assert_eq!(sizes(&earlier.edit), [1, 1, 1, 1, 0]);
}

#[test]
fn a_serial_of_others_on_other_parcels_is_noticed() {
    let mut of_others = register();
    of_others.iter_mut().for_each(|unit| unit.own = false);
    let elsewhere = judged(vec![
        row(0, "CU 999999", 7, "001", 1),
        row(1, "CU 123456", 1, "001", 1),
    ]);
    let taken = serials_held_elsewhere(&elsewhere.accepted, &of_others);
    assert_eq!(taken, [PaperKey::Serial("CU 999999".to_owned())]);
}
