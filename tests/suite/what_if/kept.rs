//! Facts that are kept over edits are those that a register would be asked for anew.

use super::differential::{house, run};
use super::worlds::{Numbers, moved, supposition};
use super::{APPENDIX_18, rule_text};
use crate::extract::city::City;
use diachinh::app::what_if::{KeptSites, Supposed, WhatIfQuestion};
use diachinh::app::{Reference, View};
use diachinh::cadastre::{Day, Instant, ParcelId, ParcelVersion, Revision, VersionId};
use diachinh::geometry::Shape;
use diachinh::land::{Changes, Land, Near, Wanted};
use std::sync::Arc;

const DAY: &str = "2026-11-23";

#[test]
fn what_is_kept_over_edits_is_what_is_gathered_anew() {
    let day = Day::parse(DAY).expect("a day");
    let reference = Arc::new(Reference::built_in().expect("the tables are in the program"));
    let view = |land: &Arc<Land>| View::of(Arc::clone(&reference), Arc::clone(land), day);
    let mut land = Arc::new(City::of(300).land(Some));
    let (sites, mut numbers) = (KeptSites::default(), Numbers(20_261_201));
    let question = coverage();
    let mut was = run(view(&land), &question, &sites);
    let (mut kept, mut differ) = (0, 0);
    for round in 2..26 {
        let changes = changes(&land, day, Revision(round), &mut numbers);
        let newer = Arc::new(land.apply(&changes));
        sites.note(&land, &newer, &changes);
        // Of every third edit nobody asks before the next.
        if !round.is_multiple_of(3) {
            kept += usize::from(sites.has(&view(&newer)));
            let found = run(view(&newer), &question, &sites);
            let anew = run(view(&newer), &question, &KeptSites::default());
            assert_eq!(found, anew, "{round}");
            differ += usize::from(found != was);
            was = found;
        }
        land = newer;
    }
    assert!(kept > 10 && differ > 3, "{kept} {differ}");
    assert!(!sites.has(&view(&land).on(day.next())));
}

/// Appendix 18 with less coverage.
fn coverage() -> WhatIfQuestion {
    let own = rule_text(APPENDIX_18, "coverage");
    WhatIfQuestion {
        supposed: vec![Supposed::Rule {
            pack: "hcmc_56_2021_app18".to_owned(),
            rule: "coverage".to_owned(),
            text: own.replace("[100, 90]", "[100, 85]"),
        }],
        stated: house(),
        ..WhatIfQuestion::default()
    }
}

/// A plan that is otherwise from a day on, a parcel that is moved, and one that ends.
fn changes(land: &Land, day: Day, to: Revision, numbers: &mut Numbers) -> Changes {
    let supposed = supposition(land, day, numbers);
    let (mut features, mut parcels) = (Vec::new(), Vec::new());
    if !to.0.is_multiple_of(4) {
        if let Some(before) = supposed.before {
            let mut gone = before.clone();
            gone.lifespan.recorded.to = Some(Instant(to.0 as i64));
            features.push(gone);
        }
        features.extend(supposed.after.map(|mut after| {
            after.recorded_in = to;
            after
        }));
    }
    let all = land.parcels_wanted(&Wanted::default(), &Near::Anywhere, day);
    let (moves, ends) = (numbers.below(all.len()), numbers.below(all.len()));
    let closed = |id: ParcelId| -> ParcelVersion {
        let mut version = land.parcel(id, day).expect("it is there");
        version.lifespan.recorded.to = Some(Instant(to.0 as i64));
        version
    };
    parcels.push(closed(all[moves]));
    let mut version = land.parcel(all[moves], day).expect("it is there");
    version.version = VersionId(1_000_000 + to.0 as i64);
    version.recorded_in = to;
    let by = (numbers.below(9_000) as i32 - 4_500, 700);
    if let Shape::Areas(shape) = moved(&Shape::Areas(version.parcel.shape), by) {
        version.parcel.shape = shape;
        parcels.push(version);
    }
    if ends != moves {
        parcels.push(closed(all[ends]));
    }
    Changes {
        to,
        features,
        parcels,
        ..Changes::default()
    }
}
