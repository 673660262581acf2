//! Fields of a file: names that a Shapefile cut, and fields that no profile reads.

use std::path::{Path, PathBuf};
use std::process::Command;

use diachinh::exchange::report::{Report, terminal_text};
use diachinh::exchange::{Language, Note};

use super::desk::{Desk, lot};

/// The same features as a Shapefile beside the file, made by GDAL.
pub fn as_shapefile(file: &Path) -> PathBuf {
    let path = file.with_extension("shp");
    let made = Command::new("ogr2ogr").arg(&path).arg(file).output();
    let made = made.expect("gdal-bin is installed for the tests");
    assert!(made.status.success(), "{made:?}");
    path
}

fn note<'a>(report: &'a Report, code: &str) -> &'a Note {
    let note = report.notes.iter().find(|note| note.code == code);
    note.unwrap_or_else(|| unreachable!("no note {code} in {:?}", report.notes))
}

#[test]
fn names_that_a_shapefile_cut_are_read_as_the_one_field_they_can_mean() {
    let desk = Desk::open();
    let lot = lot("12", 0.0, 5.0)
        .with("national_identifier", "123456789012")
        .with("registered_area_m2", "100.5")
        .with("certificate_sheet", "77")
        .with("certificate_number", "88")
        .with("GHICHU", "x");
    let shapefile = as_shapefile(&desk.parcels("thua.geojson", &[lot]));
    let report = desk.imported(&desk.order(&shapefile, "parcels"));
    assert_eq!(report.counts.register.new, 1);
    assert_eq!(report.sums.registered_hundredths_m2, 10_050);
    let cut = note(&report, "cut_fields");
    for told in [
        "`national_i` → national_identifier",
        "`registered` → registered_area",
    ] {
        assert!(cut.said.en.contains(told), "{}", cut.said.en);
    }
    // Both fields of the certificate would be cut to one name: neither is guessed.
    let unclear = note(&report, "unclear_field");
    assert!(
        unclear.said.vi.contains("`certificat`"),
        "{}",
        unclear.said.vi
    );
    assert!(
        unclear
            .said
            .vi
            .contains("certificate_number, certificate_sheet")
    );
    let unread = note(&report, "unread_fields");
    assert!(
        unread.said.en.contains("not read (2): "),
        "{}",
        unread.said.en
    );
    assert!(unread.said.en.contains("`GHICHU`") && unread.said.en.contains("`certific_1`"));
    let text = terminal_text(&report, Language::Vietnamese);
    assert!(
        text.contains("• Trường của tệp không được đọc (2): "),
        "{text}"
    );
}

#[test]
fn fields_that_are_not_read_keep_nothing_out_and_are_named_in_every_format() {
    let desk = Desk::open();
    let lot = lot("1", 0.0, 5.0).with("SO_TO", "9").with("mau", "do");
    let report = desk.import_parcels(&[lot]);
    assert_eq!((report.counts.register.new, report.counts.rejected), (1, 0));
    let [only] = report.notes.as_slice() else {
        unreachable!("{:?}", report.notes);
    };
    // The profile knows SO_TO, and reads `sheet` since that is there too.
    assert!(only.said.en.contains("`SO_TO`, `mau`"), "{}", only.said.en);
    let again = desk.import_parcels(&[super::desk::lot("1", 0.0, 5.0)]);
    assert_eq!(again.notes, []);
}

/// A CSV of five lots whose land use stands in TCVN3, with a profile that reads names.
fn in_tcvn3(desk: &Desk, encoding: &str) -> Report {
    let mut csv = b"WKT,MAXA,SOTO,SOTHUA,MDSD\n".to_vec();
    for n in 0..5 {
        let (west, east) = (603_400 + 5 * n, 603_405 + 5 * n);
        let ring = [(west, 0), (east, 0), (east, 20), (west, 20), (west, 0)];
        let ring = ring
            .map(|(x, y)| format!("{x} {}", 1_191_400 + y))
            .join(",");
        csv.extend(format!("\"POLYGON(({ring}))\",26743,5,{n}0,").bytes());
        csv.extend(b"\xa7\xcat \xeb \xae\xab th\xde\n");
    }
    let path = desk.folder.path().join("thua.csv");
    std::fs::write(&path, csv).expect("a file");
    let text = include_str!("../../../data/profiles/parcels.toml");
    let text = text.replacen("target =", &format!("{encoding}\ntarget ="), 1);
    let profile = desk.folder.file("own.toml", &text);
    let mut order = desk.order(&path, &profile.to_string_lossy());
    order.crs = Some(diachinh::crs::Epsg(9210));
    desk.imported(&order)
}

#[test]
fn texts_of_another_encoding_are_told_once_with_the_line_that_states_it() {
    let desk = Desk::open();
    let report = in_tcvn3(&desk, "");
    assert_eq!(report.counts.rejected, 5);
    let told = note(&report, "other_encoding");
    assert!(told.said.en.contains("`encoding = \"tcvn3\"`"), "{told:?}");
    let stated = in_tcvn3(&desk, "encoding = \"tcvn3\"");
    let codes: Vec<&str> = stated.notes.iter().map(|n| n.code.as_str()).collect();
    assert!(!codes.contains(&"other_encoding"), "{codes:?}");
}

#[test]
fn texts_in_unicode_that_are_none_are_told_as_well() {
    let desk = Desk::open();
    let vni = |n: &str, west| lot(n, west, west + 5.0).with("land_use", "Ñaát ôû");
    let report = desk.import_parcels(&[vni("1", 0.0), vni("2", 5.0)]);
    let told = note(&report, "other_encoding");
    assert!(told.said.vi.contains("`encoding = \"vni\"`"), "{told:?}");
}
