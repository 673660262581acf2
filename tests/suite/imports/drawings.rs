//! Drawings: parcels assembled from the lines and texts of a DXF file.

use std::fmt::Write;
use std::path::PathBuf;

use super::desk::{CORNER, Desk, found};

/// A DXF drawing under construction: entities on layers, in metres from the block's corner.
#[derive(Default)]
struct Dxf(String);

impl Dxf {
    fn line(&mut self, layer: &str, from: (f64, f64), to: (f64, f64)) {
        let [(x0, y0), (x1, y1)] = [from, to].map(|(x, y)| (CORNER.0 + x, CORNER.1 + y));
        write!(
            self.0,
            "0\nLINE\n8\n{layer}\n10\n{x0:.3}\n20\n{y0:.3}\n30\n0\n11\n{x1:.3}\n21\n{y1:.3}\n31\n0\n"
        )
        .expect("a string takes text");
    }

    fn text(&mut self, layer: &str, at: (f64, f64), text: &str) {
        let (x, y) = (CORNER.0 + at.0, CORNER.1 + at.1);
        write!(
            self.0,
            "0\nTEXT\n8\n{layer}\n10\n{x:.3}\n20\n{y:.3}\n30\n0\n40\n1.5\n1\n{text}\n"
        )
        .expect("a string takes text");
    }

    fn saved(&self, desk: &Desk, name: &str) -> PathBuf {
        let text = format!("0\nSECTION\n2\nENTITIES\n{}0\nENDSEC\n0\nEOF\n", self.0);
        desk.folder.file(name, &text)
    }

    /// A block of 10 m by 20 m with a wall in the middle up to `wall_m`.
    fn block(wall_m: f64) -> Self {
        let mut drawing = Self::default();
        let corners = [
            (0.0, 0.0),
            (10.0, 0.0),
            (10.0, 20.0),
            (0.0, 20.0),
            (0.0, 0.0),
        ];
        for pair in corners.windows(2) {
            drawing.line("10", pair[0], pair[1]);
        }
        drawing.line("61", (5.0, 0.0), (5.0, wall_m));
        drawing
    }
}

/// A profile of one sheet of Bến Thành.
fn profile(desk: &Desk) -> String {
    let text = "title_vi = \"Tờ 5\"\ntitle_en = \"Sheet 5\"\ntarget = \"parcels\"\n\
        layer = \"entities\"\ncrs = 9210\n[drawing]\nlevel_field = \"Layer\"\n[constants]\n\
        commune = \"26743\"\nsheet = \"5\"\nscale = 500\n";
    desk.folder
        .file("sheet.toml", text)
        .to_string_lossy()
        .into_owned()
}

#[test]
fn a_drawing_becomes_parcels_with_number_area_and_land_use() {
    let desk = Desk::open();
    let mut drawing = Dxf::block(20.0);
    drawing.text("13", (2.0, 9.0), "12");
    drawing.text("4", (2.0, 7.0), "100.0");
    drawing.text("2", (2.0, 5.0), "ODT");
    drawing.text("13", (7.0, 9.0), "13 / 99.5 / ODT+CLN");
    drawing.line("14", (1.0, 1.0), (4.0, 1.0));
    let order = desk.order(&drawing.saved(&desk, "sheet.dxf"), &profile(&desk));
    let report = desk.imported(&order);
    assert_eq!(report.counts.register.new, 2);
    let drawn = report.drawn.expect("counts of a drawing");
    assert_eq!((drawn.elements, drawn.lines, drawn.texts), (10, 5, 4));
    assert_eq!((drawn.other, drawn.figures), (1, 2));
    assert_eq!(report.sums.registered_hundredths_m2, 19_950);
    assert_eq!(found(&report), []);
}

#[test]
fn the_defects_of_a_drawing_are_told_with_their_places() {
    let desk = Desk::open();
    let mut drawing = Dxf::block(19.95);
    drawing.text("13", (2.0, 9.0), "12");
    drawing.text("13", (7.0, 9.0), "13");
    drawing.line("10", (10.0, 5.0), (15.0, 5.0));
    drawing.line("10", (0.0, 0.0), (10.0, 0.0));
    drawing.text("13", (30.0, 9.0), "14");
    let order = desk.order(&drawing.saved(&desk, "sheet.dxf"), &profile(&desk));
    let report = desk.imported(&order);
    let codes: Vec<&str> = report.findings.iter().map(|f| f.code.as_str()).collect();
    let expected = [
        "dangle",
        "unclosed_boundary",
        "double_line",
        "double_line",
        "ambiguous_label",
        "stray_label",
    ];
    assert_eq!(codes, expected);
    // The figure with two numbers, and the parcel 14 of which there is only the number.
    assert_eq!((report.counts.read, report.counts.rejected), (2, 2));
    let place = |code: &str| {
        let finding = report.findings.iter().find(|f| f.code.as_str() == code);
        let (east, north) = finding.and_then(|f| f.place_m).expect("a place");
        (
            (east - CORNER.0).round(),
            ((north - CORNER.1) * 100.0).round() / 100.0,
        )
    };
    assert_eq!(place("dangle"), (15.0, 5.0));
    assert_eq!(place("unclosed_boundary"), (5.0, 19.95));
    assert_eq!(place("stray_label"), (30.0, 9.0));
    let import = desk
        .store
        .last_import("test")
        .expect("an import")
        .expect("one");
    let kept = desk.store.kept_features(import.id).expect("kept features");
    let texts: Vec<&str> = kept.iter().map(|k| k.attributes.as_str()).collect();
    assert_eq!(texts, [r#"[["texts","12 / 13"]]"#, r#"[["texts","14"]]"#]);
    assert!(kept.iter().all(|k| k.wkb.is_some()));
}

#[test]
fn a_parcel_whose_boundary_no_longer_closes_is_not_taken_for_gone() {
    let desk = Desk::open();
    let numbers = |mut drawing: Dxf| {
        drawing.text("13", (2.0, 9.0), "12");
        drawing.text("13", (7.0, 9.0), "13");
        drawing.text("13", (12.0, 9.0), "14");
        drawing
    };
    let mut drawing = numbers(Dxf::block(20.0));
    for (from, to) in [
        ((10.0, 0.0), (15.0, 0.0)),
        ((15.0, 0.0), (15.0, 20.0)),
        ((15.0, 20.0), (10.0, 20.0)),
    ] {
        drawing.line("10", from, to);
    }
    let profile = profile(&desk);
    let first = desk.imported(&desk.order(&drawing.saved(&desk, "sheet.dxf"), &profile));
    assert_eq!((first.counts.register.new, first.counts.rejected), (3, 0));
    let broken = numbers(Dxf::block(20.0));
    let report = desk.imported(&desk.order(&broken.saved(&desk, "newer.dxf"), &profile));
    let register = report.counts.register;
    assert_eq!((register.unchanged, report.counts.rejected), (2, 1));
    assert_eq!((register.in_doubt, register.retired), (1, 0));
    let stray = report
        .findings
        .iter()
        .find(|f| f.code.as_str() == "stray_label");
    assert_eq!(stray.and_then(|f| f.key.as_deref()), Some("26743.5.14"));
}
