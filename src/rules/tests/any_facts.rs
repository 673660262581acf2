//! Laws over all facts: no panic, nothing unknown passes, more land never means more coverage.

use proptest::prelude::*;

use super::*;
use crate::rules::{Fact, Origin, Outcome, Parameter, Sort};

/// A value that a parameter may have, by three numbers.
fn value(sort: Sort, which: u8, whole: u32, scale: u32) -> Option<Fact> {
    match sort {
        Sort::Number(_) if which.is_multiple_of(16) => Some(Fact::Absent),
        Sort::Number(_) => {
            let number = Decimal::new(i64::from(whole), scale % 7);
            Some(Fact::Number(number))
        }
        Sort::Truth => Some(Fact::Truth(which.is_multiple_of(2))),
        Sort::Word(words) => {
            let word = words[usize::from(which) % words.len()];
            Some(Fact::Word(word.into()))
        }
        Sort::Code => Some(Fact::Word(
            ["26743", "ODT", "CLN", "99999"][usize::from(which) % 4].into(),
        )),
    }
}

fn any_facts() -> impl Strategy<Value = Facts> {
    let each = (any::<u8>(), any::<u8>(), 0..999_999_999_u32, any::<u32>());
    let all = proptest::collection::vec(each, Parameter::ALL.len());
    all.prop_map(|all| {
        let mut facts = Facts::new();
        for (parameter, (known, which, whole, scale)) in Parameter::ALL.iter().zip(all) {
            if known.is_multiple_of(8) {
                continue;
            }
            if let Some(fact) = value(parameter.sort(), which, whole, scale) {
                let _ = facts.set(*parameter, fact, Origin::Derived);
            }
        }
        facts
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_facts_make_it_panic_and_nothing_unknown_passes(
        facts in any_facts(), days in 16_000..21_000_i32, found in 0..1_000_000_i64,
    ) {
        let packs = packs();
        for limit in limits(packs, &facts, Day(days)) {
            let outcome = limit.judge(Decimal::new(found, 3), Decimal::new(1, 3));
            if matches!(limit.bound, Bound::Unknown(_) | Bound::Unconfirmed) {
                prop_assert!(matches!(outcome, Outcome::Unknown | Outcome::Fail), "{limit:?}");
            }
        }
    }

    #[test]
    fn taking_a_fact_away_never_turns_an_answer_into_a_pass(
        facts in any_facts(), taken in 0..Parameter::ALL.len(), found in 0..100_000_i64,
    ) {
        let packs = packs();
        let mut fewer = facts.clone();
        fewer.set_unknown(Parameter::ALL[taken], "taken away");
        let found = Decimal::new(found, 3);
        let on = day(TODAY);
        for (with, without) in limits(packs, &facts, on).iter().zip(limits(packs, &fewer, on)) {
            let (with, without) = (with.judge(found, Decimal::ZERO), without.judge(found, Decimal::ZERO));
            let worse = without == Outcome::Unknown || with == without;
            prop_assert!(worse, "{with:?} became {without:?}");
        }
    }

    #[test]
    fn coverage_never_grows_with_the_lot_or_the_height(
        area in 1..60_000_000_i64, more in 0..60_000_000_i64, height in 1..60_000_i64,
        higher in 0..60_000_i64, kind in 0..4_usize,
    ) {
        let kind = ["detached_house", "apartments", "commercial", "mixed_use"][kind];
        let packs = packs();
        let coverage = |area: i64, height: i64| {
            let area = format!("lot_area_m2={}", Decimal::new(area, 3));
            let height = format!("building_height_m={}", Decimal::new(height, 3));
            let kind = format!("building_kind={kind}");
            let new = ["development=new", "ward=26743", kind.as_str(), &area, &height];
            let facts = outside_areas(facts(&[&new, NO_PLANS.as_slice()].concat()));
            match limit_on(packs, &facts, TODAY, "coverage").bound {
                Bound::Number(bound) => bound.value,
                other => unreachable!("{other:?}"),
            }
        };
        prop_assert!(coverage(area + more, height) <= coverage(area, height));
        prop_assert!(coverage(area, height + higher) <= coverage(area, height));
    }
}
