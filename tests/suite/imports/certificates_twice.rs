//! Certificates that together give more of a parcel than there is.

use diachinh::app::check_store::{Flaw, check_store};
use diachinh::exchange::report::Report;
use diachinh::store::StoreOptions;

use super::certificates::{AN, BANK, BINH, desk, file, import};
use super::desk::{Desk, found};

fn line(parcel: u32, paper: &str, rest: &str) -> String {
    format!("{parcel},{paper},,{AN},,{rest}")
}

/// Two certificates of the whole of parcel 1, halves of 2, spouses on 3, one after the other on 4.
fn imported(desk: &Desk) -> Report {
    let spouses = [AN, BINH].map(|who| format!("3,CU 333333,,{who},,,05/06/2024,"));
    let mut lines = vec![
        line(1, "CU 111111", ",05/06/2020,"),
        line(1, "CU 111112", ",05/06/2024,"),
        line(2, "CU 222222", "1/2,05/06/2020,"),
        line(2, "CU 222223", "1/2,05/06/2024,"),
        line(4, "CU 444444", ",05/06/2020,05/06/2024"),
        line(4, "CU 444445", ",05/06/2024,"),
    ];
    lines.extend(spouses);
    import(desk, "first.csv", &lines)
}

#[test]
fn two_certificates_of_a_file_for_the_whole_of_a_right_are_told_with_both_keys() {
    let report = imported(&desk());
    let twice = [
        ("double_right", Some(1), Some(2)),
        ("double_right", Some(2), Some(1)),
    ];
    assert_eq!(
        (found(&report), report.counts.rejected),
        (twice.to_vec(), 0)
    );
    let told = &report.findings[0].reason;
    for word in ["CU 111111", "CU 111112", "26743.5.1", "2024-06-05"] {
        assert!(told.en.contains(word) && told.vi.contains(word), "{told:?}");
    }
}

#[test]
fn one_beside_a_certificate_of_the_register_is_told_and_found_by_a_check_with_nobody_s_name() {
    let desk = desk();
    imported(&desk);
    // A share of what spouses have whole, and a mortgage, which takes nothing from anybody.
    let lines = [
        line(3, "CU 333334", "1/4,05/06/2025,"),
        format!("4,CU 444446,,{BANK},thế chấp,,05/06/2025,"),
    ];
    let mut order = desk.order(&file(&desk, "second.csv", &lines), "certificates");
    order.dataset = Some("second".to_owned());
    let second = desk.imported(&order);
    assert_eq!(found(&second), [("double_right", Some(1), None)]);
    let told = &second.findings[0].reason.en;
    for paper in ["CU 333334", "CU 333333"] {
        assert!(told.contains(paper), "{told}");
    }
    let json = String::from_utf8(second.to_json().expect("JSON")).expect("UTF-8");
    assert!(!json.contains("Giả"), "{json}");
    let path = desk.folder.path().join("register.gpkg");
    let options = StoreOptions::at(path.to_string_lossy());
    let check = check_store(&options, &desk.reference.city.planes);
    let flaws = check.expect("the register is read").flaws;
    let told = |flaw: &&Flaw| flaw.to_string().contains("adds up to more");
    let doubles = flaws.iter().filter(told).count();
    assert_eq!((doubles, flaws.len()), (2, 2), "{flaws:?}");
}
