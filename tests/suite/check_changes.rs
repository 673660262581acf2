//! The nearest legal change of what fails: it passes, and a little less would not.

use crate::check_parts::{facts, judged, metres, part, row_lot, verdict, with};
use crate::checks::{FILED, PACKS, example_1, house, site, stated};
use crate::extract::area;
use crate::village::day;
use diachinh::rules::change::{Change, ChangeKind, Judged};
use diachinh::rules::check::{Check, PartKind, Proposal, Standing};
use diachinh::rules::site::Site;
use diachinh::rules::{Decimal, Outcome};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static SITE: LazyLock<Site> = LazyLock::new(|| site(&example_1()));

fn check(proposal: &Proposal) -> Check<'static> {
    Check::new(&PACKS, &SITE, proposal, &stated(), day(FILED)).expect("sizes of a house")
}

/// The change for each failed verdict, and that of where it stands under an empty name.
fn changes(proposal: &Proposal) -> BTreeMap<String, Change> {
    let (check, stated) = (check(proposal), stated());
    let judged = Judged {
        packs: &PACKS,
        site: &SITE,
        proposal,
        stated: &stated,
        day: day(FILED),
    };
    let mut changes = BTreeMap::new();
    for verdict in &check.verdicts {
        let change = judged
            .change_for(&check, verdict)
            .expect("sizes of a house");
        changes.extend(change.map(|change| (verdict.limit.quantity.to_string(), change)));
    }
    let standing = judged
        .change_for_standing(&check)
        .expect("sizes of a house");
    changes.extend(standing.map(|change| (String::new(), change)));
    changes
}

fn outcome(proposal: &Proposal, quantity: &str) -> Outcome {
    let check = check(proposal);
    let mut verdicts = check.verdicts.iter();
    let own = verdicts.find(|own| own.limit.quantity.to_string() == quantity);
    own.expect("a rule limits it").outcome
}

fn told(changes: &BTreeMap<String, Change>, quantity: &str) -> Option<(ChangeKind, String)> {
    let change = changes.get(quantity)?;
    Some((change.kind, format!("{} {}", change.amount, change.unit)))
}

#[test]
fn each_failed_verdict_of_example_1_has_its_nearest_change() {
    let mut proposal = house([0.0, 0.0, 4.0, 14.84]);
    proposal.building.storeys = Some(6.into());
    proposal.building.height_at_building_line_m = Some(Decimal::new(175, 1));
    proposal.building.ridge_height_m = Some(Decimal::new(20_001, 3));
    let found = changes(&proposal);
    for (quantity, kind, amount) in [
        ("setback/rear", ChangeKind::MovedIn, "0.34 m"),
        ("storeys", ChangeKind::FewerStoreys, "2 storeys"),
        ("height_at_building_line", ChangeKind::Lower, "0.5 m"),
        ("ridge_height", ChangeKind::Lower, "1.001 m"),
    ] {
        assert_eq!(told(&found, quantity), Some((kind, amount.to_owned())));
    }
    assert_eq!(found.len(), 4, "{:?}", found.keys());
    let moved = &found["setback/rear"].proposal.footprint;
    assert_eq!(moved.twice_area(), area([0.0, 0.0, 4.0, 14.5]).twice_area());
}

#[test]
fn a_house_over_all_of_its_lot_is_cut_behind_until_it_covers_no_more_than_allowed() {
    let found = changes(&house([0.0, 0.0, 4.0, 16.5]));
    // 96.8 % of 66 m² are 63.888 m².
    let expected = (ChangeKind::SmallerFootprint, "2.112 m2".to_owned());
    assert_eq!(told(&found, "coverage"), Some(expected));
    let smaller = &found["coverage"].proposal.footprint;
    assert_eq!(
        smaller.twice_area(),
        area([0.0, 0.0, 4.0, 15.972]).twice_area()
    );
}

#[test]
fn what_reaches_over_the_red_line_is_cut_off() {
    let found = changes(&house([0.0, -0.5, 4.0, 14.5]));
    let expected = (ChangeKind::CutOff, "2 m2".to_owned());
    assert_eq!(told(&found, ""), Some(expected));
    let within = &found[""].proposal.footprint;
    assert_eq!(
        within.twice_area(),
        area([0.0, 0.0, 4.0, 14.5]).twice_area()
    );
}

#[test]
fn a_balcony_that_reaches_too_far_or_hangs_too_low_is_cut_back_or_raised() {
    let land = row_lot();
    let site = site(&land);
    let stated = facts(&[]);
    let heights = Some(["3.4", "4.4"]);
    let balcony = part(PartKind::Balcony, [0.0, -1.35, 4.0, 0.5], heights);
    let proposal = with(vec![balcony]);
    let check = judged(&land, &proposal, &[]);
    let change = |quantity| {
        let verdict = verdict(&check, quantity);
        let judged = Judged {
            packs: &PACKS,
            site: &site,
            proposal: &proposal,
            stated: &stated,
            day: day(FILED),
        };
        let change = judged
            .change_for(&check, verdict)
            .expect("sizes of a house");
        change.expect("there is one")
    };
    let shorter = change("projection/balcony");
    assert_eq!(shorter.kind, ChangeKind::Shorter);
    // A corner of the grid may cost up to 3 mm.
    let amounts = Decimal::new(150, 3)..=Decimal::new(153, 3);
    assert!(amounts.contains(&shorter.amount), "{}", shorter.amount);
    let own = shorter.proposal.building.parts[0].area().expect("an area");
    let (least, most) = (area([0.0, -1.197, 4.0, 0.5]), area([0.0, -1.201, 4.0, 0.5]));
    assert!((least.twice_area()..=most.twice_area()).contains(&own.twice_area()));
    let again = self::judged(&land, &shorter.proposal, &[]);
    assert_eq!(verdict(&again, "projection/balcony").outcome, Outcome::Pass);
    let higher = change("projection/underside");
    assert_eq!(
        (higher.kind, higher.amount.to_string()),
        (ChangeKind::Higher, "0.1".into())
    );
    let own = &higher.proposal.building.parts[0];
    assert_eq!((own.from_m(), own.to_m()), (metres("3.5"), metres("4.5")));
}

#[test]
fn what_passes_has_no_change() {
    assert!(changes(&house([0.0, 0.0, 4.0, 14.5])).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn a_change_makes_its_verdict_pass_and_a_little_less_does_not(
        (front, rear) in (-300..3_000_i32, -300..4_000_i32),
        storeys in 1..12_i64,
        (at_line, ridge) in (5_000..20_000_i64, 5_000..24_000_i64),
    ) {
        let behind = |rear: i32| house([0.0, f64::from(front) / 1000.0, 4.0, f64::from(16_500 - rear) / 1000.0]);
        let mut proposal = behind(rear);
        proposal.building.storeys = Some(storeys.into());
        proposal.building.height_at_building_line_m = Some(Decimal::new(at_line, 3));
        proposal.building.ridge_height_m = Some(Decimal::new(ridge, 3));
        for (quantity, change) in changes(&proposal) {
            if quantity.is_empty() {
                prop_assert_eq!(check(&change.proposal).standing, Standing::Within);
                continue;
            }
            prop_assert_eq!(outcome(&change.proposal, &quantity), Outcome::Pass, "{}", quantity);
            let millimetre = Decimal::new(1, 3);
            let mut less = change.proposal.clone();
            match quantity.as_str() {
                "setback/rear" => {
                    let mm = (change.amount * Decimal::ONE_THOUSAND).to_string();
                    let mm: i32 = mm.parse::<f64>().expect("a number") as i32;
                    less.footprint = behind(rear + mm - 1).footprint;
                }
                "storeys" => *less.building.storeys.as_mut().expect("stated") += Decimal::ONE,
                "height_at_building_line" => {
                    *less.building.height_at_building_line_m.as_mut().expect("stated") += millimetre;
                }
                "ridge_height" => {
                    *less.building.ridge_height_m.as_mut().expect("stated") += millimetre;
                }
                _ => continue,
            }
            prop_assert_eq!(outcome(&less, &quantity), Outcome::Fail, "{}", quantity);
        }
    }
}
