//! Certificates from a file: judged and matched.

use std::path::PathBuf;

use diachinh::app::check_store::check_store;
use diachinh::app::export_rejected;
use diachinh::cadastre::{Day, ParcelId, PartyId, PartyKind, RrrType};
use diachinh::exchange::Language;
use diachinh::exchange::report::{Outcome, Report};
use diachinh::store::{Asking, Reading, StoreOptions, UnitWithRights};

use super::desk::{Desk, found, lot};

const HEAD: &str = "MAXA,SOTO,SOTHUA,SOPHATHANH,SOVAOSO,HOTEN,CCCD,LOAICHU,QUYEN,PHAN,NGAYCAP,\
                    NGAYCHUYENNHUONG";
pub(super) const AN: &str = "Người Giả Lập An,000000000001,cá nhân";
pub(super) const BINH: &str = "Người Giả Lập Bình,000000000002,cá nhân";
pub(super) const BANK: &str = "Ngân Hàng Giả Lập,0000000003,tổ chức";

/// A register with parcels 1 to 5 of sheet 5.
pub(super) fn desk() -> Desk {
    with_parcels(Desk::open())
}

pub(super) fn with_parcels(desk: Desk) -> Desk {
    let lots: Vec<_> = (0..5)
        .map(|n| {
            lot(
                &(n + 1).to_string(),
                5.0 * f64::from(n),
                5.0 * f64::from(n) + 5.0,
            )
        })
        .collect();
    let file = desk.parcels("parcels.geojson", &lots);
    let mut order = desk.order(&file, "parcels");
    order.dataset = Some("parcels".to_owned());
    assert_eq!(desk.imported(&order).counts.register.new, 5);
    desk
}

/// A CSV file of lines, each from the parcel's number on.
pub(super) fn file(desk: &Desk, name: &str, lines: &[String]) -> PathBuf {
    let lines: Vec<String> = lines.iter().map(|line| format!("26743,5,{line}")).collect();
    desk.folder
        .file(name, &format!("{HEAD}\n{}\n", lines.join("\n")))
}

pub(super) fn import(desk: &Desk, name: &str, lines: &[String]) -> Report {
    let file = file(desk, name, lines);
    desk.imported(&desk.order(&file, "certificates"))
}

/// Two certificates: one of two holders and two parcels with a mortgage, one of one holder.
pub(super) fn lines() -> Vec<String> {
    let mut lines: Vec<String> = ["1", "2"]
        .iter()
        .flat_map(|parcel| {
            let paper = format!("{parcel},CU 123456,CH 1");
            [
                format!("{paper},{AN},quyền sử dụng đất,1/2,01/02/2020,"),
                format!("{paper},{BINH},quyền sử dụng đất,50%,01/02/2020,"),
                format!("{paper},{BANK},thế chấp,,01/03/2020,01/03/2025"),
            ]
        })
        .collect();
    lines.push(format!("3,AA 01695788,,{AN},,,05/06/2025,"));
    lines
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

pub(super) fn of_parcel(desk: &Desk, parcel: i64, date: &str) -> Vec<UnitWithRights> {
    let parcel = ParcelId::new(parcel).expect("an id");
    let units = desk.store.units_of_parcel(parcel, day(date), None);
    units.expect("the store answers")
}

/// Name of a party, as an officer with a case reads it.
pub(super) fn name_of(desk: &Desk, party: PartyId) -> String {
    let asking = Asking {
        reader: "officer-12",
        reason: "case 1",
    };
    let read = desk.store.read_party(party, asking, super::desk::NOW);
    match read.expect("the store answers").expect("a party").1 {
        Reading::Values(values) => values.name.expect("a name"),
        Reading::Erased => "erased".to_owned(),
        Reading::KeyMissing => "no key".to_owned(),
    }
}

fn kind_of(desk: &Desk, party: PartyId) -> PartyKind {
    let asking = Asking {
        reader: "officer-12",
        reason: "case 1",
    };
    let read = desk.store.read_party(party, asking, super::desk::NOW);
    read.expect("the store answers").expect("a party").0.kind
}

#[test]
fn a_file_of_certificates_becomes_units_with_parcels_rights_and_holders() {
    let desk = desk();
    let report = import(&desk, "certificates.csv", &lines());
    assert_eq!(found(&report), []);
    let counts = report.counts;
    assert_eq!(
        (counts.read, counts.register.new, counts.rejected),
        (7, 7, 0)
    );
    let certificates = report.certificates.expect("certificates");
    assert_eq!((certificates.certificates, certificates.parcels), (2, 3));
    assert_eq!((certificates.parties, certificates.new_parties), (3, 3));
    let units = of_parcel(&desk, 2, "2024-01-01");
    let [unit] = units.as_slice() else {
        unreachable!("one certificate: {units:?}");
    };
    assert_eq!(
        unit.unit.unit.certificate_serial.as_deref(),
        Some("CU 123456")
    );
    assert_eq!(unit.unit.unit.registry_number.as_deref(), Some("CH 1"));
    assert_eq!(unit.unit.unit.parcels.len(), 2);
    let mut told: Vec<_> = unit
        .rights
        .iter()
        .map(|right| {
            let share = right
                .rrr
                .share
                .map(|share| (share.numerator(), share.denominator()));
            (right.rrr.what, share, name_of(&desk, right.rrr.party))
        })
        .collect();
    told.sort();
    let land_use = RrrType::LandUse;
    assert_eq!(
        told,
        [
            (land_use, Some((1, 2)), "Người Giả Lập An".to_owned()),
            (land_use, Some((50, 100)), "Người Giả Lập Bình".to_owned()),
            (RrrType::Mortgage, None, "Ngân Hàng Giả Lập".to_owned()),
        ]
    );
    assert_eq!(
        of_parcel(&desk, 2, "2025-03-01")[0].rights.len(),
        2,
        "repaid"
    );
    let other = of_parcel(&desk, 3, "2026-01-01");
    assert_eq!(
        other[0].rights[0].rrr.party,
        unit.rights
            .iter()
            .map(|r| r.rrr.party)
            .min()
            .expect("three")
    );
    assert_sound(&desk);
}

fn assert_sound(desk: &Desk) {
    let place = desk.folder.path().join("register.gpkg");
    let options = StoreOptions::at(place.to_string_lossy());
    let check = check_store(&options, &desk.reference.city.planes);
    assert_eq!(check.expect("a register").flaws, []);
}

#[test]
fn the_same_file_again_changes_nothing_and_a_newer_one_what_differs() {
    let desk = desk();
    let first = import(&desk, "certificates.csv", &lines());
    let again = import(&desk, "certificates.csv", &lines());
    let Outcome::Written { revision } = first.outcome else {
        unreachable!("the first import writes");
    };
    assert_eq!(again.outcome, Outcome::SameFile { revision });
    let mut newer = lines();
    newer[6] = format!("3,AA 01695788,,{BINH},,,,");
    newer.push(format!("4,AA 01695789,,{AN},,,,"));
    let report = import(&desk, "newer.csv", &newer);
    assert_eq!(found(&report), []);
    let register = report.counts.register;
    assert_eq!(
        (register.unchanged, register.changed, register.new),
        (6, 1, 1)
    );
    assert_eq!(report.certificates.map(|c| c.new_parties), Some(0));
    let holder = |date| of_parcel(&desk, 3, date)[0].rights[0].rrr.party;
    assert_eq!(name_of(&desk, holder("2026-11-22")), "Người Giả Lập An");
    assert_eq!(name_of(&desk, holder("2026-11-23")), "Người Giả Lập Bình");
    let less = import(&desk, "less.csv", &newer[..7]);
    assert_eq!(less.counts.register.retired, 1);
    assert_eq!(of_parcel(&desk, 4, "2026-11-23"), []);
}

#[test]
fn a_dry_run_says_the_same_and_writes_nothing() {
    let desk = desk();
    let file = file(&desk, "certificates.csv", &lines());
    let mut order = desk.order(&file, "certificates");
    order.writing = diachinh::app::Writing::DryRun;
    let before = desk.store.revision().expect("a revision");
    let dry = desk.imported(&order);
    assert_eq!(dry.outcome, Outcome::DryRun);
    assert_eq!(desk.store.revision().expect("a revision"), before);
    assert!(desk.store.parties_with_key().expect("keys").is_empty());
    order.writing = diachinh::app::Writing::Revision;
    let written = desk.imported(&order);
    assert_eq!(
        (written.counts, written.certificates),
        (dry.counts, dry.certificates)
    );
}

#[test]
fn kinds_of_holders_are_read_as_people_write_them() {
    let desk = desk();
    let kinds = [
        ("Cá nhân", PartyKind::NaturalPerson),
        (
            "Người Việt Nam định cư ở nước ngoài",
            PartyKind::NaturalPerson,
        ),
        ("HỘ GIA ĐÌNH", PartyKind::Household),
        ("tổ chức", PartyKind::Organisation),
        ("Cộng đồng dân cư", PartyKind::Organisation),
    ];
    let line = |(n, (kind, _)): (usize, &(&str, PartyKind))| {
        format!("{},CU 00000{n},,Bên giả lập số {n},,{kind},,,,", n + 1)
    };
    let lines: Vec<String> = kinds.iter().enumerate().map(line).collect();
    let report = import(&desk, "kinds.csv", &lines);
    assert_eq!((report.counts.register.new, report.counts.rejected), (5, 0));
    let units = (1..=5).flat_map(|parcel| of_parcel(&desk, parcel, "2026-11-23"));
    let held: Vec<PartyKind> = units
        .map(|unit| kind_of(&desk, unit.rights[0].rrr.party))
        .collect();
    assert_eq!(held, kinds.map(|(_, kind)| kind));
    let unknown = import(&desk, "unknown.csv", &["1,CU 1,,A,,hội,,,,".to_owned()]);
    let said = &unknown.findings[0].reason;
    assert!(said.vi.contains("cộng đồng dân cư"), "{}", said.vi);
    assert!(!said.vi.contains("hội,"), "{}", said.vi);
}

#[test]
fn what_is_wrong_is_named_by_line_and_stays_out_with_its_certificate() {
    let desk = desk();
    let wrong = vec![
        format!("77,CU 000001,,{AN},,,,"),
        format!("1,CU 000002,,{AN},,3/2,,"),
        format!("1,CU 000003,,{AN},,,30/02/2020,"),
        format!("1,CU 000004,,{AN},,2/3,,"),
        format!("1,CU 000004,,{BINH},,2/3,,"),
        "1,CU 000005,,,,cá nhân,,,,".to_owned(),
        format!("1,,,{AN},,,,"),
        format!("1,CU 000006,,{AN},ăn ở,,,"),
        format!("1,CU 000007,,{AN},,,01/02/2020,01/02/2019"),
        format!("2,T 55,,{BINH},,,,"),
    ];
    let report = import(&desk, "wrong.csv", &wrong);
    let expected = [
        ("missing_field", Some(6), None),
        ("missing_field", Some(7), None),
        ("unreadable_field", Some(2), None),
        ("unreadable_field", Some(3), None),
        ("unreadable_field", Some(8), None),
        ("unreadable_field", Some(9), None),
        ("unknown_parcel", Some(1), None),
        ("unusual_serial", Some(10), None),
        ("excess_shares", Some(4), None),
        ("excess_shares", Some(5), None),
    ];
    assert_eq!(found(&report), expected);
    assert_eq!((report.counts.rejected, report.counts.register.new), (9, 1));
    let json = String::from_utf8(report.to_json().expect("JSON")).expect("UTF-8");
    for value in [
        "3/2",
        "ăn ở",
        "30/02",
        "CU 00000",
        "T 55",
        "Giả Lập",
        "00000000000",
    ] {
        assert!(!json.contains(value), "the report holds `{value}`");
    }
    let import = desk
        .store
        .last_import("test")
        .expect("an import")
        .expect("one");
    assert_eq!(desk.store.kept_features(import.id).expect("kept"), []);
    let file = desk.folder.path().join("mend.gpkg");
    let refused = export_rejected(&desk.store, "test", &file, Language::English)
        .expect_err("nothing is kept");
    assert!(refused.to_string().contains("not kept"), "{refused}");
    assert!(!file.exists());
}

#[test]
fn a_certificate_of_another_dataset_is_matched_on_its_parcel_and_refused_elsewhere() {
    let desk = desk();
    import(&desk, "certificates.csv", &lines());
    let others = [
        format!("3,AA 01695788,,{AN},,,05/06/2025,"),
        format!("5,CU 123456,,{AN},,,,"),
    ];
    let file = file(&desk, "others.csv", &others);
    let mut order = desk.order(&file, "certificates");
    order.dataset = Some("others".to_owned());
    let report = desk.imported(&order);
    assert_eq!(found(&report), [("duplicate_key", Some(2), None)]);
    let register = report.counts.register;
    assert_eq!(
        (register.unchanged, register.new, register.retired),
        (1, 0, 0)
    );
}

#[test]
fn texts_in_an_old_encoding_come_out_as_they_were_meant() {
    let desk = desk();
    let mut bytes = format!("{HEAD}\n26743,5,1,CU 123456,,").into_bytes();
    // "Người Giả Lập" in TCVN3.
    bytes.extend(b"Ng\xad\xeai Gi\xb6 L\xcbp,000000000001,natural_person,,,,\n");
    let file = desk.folder.path().join("old.csv");
    std::fs::write(&file, bytes).expect("the folder takes files");
    let text = include_str!("../../../data/profiles/certificates.toml");
    let text = text.replace("target =", "encoding = \"tcvn3\"\ntarget =");
    let profile = desk.folder.file("old.toml", &text);
    let report = desk.imported(&desk.order(&file, &profile.to_string_lossy()));
    assert_eq!(found(&report), []);
    let holder = of_parcel(&desk, 1, "2026-11-23")[0].rights[0].rrr.party;
    assert_eq!(name_of(&desk, holder), "Người Giả Lập");
}
