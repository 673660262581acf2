//! A planning layer that is wrong is withdrawn, and history is kept.

use diachinh::app::Error;
use diachinh::app::layer::{WITHDRAWALS, Withdrawal, WithdrawalOrder, list_layers, withdraw_layer};
use diachinh::cadastre::{Day, Instant};
use diachinh::exchange::report::Outcome;
use diachinh::planning::LayerCode;
use diachinh::store::StoreOptions;
use rstest::rstest;

use super::desk::{Desk, NOW};
use super::plan_desk::{BOTH_WARDS, open, profile, unit, with_wards};
use crate::databases::{Kind, Server};
use crate::harness::{Folder, Office, diachinh, stderr, stdout};

const CODE: &str = "zoning";

fn day(text: &str) -> Day {
    Day::parse(text).expect("a date")
}

/// Withdraws a layer from a day on.
fn withdraw(desk: &Desk, layer: &str, from: &str) -> Result<Withdrawal, Error> {
    let order = WithdrawalOrder {
        layer: LayerCode::parse(layer).expect("a code"),
        from: day(from),
        officer: "officer (uid 7)".to_owned(),
        reason: "decision 5/QĐ".to_owned(),
    };
    withdraw_layer(
        &desk.store,
        &desk.reference,
        &order,
        Instant(NOW.0 + 9_000_000),
    )
}

/// Keys of features that the register holds, and when they end.
fn ends(desk: &Desk) -> Vec<(String, Option<String>)> {
    let features = desk.features().into_iter();
    let told = features.map(|f| (f.key, f.lifespan.valid.to.map(|day| day.to_string())));
    told.collect()
}

fn zones() -> String {
    profile("zones", CODE, BOTH_WARDS)
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn a_layer_that_is_withdrawn_ends_with_its_features_in_one_revision(#[case] kind: Kind) {
    let desk = match kind {
        Kind::Sqlite => open(),
        Kind::Postgres => {
            let options = StoreOptions::at(Server::shared().new_database());
            with_wards(Desk::open_on(&options, Folder::new()))
        }
    };
    let ended = unit("A2", 50.0, 90.0)
        .with("from", "2026-07-01")
        .with("to", "2026-08-01");
    desk.import_plan(&[unit("A1", 0.0, 50.0), ended], &zones());
    let done = withdraw(&desk, CODE, "2026-10-01").expect("the layer is held");
    assert_eq!((done.revision.0, done.ended), (4, 1));
    let expected = [("A1", "2026-10-01"), ("A2", "2026-08-01")];
    let expected = expected.map(|(key, to)| (key.to_owned(), Some(to.to_owned())));
    assert_eq!(ends(&desk), expected, "one that had ended stays as it was");
    for (on, features, speaks) in [("2026-09-30", 1, true), ("2026-10-01", 0, false)] {
        let listed = list_layers(&desk.store, day(on)).expect("the store answers");
        assert_eq!(listed[0].features, features, "{on}");
        assert_eq!(listed[0].layer.speaks_on(day(on)), speaks, "{on}");
    }
    let entries = desk.store.audit_entries(WITHDRAWALS).expect("the audit");
    let [entry] = entries.as_slice() else {
        unreachable!("one entry: {entries:?}");
    };
    for said in [CODE, "2026-10-01", "officer (uid 7)", "decision 5/QĐ"] {
        assert!(entry.entry.to_string().contains(said), "{said}: {entry:?}");
    }
    assert_eq!(desk.store.verify_audit().expect("the audit"), []);
}

#[test]
fn a_withdrawal_that_does_not_fit_is_refused_and_writes_nothing() {
    let desk = open();
    let unknown = withdraw(&desk, CODE, "2026-10-01").expect_err("no such layer");
    assert!(unknown.to_string().contains("it holds none"), "{unknown}");
    desk.import_plan(&[unit("A1", 0.0, 50.0)], &zones());
    let unknown = withdraw(&desk, "zonning", "2026-10-01").expect_err("no such layer");
    assert!(unknown.to_string().contains("one of: zoning"), "{unknown}");
    withdraw(&desk, CODE, "2026-10-01").expect("the layer is held");
    for late in ["2026-10-01", "2026-11-01"] {
        let again = withdraw(&desk, CODE, late).expect_err("it is withdrawn by then");
        assert!(matches!(again, Error::Refused(_)), "{again:?}");
        let told = again.to_string();
        assert!(told.contains("from 2026-10-01 on already"), "{told}");
    }
    assert_eq!(desk.store.revision().expect("the store").0, 4);
    withdraw(&desk, CODE, "2026-09-01").expect("an earlier day corrects it");
    assert_eq!(
        ends(&desk),
        [("A1".to_owned(), Some("2026-09-01".to_owned()))]
    );
}

#[test]
fn a_layer_that_was_never_right_never_was_and_the_same_file_brings_it_back() {
    let desk = open();
    let order = desk.plan_order(&[unit("A1", 0.0, 50.0)], &zones());
    desk.imported(&order);
    withdraw(&desk, CODE, "2026-01-01").expect("the layer is held");
    assert_eq!(ends(&desk), []);
    let again = desk.imported(&order);
    assert!(
        matches!(again.outcome, Outcome::Written { .. }),
        "{:?}",
        again.outcome
    );
    assert_eq!(ends(&desk), [("A1".to_owned(), None)]);
    let listed = list_layers(&desk.store, day("2026-11-23")).expect("the store answers");
    assert_eq!((listed[0].layer.withdrawn, listed[0].features), (None, 1));
    let same = desk.imported(&order);
    assert!(
        matches!(same.outcome, Outcome::SameFile { .. }),
        "{:?}",
        same.outcome
    );
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn a_running_server_no_longer_speaks_for_a_layer_that_the_command_withdraws(#[case] kind: Kind) {
    let office = match kind {
        Kind::Sqlite => Office::open().with_land("two_villages").start(),
        Kind::Postgres => Office::open()
            .on_postgres()
            .with_land("two_villages")
            .start(),
    };
    let place = |query: &str, day: &str| format!("/v1/parcels/lookup?{query}&crs=9210&date={day}");
    let (canal, field) = ("x=603010&y=1191035", "x=603030&y=1191010");
    let said = |query: &str, day: &str| office.get(&place(query, day)).at("/nothingHere/reason");
    assert_eq!(said(canal, "2026-11-23"), "onWater");
    let folder = Folder::new();
    let layer = |arguments: &[&str]| {
        let mut command = diachinh(&folder);
        command
            .args(["layer", "--store", office.store_url()])
            .args(arguments);
        command.output().expect("the program starts")
    };
    let empty = layer(&["withdraw", "water", "--reason", " "]);
    assert_eq!(empty.status.code(), Some(2), "{}", stderr(&empty));
    for code in ["water", "parcels_held"] {
        let reason = ["--as-of", "2026-10-01", "--reason", "wrong file"];
        let done = layer(&[&["withdraw", code][..], &reason].concat());
        assert!(done.status.success(), "{}", stderr(&done));
    }
    let later = office.get_until(&place(canal, "2026-11-23"), |answer| {
        answer.at("/nothingHere/reason") != "onWater"
    });
    assert_eq!(
        later.at("/nothingHere/reason"),
        "noParcel",
        "{}",
        later.text()
    );
    assert_eq!(said(canal, "2026-09-30"), "onWater", "as it was");
    assert_eq!(said(field, "2026-09-30"), "noParcel");
    let listed = stdout(&layer(&["list", "--date", "2026-11-23"]));
    let withdrawn = listed.lines().find(|line| line.starts_with("water: "));
    let withdrawn = withdrawn.expect("the layer is still listed");
    assert!(withdrawn.contains("0 features"), "{listed}");
    assert!(
        withdrawn.contains("withdrawn from 2026-10-01 on"),
        "{listed}"
    );
}
