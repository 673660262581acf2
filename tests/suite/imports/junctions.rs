//! Vertices on the edges of neighbours.

use diachinh::app::Writing;
use diachinh::exchange::Language;
use diachinh::exchange::report::terminal_text;

use super::desk::{Desk, lot, revision};

#[test]
fn t_junctions_are_told_by_a_dry_run_and_by_the_import_and_keep_nothing_out() {
    let desk = Desk::open();
    let ring = |south: f64, north: f64| [(5.0, south), (9.0, south), (9.0, north), (5.0, north)];
    let lots = [
        lot("12", 0.0, 5.0),
        lot("21", 5.0, 9.0).ring(&ring(0.0, 8.0)),
        lot("22", 5.0, 9.0).ring(&ring(8.0, 20.0)),
    ];
    let mut order = desk.order(&desk.parcels("parcels.geojson", &lots), "parcels");
    order.writing = Writing::DryRun;
    let dry = desk.imported(&order);
    order.writing = Writing::Revision;
    let written = desk.imported(&order);
    assert_eq!((revision(&written), written.counts.register.new), (2, 3));
    assert_eq!((written.counts.rejected, written.findings.len()), (0, 0));
    for report in [dry, written] {
        assert_eq!(report.contacts.t_junctions, 1);
        let text = terminal_text(&report, Language::Vietnamese);
        let told = "đỉnh của thửa 26743.5.21 nằm trên cạnh của thửa 26743.5.12, tại 603405.000 \
                    1191408.000 (EPSG:9210)";
        assert!(text.contains(told), "{text}");
    }
}
