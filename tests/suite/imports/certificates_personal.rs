//! Who holders are is nowhere in the clear: not in reports, exports, logs, files or the register.

use rstest::rstest;

use super::certificates::{AN, BINH, desk, file, import, lines, name_of, of_parcel, with_parcels};
use super::desk::Desk;
use crate::databases::{Kind, Place};
use crate::harness::{Folder, diachinh, stderr, stdout};

/// What must not be found of the people in the files.
const PLANTED: [&str; 4] = ["Giả Lập An", "Giả Lập Bình", "000000000001", "000000000002"];

#[test]
fn columns_that_are_mixed_up_bring_no_name_into_report_or_register() {
    let desk = desk();
    let mixed = vec![
        "1,Người Giả Lập An,CH 1,CU 123456,000000000001,cá nhân,,,,".to_owned(),
        "2,CU 123457,CH 2,Người Giả Lập An,CU 123457,cá nhân,,,,".to_owned(),
        "3,000000000001,CH 3,Người Giả Lập An,000000000001,cá nhân,,,,".to_owned(),
        "Giả Lập An,CU 123458,CH 4,5,000000000001,cá nhân,,,,".to_owned(),
    ];
    let report = import(&desk, "mixed.csv", &mixed);
    assert_eq!(report.counts.rejected, 4);
    let json = String::from_utf8(report.to_json().expect("JSON")).expect("UTF-8");
    assert!(
        !json.contains("Giả") && !json.contains("0000000001"),
        "{json}"
    );
    // A file without a head has a person in its place.
    let headless = desk.folder.file("headless.csv", &format!("a,b,c,{AN}\n"));
    let text = include_str!("../../../data/profiles/certificates.toml");
    let strict = text.replace("serial = [\"serial\",", "serial = \"SOPHATHANH\" #");
    let profile = desk.folder.file("strict.toml", &strict);
    let order = desk.order(&headless, &profile.to_string_lossy());
    let refused = desk.import(&order).expect_err("no such field").to_string();
    assert!(
        refused.contains("SOPHATHANH") && !refused.contains("Giả"),
        "{refused}"
    );
}

/// Runs the program on a place with every line that it can log; what it said.
fn said(place: &Place, folder: &Folder, arguments: &[&str]) -> String {
    let mut command = diachinh(folder);
    command
        .args(arguments)
        .args(["--store", &place.options.url]);
    let output = command.env("DIACHINH_LOG__FILTER", "trace").output();
    let output = output.expect("the program starts");
    assert!(
        matches!(output.status.code(), Some(0 | 3)),
        "{}",
        stderr(&output)
    );
    stdout(&output) + &stderr(&output)
}

/// Imports the certificates and says all that an officer can be told afterwards.
fn told_of_the_import(place: &Place, folder: &Folder, certificates: &str) -> String {
    let arguments = [
        "import",
        certificates,
        "--profile",
        "certificates",
        "--report",
        "report.json",
        "--defects",
        "defects.gpkg",
    ];
    let mut told = said(place, folder, &arguments);
    assert!(told.contains("giấy chứng nhận của 3 thửa đất"), "{told}");
    told += &said(
        place,
        folder,
        &["export", "parcels", "parcels.gpkg", "--all-versions"],
    );
    told += &said(place, folder, &["check-store"]);
    told += &said(place, folder, &["audit", "show", "certificates"]);
    told += &said(place, folder, &["party", "holders", "1"]);
    assert!(
        told.contains("CU 123456"),
        "an officer sees the certificate: {told}"
    );
    told
}

fn silent(what: &str, bytes: &[u8]) {
    for name in PLANTED {
        let found = bytes
            .windows(name.len())
            .any(|window| window == name.as_bytes());
        assert!(!found, "{what} holds `{name}`");
    }
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn a_name_from_a_file_is_nowhere_in_the_clear_and_unreadable_once_erased(#[case] kind: Kind) {
    let place = Place::new(kind);
    let desk = with_parcels(Desk::open_on(&place.options, Folder::new()));
    let mut planted = lines();
    planted.push(format!("77,CU 999999,,{BINH},,,,"));
    let file = file(&desk, "certificates.csv", &planted);
    let folder = &desk.folder;
    let certificates = file.to_string_lossy().into_owned();
    let told = told_of_the_import(&place, folder, &certificates);
    silent("what was said", told.as_bytes());
    for written in ["report.json", "defects.gpkg", "parcels.gpkg"] {
        let bytes = std::fs::read(folder.path().join(written)).expect("the file");
        silent(written, &bytes);
    }
    for name in PLANTED {
        assert!(!place.holds(name.as_bytes()), "{name} is in the clear");
    }
    let holder = of_parcel(&desk, 3, "2026-01-01")[0].rights[0].rrr.party;
    assert_eq!(name_of(&desk, holder), "Người Giả Lập An");
    let id = holder.0.to_string();
    said(
        &place,
        folder,
        &["party", "erase", &id, "--reason", "request 1", "--yes"],
    );
    assert_eq!(name_of(&desk, holder), "erased");
    assert_eq!(
        of_parcel(&desk, 3, "2026-01-01")[0].rights.len(),
        1,
        "its right stays"
    );
    let audit = said(&place, folder, &["audit", "verify"]);
    assert!(!audit.contains("BROKEN"), "{audit}");
}
